"""Names that one has used before: results are compared by them, so they are offered, and near ones asked about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from dialogues.walkthrough.people import token
from dialogues.walkthrough.state import Run, Value
from dialogues.walkthrough.steps import Step, Walk
from dialogues.walkthrough.words import fold
from knowledge.schema import Checklist

MOST = 5  # names that are offered
_NEAR = 0.84
_TELLING = 4  # letters of a word that says something
_SAME = re.compile(
    r"(?:(?:det|den|the) )?(?:samme|same|ditto)(?: (?:som|as))?"
    r"(?: (?:sidst|foer|for|last time|before|den anden|de andre))?"
)


def known_names(
    checklist: Checklist, checklists: Mapping[str, Checklist], runs: Iterable[Run]
) -> dict[str, tuple[str, ...]]:
    """The names given earlier, by item: in this checklist, and in others that go by an item of the same id.

    `runs` stand with the one touched last first.
    """
    found: dict[str, dict[str, str]] = {item_id: {} for item_id in _by_name(checklist)}
    for run in sorted(runs, key=lambda one: one.checklist != checklist.id):
        there = checklists.get(run.checklist)
        shared = set(found) & set(_by_name(there)) if there else set()
        walk = Walk(there, run) if there and shared else None
        for item_id in shared if walk else ():
            value = walk.value(item_id) if walk else None
            if isinstance(value, str):
                found[item_id].setdefault(fold(value), value)
    return {item_id: tuple(names.values())[:MOST] for item_id, names in found.items() if names}


def _by_name(checklist: Checklist) -> list[str]:
    """The items whose answers, in people's own words, tell runs apart or bring them together."""
    compare = checklist.result.compare
    ids = {*checklist.named_by, *((compare.across, *compare.same) if compare else ())}
    return [item.id for item in checklist.items if item.id in ids and item.kind in ("text", "person")]


def offered(run: Run, step: Step) -> tuple[str, ...]:
    """The names to choose from at the step."""
    return run.names.get(step.id, ())


def by_token(run: Run, step: Step, said: str) -> str | None:
    """The name that a button meant."""
    return next((name for name in offered(run, step) if token(name) == said), None)


def as_before(run: Run, step: Step, text: str) -> str | None:
    """The name that "samme som sidst" means: the one used last."""
    return next(iter(offered(run, step)), None) if _SAME.fullmatch(fold(text)) else None


def near(run: Run, step: Step, value: Value) -> str | None:
    """The earlier name that `value` may be meant for: almost the same, and not the same."""
    if not isinstance(value, str) or any(fold(name) == fold(value) for name in offered(run, step)):
        return None
    return next((name for name in offered(run, step) if _alike(fold(name), fold(value))), None)


def _alike(one: str, other: str) -> bool:
    if re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return False
    words, more = sorted((set(one.split()), set(other.split())), key=len)
    within = words < more and any(len(word) >= _TELLING for word in words)
    return within or SequenceMatcher(None, one, other, autojunk=False).ratio() >= _NEAR
