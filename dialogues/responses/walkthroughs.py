"""Walkthroughs in conversation: beginning, answering, steering, and what comes at the end.

The engine in `dialogues.walkthrough` decides; here its runs are loaded and stored, and told apart from questions
in the middle. A run is stored before its next question is shown.
"""

from __future__ import annotations

import secrets
from dataclasses import replace

from dialogues import interruptions, taps
from dialogues.reply import Choice, Reply, rows
from dialogues.responses.papers import papers
from dialogues.turn import RUN, Outcome, Turn
from dialogues.walkthrough import engine, moves, render
from dialogues.walkthrough.moves import Control, Move, Say
from dialogues.walkthrough.state import Run

OFFERED = 5
_ID_SIGNS = "abcdefghijkmnpqrstuvwxyz23456789"
_ELSEWHERE = {
    "topic": "action_answer",
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
    checklist = turn.knowledge.checklists.get(checklist_id)
    if checklist is None:
        return _no_run(turn)
    mode = tap.parts[1] if tap and len(tap.parts) > 1 else None
    if mode not in ("quick", "full"):
        unfinished = next((run for run in _unfinished(turn) if run.checklist == checklist_id), None)
        return Outcome((render.intro(turn.knowledge, checklist_id, turn.language, unfinished),))
    run_id = "".join(secrets.choice(_ID_SIGNS) for _ in range(8))
    run = engine.start(checklist, run_id, turn.language, "quick" if mode == "quick" else "full")
    turn.store.save_run(turn.owner, run)
    return Outcome(slots={RUN: run.id})  # its first step is shown by `show_again`


def show_again(turn: Turn) -> Outcome:
    """The step on the screen, as it stands."""
    run = _run(turn, turn.slots.get(RUN))
    return Outcome(slots={RUN: None}) if run is None else Outcome((render.step(turn.knowledge, run),))


def move(turn: Turn) -> Outcome:
    """Takes what was tapped or typed as a move in the walkthrough, or passes it on as a question in the middle."""
    tapped = moves.from_tap(turn.meaning.tap) if turn.meaning.tap else None
    run_id = tapped[0] if tapped else turn.slots.get(RUN)
    run = _run(turn, run_id)
    if run is None:
        return _no_run(turn).remember(**{RUN: None})
    if tapped:
        return _moved(turn, run, tapped[1])
    if turn.meaning.tap:  # a control by command, say /pause
        return _moved(turn, run, Control(interruptions.CONTROLS[turn.meaning.name]))
    return _typed(turn, run)


def control(turn: Turn, name: str) -> Outcome:
    """A control that was asked for as a command: it goes to the walkthrough on the screen, if there is one."""
    return Outcome(follow_up="action_walkthrough") if turn.slots.get(RUN) else _no_run(turn, name)


def resume_any(turn: Turn) -> Outcome:
    """Goes on where one was: with the walkthrough on the screen, the only one under way, or one to choose."""
    if turn.slots.get(RUN):
        return Outcome()  # its step is shown by `show_again`
    unfinished = _unfinished(turn)
    if not unfinished:
        return _no_run(turn, "continue")
    if len(unfinished) == 1:
        return _moved(turn, unfinished[0], Control(moves.CONTINUE), shown_by_policy=True)
    choices = [_continue_choice(turn, run) for run in unfinished[:OFFERED]]
    reply = Reply(
        turn.say("command.continue-which"),
        rows(choices),
        language=turn.language,
        outcome="command",
        command="continue",
    )
    return Outcome((reply,))


def _typed(turn: Turn, run: Run) -> Outcome:
    checklist = turn.knowledge.checklists[run.checklist]
    fit = engine.fits(checklist, run, turn.text, turn.services.today())
    says_nothing = fit in ("none", "question") or (fit == "free" and not any(map(str.isalnum, turn.text)))
    if turn.meaning.intent == "blank" and says_nothing:
        return Outcome(follow_up="action_blank")
    asked = interruptions.control(fit, turn.meaning, turn.text)
    if asked:
        return _moved(turn, run, Control(asked))
    belongs = interruptions.belongs(fit, turn.meaning, turn.text)
    if belongs == "interruption":
        return Outcome(follow_up=_ELSEWHERE.get(turn.meaning.intent, "action_unknown"))
    if belongs == "unknown question":
        step = render.step(turn.knowledge, run)
        return Outcome((replace(step, text=f"{turn.say('answer.not-an-answer')}\n\n{step.text}"),))
    return _moved(turn, run, Say(turn.text))


def _moved(turn: Turn, run: Run, made: Move, *, shown_by_policy: bool = False) -> Outcome:
    """Applies the move, stores the run, and shows what it led to."""
    checklist = turn.knowledge.checklists[run.checklist]
    after = engine.apply(checklist, _in_chosen_language(turn, run), made, turn.services.today())
    if after.run != run:
        turn.store.save_run(turn.owner, after.run)
    on_screen = after.run.id if after.run.status == "open" and after.show != "result" else None
    replies = () if shown_by_policy and on_screen else (render.turn(turn.knowledge, after),)
    later = (lambda: papers(turn, after.run)) if after.finished else None
    return Outcome(replies, {RUN: on_screen}, later=later)


def _in_chosen_language(turn: Turn, run: Run) -> Run:
    """The run in the language that its owner has chosen since; a language guessed from an answer doesn't count."""
    chosen = turn.store.language(turn.owner)
    return run.with_(language=chosen) if chosen and chosen != run.language else run


def _run(turn: Turn, run_id: str | None) -> Run | None:
    run = turn.store.run(turn.owner, run_id) if run_id else None
    return run if run and run.checklist in turn.knowledge.checklists else None


def _unfinished(turn: Turn) -> list[Run]:
    return [
        run
        for run in turn.store.runs(turn.owner)
        if run.status != "done" and run.checklist in turn.knowledge.checklists
    ]


def _continue_choice(turn: Turn, run: Run) -> Choice:
    checklist = turn.knowledge.checklists[run.checklist]
    n, total = engine.position(checklist, run)
    label = turn.say("command.run-line", title=checklist.text(turn.language).title, n=n, total=total)
    return Choice(label, taps.tap(taps.CONTROL, run.id, moves.CONTINUE))


def _no_run(turn: Turn, name: str = "continue") -> Outcome:
    choices = [
        Choice(checklist.text(turn.language).title, taps.tap(taps.START, checklist.id))
        for checklist in list(turn.knowledge.checklists.values())[:OFFERED]
    ]
    reply = Reply(turn.say("command.no-run"), rows(choices), language=turn.language, outcome="command", command=name)
    return Outcome((reply,))
