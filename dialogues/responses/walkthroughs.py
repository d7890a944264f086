"""Walkthroughs in conversation: beginning, answering, steering, and what comes at the end.

The engine in `dialogues.walkthrough` decides; here its runs are loaded and stored, and told apart from questions
in the middle. A run is stored before its next question is shown.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import replace
from functools import partial

from dialogues import interruptions, plain_words
from dialogues.reply import Reply
from dialogues.responses import beside, drafts, papers, taking_part
from dialogues.responses.resting import RESULT, no_run, run_of, under_way, unfinished_buttons, with_way_back
from dialogues.turn import AWAITING, RUN, STEP, TOPIC, WAY, Outcome, Turn
from dialogues.walkthrough import changed, crediting, engine, moves, render, screens, wishes, words
from dialogues.walkthrough.beginning import begun
from dialogues.walkthrough.moves import Control, Doubt, Move, Say
from dialogues.walkthrough.outcome import Notice, present
from dialogues.walkthrough.path import open_steps
from dialogues.walkthrough.state import Answer, Mode, Run
from knowledge.schema import Checklist

_ID_SIGNS = "abcdefghijkmnpqrstuvwxyz23456789"
ELSEWHERE = {
    "topic": "action_answer",
    "term": "action_term",
    "checklist": "action_checklist",
    "command": "action_command",
    "smalltalk": "action_small_talk",
    "followup": "action_follow_up",
    "unclear": "action_unclear",
    "blank": "action_blank",
}

# What came in, and has been applied in this turn.
_APPLIED: ContextVar[str | None] = ContextVar("applied", default=None)


def begin(turn: Turn) -> Outcome:
    """Says what a walkthrough gives and takes; begins it once the way, quick or full, is chosen."""
    tap = turn.meaning.tap
    checklist_id = tap.parts[0] if tap else turn.meaning.name
    if checklist_id not in turn.knowledge.checklists:
        return no_run(turn)
    mode = tap.parts[1] if tap and len(tap.parts) > 1 else None
    if mode in ("quick", "full"):
        return start(turn, checklist_id, "quick" if mode == "quick" else "full")
    return with_way_back(turn, offer(turn, checklist_id))


def offer(turn: Turn, checklist_id: str) -> Outcome:
    """What the walkthrough gives and takes, and the ways to begin it, or to go on with one of its kind. A follow-up
    leans on what it is about."""
    runs = [run for run in turn.store.runs(turn.owner) if run.checklist == checklist_id]
    unfinished = [run for run in runs if run.status != "done"]
    finished = next((run for run in runs if run.status == "done"), None)
    intro = screens.intro(turn.knowledge, checklist_id, turn.language, unfinished, finished)
    about = next((id_ for id_ in turn.knowledge.checklists[checklist_id].topics if id_ in turn.knowledge.topics), None)
    return Outcome((intro,), {AWAITING: f"{WAY}:{checklist_id}", **({TOPIC: about} if about else {})})


def start(turn: Turn, checklist_id: str, mode: Mode, given: Mapping[str, Answer] | None = None) -> Outcome:
    """Begins a walkthrough; its first step is shown by `show_again`, which the policy lets follow.

    What was answered before and is asked here again is taken along, and told; `given` is what is answered already.
    """
    checklist, checklists = turn.knowledge.checklists[checklist_id], turn.knowledge.checklists
    runs = turn.store.runs(turn.owner)
    run_id = "".join(secrets.choice(_ID_SIGNS) for _ in range(8))
    today = turn.services.today()
    fresh = begun(checklist, checklists, runs, run_id, language=turn.language, mode=mode, today=today, given=given)
    run = next((one for one in runs if one.with_(id=fresh.id) == fresh), fresh)  # begun just now, and not answered yet
    turn.store.save_run(turn.owner, run)
    known = fresh.answers.keys() - (given or {}).keys()
    taken = [line for line in engine.summary(checklist, run) if line.step.id in known]
    replies = (render.taken_along(turn.knowledge, run, taken),) if taken else ()
    return Outcome(replies, {RUN: run.id, STEP: run.at, AWAITING: None})


def show_again(turn: Turn) -> Outcome:
    """The step on the screen, as it stands."""
    run = run_of(turn, turn.slots.get(RUN))
    if run is None:
        return Outcome(slots={RUN: None})
    if engine.owes_papers(run):  # the process died before they were made
        return moved(turn, run, Control(moves.CONTINUE))
    return Outcome((render.step(turn.knowledge, _in_chosen_language(turn, run)),), {STEP: run.at})


def move(turn: Turn) -> Outcome:
    """Takes what was tapped or typed as a move in the walkthrough, or passes it on as a question in the middle."""
    tapped = moves.from_tap(turn.meaning.tap) if turn.meaning.tap else None
    run_id = tapped[0] if tapped else turn.slots.get(RUN)
    run = run_of(turn, run_id)
    if run is None:
        return no_run(turn).remember(**{RUN: None})
    if _is_again(turn, run):
        return moved(turn, run, _led_to(run))
    if tapped:
        return moved(turn, run, tapped[1])
    if turn.meaning.tap:  # a control by command, say /pause
        return moved(turn, run, Control(interruptions.CONTROLS[turn.meaning.name]))
    return _typed(turn, run)


def control(turn: Turn, name: str) -> Outcome:
    """A control that was asked for as a command: it goes to the walkthrough on the screen, if there is one, unless it
    comes from there."""
    if turn.after == "action_walkthrough":
        return Outcome()
    if turn.slots.get(RUN):
        return Outcome(follow_up="action_walkthrough")
    last = next(iter(turn.store.runs(turn.owner)), None) if name in ("review", "preview", "status") else None
    if last is None or last.status != "done" or last.checklist not in turn.knowledge.checklists:
        return no_run(turn, name)
    told = papers_again(turn, last) if name == "preview" else None
    if told:
        return told
    return moved(turn, last, Control(interruptions.CONTROLS[name]))  # what one has just finished


def resume_any(turn: Turn) -> Outcome:
    """Goes on where one was: with the walkthrough on the screen, the only one under way, or one to choose."""
    if turn.slots.get(RUN):
        return Outcome()  # its step is shown by `show_again`
    unfinished = under_way(turn)
    if not unfinished:
        return no_run(turn, "continue")
    if len(unfinished) == 1:
        return moved(turn, unfinished[0], Control(moves.CONTINUE), shown_by_policy=True)
    reply = Reply(
        turn.say("command.continue-which"),
        unfinished_buttons(turn),
        language=turn.language,
        outcome="command",
        command="continue",
    )
    return Outcome((reply,))


def papers_again(turn: Turn, run: Run) -> Outcome | None:
    """The latest files of a finished walkthrough; None where it has none. It stays what the next words are about."""
    told = papers.again(turn, run)
    return told.remember(**{AWAITING: f"{RESULT}:{run.id}"}) if told else None


def _typed(turn: Turn, run: Run) -> Outcome:
    seen = turn.slots.get(STEP)
    if run.status == "open" and run.at and seen and seen != run.at:  # an answer was stored that was never confirmed
        return Outcome((render.step(turn.knowledge, run, Notice("stored-before")),), {STEP: run.at})
    checklist = turn.knowledge.checklists[run.checklist]
    fit = engine.fits(checklist, run, turn.text, turn.services.today())
    says_nothing = fit in ("none", "question") or (fit == "free" and not any(map(str.isalnum, turn.text)))
    if turn.meaning.intent == "blank" and says_nothing:
        return Outcome(follow_up="action_blank")
    if plain_words.own_checklists(turn.text):
        return Outcome(follow_up="action_command")
    if checklist.result.compare and wishes.for_another(words.fold(turn.text)):
        return with_way_back(turn, offer(turn, run.checklist))
    asked = interruptions.control(fit, turn.meaning, turn.text)
    unseen = run.status == "open" and seen is None and not run.asking
    if unseen and (asked or words.control(turn.text)) in (moves.BACK, moves.SKIP):
        return moved(turn, run, Control(moves.CONTINUE))  # out of the menu: the step isn't what is meant
    if asked:
        return moved(turn, run, Control(asked))
    wished, doubt = beside.language_wish(turn, run, fit), beside.button_words(turn, fit)
    if wished or doubt:
        return wished or moved(turn, run, doubt or Say(turn.text))
    belongs = interruptions.belongs(fit, turn.meaning, turn.text)
    if unseen and fit == "free" and belongs == "answer":
        belongs = interruptions.below_a_menu(turn.meaning)
    if belongs == "doubtful":
        return moved(turn, run, Doubt(moves.MEANT, turn.text))
    if belongs == "interruption":
        return Outcome(follow_up=ELSEWHERE.get(turn.meaning.intent, "action_unknown"))
    if belongs == "unknown question":
        step = render.step(turn.knowledge, run)
        return Outcome((replace(step, text=f"{turn.say('answer.not-an-answer')}\n\n{step.text}"),))
    return moved(turn, run, Say(turn.text))


def moved(turn: Turn, run: Run, made: Move, *, shown_by_policy: bool = False) -> Outcome:
    """Applies the move, stores the run, and shows what it led to.

    Where a process died after it had stored a move, and before the conversation knew, only what it led to is shown.
    """
    checklist = turn.knowledge.checklists[run.checklist]
    again = _is_again(turn, run)
    unheard = run.status == "done" and turn.slots.get(RUN) == run.id and bool(turn.slots.get(STEP))
    if again or unheard:
        made = _led_to(run)
    first = crediting.answered_first(run, made, turn.name)
    if first:
        notice = turn.say("walkthrough.answered-first", name=first)
        return Outcome((replace(render.step(turn.knowledge, run), notice=notice),), {RUN: run.id, STEP: run.at})
    if again and run.asking:
        after = present(run)
    else:
        after = engine.apply(checklist, _in_chosen_language(turn, run), made, turn.services.today())
    if unheard and not again:
        after = replace(after, notice=Notice("stored-before"))
    after = replace(after, run=crediting.credited(run, after.run, turn.name))
    if after.run != run:
        after = replace(after, run=after.run.with_(came=turn.came))
        turn.store.save_run(turn.owner, after.run)
        _APPLIED.set(turn.came)
    goes_on = after.run.status == "open" or after.show == "review"
    on_screen = after.run.id if goes_on else None
    others = turn.store.runs(turn.owner) if after.show == "result" else ()
    reply = render.turn(turn.knowledge, after, [other for other in others if other.checklist == run.checklist])
    if after.show == "result" and after.run.status != "done":
        reply = drafts.so_far(turn, after, whole=isinstance(made, Control) and made.argument == moves.WHOLE) or reply
    corrected = _is_correction(checklist, run, made, after)
    if corrected and after.notice:
        reply = changed.news(turn.knowledge, run, after.run, after.notice)
    if run.status == "done" and isinstance(made, Control):
        reply = replace(reply, place=None)  # a result stays to be read: what follows is a message of its own
    replies = () if shown_by_policy and on_screen else (reply,)
    later: Callable[[], Outcome] | None = None
    if after.finished:
        later = partial(papers.papers, turn, after.run, corrected=corrected)
    elif unheard:
        later = partial(papers.never_heard_of, turn, after.run)
    thanks = taking_part.thanks(turn, after.run, after.notice) if after.show == "result" else None
    if thanks:
        replies, later = (thanks,), None
    slots = {RUN: on_screen, STEP: after.run.at if on_screen else None}
    if after.run.status == "done" and not on_screen:
        slots[AWAITING] = f"{RESULT}:{after.run.id}"
    return Outcome(replies, slots, later=later)


def _is_again(turn: Turn, run: Run) -> bool:
    """Whether the run has been changed by this very message before, in a turn that a process died over: nothing is done
    a second time, a *back* or a *no more* as little as an answer."""
    return turn.came is not None and run.came == turn.came and _APPLIED.get() != turn.came


def _led_to(run: Run) -> Control:
    """The move that changes nothing, and shows where the run stands."""
    return Control(moves.PAUSE if run.status == "paused" else moves.CONTINUE)


def _is_correction(checklist: Checklist, before: Run, made: Move, after: engine.Turn) -> bool:
    """Whether the move changed, or left, one answer of a walkthrough whose result was shown before."""
    shows = after.show == "result" and after.run.status == "done" and after.notice is not None and before.edition > 0
    asked_for = isinstance(made, Control) and made.name in (moves.CONTINUE, moves.DONE)
    return shows and not asked_for and before.mode == after.run.mode and not open_steps(checklist, before)


def _in_chosen_language(turn: Turn, run: Run) -> Run:
    """The run in the language that its owner has chosen since; a language guessed from an answer doesn't count."""
    return run.with_(language=turn.chosen) if turn.chosen else run
