"""What a finished walkthrough offers to remind of: its dates, and going through it again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dialogues import taps
from dialogues.documents.appointments import events
from dialogues.documents.calendar import Event
from dialogues.reminding.request import NINE
from dialogues.reply import Choice, Reply, rows
from dialogues.turn import Outcome, Turn
from dialogues.walkthrough.display import shortened
from dialogues.walkthrough.naming import title
from dialogues.walkthrough.state import Run
from knowledge.templates import Trusted

OFFERED, LONGEST_LABEL = 5, 48
_AGAIN = ("m6", "y1")


def offer(turn: Turn, run_id: str) -> Outcome | None:
    """A button for each date to come, and for going through it again; None where the walkthrough isn't there."""
    run = _run(turn, run_id)
    if run is None:
        return None
    choices = [
        Choice(_label(turn, found), taps.tap(taps.REMINDER, "e", run.id, _step(run, found)))
        for found in _events(turn, run)[:OFFERED]
    ]
    for token in _AGAIN:
        choices.append(Choice(turn.say(f"reminders.button-again-{token}"), _again_tap(run, token)))
    choices.append(Choice(turn.say("reminders.button-else"), _again_tap(run, "else")))
    whom = turn.say("reminders.whom-one" if turn.name is None else "reminders.whom-many")
    text = turn.say("reminders.offer", whom=whom)
    reply = Reply(text, rows(choices), language=turn.language)
    return Outcome((replace(reply, outcome="command", command="remind"),))


def event(turn: Turn, run_id: str, step: str) -> tuple[str, date] | None:
    """What a date of the walkthrough is about, and the day on which to remind of it at nine: that of the date, or, of
    what begins early, the one before."""
    run = _run(turn, run_id)
    found = next((one for one in _events(turn, run) if _step(run, one) == step), None) if run else None
    if found is None:
        return None
    early = found.begins is not None and found.begins <= NINE
    return found.title, found.day - timedelta(days=1) if early else found.day


def again(turn: Turn, run_id: str) -> str | None:
    """What a reminder to go through the walkthrough again is about."""
    run = _run(turn, run_id)
    if run is None:
        return None
    called = title(turn.knowledge.checklists[run.checklist], run, turn.language)
    return str(turn.say("reminders.again", title=Trusted(called)))


def _run(turn: Turn, run_id: str) -> Run | None:
    run = turn.store.run(turn.owner, run_id)
    return run if run and run.checklist in turn.knowledge.checklists else None


def _events(turn: Turn, run: Run) -> list[Event]:
    return events(turn.knowledge.checklists[run.checklist], run, turn.services.today())


def _step(run: Run, found: Event) -> str:
    """The step of the walkthrough that a date was answered at."""
    return found.uid.partition("@")[0].removeprefix(f"{run.id}-")


def _again_tap(run: Run, token: str) -> str:
    return taps.tap(taps.REMINDER, "a", run.id, token)


def _label(turn: Turn, found: Event) -> str:
    day = turn.say("reminders.short-day", day=found.day.day, month=found.day.month)
    what = Trusted(shortened(found.title, LONGEST_LABEL))
    return str(turn.say("reminders.button-event", day=day, what=what))
