"""LIX is counted as Björnsson counted it."""

from __future__ import annotations

import pytest

from knowledge.readability import lix


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi ses. Kom nu.", 2),  # four words in two sentences, none of them long
        ("Biblioteket låner bøger ud.", 4 + 25),  # four words, one of them long
        ("Hvad nu? Ring til dem: Samarbejdsaftalen mangler!", 7 / 3 + 100 * 2 / 7),
        ("Han sagde: ”Kom.” Så gik han", 6 / 3),
        ("Det koster 3.000 om året", 5),
        ("", 0),
    ],
)
def test_lix(text: str, expected: float) -> None:
    assert lix(text) == pytest.approx(expected)
