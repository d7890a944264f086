"""Answer, ask, or say that one doesn't know."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.judgement import Judgement, Weights, best_inside, signs
from nlu.labels import OUT_OF_SCOPE, UNCLEAR

J = Judgement(
    right=Weights(best=2.0, outside=-1.0, bias=-3.0),
    inside=Weights(best=0.0, outside=-1.5, bias=-6.0),
    answer=0.8,
    ask=0.2,
    lightly=0.3,
)
RANKINGS = st.dictionaries(
    st.sampled_from(
        ["topic/a.a", "topic/a.b", "command/help", "smalltalk/joke", "followup/more", OUT_OF_SCOPE, "plain"]
    ),
    st.floats(0, 1),
    min_size=1,
).map(lambda chances: sorted(chances.items(), key=lambda entry: -entry[1]))


@pytest.mark.parametrize(
    ("ranking", "verdict"),
    [
        ([("topic/a.a", 0.9), ("topic/a.b", 0.05), (OUT_OF_SCOPE, 0.001)], None),
        ([("command/help", 0.9), (OUT_OF_SCOPE, 0.002)], None),
        ([("topic/a.a", 0.5), ("topic/a.b", 0.4), (OUT_OF_SCOPE, 0.01)], UNCLEAR),
        ([("topic/a.a", 0.9), (OUT_OF_SCOPE, 0.09)], OUT_OF_SCOPE),
        ([(OUT_OF_SCOPE, 0.7), ("topic/a.a", 0.29)], OUT_OF_SCOPE),
        ([("command/pause", 0.3), ("command/stop", 0.2), (OUT_OF_SCOPE, 0.01)], OUT_OF_SCOPE),
        ([("followup/more", 0.5), ("topic/a.a", 0.2), (OUT_OF_SCOPE, 0.01)], None),
        ([("weather", 0.5), ("timer", 0.2), (OUT_OF_SCOPE, 0.01)], None),
        ([(OUT_OF_SCOPE, 1.0)], OUT_OF_SCOPE),
    ],
)
def test_three_outcomes(ranking: list[tuple[str, float]], verdict: str | None) -> None:
    assert J.judge(ranking)[0] == verdict


@given(RANKINGS)
def test_the_confidence_is_a_probability_and_an_answer_is_sure_enough(ranking: list[tuple[str, float]]) -> None:
    verdict, confidence = J.judge(ranking)
    assert 0 <= confidence <= 1
    if verdict is None and (best_inside(ranking) or "").startswith(("topic/", "command/")):
        assert confidence >= J.answer


@given(RANKINGS)
def test_choices_are_offered_only_where_there_are_any(ranking: list[tuple[str, float]]) -> None:
    verdict, _ = J.judge(ranking)
    assert verdict != UNCLEAR or any(label.startswith("topic/") for label, _ in ranking)


@given(RANKINGS, st.floats(0, 1))
def test_what_is_likelier_outside_is_never_surer(ranking: list[tuple[str, float]], more: float) -> None:
    likelier = [(label, max(chance, more) if label == OUT_OF_SCOPE else chance) for label, chance in ranking]
    assert J.right.probability(signs(likelier)) <= J.right.probability(signs(ranking))


def test_one_of_several_questions_is_taken_more_lightly_but_only_for_a_topic() -> None:
    assert J.one_of_several([("topic/a.a", 0.5), (OUT_OF_SCOPE, 0.01)])[0] == "topic/a.a"
    assert J.one_of_several([("command/help", 0.9), (OUT_OF_SCOPE, 0.001)])[0] is None
    assert J.one_of_several([("topic/a.a", 0.2), (OUT_OF_SCOPE, 0.5)])[0] is None
