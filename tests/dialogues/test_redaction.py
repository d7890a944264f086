"""What is kept of a question that found no answer points at nobody."""

from __future__ import annotations

import pytest

from dialogues.redaction import GONE, LONGEST, common_words, redact
from knowledge.loader import load


@pytest.fixture(scope="module")
def known() -> frozenset[str]:
    return common_words(load())


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Hvornår åbner biblioteket?", "Hvornår åbner biblioteket?"),
        ("ring til mig på 22 33 44 55", "ring til mig på […]"),
        ("mit cpr er 010203-1234, hvad nu", "mit cpr er […], hvad nu"),
        ("skriv til Birthe Jørgensen på b.j@bogby.dk", "skriv til […] på […]"),
        ("se https://bogby.dk/hemmeligt og @birthe", "se […] og […]"),
        ("jeg bor algade 12, 2. tv", "jeg bor […], 2. tv"),
        ("jeg hedder ida og er ny", "jeg hedder […] og er ny"),
        ("my name is bob miller", "my name is […]"),
        ("mit password er hemmelig123", "mit password er […]"),
        ("i 2012 var der 3 partnere", "i 2012 var der 3 partnere"),
        ("hvad koster det\nat låne", "hvad koster det at låne"),
    ],
)
def test_names_numbers_and_addresses_go(known: frozenset[str], text: str, kept: str) -> None:
    assert redact(text, known) == kept


def test_a_long_text_is_cut(known: frozenset[str]) -> None:
    assert len(redact("ord " * 1000, known)) <= LONGEST + len(GONE)
