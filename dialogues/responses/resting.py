"""Walkthroughs that aren't on the screen: the ways back to them, and what is said where there is none."""

from __future__ import annotations

from dataclasses import replace

from dialogues import taps
from dialogues.course.buttons import HOME, tap
from dialogues.reply import Choice, Reply, rows
from dialogues.responses import course
from dialogues.turn import AWAITING, RUN, Outcome, Turn
from dialogues.walkthrough import engine, frame, moves, naming
from dialogues.walkthrough.frame import LONGEST_LABEL
from dialogues.walkthrough.path import reached
from dialogues.walkthrough.state import Run
from dialogues.written import short_date
from knowledge.templates import Trusted

OFFERED = 5
RESULT = "result"  # what the slot `awaiting` says while a result is the last thing in the conversation


def run_of(turn: Turn, run_id: str | None) -> Run | None:
    """The user's run of that id; None where there is none, or its checklist is gone."""
    run = turn.store.run(turn.owner, run_id) if run_id else None
    return run if run and run.checklist in turn.knowledge.checklists else None


def under_way(turn: Turn) -> list[Run]:
    """The walkthroughs that aren't finished, the one touched last first."""
    return [
        run
        for run in turn.store.runs(turn.owner)
        if run.status != "done" and run.checklist in turn.knowledge.checklists
    ]


def unfinished_buttons(turn: Turn, most: int = OFFERED) -> tuple[tuple[Choice, ...], ...]:
    """A button for each walkthrough under way, the one touched last first. Where they would be called the same, the
    day on which they began tells them apart."""
    runs = under_way(turn)[:most]
    called = [_called(turn, run) for run in runs]
    dated = [_called(turn, run, dated=called.count(face) > 1) for face, run in zip(called, runs, strict=True)]
    return rows(
        [
            Choice(face, taps.tap(taps.CONTROL, run.id, moves.CONTINUE))
            for face, run in zip(naming.told_apart(dated), runs, strict=True)
        ]
    )


def with_way_back(turn: Turn, outcome: Outcome) -> Outcome:
    """What was asked for in the middle of a walkthrough, alone on the screen: a button leads back to the step. Without
    a walkthrough, as it is."""
    run = run_of(turn, turn.slots.get(RUN))
    if run is None or run.status != "open" or not outcome.replies:
        return outcome
    back = taps.tap(taps.CONTROL, run.id, moves.CONTINUE)
    *before, last = outcome.replies
    if all(choice.tap != back for choice in last.buttons):
        last = replace(last, choices=(*last.choices, (Choice(_called(turn, run, "command.button-step"), back),)))
    return replace(outcome, replies=(*before, last)).alone()


def _called(turn: Turn, run: Run, key: str = "command.button-continue", *, dated: bool = False) -> str:
    checklist = turn.knowledge.checklists[run.checklist]
    leads_to_step = key == "command.button-step"
    n, total = engine.position(checklist, run) if leads_to_step else reached(checklist, run)
    day = Trusted(short_date(run.started)) if dated and run.started else None
    parts = {"n": n, "total": total, "day": day}
    room = LONGEST_LABEL - len(turn.say(key, title="", **parts))
    title = Trusted(naming.title(checklist, run, turn.language, room))
    return turn.say(key, title=title, **parts)


def nothing_open(turn: Turn, run: Run) -> Outcome:
    """What was to be skipped is finished: the ways to its result and its answers."""
    title = Trusted(naming.title(turn.knowledge.checklists[run.checklist], run, turn.language))
    run = run.with_(language=turn.language)
    ways = (
        (frame.control(turn.knowledge, run, "button-to-result", moves.CONTINUE),),
        (frame.control(turn.knowledge, run, "button-review", moves.REVIEW),),
    )
    text = turn.say("command.nothing-open", title=title)
    reply = Reply(text, ways, language=turn.language, outcome="command", command="skip")
    return Outcome((reply,), {AWAITING: f"{RESULT}:{run.id}"})


def no_run(turn: Turn, name: str = "continue") -> Outcome:
    """No walkthrough is on the screen: those that rest are offered, or else what the course makes of it, or all there
    are. There is nothing to skip."""
    resting = unfinished_buttons(turn)
    of_course = course.instead(turn, name)
    if of_course and not resting:
        return of_course
    if name == "skip" and not resting:
        to_all = Choice(turn.say("command.button-checklists"), taps.tap(taps.COMMAND, "list_checklists"))
        text = turn.say("command.nothing-to-skip")
        return Outcome((Reply(text, ((to_all,),), language=turn.language, outcome="command", command=name),))
    all_there_are = [
        Choice(checklist.text(turn.language).title, taps.tap(taps.START, checklist.id))
        for checklist in list(turn.knowledge.checklists.values())[:OFFERED]
    ]
    reply = Reply(
        turn.say("command.run-rests" if resting else "command.no-run"),
        (*resting, *_to_course(turn, of_course)) or rows(all_there_are),
        language=turn.language,
        outcome="command",
        command=name,
    )
    return Outcome((reply,))


def _to_course(turn: Turn, of_course: Outcome | None) -> tuple[tuple[Choice, ...], ...]:
    return ((Choice(turn.say("course.button-home"), tap(HOME)),),) if of_course else ()
