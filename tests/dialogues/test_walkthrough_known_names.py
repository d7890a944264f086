"""Names used before are offered where a walkthrough is named, and a near one is asked about, never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from walkthrough_example import RICH, RICH_KNOWLEDGE, begin_rich, key, make, play_rich, rich_run, values

from dialogues.walkthrough import known_names, render
from dialogues.walkthrough.moves import Choose
from dialogues.walkthrough.people import token
from dialogues.walkthrough.state import Answer, Run, from_dict, to_dict
from knowledge.loader import load
from tests.talker import Talker

if TYPE_CHECKING:
    from bot.engine.engine import RasaEngine

NAMES = {"partner": ("Ungdomsskolen", "Kirken"), "respondent": ("Anna Holm",)}


def at_name(text: str | None = None) -> Run:
    """A run at the question for the partner, with names of earlier runs; `text` has been said to it."""
    run = play_rich(begin_rich().with_(names=NAMES), "Bogby").run
    return play_rich(run, text).run if text else run


def test_the_names_of_earlier_runs_are_found_newest_first_each_once() -> None:
    runs = [
        rich_run("newest00", partner="Kirken", respondent="Anna Holm"),
        rich_run("middle00", partner="kirken"),
        rich_run("oldest00", partner="Ungdomsskolen"),
    ]
    found = known_names.known_names(RICH, {"rich": RICH}, runs)
    assert found == {"partner": ("Kirken", "Ungdomsskolen"), "respondent": ("Anna Holm",)}


def test_another_checklist_that_goes_by_the_same_item_gives_names_too() -> None:
    shipped = load().checklists
    health = Run("abcd1234", "health-check", answers={"partnership": Answer("Skak på biblioteket")})
    found = known_names.known_names(shipped["closing"], shipped, [health])
    assert found == {"partnership": ("Skak på biblioteket",)}


def test_they_are_buttons_below_the_question_with_a_hint() -> None:
    reply = render.step(RICH_KNOWLEDGE, at_name())
    assert [one.label for one in reply.buttons][:2] == ["Ungdomsskolen", "Kirken"]
    assert "eller skriv et andet" in reply.text and not reply.takes_numbers
    pressed = play_rich(at_name(), Choose("partner", token("Kirken"))).run
    assert values(pressed)["partner"] == "Kirken"


def test_without_earlier_names_nothing_is_offered() -> None:
    reply = render.step(RICH_KNOWLEDGE, at_name().with_(names={}))
    assert "eller skriv et andet" not in reply.text and reply.takes_numbers


@pytest.mark.parametrize("said", ["Ungdomskolen", "ungdomsskole", "Ungdomsskolen i Bogby"])
def test_a_near_name_is_asked_about(said: str) -> None:
    reply = render.step(RICH_KNOWLEDGE, at_name(said))
    assert "Mener du ”Ungdomsskolen”?" in reply.text
    assert [one.label for one in reply.buttons] == ["Ja, Ungdomsskolen", f"Nej, {said} er en anden"]
    assert "partner" not in values(at_name(said))


@pytest.mark.parametrize(
    ("answer", "noted"),
    [
        ("ja", "Ungdomsskolen"),
        ("/confirm", "Ungdomsskolen"),
        ("nej", "Ungdomskolen"),
        ("/cancel", "Ungdomskolen"),
        ("Ungdomskolen", "Ungdomskolen"),
        ("Musikskolen", "Musikskolen"),
    ],
)
def test_the_answer_decides(answer: str, noted: str) -> None:
    turn = play_rich(at_name("Ungdomskolen"), answer)
    assert values(turn.run)["partner"] == noted and key(turn) == "noted" and turn.run.asking is None


@pytest.mark.parametrize("said", ["Ungdomsskolen", "ungdomsskolen", "Banken", "Skolen"])
def test_the_same_name_and_another_one_are_noted_at_once(said: str) -> None:
    assert values(at_name(said))["partner"] == said


def test_names_that_differ_in_a_number_are_two() -> None:
    run = at_name().with_(names={"partner": ("Team 1",)})
    assert values(play_rich(run, "Team 2").run)["partner"] == "Team 2"


def test_they_survive_storage_and_starting_over() -> None:
    run = from_dict(to_dict(at_name()))
    assert run.names == NAMES
    assert play_rich(run, "/restart", "/confirm").run.names == NAMES


def test_in_conversation(engine: RasaEngine) -> None:
    someone = Talker(engine, language="da").sends("c:health-check:quick")
    someone.says("Skak på biblioteket")
    someone.sends("c:health-check:quick")
    assert "Skak på biblioteket" in someone.labels
    someone.says("Skak på bibliotek")
    assert "Mener du ”Skak på biblioteket”?" in someone.text
    someone.says("ja")
    assert "Skak på biblioteket" in someone.text and "Mener du" not in someone.text


def test_a_checklist_without_names_has_none() -> None:
    assert known_names.known_names(make(), {"rich": RICH}, [rich_run(partner="Kirken")]) == {}
