"""The dates of a walkthrough that belong in a calendar: those that editors marked, and those of planned actions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from dialogues.documents.calendar import Event
from dialogues.documents.hours import hours
from dialogues.walkthrough import scoring
from dialogues.walkthrough.naming import name
from dialogues.walkthrough.state import Run
from dialogues.walkthrough.steps import PLAN, WHEN, Step, Walk
from knowledge.schema import IRRELEVANT, UNSURE, Checklist


def events(checklist: Checklist, run: Run, today: date) -> list[Event]:
    """The dates from today on, in order; each keeps its uid when the answers change, so that a calendar moves it."""
    return [one for one in _all(checklist, run) if one.day >= today]


def past(checklist: Checklist, run: Run, today: date) -> list[Event]:
    """The dates that are left out because they lie before today: there is nothing to be reminded of."""
    return [one for one in _all(checklist, run) if one.day < today]


def _all(checklist: Checklist, run: Run) -> list[Event]:
    called = name(checklist, run)
    found = [*_marked(Walk(checklist, run), run, called), *_planned(checklist, run, called)]
    return sorted(found, key=lambda one: (one.day, one.uid))


def _marked(walk: Walk, run: Run, called: str | None) -> Iterator[Event]:
    for step in walk:
        day = walk.value(step.id)
        if step.item.kind == "date" and not step.about and isinstance(day, date) and step.item.calendar:
            parts = (step.item.calendar[run.language], _entry(walk, step), called)
            title = " – ".join(part for part in parts if part)
            yield _at_hour(Event(_uid(run, step.id), title, day, run.notes.get(step.id, "")), walk, run, step)


def _at_hour(event: Event, walk: Walk, run: Run, step: Step) -> Event:
    """The event with the hour, the length and the place that other answers give it; an hour that isn't certain is
    told in its text."""
    entry = step.item.calendar
    told = {key: _told(walk, run, step, getattr(entry, key)) for key in ("time", "minutes", "place")}
    found = hours(told["time"])
    if found is None:
        note = "\n".join(part for part in (told["time"], event.note) if part)
        return replace(event, note=note, place=told["place"])
    begins, minutes = found
    wanted = minutes or (int(float(told["minutes"])) if told["minutes"] else 0)
    return replace(event, begins=begins, minutes=wanted or event.minutes, place=told["place"])


def _told(walk: Walk, run: Run, step: Step, item_id: str | None) -> str:
    """The answer to an item, or to a field of the same entry; empty where there is none."""
    near = walk.step(f"{step.group.id}.{step.entry}.{item_id}") if step.group else None
    other = near or walk.step(item_id)
    value = walk.value(other.id) if other else None
    return "" if value in (None, UNSURE, IRRELEVANT) else str(value)


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
