"""Everyday words for a grade: taken where the nearest one is clear, asked about where it isn't."""

from __future__ import annotations

import pytest
from walkthrough_example import GRADE, begin, choice, key, play, values
from words_example import READY, STATUS, chosen, talk

from knowledge.schema import Choice

FOUR = [Choice(**one) for one in GRADE]
FIT = [
    Choice(**choice("no", "Passer slet ikke", "Not true at all", 0)),
    Choice(**choice("little", "Passer lidt", "A little true", 1)),
    Choice(**choice("mostly", "Passer for det meste", "Mostly true", 2)),
    Choice(**choice("fully", "Passer helt", "Completely true", 3)),
    Choice(**choice("unsure", "Ved ikke", "Not sure", 0)),
]
FIVE = [Choice(**choice(str(n), f"Trin {name}", f"Step {name}", n)) for n, name in enumerate("abcde")]

THREE_STEPS = {
    "yes": "enig|helt enig|i høj grad|vi er helt enige|fully agree|agree|absolut|fuldt ud|i meget høj grad",
    "partly": "delvist enig|midt imellem|nogenlunde|sådan cirka|både og|hverken eller|fifty fifty|fifty-fifty|50/50|tja"
    "|sort of|kind of|neither|so-so|lidt enig|det er sådan nogenlunde|vi er nok midt imellem|so so|ikke helt|not quite",
    "no": "uenig|helt uenig|slet ikke|disagree|not at all|overhovedet ikke|strongly disagree|jeg er uenig",
}
FOUR_STEPS = {
    "fully": "helt enig|fuldt ud|completely agree|strongly agree|i meget høj grad",
    "mostly": "enig|i høj grad|for det meste|stort set|mostly|agree|largely",
    "little": "lidt|kun lidt|i ringe grad|a little|not much",
    "no": "slet ikke|helt uenig|not at all|overhovedet ikke|på ingen måde",
}
BETWEEN = "midt imellem|både og|hverken eller|fifty fifty|tja|uenig|delvist enig|so-so|not really|ikke rigtig|neither"


def cases(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(wanted, text) for wanted, texts in table.items() for text in texts.split("|")]


@pytest.mark.parametrize(("wanted", "text"), cases(THREE_STEPS))
def test_three_grades(wanted: str, text: str) -> None:
    assert chosen(READY, text) == wanted


@pytest.mark.parametrize(("wanted", "text"), cases(FOUR_STEPS))
def test_four_grades(wanted: str, text: str) -> None:
    assert chosen(FIT, text) == wanted


@pytest.mark.parametrize("text", BETWEEN.split("|"))
def test_between_two_grades_it_is_asked(text: str) -> None:
    assert chosen(FIT, text) is None


@pytest.mark.parametrize(("text", "wanted"), [("midt imellem", "2"), ("enig", "3"), ("helt enig", "4"), ("lidt", "1")])
def test_five_grades(text: str, wanted: str) -> None:
    assert chosen(FIVE, text) == wanted


def test_a_grade_between_yes_and_no_is_no_plain_agreement() -> None:
    known = [
        Choice(**choice("yes", "Ja, det ved vi", "Yes, we know", 3)),
        Choice(**choice("think", "Det tror vi", "We think so", 2)),
        Choice(**choice("partly", "Kun til dels", "Only partly", 1)),
        Choice(**choice("no", "Nej", "No", 0)),
    ]
    said = ["enig", "uenig", "nogenlunde", "ok", "for det meste"]
    assert [chosen(known, text) for text in said] == ["yes", "no", "partly", "yes", "think"]


def test_a_label_goes_before_what_it_would_mean_elsewhere() -> None:
    assert [chosen(FOUR, text) for text in ("i nogen grad", "i høj grad", "fuldt ud")] == ["some", "most", "full"]


@pytest.mark.parametrize("text", ["enig", "midt imellem", "tja", "helt enig"])
def test_choices_that_are_no_grades_are_left_alone(text: str) -> None:
    assert chosen(STATUS, text) is None


@pytest.mark.parametrize(("text", "money"), [("enig", "yes"), ("helt enig", "yes"), ("uenig", "no"), ("både og", None)])
def test_yes_and_no(text: str, money: str | None) -> None:
    assert values(play(begin(), "Bogby", text).run).get("money") == money


def test_the_grade_is_said_back_and_asked_where_unclear(engine) -> None:
    run, said = talk(engine, "readiness", "goals", "sådan nogenlunde")
    assert values(run) == {"goals": "partly"}
    assert "Delvist" in said.text
    asked = play(begin(), "Bogby", "nej", "midt imellem")
    assert (asked.run.at, key(asked)) == ("trust", "not-choice")
