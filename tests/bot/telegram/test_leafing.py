"""Leafing in a menu or a topic while a walkthrough is under way, over real HTTP with the real engine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.bot.telegram.scripted import Door
from tests.botapi import BotApi, Message, Person

if TYPE_CHECKING:
    from bot.engine.engine import RasaEngine
    from bot.house import House


@pytest.fixture(autouse=True)
def _open(telegram: BotApi, house: House, engine: RasaEngine) -> Iterator[None]:
    with Door(telegram, house.knowledge, engine, desk=house.store, chats=house.store):
        yield


def _read(who: Person, words: str) -> Message:
    message = who.reads()
    while words not in message.text:
        message = who.reads()
    return message


def _begun(anna: Person) -> Message:
    anna.says("/start c_readiness")
    intro = anna.reads()
    anna.taps(next(label for label in intro.buttons if label.startswith("Hurtigt")), intro)
    return _read(anna, "1 af 7")


def _said_again(anna: Person) -> int:
    """How often the step was sent, once all is said."""
    anna.says("tak")
    _read(anna, "Selv tak")
    _read(anna, "1 af 7")
    return sum("1 af 7" in message.text for message in anna.chat.from_bot)


def test_a_menu_that_is_leafed_in_does_not_send_the_step_below_it_again(anna: Person) -> None:
    _begun(anna)
    anna.says("/menu")
    menu = _read(anna, "Hvad vil du?")
    anna.taps("Emner", menu)
    _read(anna, "emner. Vælg")
    anna.taps("‹ Menu", menu)
    _read(anna, "Hvad vil du?")
    assert _said_again(anna) == 2  # at first, and after "tak": a menu stands alone


def test_an_answer_that_is_opened_does_not_send_the_step_below_it_again(anna: Person) -> None:
    _begun(anna)
    anna.says("hvem må skrive under?")
    answer = _read(anna, "Hvem må skrive under?")
    step = _read(anna, "1 af 7")
    anna.taps("Mere", answer)
    _read(anna, "Mere om")
    assert "Ja" in step.buttons
    assert _said_again(anna) == 3
    anna.taps("Ja", next(m for m in reversed(anna.chat.from_bot) if "Ja" in m.buttons))
    _read(anna, "2 af 7")


def test_the_step_comes_again_in_the_language_that_was_chosen(anna: Person) -> None:
    _begun(anna)
    anna.says("/sprog")
    asked = _read(anna, "Choose a language")
    anna.taps("English", asked)
    _read(anna, "1 of 7")
