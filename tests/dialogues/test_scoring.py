"""Scores: the sums, the bands, what costs most, and what leaves the sum."""

from __future__ import annotations

from typing import Any

import pytest
from walkthrough_example import CHECKLIST, begin, choice, item, make

from dialogues.walkthrough import scoring
from dialogues.walkthrough.state import Answer, Run
from knowledge.schema import Checklist


def run_with(**values: Any) -> Run:
    return begin().with_(answers={name: Answer(value) for name, value in values.items()}, at=None)


def score(checklist: Checklist = CHECKLIST, **values: Any) -> scoring.Score:
    return scoring.score(checklist, run_with(**values))


def test_scores_are_weighted_sums_by_section_and_in_total() -> None:
    result = score(money="yes", trust="most")
    assert (result.reached, result.possible) == (1 + 2 * 2, 1 + 2 * 3)
    assert [(part.section.id, part.reached, part.possible) for part in result.sections] == [
        ("people", 1, 1),
        ("work", 4, 6),
    ]
    assert result.share == pytest.approx(5 / 7)
    assert result.sections[1].share == pytest.approx(4 / 6)


@pytest.mark.parametrize(("trust", "title"), [("none", "Lav"), ("some", "Lav"), ("most", "Høj"), ("full", "Høj")])
def test_a_band_holds_from_its_limit_on(trust: str, title: str) -> None:
    band = score(trust=trust).band
    assert band and band.da.title == title


def test_the_limit_of_a_band_belongs_to_it() -> None:
    band = score(money="no", trust="unsure").band
    assert band and band.da.title == "Lav"
    thirds = make(
        result={
            "bands": [
                {"above": above, **{x: {"title": str(above), "meaning": "x"} for x in ("da", "en")}}
                for above in (0, 1 / 3)
            ]
        }
    )
    exact = score(thirds, trust="some").band
    assert exact and exact.above > 0


def test_not_knowing_counts_nothing_and_becomes_something_to_find_out() -> None:
    result = score(trust="unsure")
    assert (result.reached, result.possible) == (0, 6)
    assert [entry.id for entry in result.to_find_out] == ["trust"]
    assert [entry.item.id for entry in result.costly] == ["trust"]
    assert result.actions == ()


def test_what_is_not_relevant_skipped_or_open_leaves_the_sum() -> None:
    result = score(money=None, trust="na")
    assert result.share is None and result.band is None
    assert [entry.id for entry in result.irrelevant] == ["trust"]
    assert [entry.id for entry in result.skipped] == ["money"]
    assert [entry.id for entry in score(money="yes").open] == ["trust"]


@pytest.mark.parametrize(
    ("answers", "enough", "empty"),
    [
        ({}, False, True),
        ({"a": "yes"}, False, False),
        ({"a": "yes", "b": None, "c": None, "d": None}, False, False),
        ({"a": "yes", "b": "no"}, True, False),
        ({"a": None, "b": None, "c": None, "d": None}, False, True),
    ],
)
def test_a_verdict_takes_half_of_the_answers(answers: dict[str, Any], enough: bool, empty: bool) -> None:
    items = [item(name, "yesno", name) for name in "abcd"] + [item("free", "text", "free")]
    four = make(sections=[{"id": "s", "title": {"da": "S", "en": "S"}, "items": items}])
    result = score(four, **answers)
    assert (result.enough, result.empty) == (enough, empty)
    assert (result.rated, result.answered) == (4, sum(value is not None for value in answers.values()))
    assert (result.band is not None) == enough


def test_all_not_relevant_is_empty() -> None:
    result = score(trust="na")
    assert (result.empty, result.enough, result.rated) == (True, False, 2)


def test_a_choice_without_score_leaves_the_sum() -> None:
    choices = [choice("a", "A", "A", 2), choice("b", "B", "B", 0), choice("c", "C", "C")]
    items = [item("x", "choice", "x", choices=choices), item("y", "yesno", "y"), item("free", "choice", "z", choices=[
        choice("p", "P", "P"), choice("unsure", "Q", "Q")])]  # fmt: skip
    one = make(sections=[{"id": "s", "title": {"da": "S", "en": "S"}, "items": items}])
    assert (score(one, x="c", y="yes").reached, score(one, x="c", y="yes").possible) == (1, 1)
    assert score(one, x="b", y="yes").possible == 3
    assert score(one, free="unsure").share is None
    assert [entry.id for entry in score(one, free="unsure").to_find_out] == ["free"]


def test_hidden_answers_do_not_count() -> None:
    items = [item("a", "yesno", "a"), item("b", "yesno", "b", when={"item": "a", "any_of": ["yes"]})]
    one = make(sections=[{"id": "s", "title": {"da": "S", "en": "S"}, "items": items}])
    assert score(one, a="yes", b="no").possible == 2
    assert score(one, a="no", b="no").possible == 1


def test_what_costs_most_comes_first_and_so_does_its_action() -> None:
    result = score(money="no", trust="some")
    assert [(entry.item.id, entry.lost) for entry in result.costly] == [("trust", 4), ("money", 1)]
    assert [(action.text, action.topics) for action in result.actions] == [
        ("Aftal tilliden.", ("basics.purpose",)),
        ("Aftal pengene.", ()),
    ]
    assert score(money="yes", trust="full").costly == ()


def test_a_low_answer_without_an_action_costs_but_plans_nothing() -> None:
    silent = {**item("a", "yesno", "a")}
    for language in ("da", "en"):
        silent[language] = {k: v for k, v in silent[language].items() if k != "action"}
    one = make(sections=[{"id": "s", "title": {"da": "S", "en": "S"}, "items": [silent]}])
    assert len(score(one, a="no").costly) == 1 and score(one, a="no").actions == ()
