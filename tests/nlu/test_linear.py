"""The linear model: it learns, it is stored as it is, and it is honest about what it never saw."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.spelling import normalise
from nlu.linear import LinearModel

TEXTS = {
    "sign": ["hvem skriver under", "må jeg underskrive", "hvis underskrift skal der på", "er det lederen der signerer"],
    "money": ["hvem betaler", "hvad med penge og budget", "skal vi dele udgifterne", "hvor meget koster det os"],
    "end": ["hvordan opsiger vi aftalen", "kan vi komme ud af den", "hvor langt er varslet", "vi vil stoppe før tid"],
}


@pytest.fixture(scope="module")
def model() -> LinearModel:
    pairs = [(text, label) for label, texts in TEXTS.items() for text in texts]
    return LinearModel().fit([text for text, _ in pairs], [label for _, label in pairs])


def test_it_knows_what_it_has_learnt(model: LinearModel) -> None:
    assert all(model.rank(text)[0][0] == label for label, texts in TEXTS.items() for text in texts)


def test_it_is_the_same_after_a_round_through_files(model: LinearModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    again = LinearModel.load(tmp_path)
    for text in ("hvem signerer", "hva koster det", "", "noget helt andet"):
        assert again.rank(text) == model.rank(text)


@given(st.text(max_size=200))
def test_any_text_gets_probabilities_best_first(model: LinearModel, text: str) -> None:
    chances = [chance for _, chance in model.rank(text)]
    assert chances == sorted(chances, reverse=True)
    assert sum(chances) == pytest.approx(1, abs=1e-4)


def test_what_shares_nothing_with_what_was_learnt_gets_even_odds(model: LinearModel) -> None:
    assert len({chance for _, chance in model.rank("☂☂☂")}) == 1


@pytest.mark.parametrize(
    "written", ["Må vi dele Årets Æbler?", "maa vi dele aarets aebler ?", "MÅ  VI, dele årets æbler?"]
)
def test_one_spelling_for_many(written: str) -> None:
    assert normalise(written) == "maa vi dele aarets aebler ?"


@given(st.text(max_size=300))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_a_label_with_a_single_text_leaves_the_others_as_sure_as_they_were(model: LinearModel) -> None:
    pairs = [(text, label) for label, texts in TEXTS.items() for text in texts] + [("nøglen hænger hos bo", "key")]
    small = LinearModel().fit([text for text, _ in pairs], [label for _, label in pairs])
    assert small.rank("hvem skriver under")[0][1] == pytest.approx(model.rank("hvem skriver under")[0][1], abs=0.15)
    assert small.rank("hænger nøglen hos bo")[0][0] == "key"
