"""Answer, ask, or say that one doesn't know."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.judgement import Thresholds, judge
from nlu.labels import OUT_OF_SCOPE, UNCLEAR

T = Thresholds(answer=0.5, margin=0.1, ask=0.15, doubt=0.5)


@pytest.mark.parametrize(
    ("ranking", "verdict"),
    [
        ([("topic/a.a", 0.9), ("topic/a.b", 0.05)], None),
        ([("command/help", 0.8), (OUT_OF_SCOPE, 0.1)], None),
        ([("topic/a.a", 0.52), ("topic/a.b", 0.45)], UNCLEAR),
        ([("topic/a.a", 0.3), ("topic/a.b", 0.2)], UNCLEAR),
        ([(OUT_OF_SCOPE, 0.45), ("topic/a.a", 0.3)], UNCLEAR),
        ([(OUT_OF_SCOPE, 0.7), ("topic/a.a", 0.29)], OUT_OF_SCOPE),
        ([("smalltalk/thanks", 0.3), ("topic/a.a", 0.05)], OUT_OF_SCOPE),
        ([("topic/a.a", 0.1), ("topic/a.b", 0.09)], OUT_OF_SCOPE),
        ([], None),
    ],
)
def test_three_outcomes(ranking: list[tuple[str, float]], verdict: str | None) -> None:
    assert judge(ranking, T) == verdict


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_choices_are_offered_only_where_one_is_likely(chances: list[float]) -> None:
    ranking = [
        (f"topic/a.{letter}", chance) for letter, chance in zip("abcdef", sorted(chances, reverse=True), strict=False)
    ]
    verdict = judge(ranking, T)
    assert verdict != UNCLEAR or ranking[0][1] >= T.ask
    assert verdict is not None or ranking[0][1] >= T.answer
