"""Orders, and names that only sound like orders."""

from __future__ import annotations

import pytest
from walkthrough_example import CHECKLIST, TODAY, begin, play, values
from words_example import NAMES

from dialogues.walkthrough import engine as walkthrough
from dialogues.walkthrough import words

ORDERS = {
    "why": "forklar|forklar det lige|hvad mener du|hvad mener du med det|hvad betyder det"
    "|jeg forstår ikke spørgsmålet|jeg forstår det ikke|giv et eksempel|har du et eksempel|hvad anbefaler du"
    "|hvad skal jeg skrive|explain|please explain|what do you mean|what does that mean"
    "|I don't understand the question|give an example|give me an example please|what do you recommend"
    "|what should I write here",
    "pause": "stop|luk|jeg skal gå nu|jeg må lige løbe|vi fortsætter i morgen|jeg fortsætter senere|close"
    "|I have to go now|let's continue tomorrow",
    "review": "hvad har jeg svaret|jeg vil rette noget|jeg skrev forkert|kan jeg rette et svar"
    "|hvordan retter jeg et svar|må jeg se hvad jeg har skrevet|hvad har jeg skrevet indtil nu|what have I answered"
    "|I want to change an answer|I wrote it wrong",
    "status": "hvad mangler jeg|what is missing|status",
}


@pytest.mark.parametrize(
    ("order", "text"), [(name, text) for name, texts in ORDERS.items() for text in texts.split("|")]
)
def test_an_order_is_none_of_the_names_that_a_text_holds(order: str, text: str) -> None:
    assert words.control(text) == order
    assert walkthrough.fits(CHECKLIST, begin(), text, TODAY) == "control"
    assert values(play(begin(), text).run) == {}


@pytest.mark.parametrize("text", NAMES.split("|"))
def test_what_only_sounds_like_an_order_is_an_answer(text: str) -> None:
    assert walkthrough.fits(CHECKLIST, begin(), text, TODAY) == "free"
    assert values(play(begin(), text).run) == {"name": text}


def test_who_asks_for_an_example_gets_the_help_of_the_step() -> None:
    assert play(begin(), "giv et eksempel").show == "why"


@pytest.mark.parametrize("text", ["ret navnet", "kan du rette navnet?", "ændr navnet", "change navnet"])
def test_an_answer_to_be_changed_is_named(text: str) -> None:
    asked = play(begin(), "Bogby", text)
    assert (asked.run.at, values(asked.run)) == ("name", {"name": "Bogby"}) or text.startswith("kan")
    assert play(begin(), text).run.at in ("name", "money")


@pytest.mark.parametrize(
    ("said", "name", "money"),
    [
        ("nej, det er gratis for dem", "Bogby", "no"),
        ("nej, jeg mente Dogby", "Dogby", None),
        ("hov, det skulle være Dogby", "Dogby", None),
        ("no, I meant Dogby", "Dogby", None),
        ("ja", "Bogby", "yes"),
    ],
)
def test_a_no_to_this_step_is_no_correction_of_the_last(said: str, name: str, money: str | None) -> None:
    after = values(play(begin(), "Bogby", said).run)
    assert (after["name"], after.get("money")) == (name, money)
