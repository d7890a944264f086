"""How many questions a walkthrough says that it asks, and that a quick way is one."""

from __future__ import annotations

import pytest

from dialogues.walkthrough.length import fewest_and_most
from dialogues.walkthrough.path import steps
from knowledge.loader import load
from tests import walker

KNOWLEDGE = load()
LONGER = {"network-map": 14}  # three contacts at least, or there is nothing to see on the map
GROUPED = {"communication-plan", "partnership-strategy", "asset-map", "network-map"}  # more entries are more questions


@pytest.mark.parametrize("name", sorted(KNOWLEDGE.checklists))
def test_a_quick_way_is_quick(name: str) -> None:
    checklist = KNOWLEDGE.checklists[name]
    _, most = fewest_and_most(checklist, "quick")
    assert most <= LONGER.get(name, 8)
    assert checklist.minutes.quick <= (4 if name in LONGER else 3)


@pytest.mark.parametrize("name", sorted(set(KNOWLEDGE.checklists) - GROUPED))
@pytest.mark.parametrize("vary", [1, 2, 3])
def test_no_walkthrough_asks_more_or_less_than_it_says(name: str, vary: int) -> None:
    checklist = KNOWLEDGE.checklists[name]
    fewest, most = fewest_and_most(checklist, "quick")
    asked = len(steps(checklist, walker.finished(KNOWLEDGE, name, "da", "quick", vary=vary)))
    assert fewest <= asked <= most


def test_choices_that_exclude_each_other_are_not_added_up() -> None:
    assert fewest_and_most(KNOWLEDGE.checklists["closing"], "quick") == (6, 8)
    assert fewest_and_most(KNOWLEDGE.checklists["asset-map"], "quick") == (6, 8)


def test_a_full_agreement_is_asked_in_some_thirty_questions() -> None:
    fewest, most = fewest_and_most(KNOWLEDGE.checklists["agreement"], "full")
    assert fewest <= 27 and most <= 35
