"""What the answers of a walkthrough add up to, why, and what to do about it.

An item reaches weight * score of weight * the best score on offer; yes is 1 of 1, no is 0 of 1. "Don't know" reaches
nothing; "not relevant", choices without a score and skipped or open items leave both sides of the sum.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date

from dialogues.walkthrough.path import given, skipped
from dialogues.walkthrough.points import best, is_low, points
from dialogues.walkthrough.state import Run, Value
from dialogues.walkthrough.steps import PLAN, WHEN, WHO, Walk
from knowledge.schema import CHOSEN, IRRELEVANT, UNSURE, Band, Checklist, Item, Section


@dataclass(frozen=True)
class ItemScore:
    """What one answer brought."""

    item: Item
    value: Value
    reached: float  # both weighted
    possible: float

    @property
    def lost(self) -> float:
        return self.possible - self.reached

    @property
    def unsure(self) -> bool:
        return self.value == UNSURE


@dataclass(frozen=True)
class SectionScore:
    section: Section
    reached: float
    possible: float

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where nothing in the section counts."""
        return share(self.reached, self.possible)


@dataclass(frozen=True)
class Action:
    """A step of the plan: what to do about a low answer, and where to read about it."""

    item: Item
    text: str
    topics: tuple[str, ...]
    lost: float
    who: str | None = None  # as planned
    when: date | None = None


@dataclass(frozen=True)
class Score:
    reached: float
    possible: float
    band: Band | None  # None too where the answers are too few for a verdict
    answered: int  # how many scored items have an answer that counts …
    rated: int  # … of how many that are asked
    sections: tuple[SectionScore, ...]  # those with scored items, in order
    costly: tuple[ItemScore, ...]  # answers below the best, the costliest first
    actions: tuple[Action, ...]  # the same order; answers of "don't know" are under `to_find_out` instead
    to_find_out: tuple[Item, ...]
    skipped: tuple[Item, ...]
    irrelevant: tuple[Item, ...]
    open: tuple[Item, ...]  # asked, and not yet answered

    counted: frozenset[str]  # the items whose answers count

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where nothing counts."""
        return share(self.reached, self.possible)

    @property
    def empty(self) -> bool:
        """Whether no answer counts at all: everything is open, skipped or not relevant."""
        return self.answered == 0

    @property
    def enough(self) -> bool:
        """Whether at least half of what was asked counts, so that the total says something."""
        return self.answered > 0 and 2 * self.answered >= self.rated


def share(reached: float, possible: float) -> float | None:
    """The part reached, from 0 to 1; None of nothing."""
    return reached / possible if possible > 0 else None


def score(checklist: Checklist, run: Run, only: Container[str] | None = None) -> Score:
    """The score of the answers that count: valid ones to scored items that are asked; of the items `only`, if given."""
    walk = Walk(checklist, run)
    items = [item for item in walk.items if only is None or item.id in only]
    scored = [result for item in items if (result := _item_score(checklist, run, item))]
    costly = sorted((result for result in scored if result.lost > 0), key=lambda result: -result.lost)
    reached, possible = _sums(scored)
    rated = [item for item in items if best(checklist, item) > 0]
    enough = 2 * len(scored) >= len(rated)
    return Score(
        reached=reached,
        possible=possible,
        band=band_of(checklist, share(reached, possible)) if enough else None,
        answered=len(scored),
        rated=len(rated),
        sections=_sections(checklist, rated, scored),
        costly=tuple(costly),
        actions=tuple(
            action
            for result in costly
            if is_low(checklist, result.item, result.value) and (action := _action(walk, run.language, result))
        ),
        to_find_out=tuple(item for item in items if _chose(checklist, run, item, UNSURE)),
        skipped=tuple(item for item in rated if skipped(run, item.id)),
        irrelevant=tuple(item for item in items if _chose(checklist, run, item, IRRELEVANT)),
        open=tuple(item for item in rated if given(checklist, run, item) is None and not skipped(run, item.id)),
        counted=frozenset(result.item.id for result in scored),
    )


def _chose(checklist: Checklist, run: Run, item: Item, choice: str) -> bool:
    value = given(checklist, run, item)
    return item.kind in CHOSEN and (choice in value if isinstance(value, tuple) else value == choice)


def _item_score(checklist: Checklist, run: Run, item: Item) -> ItemScore | None:
    value = given(checklist, run, item)
    on_offer = points(checklist, item)
    most = best(checklist, item)
    if value is None or str(value) not in on_offer or most <= 0:
        return None
    return ItemScore(item, value, item.weight * on_offer[str(value)], item.weight * most)


def _sums(scored: Sequence[ItemScore]) -> tuple[float, float]:
    return sum(result.reached for result in scored), sum(result.possible for result in scored)


def _sections(checklist: Checklist, rated: list[Item], scored: list[ItemScore]) -> tuple[SectionScore, ...]:
    shown = {item.id for item in rated}
    sections = []
    for section in checklist.sections:
        ids = {item.id for item in section.items}
        if ids & shown:
            sections.append(SectionScore(section, *_sums([result for result in scored if result.item.id in ids])))
    return tuple(sections)


def band_of(checklist: Checklist, part: float | None) -> Band | None:
    """The band that a share falls into; sums of fractions may fall short of a limit by a hair, which is forgiven."""
    reached = [band for band in checklist.result.bands if part is not None and band.above <= part + 1e-9]
    return reached[-1] if reached else None


def _action(walk: Walk, language: str, result: ItemScore) -> Action | None:
    text = result.item.text(language).action
    if text is None:
        return None
    who, when = (walk.value(f"{PLAN}.{result.item.id}.{part.id}") for part in (WHO, WHEN))
    planned = (who if isinstance(who, str) else None, when if isinstance(when, date) else None)
    return Action(result.item, text, tuple(result.item.topics), result.lost, *planned)
