"""Dates that contradict each other, or lie in the past, by what the checklist says: `after`, `before`, `future`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dialogues.walkthrough.state import Run, Value
from dialogues.walkthrough.steps import Step, Walk


@dataclass(frozen=True)
class Clash:
    """A date to look at: it lies before or after another though it mustn't, or in the past."""

    step: Step
    key: Literal["before", "after", "past"]
    other: Step | None = None


def clashes(walk: Walk, today: date) -> list[Clash]:
    """Every contradiction among the dates that were answered, in the order of the steps."""
    return [clash for step in walk for clash in _of(walk, step, walk.value(step.id), today)]


def first_clash(walk: Walk, step: Step, value: Value, today: date) -> Clash | None:
    """What the step's date would contradict if it were `value`: another date, or today."""
    if not isinstance(value, date):
        return None
    mine = list(_of(walk, step, value, today))
    theirs = [
        Clash(step, "after" if clash.key == "before" else "before", clash.step)
        for other in walk
        if other.id != step.id and isinstance(there := walk.value(other.id), date)
        for clash in _order(walk, other, there, (step, value))
    ]
    return next(iter((*mine, *theirs)), None)


def as_of(run: Run, today: date) -> date:
    """The day that a run's dates are held against: that of its answers, so that time alone makes none past."""
    return (run.finished if run.status == "done" else run.started) or today


def _of(walk: Walk, step: Step, value: Value, today: date) -> Iterator[Clash]:
    if not isinstance(value, date):
        return
    yield from _order(walk, step, value)
    if step.item.future and value < today:
        yield Clash(step, "past")


def _order(walk: Walk, step: Step, value: date, only: tuple[Step, date] | None = None) -> Iterator[Clash]:
    """What the date contradicts of those that it must follow or precede; or of one only, with the date given."""
    for ids, key in ((step.item.after, "before"), (step.item.before, "after")):
        for other in filter(None, (_named(walk, step, id_) for id_ in ids)):
            if only and other.id != only[0].id:
                continue
            there = only[1] if only else walk.value(other.id)
            if isinstance(there, date) and (value < there if key == "before" else value > there):
                yield Clash(step, "before" if key == "before" else "after", other)


def _named(walk: Walk, step: Step, item_id: str) -> Step | None:
    """The date of that id: a field of the step's own entry, or else an item."""
    near = walk.step(f"{step.group.id}.{step.entry}.{item_id}") if step.group else None
    return near or walk.step(item_id)
