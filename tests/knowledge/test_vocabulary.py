"""Words are found as people write them, and no others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.vocabulary import Vocabulary

WORDS = Vocabulary(
    [
        ("privat virksomhed", "private"),
        ("virksomhed", "private"),
        ("bank", "private"),
        ("musik", "music"),
        ("museum", "culture"),
        ("frivillig", "volunteers"),
        ("Ældre Sagen", "volunteers"),
        ("musik", "noise"),
    ]
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("giv mig et eksempel med en privat virksomhed", ["private"]),
        ("noget med virksomhederne og musikken?", ["private", "music"]),
        ("et virksomhedsbesøg", ["private"]),
        ("Rockmuseum", ["culture"]),
        ("vores frivilige", ["volunteers"]),
        ("AELDRE SAGEN", ["volunteers"]),
        ("banken og virksomheden", ["private"]),
        ("bænken i haven er grøn", []),
        ("", []),
    ],
)
def test_what_a_text_mentions(text: str, found: list[str]) -> None:
    assert WORDS.mentioned(text) == found


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("virksomhed", "private"),
        ("Virksomhederne?", "private"),
        ("virksomehd", "private"),
        ("den private virksomhed i byen", None),
        ("museet", None),
        ("ban", None),
        ("", None),
    ],
)
def test_what_a_text_is(text: str, id_: str | None) -> None:
    assert WORDS.named(text) == id_


@given(st.text())
def test_any_text_can_be_looked_through(text: str) -> None:
    assert set(WORDS.mentioned(text)) <= {"private", "music", "culture", "volunteers"}
    assert WORDS.named(text) in {None, "private", "music", "culture", "volunteers"}
