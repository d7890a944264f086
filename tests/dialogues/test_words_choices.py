"""One of the choices, with hedges around it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from words_example import READY, STATUS, TERM, chosen

from dialogues.walkthrough import words

CHOSEN = {
    "binding": "bindende tror jeg|det er bindende|nok den første|ja den øverste|den øverste|jeg tager den første"
    "|mulighed a|vil jeg sige bindende|binding I think|probably the first one|the top one|it's binding"
    "|let's say binding",
    "intent": "nr 2|mulighed b|option b|midterste|den midterste|hellere hensigtserklæring|den anden tror jeg"
    "|vi hælder til en hensigtserklæring|the middle one|rather the second|a letter of intent, please",
    "unsure": "den sidste|den nederste|the last one|det aftaler vi senere|ikke nu|tbd|aner det ikke",
}


@pytest.mark.parametrize(
    ("wanted", "text"), [(name, text) for name, texts in CHOSEN.items() for text in texts.split("|")]
)
def test_a_choice_with_words_around_it(wanted: str, text: str) -> None:
    assert chosen(STATUS, text) == wanted


@pytest.mark.parametrize(
    "text", ["ikke bindende", "1 eller 2", "den der", "b", "den fjerde", "mulighed f", "nok", "det er"]
)
def test_a_choice_that_is_not_plain_is_asked_about(text: str) -> None:
    assert chosen(STATUS, text) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("hellere delvist", "partly"),
        ("mest nej", "no"),
        ("ja tror jeg nok", "yes"),
        ("nok ja", "yes"),
        ("ja den øverste", "yes"),
        ("👍", "yes"),
        ("👎", "no"),
        ("👍🏽", "yes"),
        ("det er lige meget", "na"),
        ("mostly no", "no"),
        ("rather partly", "partly"),
        ("ja måske", None),
        ("ja den anden", None),
        ("midterste", "partly"),
        ("den nederste", None),
        ("4", None),
        ("5", None),
        ("6", None),
        ("🎉", None),
    ],
)
def test_a_step_of_a_scale(text: str, wanted: str | None) -> None:
    assert chosen(READY, text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("cirka et år", "year"),
        ("1 år måske", "year"),
        ("tre måneder", "quarter"),
        ("12 måneder vil jeg sige", "year"),
        ("about a year", "year"),
        ("to år tror jeg", "two"),
        ("et par år", None),
        ("5 år", None),
        ("a couple of years", None),
    ],
)
def test_an_amount_that_is_about_right(text: str, wanted: str | None) -> None:
    assert chosen(TERM, text) == wanted


HEDGES = [
    "ja",
    "nok",
    "vist",
    "hellere",
    "mest",
    "jeg tager",
    "vi vælger",
    "det er",
    "cirka",
    "probably",
    "I think",
    "it's",
]
BEHIND = ["tror jeg", "vil jeg sige", "måske", "nok", "vist nok", "tak", "I think", "please", "i guess"]


@settings(max_examples=200, deadline=None)
@given(before=st.lists(st.sampled_from(HEDGES), max_size=2), behind=st.lists(st.sampled_from(BEHIND), max_size=2))
def test_hedges_never_change_which_choice_is_meant(before: list[str], behind: list[str]) -> None:
    for label, wanted in (("hensigtserklæring", "intent"), ("den anden", "intent"), ("bindende", "binding")):
        assert chosen(STATUS, " ".join([*before, label, *behind])) == wanted


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_hedges_are_taken_off_and_nothing_else(text: str) -> None:
    folded = words.fold(text)
    plain = words.unhedged(folded)
    assert plain in folded
    assert bool(plain) == bool(folded)
    assert words.unhedged(plain) == plain
