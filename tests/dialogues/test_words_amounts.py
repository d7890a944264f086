"""Amounts and dates as they are spoken."""

from __future__ import annotations

import pytest
from walkthrough_example import TODAY, item, read

from dialogues.walkthrough.answers import Misunderstood, parse
from knowledge.schema import Item


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("5000", 5000),
        ("5.000 kr", 5000),
        ("5t", 5000),
        ("5 t.", 5000),
        ("5 tusind", 5000),
        ("5t kr", 5000),
        ("ca 10.000,-", 10000),
        ("halvtreds tusind", 50000),
        ("0", 0),
        ("ingen", 0),
        ("gratis", 0),
        ("det koster ikke noget", 0),
        ("free", 0),
        ("it costs nothing", 0),
        ("10-15.000", None),
        ("et par tusind", None),
        ("mellem 10 og 15.000", None),
        ("10 timer", None),
        ("5000?", None),
    ],
)
def test_money(text: str, amount: float | None) -> None:
    money = Item.parse_obj(item("x", "money", "x"))
    outcome = parse(money, (), text, TODAY)
    assert (None if isinstance(outcome, Misunderstood) else outcome) == amount


def test_the_letter_t_means_hours_where_hours_are_counted() -> None:
    hours = Item.parse_obj(item("x", "number", "x", unit={"da": "timer", "en": "hours"}))
    assert parse(hours, (), "5t", TODAY) == 5


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("pr. 1. april", "2027-04-01"),
        ("per 1 april", "2027-04-01"),
        ("tidligst 1/4", "2027-04-01"),
        ("engang i marts", "2027-03-01"),
        ("sometime in March", "2027-03-01"),
        ("første mandag i april", "2027-04-05"),
        ("den sidste fredag i november", "2026-11-27"),
        ("the first Monday in April 2028", "2028-04-03"),
        ("sidst på måneden", "2026-11-30"),
        ("i starten af måneden", "2026-12-01"),
        ("om en måneds tid", "2026-12-23"),
        ("om ca. 3 uger", "2026-12-14"),
        ("in about two weeks", "2026-12-07"),
        ("i morgen tidlig", "2026-11-24"),
        ("efter sommerferien", None),
        ("engang til foråret", None),
        ("inden jul", None),
        ("sometime in spring", None),
        ("before Christmas", None),
        ("om et par uger", None),
        ("femte mandag i april", None),
    ],
)
def test_a_date_as_it_is_spoken(text: str, day: str | None) -> None:
    outcome = read("start", text)
    assert (None if isinstance(outcome, Misunderstood) else outcome.isoformat()) == day
