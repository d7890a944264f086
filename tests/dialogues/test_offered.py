"""Words that press the buttons of the last message."""

from __future__ import annotations

import pytest

from dialogues import taps
from dialogues.offered import pressed
from dialogues.reply import Choice

REST = Choice("Tag resten med (10 spørgsmål)", taps.tap(taps.CONTROL, "abcd1234", "full"))
PLAN = Choice("Aftal hvem og hvornår for 3 handlinger", taps.tap(taps.CONTROL, "abcd1234", "plan"))
NEXT = Choice("Næste: Hvad kan vi, og hvad skal vi lære?", taps.tap(taps.START, "competences"))
MORE = Choice("Mere", taps.tap(taps.MORE, "agreement.sign"))
OTHER_MORE = Choice("Mere", taps.tap(taps.MORE, "agreement.binding"))
YES = Choice("Ja", taps.tap(taps.ANSWER, "abcd1234", "backing", "yes"))
BUTTONS = (REST, PLAN, NEXT, MORE, YES)


@pytest.mark.parametrize(
    ("said", "button"),
    [
        ("Tag resten med (10 spørgsmål)", REST),
        ("tag resten med", REST),
        ("TAG RESTEN MED!", REST),
        ("aftal hvem og hvornår", PLAN),
        ("hvad kan vi og hvad skal vi laere", NEXT),
        ("næste", NEXT),
        ("mere", MORE),
    ],
)
def test_a_label_presses_its_button_whatever_its_case_and_punctuation(said: str, button: Choice) -> None:
    assert pressed(BUTTONS, said) == button.tap


@pytest.mark.parametrize("said", ["", "…", "tag", "hvem", "resten af kommunen", "x" * 5000])
def test_other_words_press_nothing(said: str) -> None:
    assert pressed(BUTTONS, said) is None


def test_a_label_that_stands_on_two_buttons_presses_neither() -> None:
    assert pressed((MORE, OTHER_MORE), "mere") is None
    assert pressed((MORE, MORE), "mere") == MORE.tap


def test_an_answer_is_left_to_its_step_which_knows_more_words_for_it() -> None:
    assert pressed(BUTTONS, "ja") is None
