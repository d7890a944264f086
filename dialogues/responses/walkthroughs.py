"""Walkthroughs in conversation: beginning, answering, steering, and what comes at the end.

The engine in `dialogues.walkthrough` decides; here its runs are loaded and stored, and told apart from questions
in the middle. A run is stored before its next question is shown.
"""

from __future__ import annotations

import secrets
from dataclasses import replace

from dialogues import interruptions, plain_words, taps
from dialogues.reply import Choice, Reply, rows
from dialogues.responses import beside, drafts, papers, taking_part
from dialogues.turn import AWAITING, RUN, STEP, Outcome, Turn
from dialogues.walkthrough import crediting, engine, moves, naming, render, screens
from dialogues.walkthrough.beginning import begun
from dialogues.walkthrough.frame import LONGEST_LABEL
from dialogues.walkthrough.moves import Control, Move, Say
from dialogues.walkthrough.outcome import Notice
from dialogues.walkthrough.state import Mode, Run
from dialogues.written import short_date
from knowledge.templates import Trusted

OFFERED = 5
WAY = "way"  # what the slot `awaiting` says while quick or full is to be chosen …
RESULT = "result"  # … and while a result is the last thing in the conversation
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


def begin(turn: Turn) -> Outcome:
    """Says what a walkthrough gives and takes; begins it once the way, quick or full, is chosen."""
    tap = turn.meaning.tap
    checklist_id = tap.parts[0] if tap else turn.meaning.name
    if checklist_id not in turn.knowledge.checklists:
        return no_run(turn)
    mode = tap.parts[1] if tap and len(tap.parts) > 1 else None
    if mode in ("quick", "full"):
        return start(turn, checklist_id, "quick" if mode == "quick" else "full")
    return offer(turn, checklist_id)


def offer(turn: Turn, checklist_id: str) -> Outcome:
    """What the walkthrough gives and takes, and the ways to begin it, or to go on with one of its kind."""
    runs = [run for run in turn.store.runs(turn.owner) if run.checklist == checklist_id]
    unfinished = [run for run in runs if run.status != "done"]
    finished = next((run for run in runs if run.status == "done"), None)
    intro = screens.intro(turn.knowledge, checklist_id, turn.language, unfinished, finished)
    return Outcome((intro,), {AWAITING: f"{WAY}:{checklist_id}"})


def start(turn: Turn, checklist_id: str, mode: Mode) -> Outcome:
    """Begins a walkthrough; its first step is shown by `show_again`, which the policy lets follow.

    What was answered before and is asked here again is taken along, and told.
    """
    checklist, checklists = turn.knowledge.checklists[checklist_id], turn.knowledge.checklists
    runs = turn.store.runs(turn.owner)
    run_id = "".join(secrets.choice(_ID_SIGNS) for _ in range(8))
    today = turn.services.today()
    fresh = begun(checklist, checklists, runs, run_id, language=turn.language, mode=mode, today=today)
    run = next((one for one in runs if one.with_(id=fresh.id) == fresh), fresh)  # begun just now, and not answered yet
    turn.store.save_run(turn.owner, run)
    taken = [line for line in engine.summary(checklist, run) if line.step.id in fresh.answers]
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
    unfinished = _unfinished(turn)
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
    asked = interruptions.control(fit, turn.meaning, turn.text)
    if asked:
        return moved(turn, run, Control(asked))
    wished, doubt = beside.language_wish(turn, run, fit), beside.button_words(turn, fit)
    if wished or doubt:
        return wished or moved(turn, run, doubt or Say(turn.text))
    belongs = interruptions.belongs(fit, turn.meaning, turn.text)
    if belongs == "interruption":
        return Outcome(follow_up=ELSEWHERE.get(turn.meaning.intent, "action_unknown"))
    if belongs == "unknown question":
        step = render.step(turn.knowledge, run)
        return Outcome((replace(step, text=f"{turn.say('answer.not-an-answer')}\n\n{step.text}"),))
    return moved(turn, run, Say(turn.text))


def moved(turn: Turn, run: Run, made: Move, *, shown_by_policy: bool = False) -> Outcome:
    """Applies the move, stores the run, and shows what it led to."""
    checklist = turn.knowledge.checklists[run.checklist]
    first = crediting.answered_first(run, made, turn.name)
    if first:
        notice = turn.say("walkthrough.answered-first", name=first)
        return Outcome((replace(render.step(turn.knowledge, run), notice=notice),), {RUN: run.id, STEP: run.at})
    after = engine.apply(checklist, _in_chosen_language(turn, run), made, turn.services.today())
    after = replace(after, run=crediting.credited(run, after.run, turn.name))
    if after.run != run:
        turn.store.save_run(turn.owner, after.run)
    goes_on = after.run.status == "open" or after.show == "review"
    on_screen = after.run.id if goes_on else None
    others = turn.store.runs(turn.owner) if after.show == "result" else ()
    reply = render.turn(turn.knowledge, after, [other for other in others if other.checklist == run.checklist])
    if after.show == "result" and after.run.status != "done":
        reply = drafts.so_far(turn, after, whole=isinstance(made, Control) and made.argument == moves.WHOLE) or reply
    if run.status == "done" and isinstance(made, Control):
        reply = replace(reply, place=None)  # a result stays to be read: what follows is a message of its own
    replies = () if shown_by_policy and on_screen else (reply,)
    if after.finished:
        replies = (*replies, *taking_part.answered(turn, after.run))
    later = (lambda: papers.papers(turn, after.run)) if after.finished else None
    slots = {RUN: on_screen, STEP: after.run.at if on_screen else None}
    if after.run.status == "done" and not on_screen:
        slots[AWAITING] = f"{RESULT}:{after.run.id}"
    return Outcome(replies, slots, later=later)


def _in_chosen_language(turn: Turn, run: Run) -> Run:
    """The run in the language that its owner has chosen since; a language guessed from an answer doesn't count."""
    return run.with_(language=turn.chosen) if turn.chosen else run


def run_of(turn: Turn, run_id: str | None) -> Run | None:
    """The user's run of that id; None where there is none, or its checklist is gone."""
    run = turn.store.run(turn.owner, run_id) if run_id else None
    return run if run and run.checklist in turn.knowledge.checklists else None


def _unfinished(turn: Turn) -> list[Run]:
    return [
        run
        for run in turn.store.runs(turn.owner)
        if run.status != "done" and run.checklist in turn.knowledge.checklists
    ]


def unfinished_buttons(turn: Turn, most: int = OFFERED) -> tuple[tuple[Choice, ...], ...]:
    """A button for each walkthrough under way, the one touched last first. Where they would be called the same, the
    day on which they began tells them apart."""
    runs = _unfinished(turn)[:most]
    called = [_called(turn, run) for run in runs]
    dated = [_called(turn, run, dated=called.count(face) > 1) for face, run in zip(called, runs, strict=True)]
    return rows(
        [
            Choice(face, taps.tap(taps.CONTROL, run.id, moves.CONTINUE))
            for face, run in zip(naming.told_apart(dated), runs, strict=True)
        ]
    )


def _called(turn: Turn, run: Run, *, dated: bool = False) -> str:
    checklist = turn.knowledge.checklists[run.checklist]
    n, total = engine.position(checklist, run)
    day = Trusted(short_date(run.started)) if dated and run.started else None
    parts = {"n": n, "total": total, "day": day}
    room = LONGEST_LABEL - len(turn.say("command.button-continue", title="", **parts))
    title = Trusted(naming.title(checklist, run, turn.language, room))
    return turn.say("command.button-continue", title=title, **parts)


def no_run(turn: Turn, name: str = "continue") -> Outcome:
    """No walkthrough is on the screen: those that rest are offered, or else all there are."""
    resting = unfinished_buttons(turn)
    all_there_are = [
        Choice(checklist.text(turn.language).title, taps.tap(taps.START, checklist.id))
        for checklist in list(turn.knowledge.checklists.values())[:OFFERED]
    ]
    reply = Reply(
        turn.say("command.run-rests" if resting else "command.no-run"),
        resting or rows(all_there_are),
        language=turn.language,
        outcome="command",
        command=name,
    )
    return Outcome((reply,))
