"""Spans of time in another unit than the one asked for: converted where that is exact."""

from __future__ import annotations

import pytest
from walkthrough_example import TODAY, item

from dialogues.walkthrough.answers import Misunderstood, parse
from knowledge.schema import Item


def counted(text: str, da: str, en: str) -> float | str:
    number = Item.parse_obj(item("x", "number", "x", unit={"da": da, "en": en}))
    outcome = parse(number, (), text, TODAY)
    return outcome.reason if isinstance(outcome, Misunderstood) else outcome  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("en time", 60),
        ("1 time", 60),
        ("et kvarter", 15),
        ("tre kvarter", 45),
        ("halvanden time", 90),
        ("en halv time", 30),
        ("1½ time", 90),
        ("1,5 time", 90),
        ("en time og et kvarter", 75),
        ("1 time og 30 min", 90),
        ("to en halv time", "not-unit"),
        ("ca. en time", 60),
        ("an hour", 60),
        ("half an hour", 30),
        ("an hour and a half", 90),
        ("a quarter of an hour", 15),
        ("two hours", 120),
        ("90", 90),
        ("90 min", 90),
        ("90 minutter", 90),
        ("et par timer", "not-unit"),
        ("to dage", "not-unit"),
        ("en times tid", "not-number"),
    ],
)
def test_minutes(text: str, minutes: float | str) -> None:
    assert counted(text, "minutter", "minutes") == minutes


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("to måneder", ("uger", "weeks"), "not-unit"),
        ("14 dage", ("uger", "weeks"), 2),
        ("to uger", ("dage", "days"), 14),
        ("et år", ("måneder", "months"), 12),
        ("et halvt år", ("måneder", "months"), 6),
        ("halvandet år", ("måneder", "months"), 18),
        ("6 måneder", ("år", "years"), 0.5),
        ("90 minutter", ("timer", "hours"), 1.5),
        ("20 minutter", ("timer", "hours"), "not-unit"),
        ("en halv time", ("timer om måneden", "hours a month"), 0.5),
        ("2 timer om måneden", ("timer om måneden", "hours a month"), 2),
        ("2 timer om ugen", ("timer om måneden", "hours a month"), "not-unit"),
        ("10 hours a week", ("timer om måneden", "hours a month"), "not-unit"),
        ("16", ("timer om måneden", "hours a month"), 16),
        ("en dag", ("timer", "hours"), "not-unit"),
        ("to timer?", ("minutter", "minutes"), "not-question"),
    ],
)
def test_other_units(text: str, unit: tuple[str, str], number: float | str) -> None:
    assert counted(text, *unit) == number
