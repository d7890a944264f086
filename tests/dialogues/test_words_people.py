"""Who somebody is, in any words that a paper can print."""

from __future__ import annotations

import pytest
from walkthrough_example import TODAY, begin_rich, item, key, play_rich, values
from words_example import talk

from dialogues.walkthrough.answers import MYSELF, Misunderstood, parse
from knowledge.schema import Item

NAMES = {
    "Anna": "Anna",
    "anna holm fra børneteamet": "anna holm fra børneteamet",
    "chefen": "chefen",
    "Anna og Bo": "Anna og Bo",
    "ja, Anna": "Anna",
    "det er Anna": "Anna",
    "it's Anna": "Anna",
    "det bliver nok chefen": "chefen",
    "Jo Nesbø": "Jo Nesbø",
    "Bo": "Bo",
    "the boss": "the boss",
    "mig og Anna": "mig og Anna",
}
NO_NAMES = "ja|yes|nej|1|mere|ikke mig|hvem plejer det at være|forklar|aner det ikke|ingen"
ONESELF = (
    "mig|mig selv|Mig|det er mig|jeg gør det|det gør jeg|jeg selv|det tager jeg|jeg vil gerne|me|myself|I will|I do"
    "|I'll do it|it's me|undertegnede|jeg tager den|det bliver nok mig"
)


def person(text: str) -> str | Misunderstood:
    return parse(Item.parse_obj(item("x", "person", "x")), (), text, TODAY)  # type: ignore[return-value]


@pytest.mark.parametrize("text", NAMES)
def test_a_person(text: str) -> None:
    assert person(text) == NAMES[text]


@pytest.mark.parametrize("text", NO_NAMES.split("|"))
def test_what_is_no_person(text: str) -> None:
    outcome = person(text)
    assert isinstance(outcome, Misunderstood) and outcome.reason != MYSELF


@pytest.mark.parametrize("text", ONESELF.split("|"))
def test_oneself_is_asked_for_a_name(text: str) -> None:
    outcome = person(text)
    assert isinstance(outcome, Misunderstood) and outcome.reason == MYSELF


def test_the_name_is_asked_for_once() -> None:
    asked = play_rich(begin_rich(), "Bogby", "Skolen", "mig selv")
    assert (asked.run.asking, asked.run.at) == ("me", "respondent")
    named = play_rich(asked.run, "Anna Holm").run
    assert (values(named)["respondent"], named.me) == ("Anna Holm", "Anna Holm")
    again = play_rich(named, "ja", "Klubben", "2", "1. maj 2027", "jeg gør det").run
    assert values(again)["contacts.0.owner"] == "Anna Holm"


def test_who_gives_no_name_is_told_why_and_can_leave() -> None:
    asked = play_rich(begin_rich(), "Bogby", "Skolen", "mig").run
    assert key(play_rich(asked, "1")) == "not-person"
    assert key(play_rich(asked, "mig")) == "myself"
    assert "respondent" not in values(play_rich(asked, "mig").run)
    assert play_rich(asked, "spring over").run.at == "contacts.more"
    assert play_rich(asked, "/cancel").run.at == "respondent"


def test_in_a_group_each_is_asked() -> None:
    run = begin_rich(library="Bogby").with_(me="Anna Holm", by={"library": "Anna"}, at="respondent")
    assert play_rich(run, "mig").run.asking == "me"


@pytest.mark.parametrize(("step", "says"), [("our-signer", "Hvad er dit navn?"), ("status", "hvilket af svarene")])
@pytest.mark.parametrize("text", ["mig selv", "mig", "myself"])
def test_oneself_is_no_cry_for_help(engine, step: str, says: str, text: str) -> None:
    run, said = talk(engine, "agreement", step, text)
    assert "Livslinien" not in said.text and says in said.text
    assert values(run) == {}


def test_the_name_is_remembered_in_the_next_walkthrough(engine) -> None:
    _, said = talk(engine, "agreement", "our-signer", "mig", "Anna Holm")
    said.sends("c:competences:full")
    begun = engine._services.store.runs(said.name)[0]
    assert (begun.checklist, begun.me) == ("competences", "Anna Holm")


@pytest.mark.parametrize("text", ["chefen", "Anna og Bo", "lederen", "formanden for foreningen"])
def test_whoever_signs_is_named_in_any_words(engine, text: str) -> None:
    assert values(talk(engine, "agreement", "our-signer", text)[0]) == {"our-signer": text}
