"""Numbers, amounts and dates in words: what they mean, and what is never guessed."""

from __future__ import annotations

from datetime import date

import pytest
from walkthrough_example import TODAY, choice, item, read, reason, the

from dialogues.walkthrough.answers import Misunderstood, parse
from knowledge.schema import Choice, Item


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5.000 kr.", 5000),
        ("5000", 5000),
        ("1,000", 1000),
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("1.234,50", 1234.5),
        ("DKK 5,000.50", 5000.5),
        ("10 000", 10000),
        ("10.000,-", 10000),
        ("ti", 10),
        ("2 mio. kroner", 2_000_000),
        ("vi har ti tusind kroner om året", 10000),
        ("50.000 kr. om året", 50000),
        ("omkring fem tusind", 5000),
        ("vi regner med ti tusind", 10000),
        ("ingen penge", 0),
        ("op til 20", 20),
        ("up to ten", 10),
        ("femogtyve", 25),
        ("twenty-five", 25),
        ("to hundrede og fem", 205),
        ("fem tusind to hundrede", 5200),
        ("5k", 5000),
        ("5 t.kr.", 5000),
        ("halvanden", 1.5),
        ("to en halv", 2.5),
        ("2½", 2.5),
        ("ingen", 0),
        ("nul", 0),
    ],
)
def test_numbers(text: str, expected: float) -> None:
    budget = the("budget").copy(update={"maximum": None})
    assert parse(budget, (), text, TODAY) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("ca. 20 timer", 20), ("20 timer om ugen", 20), ("to timer", 2), ("en time", 1), ("2½ hours per week", 2.5)],
)
def test_a_number_with_its_unit(text: str, expected: float) -> None:
    hours = Item.parse_obj(item("x", "number", "x", unit={"da": "timer", "en": "hours"}))
    assert parse(hours, (), text, TODAY) == expected
    assert reason("budget", text) == "not-number"


@pytest.mark.parametrize(
    "text",
    [
        "en gang om året",
        "1 gang om året",
        "once a year",
        "første",
        "nr. 2",
        "to af os",
        "2 af os",
        "two of us",
        "a lot of money",
        "en stor pose penge",
        "om 3 måneder",
        "uge 3",
        "et beløb",
        "ingen af os",
    ],
)
def test_a_number_of_something_else_is_none(text: str) -> None:
    assert reason("budget", text) == "not-number"


NOTICE = [
    Choice(**choice("one", "1 måned", "1 month")),
    Choice(**choice("three", "3 måneder", "3 months")),
    Choice(**choice("six", "6 måneder", "6 months")),
    Choice(**choice("unsure", "Ikke afgjort endnu", "Not settled yet")),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tre måneder", "three"),
        ("3 mdr", "three"),
        ("3 mdr.", "three"),
        ("3mdr", "three"),
        ("tre mdr.", "three"),
        ("three months", "three"),
        ("3 måneders varsel", "three"),
        ("ca. tre måneder", "three"),
        ("med en måned", "one"),
        ("en måned", "one"),
        ("én måned", "one"),
        ("a month", "one"),
        ("et halvt år", "six"),
        ("half a year", "six"),
        ("3", "three"),
        ("4 måneder", None),
        ("fire måneder", None),
        ("1 måned og 14 dage", None),
        ("2 uger", None),
        ("et år", None),
        ("en gang om året", None),
        ("to af os", None),
    ],
)
def test_an_amount_of_time_is_the_choice_that_says_as_much(text: str, expected: str | None) -> None:
    notice = Item.parse_obj(item("x", "choice", "x", choices=[one.dict() for one in NOTICE]))
    outcome = parse(notice, NOTICE, text, TODAY)
    assert (None if isinstance(outcome, Misunderstood) else outcome) == expected


@pytest.mark.parametrize(
    "text", ["mange", "10-12", "10 eller 20", "et par", "ikke 20", "3. marts", "3/4", "1e5", "1.2.3", "x", "ja", "...-"]
)
def test_what_is_not_one_number(text: str) -> None:
    assert reason("budget", text) == "not-number"


def test_numbers_beyond_the_limits_say_the_limit() -> None:
    assert read("budget", "-5") == Misunderstood("not-less", {"limit": 0})
    assert read("budget", "2 mio.") == Misunderstood("not-more", {"limit": 100000})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3. marts", "2027-03-03"),
        ("3. martts", "2027-03-03"),
        ("den 3/4 2027", "2027-04-03"),
        ("3/4-27", "2027-04-03"),
        ("d. 3.4.2027", "2027-04-03"),
        ("2027-03-03", "2027-03-03"),
        ("1. januar 2027", "2027-01-01"),
        ("det bliver den 3. marts", "2027-03-03"),
        ("fredag den 5. marts 2027", "2027-03-05"),
        ("3. marts kl. 10", "2027-03-03"),
        ("March 3, 2027", "2027-03-03"),
        ("the 3rd of March", "2027-03-03"),
        ("i dag", "2026-11-23"),
        ("i morgen", "2026-11-24"),
        ("i overmorgen", "2026-11-25"),
        ("tomorrow", "2026-11-24"),
        ("fredag", "2026-11-27"),
        ("på fredag", "2026-11-27"),
        ("mandag", "2026-11-30"),
        ("næste fredag", "2026-12-04"),
        ("next friday", "2026-12-04"),
        ("fredag i næste uge", "2026-12-04"),
        ("om to uger", "2026-12-07"),
        ("om 14 dage", "2026-12-07"),
        ("in two weeks", "2026-12-07"),
        ("two weeks from now", "2026-12-07"),
        ("om et halvt år", "2027-05-23"),
        ("om en måned", "2026-12-23"),
        ("næste år", "2027-01-01"),
        ("marts 2027", "2027-03-01"),
        ("ultimo marts 2027", "2027-03-31"),
        ("uge 34", "2027-08-23"),
        ("ved årets udgang", "2026-12-31"),
        ("1. sept. næste år", "2027-09-01"),
        ("1. september til næste år", "2027-09-01"),
        ("den 1/9 næste år", "2027-09-01"),
        ("næste år den 1. september", "2027-09-01"),
        ("næste år i marts", "2027-03-01"),
        ("marts næste år", "2027-03-01"),
        ("i marts i år", "2026-03-01"),
        ("3. marts i år", "2026-03-03"),
        ("1. dec. i år", "2026-12-01"),
        ("1 Sept next year", "2027-09-01"),
        ("March 3 next year", "2027-03-03"),
        ("in March this year", "2026-03-01"),
        ("1. marts sidste år", "2025-03-01"),
        ("uge 34 næste år", "2027-08-23"),
        ("i uge 10 næste år", "2027-03-08"),
        ("i slutningen af næste år", "2027-12-31"),
        ("next year", "2027-01-01"),
        ("vi starter til næste år", "2027-01-01"),
        ("1 jul 2027", "2027-07-01"),
        ("tirsdg", "2026-11-24"),
        ("i septemper", "2027-09-01"),
        ("29/2", "2028-02-29"),
        ("22. november", "2027-11-22"),
        ("23. november", "2026-11-23"),
    ],
)
def test_dates(text: str, expected: str) -> None:
    assert read("start", text) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    "text",
    [
        "snart",
        "10",
        "2027",
        "3. marts og 4. april",
        "ikke i marts",
        "når vi kan",
        "ja",
        "i år",
        "this year",
        "til sommer",
        "næste sommer",
        "next summer",
        "til foråret",
        "efterår 2027",
        "efteråret næste år",
        "torsdag næste år",
        "1/9 2028 næste år",
        "1. næste år",
        "1. i næste måned",
        "i år eller næste år",
        "hurtigst muligt",
        "til jul",
        "junior",
        "trsdag",
        "1. junli",
    ],
)
def test_what_is_not_one_date(text: str) -> None:
    assert reason("start", text) == "not-date"


@pytest.mark.parametrize("text", ["31. februar", "31/2 2027", "32. marts", "om 9999 år", "uge 77", "3/13 2027"])
def test_a_day_that_the_calendar_does_not_have(text: str) -> None:
    assert reason("start", text) == "not-a-day"
