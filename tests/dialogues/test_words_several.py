"""Several choices in one go."""

from __future__ import annotations

import pytest
from walkthrough_example import TODAY, begin, choice, item, key, play

from dialogues.walkthrough.answers import Misunderstood, parse
from knowledge.schema import Choice, Item


@pytest.mark.parametrize("text", ["1, 3 og 4", "1, 3 and 4", "2, 3 stk."])
def test_several_numbers_are_no_yes_with_a_note(text: str) -> None:
    assert key(play(begin(), "Bogby", text)) == "not-yesno"


CHANNELS = [
    Choice(**choice("poster", "Plakat", "Poster")),
    Choice(**choice("site", "Hjemmeside", "Website")),
    Choice(**choice("friends", "Naboer og foreninger", "Neighbours and associations")),
    Choice(**choice("mail", "Nyhedsbrev", "Newsletter")),
    Choice(**choice("unsure", "Ved ikke", "Don't know")),
]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1 3 4", "poster friends mail"),
        ("1, 3 og 4", "poster friends mail"),
        ("1-3", "poster site friends"),
        ("2 til 4", "site friends mail"),
        ("alle", "poster site friends mail"),
        ("alle på nær den sidste", "poster site friends"),
        ("alle undtagen 2", "poster friends mail"),
        ("alle på nær 1 og 2", "friends mail"),
        ("alle undtagen plakat", "site friends mail"),
        ("all but the last", "poster site friends"),
        ("all except 2", "poster friends mail"),
        ("plakat og hjemmeside", "poster site"),
        ("det første og det tredje", "poster friends"),
        ("the first and the third", "poster friends"),
        ("de to første", "poster site"),
        ("de to sidste", "friends mail"),
        ("the last two", "friends mail"),
        ("naboer og foreninger", "friends"),
        ("naboer og foreninger, plakat", "poster friends"),
        ("ingen af dem", ""),
        ("none of them", ""),
        ("ved ikke", "unsure"),
        ("plakat og sandwich", None),
        ("alle undtagen sandwich", None),
        ("1 og 99", None),
        ("9", None),
        ("3-1", None),
        ("de ni første", None),
        ("ikke 2", None),
        ("begge", None),
    ],
)
def test_several_choices(text: str, wanted: str | None) -> None:
    several = Item.parse_obj(item("x", "several", "x", choices=[one.dict() for one in CHANNELS]))
    outcome = parse(several, CHANNELS, text, TODAY)
    found = None if isinstance(outcome, Misunderstood) else outcome
    if isinstance(found, tuple) and "friends" in found and text.startswith("naboer og foreninger,"):
        assert set(found) == {"poster", "friends"}
    assert found == (None if wanted is None else tuple(wanted.split()))
