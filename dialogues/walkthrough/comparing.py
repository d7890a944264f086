"""A finished run beside others of its kind: one's last time, other candidates, other people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dialogues.walkthrough import words
from dialogues.walkthrough.points import best, points
from dialogues.walkthrough.scoring import Score, score
from dialogues.walkthrough.state import Run, Value
from dialogues.walkthrough.steps import Step, Walk
from knowledge.schema import Checklist, Item


def last_time(checklist: Checklist, run: Run, others: Iterable[Run]) -> Run | None:
    """The run of the same name that was finished last before this one; `others` stand newest first."""
    mine = _answers(checklist, run, checklist.named_by)
    for other in _finished(checklist, run, others):
        earlier = run.started is None or other.finished is None or other.finished <= (run.finished or run.started)
        if earlier and _answers(checklist, other, checklist.named_by) == mine:
            return other
    return None


@dataclass(frozen=True)
class Change:
    """This run and an earlier one, both scored over the questions that count in both."""

    now: Score
    then: Score
    whole: bool  # whether these are all that count in either

    @property
    def count(self) -> int:
        """How many questions these are."""
        return self.now.answered

    @property
    def by_section(self) -> dict[str, int]:
        """By how many percentage points each section has changed."""
        then = {one.section.id: one.share for one in self.then.sections}
        pairs = ((one.section.id, one.share, then.get(one.section.id)) for one in self.now.sections)
        both = ((id_, now, old) for id_, now, old in pairs if now is not None and old is not None)
        return {id_: round(now * 100) - round(old * 100) for id_, now, old in both}


def since(checklist: Checklist, run: Run, before: Run) -> Change | None:
    """What has changed since the earlier run; None where no question counts in both."""
    mine, theirs = score(checklist, run).counted, score(checklist, before).counted
    both = mine & theirs
    if not both:
        return None
    return Change(score(checklist, run, both), score(checklist, before, both), mine == theirs)


def beside(checklist: Checklist, run: Run, others: Iterable[Run]) -> list[Run]:
    """The runs that the checklist lays beside this one: the newest for each other candidate, or person."""
    return _others(checklist, run, others, alike=True)


def apart(checklist: Checklist, run: Run, others: Iterable[Run]) -> list[Run]:
    """Those that can't be laid beside this one, since they were answered for something else; the newest for each
    candidate or person that isn't beside it already."""
    compare = checklist.result.compare
    there = (
        {_answers(checklist, one, (compare.across,)) for one in beside(checklist, run, others)} if compare else set()
    )
    found = _others(checklist, run, others, alike=False)
    return [one for one in found if compare and _answers(checklist, one, (compare.across,)) not in there]


def _others(checklist: Checklist, run: Run, others: Iterable[Run], *, alike: bool) -> list[Run]:
    compare = checklist.result.compare
    if compare is None:
        return []
    mine, same = _answers(checklist, run, (compare.across,)), _answers(checklist, run, compare.same)
    found: dict[tuple[str, ...], Run] = {}
    for other in _finished(checklist, run, others):
        theirs = _answers(checklist, other, (compare.across,))
        if theirs != mine and any(theirs) and (_answers(checklist, other, compare.same) == same) == alike:
            found.setdefault(theirs, other)
    return list(found.values())


def common(checklist: Checklist, runs: Sequence[Run]) -> frozenset[str] | None:
    """The items that are asked on the ways of all the runs; None where all took the same way, and nothing is left out.

    A quick run and a thorough one are alike only over these.
    """
    if len({run.mode for run in runs}) < 2:
        return None
    asked = [frozenset(item.id for item in Walk(checklist, run).items) for run in runs]
    return frozenset.intersection(*asked)


def _finished(checklist: Checklist, run: Run, others: Iterable[Run]) -> list[Run]:
    return [one for one in others if one.checklist == checklist.id and one.status == "done" and one.id != run.id]


def _answers(checklist: Checklist, run: Run, items: Sequence[str]) -> tuple[str, ...]:
    walk = Walk(checklist, run)
    return tuple(words.fold(str(value)) if (value := walk.value(item)) is not None else "" for item in items)


@dataclass(frozen=True)
class Difference:
    """A question that was answered differently; the answers in the order of the runs, None for one without a score."""

    step: Step
    values: tuple[Value, ...]
    spread: float  # from 0 to 1: how far apart the answers lie, of what they could

    @property
    def item(self) -> Item:
        """What was asked."""
        return self.step.item


def differences(checklist: Checklist, runs: Sequence[Run]) -> list[Difference]:
    """The scored items on which the runs differ, those that lie farthest apart first."""
    walks = [Walk(checklist, run) for run in runs]
    asked = {step.id: step for walk in reversed(walks) for step in walk}
    found: list[Difference] = []
    for item in checklist.items:
        offered, most = points(checklist, item), best(checklist, item)
        if item.id not in asked or most <= 0:
            continue
        values = tuple(value if str(value := walk.value(item.id)) in offered else None for walk in walks)
        scores = [offered[str(value)] for value in values if value is not None]
        if len(scores) > 1 and max(scores) > min(scores):
            found.append(Difference(asked[item.id], values, (max(scores) - min(scores)) / most))
    return sorted(found, key=lambda one: -one.spread * one.item.weight)
