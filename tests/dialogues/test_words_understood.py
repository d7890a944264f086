"""With the model: what is written at a step of the agreement."""

from __future__ import annotations

import pytest
from words_example import NAMES, written

from dialogues.walkthrough.state import Answer

SAID = [
    ("Hvad vil du rette?", "vis mine svar|jeg skrev forkert før|jeg vil rette noget|kan jeg rette et svar"),
    ("Du er ved ", "hvor mange spørgsmål er der tilbage|hvor langt er jeg|er vi snart færdige"),
    ("Sådan ser udkastet ud indtil nu", "kan jeg se udkastet|vis mig udkastet"),
    ("Pause i ", "senere|stop lige engang|jeg skal gå nu|vi fortsætter i morgen|luk"),
    ("Derfor spørger jeg", "hvad mener du|forklar|giv et eksempel|jeg forstår ikke spørgsmålet"),
    ("Hvem må skrive under?", "hvem må skrive under hos os"),
    ("Er vi klar til partnerskaber?", "jeg vil hellere tage klar-testen"),
    ("Stil et spørgsmål med dine egne ord", "hjælp"),
]


@pytest.mark.parametrize("step", ["partner-name", "our-signer", "status"])
@pytest.mark.parametrize(("reply", "text"), [(reply, text) for reply, texts in SAID for text in texts.split("|")])
def test_an_order_or_a_question_is_no_answer_at_any_step(engine, step: str, reply: str, text: str) -> None:
    after, said = written(engine, text, step)
    assert reply in said
    assert after.answers == {}


@pytest.mark.parametrize(
    ("reply", "text"),
    [
        ("What would you like to change?", "I want to change something"),
        ("You are at ", "how many questions are left"),
        ("This is the draft so far", "show me the draft"),
        ("A break in ", "let's continue tomorrow"),
        ("A break in ", "I have to go now"),
        ("Why I ask", "what do you mean"),
        ("Who may sign?", "who may sign for us"),
    ],
)
def test_the_same_in_english(engine, reply: str, text: str) -> None:
    for step in ("partner-name", "our-signer", "status"):
        after, said = written(engine, text, step, "en")
        assert reply in said
        assert after.answers == {}


@pytest.mark.parametrize("text", [*NAMES.split("|"), "Dansk Folkehjælp", "Slet og ret ApS", "Den Første Kontakt"])
def test_a_name_is_taken_whatever_it_sounds_like(engine, text: str) -> None:
    assert written(engine, text, "partner-name")[0].answers == {"partner-name": Answer(text)}


@pytest.mark.parametrize(
    "text", ["tre måneder", "et par år", "at give unge i byen et sted at spille teater", "den der"]
)
def test_an_attempt_at_a_choice_is_told_to_be_one(engine, text: str) -> None:
    after, said = written(engine, text, "status")
    assert after.answers == {}
    assert "hvilket af svarene" in said


@pytest.mark.parametrize("text", ["moms", "sig noget om moms"])
def test_a_subject_that_is_named_is_answered_at_a_choice(engine, text: str) -> None:
    assert "Moms, tilskud og faktura" in written(engine, text, "status")[1]
