"""A correction goes to the answer that it names, or is asked about: never into the text at hand, nor unsaid."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from walkthrough_example import begin, key, play, values
from words_example import talk

from dialogues.walkthrough import corrections
from dialogues.walkthrough.moves import WHICH, Control
from dialogues.walkthrough.state import Answer

KNOWN = {"partner-name": "Skolen", "our-name": "Bogby Bibliotek", "partner-signer": "Anna Holm"}
TOLD = (
    "ret organisationen til Ungdomsskolen|nej partneren hedder Ungdomsskolen|hov, partneren hedder Ungdomsskolen"
    "|the partner is called Ungdomsskolen|ret partneren til Ungdomsskolen|ret partnerns navn til Ungdomsskolen"
    "|ændr foreningen til Ungdomsskolen|partneren skal hedde Ungdomsskolen|change the partner to Ungdomsskolen"
    "|kan du rette partneren til Ungdomsskolen?"
)


@pytest.mark.parametrize("text", TOLD.split("|"))
def test_what_the_partner_is_called_goes_to_the_partners_name(engine, text: str) -> None:
    run, said = talk(engine, "agreement", "purpose", text, **KNOWN)
    assert values(run) == {**KNOWN, "partner-name": "Ungdomsskolen"}
    assert "Rettet. Partnerens navn i aftalen: Ungdomsskolen" in said.text
    assert run.at == "purpose"


@pytest.mark.parametrize("text", ["ret navnet til Dogby", "ret flimmeren til Dogby", "nej, flimmeren hedder Dogby"])
def test_where_it_cannot_be_told_which_it_is_asked(engine, text: str) -> None:
    run, said = talk(engine, "agreement", "purpose", text, **KNOWN)
    assert values(run) == KNOWN
    assert "Hvilket svar vil du rette?" in said.text and text in said.text
    assert "Partnerens navn i aftalen" in said.labels
    said.taps("Partnerens navn i aftalen")
    assert values(said.run) == {**KNOWN, "partner-name": "Dogby"}


def test_what_was_typed_can_still_be_the_answer(engine) -> None:
    _, said = talk(engine, "agreement", "purpose", "ret flimmeren til Dogby", **KNOWN)
    said.taps("Intet, det er mit svar her")
    assert said.run.answers["purpose"] == Answer("ret flimmeren til Dogby")


@pytest.mark.parametrize(
    "text",
    [
        "ændre byens syn på biblioteket til noget bedre",
        "Festivalen hedder Bogby Jazz",
        "lave biblioteket til et sted for unge",
        "Change the way people think of us",
        "At rette op på skævheder",
    ],
)
def test_an_answer_that_only_sounds_like_a_correction_is_kept(engine, text: str) -> None:
    run, _ = talk(engine, "agreement", "purpose", text, **KNOWN)
    assert values(run) == {**KNOWN, "purpose": text}


def test_the_present_step_is_corrected_without_its_label() -> None:
    assert values(play(begin(), "navnet hedder Bogby").run) == {"name": "Bogby"}


def test_the_field_of_the_entry_at_hand_goes_before_those_of_others(engine) -> None:
    known = {"contacts": 2, "contacts.0.name": "Skolen", "contacts.1.name": "Klubben"}
    run, _ = talk(engine, "network-map", "contacts.1.interest", "ret organisationen til Teatret", **known)
    assert values(run)["contacts.1.name"] == "Teatret"
    assert values(run)["contacts.0.name"] == "Skolen"


def test_the_question_which_is_answered_in_words_or_left_aside() -> None:
    asked = play(begin(), "Bogby", "ret flimmeren til Dogby").run
    assert asked.asking == "which:ret flimmeren til Dogby"
    assert values(play(asked, "navnet").run)["name"] == "Dogby"
    assert values(play(asked, "1").run)["name"] == "Dogby"
    assert values(play(asked, "ja").run) == {"name": "Bogby", "money": "yes"}
    assert key(play(asked, "nej")) == "not-meant"
    assert values(play(asked, Control(WHICH, "gone")).run) == {"name": "Bogby"}


@pytest.mark.parametrize("text", ["ret partneren", "ret partneren til noget andet", "kan du rette organisationen?"])
def test_a_correction_without_the_new_answer_leads_to_the_step(engine, text: str) -> None:
    run, _ = talk(engine, "agreement", "purpose", text, **{"partner-name": "Skolen"})
    assert (values(run), run.at) == ({"partner-name": "Skolen"}, "partner-name")


@pytest.mark.parametrize("text", ["hov, hvad er det nu det hedder", "det hedder Bogby", "hvad hedder partneren?"])
def test_what_names_nothing_is_no_correction(text: str) -> None:
    assert corrections.read(text) is None


LONG = [
    " " * 4000 + "x",
    "x" + " " * 4000 + "er",
    "\n \n" * 1300,
    "ret " + "a " * 2000,
    "nej " + "er " * 1300,
    "nej a hedder " + ". " * 2000 + "x",
    "hov " * 1000,
    "slet " + "x " * 1500,
    "-" * 4000,
]


@settings(deadline=2000)
@given(st.sampled_from(LONG))
def test_a_long_text_takes_no_longer_to_read(text: str) -> None:
    play(begin(), "Bogby", "ja", "1000", text)
    play(begin(), text)
