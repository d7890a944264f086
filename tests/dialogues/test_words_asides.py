"""What is typed at a step and is no answer to it: a language, a button's number or words, a wish to delete."""

from __future__ import annotations

import pytest
from walkthrough_example import begin, begin_rich, key, play, play_rich, values
from words_example import talk

from dialogues import plain_words
from dialogues.walkthrough.moves import CLEAR, CONFIRM, DROP, Control

KNOWN = {"partner-name": "Skolen", "our-name": "Bogby Bibliotek"}

# --- a language ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language", "says"),
    [
        ("dansk", "da", "Hvad er formålet"),
        ("på dansk tak", "da", "Hvad er formålet"),
        ("kan vi tage det på dansk?", "da", "Hvad er formålet"),
        ("english", "en", "What is the purpose"),
        ("in English please", "en", "What is the purpose"),
        ("switch to english", "en", "What is the purpose"),
        ("på engelsk", "en", "What is the purpose"),
    ],
)
def test_a_language_alone_is_a_wish(engine, text: str, language: str, says: str) -> None:
    run, said = talk(engine, "agreement", "purpose", text, language="en" if language == "da" else "da", **KNOWN)
    assert values(run) == KNOWN
    assert engine._services.store.language(said.name) == language
    assert says in said.text


@pytest.mark.parametrize(
    "text", ["Dansk Flygtningehjælp", "Dansk Røde Kors", "at tale dansk", "Dansk for begyndere", "English Book Club"]
)
def test_a_name_that_begins_with_a_language_is_an_answer(engine, text: str) -> None:
    assert plain_words.language_wish(text) is None
    run, _ = talk(engine, "agreement", "partner-name", text)
    assert values(run) == {"partner-name": text}


# --- a number, or the words of a button ----------------------------------------------------------


@pytest.mark.parametrize("text", ["2", "nr. 2", "12", "[3]"])
def test_a_lone_number_at_a_text_is_asked_about(text: str) -> None:
    asked = play(begin(), text)
    assert (values(asked.run), asked.run.asking) == ({}, f"meant:{text}")
    assert values(play(asked.run, "ja").run) == {"name": text}
    assert values(play(asked.run, text).run) == {"name": text}
    assert values(play(asked.run, Control(CONFIRM)).run) == {"name": text}
    assert key(play(asked.run, "nej")) == "not-meant"
    assert values(play(asked.run, "Bogby").run) == {"name": "Bogby"}
    assert play(asked.run, "hvorfor").show == "why"


@pytest.mark.parametrize("text", ["12345678", "7. klasse", "3 koncerter", "2027", "Klub 7"])
def test_more_than_a_small_number_is_an_answer(text: str) -> None:
    assert values(play(begin(), text).run) == {"name": text}


def test_a_number_stays_an_answer_where_one_is_asked_for() -> None:
    assert values(play(begin(), "Bogby", "ja", "12").run)["budget"] == 12


@pytest.mark.parametrize("text", ["Behold svaret", "behold svaret", "Der er ikke flere", "Keep the answer"])
def test_the_words_of_a_button_that_is_not_there_are_asked_about(engine, text: str) -> None:
    run, said = talk(engine, "agreement", "purpose", text, **KNOWN)
    assert values(run) == KNOWN
    assert f"Er ”{text}” dit svar" in said.text
    assert values(said.taps("Ja, gem det").run)["purpose"] == text


def test_the_words_of_a_button_that_is_there_press_it(engine) -> None:
    run, _ = talk(engine, "agreement", "purpose", "Behold svaret", purpose="At læse", **KNOWN)
    assert values(run)["purpose"] == "At læse"
    assert run.at != "purpose"


# --- delete --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["slet", "Slet!", "slet det", "delete", "fjern svaret", "slet det hele", "remove it", "slet lige det jeg skrev"],
)
@pytest.mark.parametrize("step", ["purpose", "status"])
def test_delete_alone_asks_what(engine, text: str, step: str) -> None:
    run, said = talk(engine, "agreement", step, text, **KNOWN)
    assert values(run) == KNOWN
    assert "Hvad vil du slette?" in said.text
    assert said.labels == [
        "Svaret: Bibliotekets navn i aftalen",
        "Alle svar i denne tjekliste",
        "Alt, hvad du har gemt om mig",
        "Ikke noget",
    ]


def test_what_is_deleted_is_said_once_more() -> None:
    run = play(begin(), "Bogby", "slet").run
    cleared = play(run, Control(CLEAR, "name"))
    assert (values(cleared.run), cleared.run.at, key(cleared)) == ({}, "name", "cleared")
    assert cleared.notice is not None and cleared.notice.values["value"] == "Bogby"
    assert values(play(run, "nej").run) == {"name": "Bogby"}


@pytest.mark.parametrize("text", ["slet navnet", "slet mit navn", "delete the navnet"])
def test_an_answer_is_named_to_be_deleted(text: str) -> None:
    assert play(begin(), "Bogby", "ja", text).run.asking == "remove:name"


def test_an_entry_is_deleted_by_its_name() -> None:
    run = begin_rich(contacts=2, contacts_0_name="Ungdomsskolen", contacts_1_name="Teatret", library="Bogby")
    for text in ("slet Ungdomsskolen", "fjern ungdomsskolen igen", "delete Ungdomsskolen", "slet kontakt 1"):
        assert play_rich(run, text).run.asking == "drop:contacts.0"
    after = values(play_rich(run, "slet Ungdomsskolen", "ja").run)
    assert (after["contacts"], after["contacts.0.name"]) == (1, "Teatret")


def test_what_is_not_there_is_asked_about_rather_than_deleting_everything(engine) -> None:
    _, said = talk(engine, "agreement", "status", "slet spejderne", **KNOWN)
    assert "Hvad vil du slette?" in said.text


def test_the_last_entry_is_offered_where_only_delete_is_said(engine) -> None:
    known = {"contacts": 1, "contacts.0.name": "Ungdomsskolen"}
    _, said = talk(engine, "network-map", "contacts.0.sector", "slet", **known)
    assert "Slet Kontakt 1, Ungdomsskolen" in said.labels
    assert said.taps("Slet Kontakt 1").run.asking == f"{DROP}:contacts.0"


def test_everything_about_oneself_is_still_deleted_when_asked_for(engine) -> None:
    _, said = talk(engine, "agreement", "purpose", "slet", **KNOWN)
    assert "Vil du slette alt" in said.taps("Alt, hvad du har gemt om mig").text
    _, said = talk(engine, "agreement", "status", "slet alle mine data", **KNOWN)
    assert "Vil du slette alt" in said.text


@pytest.mark.parametrize("text", ["Slet og ret ApS", "slet ikke", "fjerne fordomme om biblioteket", "Slettens Venner"])
def test_an_answer_that_only_sounds_like_deleting_is_kept(text: str) -> None:
    assert values(play(begin(), text).run) == {"name": text}
