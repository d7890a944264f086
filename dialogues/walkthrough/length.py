"""How many questions a walkthrough asks, told before it begins: few answers lead to more of them, others to fewer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from dialogues.walkthrough.path import steps
from dialogues.walkthrough.state import Answer, Mode, Run, Value
from dialogues.walkthrough.steering import start
from knowledge.schema import IRRELEVANT, UNSURE, Checklist, Item

_SOMETHING = "…"  # a text that is given, whatever it says


def fewest_and_most(checklist: Checklist, mode: Mode) -> tuple[int, int]:
    """The questions on the shortest and the longest way, each group with as many entries as it has at least."""
    return _counted(_Same(checklist), mode)


class _Same:
    """A checklist that is the same as another where it is that very object: it has no hash, and is never changed."""

    def __init__(self, checklist: Checklist) -> None:
        self.checklist = checklist

    def __hash__(self) -> int:
        return id(self.checklist)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.checklist is self.checklist


@lru_cache(maxsize=256)
def _counted(same: _Same, mode: Mode) -> tuple[int, int]:
    """Counted once: to try all the ways of a large checklist takes as long as the rest of a turn."""
    checklist = same.checklist
    blank = start(checklist, "", "da", mode)
    return len(steps(checklist, _led(checklist, blank, min))), len(steps(checklist, _led(checklist, blank, max)))


def _led(checklist: Checklist, run: Run, best: Callable[..., Run]) -> Run:
    """The run, answered question by question so that it becomes as short (`min`) or as long (`max`) as it can."""

    def length(one: Run) -> int:
        return len(steps(checklist, one))

    deciding = {condition.item for item in checklist.items for condition in item.when}
    for item in checklist.items:
        if item.id in deciding and any(step.id == item.id for step in steps(checklist, run)):
            for _ in range(item.at_most if item.kind == "several" and best is max else 1):
                run = best(list(_answered(checklist, run, item)), key=length)
    return run


def _answered(checklist: Checklist, run: Run, item: Item) -> Iterator[Run]:
    """The run with each answer to the item; of several, with one more than it has; also without, where one may."""
    given = run.answers.get(item.id)
    before = given.value if given and isinstance(given.value, tuple) else ()
    said = list(_said(checklist, item, before))
    for value in said:
        yield run.with_(answers={**run.answers, item.id: Answer(value)})
    if before or not said or said == [_SOMETHING]:
        yield run


def _said(checklist: Checklist, item: Item, before: tuple[str, ...]) -> list[Value]:
    ids = [choice.id for choice in checklist.choices(item) if choice.id not in (UNSURE, IRRELEVANT, *before)]
    if item.kind == "several":
        return [(*before, one) for one in ids]
    if item.kind in ("choice", "scale"):
        return list(ids)
    if item.kind in ("number", "money"):
        return list(_limits(checklist, item))
    return ["yes", "no"] if item.kind == "yesno" else [_SOMETHING] if item.kind in ("text", "person") else []


def _limits(checklist: Checklist, item: Item) -> set[Value]:
    """The numbers at which conditions begin to hold, and those at both ends."""
    named = [one for other in checklist.items for one in other.when if one.item == item.id]
    exactly = (int(one) for each in named for one in each.any_of)
    told = (*(one.at_least for one in named), *exactly, item.minimum or 0, item.maximum)
    return {one for one in told if one is not None}
