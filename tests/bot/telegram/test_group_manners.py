"""Manners in a group: what is for a colleague is left alone, and votes are the voters' own and shown to all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.bot.telegram.scripted import Door
from tests.botapi import BotApi, Chat, Message, Person

if TYPE_CHECKING:
    from bot.engine.engine import RasaEngine
    from bot.house import House

TOPIC = "agreement.content"
QUESTION = "hvad skal der stå i en samarbejdsaftale?"


@pytest.fixture(autouse=True)
def _open(telegram: BotApi, house: House, engine: RasaEngine) -> Iterator[None]:
    with Door(telegram, house.knowledge, engine, desk=house.store, chats=house.store):
        yield


@pytest.fixture
def bo(telegram: BotApi) -> Person:
    return telegram.user("Bo")


@pytest.fixture
def group(telegram: BotApi, bo: Person) -> Iterator[Chat]:
    group = telegram.group("Partnerskabsgruppen")
    group.joins(bo)
    yield group


@pytest.fixture
def answer(anna: Person, group: Chat) -> Message:
    anna.says(f"@makkerbot {QUESTION}", chat=group)
    return group.wait_for_reply()


def test_a_reply_that_calls_a_colleague_is_for_them(anna: Person, bo: Person, group: Chat, answer: Message) -> None:
    bo.says("enig @mette_bib", chat=group, reply_to=answer)
    bo.says("hvad synes du, @mette_bib?", chat=group, reply_to=answer)
    anna.says("/emner@makkerbot", chat=group)
    assert "emner" in group.wait_for_reply().text
    assert len(group.from_bot) == 2


def test_a_reply_that_calls_the_bot_too_is_for_both(bo: Person, group: Chat, answer: Message) -> None:
    bo.says("@makkerbot hvem må skrive under? @mette_bib vil vide det", chat=group, reply_to=answer)
    assert group.wait_for_reply() is not answer


def test_an_answer_that_was_asked_for_may_name_a_colleague(anna: Person, bo: Person, group: Chat) -> None:
    anna.says("/sammen health-check hurtigt", chat=group)
    asked = group.wait_for_reply()
    anna.says("Netværk Nord, med @mette_bib", chat=group, reply_to=asked)
    assert "Netværk Nord, med" in group.wait_for_reply().text


def test_votes_are_counted_on_the_message(anna: Person, bo: Person, group: Chat, answer: Message, house: House) -> None:
    for who, label, row in (
        (anna, "👍 Hjalp", ["👍 Hjalp · 1", "👎 Hjalp ikke"]),
        (bo, "👍 Hjalp · 1", ["👍 Hjalp · 2", "👎 Hjalp ikke"]),
        (bo, "👎 Hjalp ikke", ["👍 Hjalp · 1", "👎 Hjalp ikke · 1"]),
    ):
        who.taps(label, answer)
        assert group.world.wait(lambda row=row: answer.buttons[-2:] == row, 5), answer.buttons  # type: ignore[misc]
    for who in (anna, bo):
        house.store.delete(f"telegram:{who.id}")


def test_after_a_vote_that_says_no_a_word_may_come_in_the_group(
    anna: Person, bo: Person, group: Chat, answer: Message, house: House
) -> None:
    bo.taps("👎 Hjalp ikke", answer)
    asked = group.wait_for_reply()
    while asked is answer:
        asked = group.wait_for_reply()
    assert asked.text.startswith("Bo: Hvad manglede") and "svar på denne besked" in asked.text
    bo.says("der mangler et eksempel", chat=group, reply_to=asked)
    assert "gemt det til redaktionen" in group.wait_for_reply().text
    [told] = house.store.export(f"telegram:{bo.id}")["feedback"]
    assert told["text"] == "der mangler et eksempel" and told["topic"] == TOPIC
    assert house.store.export(f"telegram:{group.id}")["feedback"] == []
    house.store.delete(f"telegram:{bo.id}")


def test_what_another_says_meanwhile_is_no_word(
    anna: Person, bo: Person, group: Chat, answer: Message, house: House
) -> None:
    bo.taps("👎 Hjalp ikke", answer)
    asked = group.wait_for_reply()
    while asked is answer:
        asked = group.wait_for_reply()
    anna.says(f"@makkerbot {QUESTION}", chat=group)
    assert "Kilder: " in group.wait_for_reply().text
    assert house.store.export(f"telegram:{anna.id}")["feedback"] == []
    house.store.delete(f"telegram:{bo.id}")
