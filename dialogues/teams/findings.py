"""What the members of a team answered, taken together: averages and spreads, never who said what.

Shares are counted as in `dialogues.walkthrough.scoring`, from 0 to 1, one for each member who answered something that
counts. The spread of an item is how far its lowest and its highest answer lie apart, of what they could.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from dialogues.teams.model import FEWEST
from dialogues.walkthrough import scoring
from dialogues.walkthrough.points import best, points
from dialogues.walkthrough.scoring import Score
from dialogues.walkthrough.state import Run
from dialogues.walkthrough.steps import Walk
from knowledge.schema import UNSURE, Band, Checklist, Item, Section

WEAK = 0.5
"""A share below this is low; as in a single result, the limit is ours."""


@dataclass(frozen=True)
class Spread:
    """The lowest, the average and the highest share, of two members or more: one alone would be somebody's own."""

    low: float
    mean: float
    high: float


@dataclass(frozen=True)
class Differing:
    """An item that was answered differently: its answers, the lowest first, and how many gave each."""

    item: Item
    answers: tuple[tuple[str, int], ...]
    spread: float


@dataclass(frozen=True)
class TeamFindings:
    members: int
    total: Spread | None  # None where fewer than two gave answers that count
    band: Band | None  # of the average
    themes: tuple[tuple[Section, Spread], ...]
    differing: tuple[Differing, ...]  # those that lie farthest apart first
    low: tuple[Item, ...]  # what all find low, and agree on
    unsure: tuple[tuple[Item, int], ...]  # what several don't know, and how many


def findings(checklist: Checklist, runs: Sequence[Run]) -> TeamFindings:
    """What the finished runs of a team's members say together."""
    scores = [scoring.score(checklist, run) for run in runs]
    total = _spread([score.share for score in scores])
    return TeamFindings(
        members=len(runs),
        total=total,
        band=scoring.band_of(checklist, total.mean) if total else None,
        themes=tuple(_themes(checklist, scores)),
        differing=tuple(_differing(checklist, runs)),
        low=tuple(_low(scores)),
        unsure=tuple(_unsure(checklist, scores)),
    )


def _spread(shares: Sequence[float | None]) -> Spread | None:
    known = [share for share in shares if share is not None]
    return Spread(min(known), fmean(known), max(known)) if len(known) >= FEWEST else None


def _themes(checklist: Checklist, scores: Sequence[Score]) -> list[tuple[Section, Spread]]:
    found = []
    for section in checklist.sections:
        shares = [one.share for score in scores for one in score.sections if one.section.id == section.id]
        spread = _spread(shares)
        if spread:
            found.append((section, spread))
    return found


def _differing(checklist: Checklist, runs: Sequence[Run]) -> list[Differing]:
    """What was answered differently, those first that lie farthest apart and weigh most. "Don't know" differs from
    nothing: it is told by itself."""
    walks = [Walk(checklist, run) for run in runs]
    found = []
    for item in checklist.items:
        offered, most = points(checklist, item), best(checklist, item)
        values = [str(value) for walk in walks if str(value := walk.value(item.id)) in offered and value != UNSURE]
        if most <= 0 or len({offered[value] for value in values}) < 2:
            continue
        answers = sorted(Counter(values).items(), key=lambda pair: offered[pair[0]])
        found.append(Differing(item, tuple(answers), (offered[answers[-1][0]] - offered[answers[0][0]]) / most))
    return sorted(found, key=lambda one: -one.spread * one.item.weight)


def _low(scores: Sequence[Score]) -> list[Item]:
    """The items that everybody rates low: those cost the group most, and nobody needs persuading."""
    counted: Counter[str] = Counter()
    items: dict[str, Item] = {}
    for score in scores:
        for cost in score.costly:
            if not cost.unsure and cost.reached < WEAK * cost.possible:
                counted[cost.item.id] += 1
                items[cost.item.id] = cost.item
    return [item for item_id, item in items.items() if counted[item_id] == len(scores)]


def _unsure(checklist: Checklist, scores: Sequence[Score]) -> list[tuple[Item, int]]:
    counted = Counter(item.id for score in scores for item in score.to_find_out)
    return [(item, counted[item.id]) for item in checklist.items if counted[item.id] > 1]
