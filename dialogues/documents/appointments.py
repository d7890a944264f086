"""The dates of a walkthrough that belong in a calendar: those that editors marked, and those of planned actions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dialogues.documents.calendar import Event
from dialogues.walkthrough import scoring
from dialogues.walkthrough.naming import name
from dialogues.walkthrough.state import Run
from dialogues.walkthrough.steps import PLAN, WHEN, Step, Walk
from knowledge.schema import Checklist


def events(checklist: Checklist, run: Run, today: date) -> list[Event]:
    """The dates from today on, in order; each keeps its uid when the answers change, so that a calendar moves it."""
    walk = Walk(checklist, run)
    called = name(checklist, run)
    found = [*_marked(walk, run, called), *_planned(checklist, run, called)]
    return sorted((one for one in found if one.day >= today), key=lambda one: (one.day, one.uid))


def _marked(walk: Walk, run: Run, called: str | None) -> Iterator[Event]:
    for step in walk:
        day = walk.value(step.id)
        if step.item.kind == "date" and not step.about and isinstance(day, date) and step.item.calendar:
            parts = (step.item.calendar[run.language], _entry(walk, step), called)
            yield Event(_uid(run, step.id), " – ".join(part for part in parts if part), day, run.notes.get(step.id, ""))


def _entry(walk: Walk, step: Step) -> str | None:
    """What the entry of a group is about: its first answer in words."""
    if step.group is None:
        return None
    fields = (one for one in walk if one.group is step.group and one.entry == step.entry and one.item.kind == "text")
    return next((str(value) for one in fields if (value := walk.value(one.id))), None)


def _planned(checklist: Checklist, run: Run, called: str | None) -> Iterator[Event]:
    for action in scoring.score(checklist, run).actions if checklist.result.bands else ():
        if action.when:
            title = " – ".join(part for part in (action.text, action.who, called) if part)
            yield Event(_uid(run, f"{PLAN}.{action.item.id}.{WHEN.id}"), title, action.when)


def _uid(run: Run, step_id: str) -> str:
    return f"{run.id}-{step_id}@makker"
