"""How a team's round begins: words behind the command, what it is about, and the way from private to a group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from dialogues.teams import render, wishes
from knowledge.loader import Knowledge
from tests.bot.telegram.scripted import Door
from tests.botapi import BotApi, Chat, Message, Person

if TYPE_CHECKING:
    from bot.engine.engine import RasaEngine
    from bot.house import House


@pytest.fixture
def real(telegram: BotApi, house: House, engine: RasaEngine) -> Iterator[None]:
    with Door(telegram, house.knowledge, engine, desk=house.store, chats=house.store):
        yield


@pytest.fixture
def bo(telegram: BotApi) -> Person:
    return telegram.user("Bo")


@pytest.fixture
def group(real: None, telegram: BotApi, bo: Person) -> Chat:
    group = telegram.group("Partnerskabsgruppen")
    group.joins(bo)
    return group


def _joins(who: Person, status: Message) -> Message:
    """The first step that a member is asked."""
    who.says("/start " + str(status.button("Svar alene").url).partition("start=")[2])
    message = who.reads()
    while " af " not in message.text:
        message = who.reads()
    return message


@pytest.mark.parametrize("words", ["readiness quick", "readiness hurtigt", "hurtigt readiness", "READINESS Hurtig"])
def test_the_way_may_stand_behind_the_command(anna: Person, group: Chat, words: str) -> None:
    anna.says(f"/sammen {words}", chat=group)
    assert "Svar alene" in group.wait_for_reply().buttons


def test_a_whole_round_in_one_line_asks_nobody_for_the_name(anna: Person, bo: Person, group: Chat) -> None:
    anna.says("/sammen health-check hurtigt Netværk Nord", chat=group)
    status = group.wait_for_reply()
    assert "Netværk Nord" in status.text
    step = _joins(bo, status)
    assert "Hvilket partnerskab" not in step.text and "Hvem svarer" in step.text
    assert any("Netværk Nord" in message.text for message in bo.chat.from_bot)


@pytest.mark.parametrize("checklist", ["health-check", "agreement-review"])
def test_the_group_is_asked_for_the_name_once(anna: Person, bo: Person, group: Chat, checklist: str) -> None:
    anna.says(f"/sammen {checklist}", chat=group)
    ways = group.wait_for_reply()
    anna.taps(next(label for label in ways.buttons if label.startswith("Hurtigt")), ways)
    asked = group.wait_for_reply()
    assert "Anna" in asked.text and "svar på denne besked" in asked.text
    anna.says("North Network", chat=group, reply_to=asked)
    status = group.wait_for_reply()
    assert "North Network" in status.text
    assert "North Network" not in _joins(bo, status).text  # its button is in Danish, whatever the name


def test_a_name_that_was_said_is_kept_while_the_way_is_chosen(anna: Person, group: Chat) -> None:
    anna.says('/sammen health-check "Netværk Nord"', chat=group)
    ways = group.wait_for_reply()
    anna.says("den hurtige", chat=group, reply_to=ways)
    assert "Partnerskabet: Netværk Nord" in group.wait_for_reply().text


def test_another_round_is_about_the_same(anna: Person, group: Chat, house: House) -> None:
    anna.says("/sammen health-check hurtigt Netværk Nord", chat=group)
    status = group.wait_for_reply()
    team = str(status.button("Svar alene").url).partition("start=s_")[2]
    house.store.close_team(team)
    anna.says("/sammen", chat=group)
    group.wait_for_reply()
    from bot.telegram.callbacks import Signer

    anna.presses(status, Signer(group.world.token).sign(f"s:{team}:again", group.id))
    assert "Netværk Nord" in group.wait_for_reply().text


def test_unknown_words_get_a_line_and_the_choice(anna: Person, group: Chat) -> None:
    anna.says("/sammen fodbold", chat=group)
    told = group.wait_for_reply()
    assert "fodbold" in told.text and "Er vi klar til partnerskaber?" in told.buttons
    anna.says("/sammen readiness lynhurtig", chat=group)
    told = group.wait_for_reply()
    assert "lynhurtig" in told.text and any(label.startswith("Hurtigt") for label in told.buttons)


def test_in_private_a_button_leads_to_a_group_and_the_check_begins_there(
    telegram: BotApi, anna: Person, real: None
) -> None:
    anna.says("/sammen readiness")
    offer = anna.reads()
    assert offer.button("Føj mig til en gruppe").url == "https://t.me/makkerbot?startgroup=sammen_readiness"
    anna.says("/sammen")
    assert anna.reads().button("Føj mig til en gruppe").url == "https://t.me/makkerbot?startgroup=sammen"
    group = telegram.group("Ny gruppe", privacy=True)
    anna.says("/start@makkerbot sammen_readiness", chat=group)
    assert "Hvor grundigt" in group.wait_for_reply().text
    anna.says("/start@makkerbot sammen", chat=group)
    assert "Svar hver for sig" in group.wait_for_reply().text


def test_help_and_hello_in_a_group_are_a_groups(anna: Person, group: Chat) -> None:
    for command in ("/hjaelp", "/start@makkerbot"):
        anna.says(command, chat=group)
        told = group.wait_for_reply().text
        assert "/sammen" in told and "slet mine data" not in told
    anna.says("/hjaelp")
    assert "/sammen" in anna.reads().text


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("", (None, None, None)),
        ("health-check", ("health-check", None, None)),
        ("health check grundigt", ("health-check", "full", None)),
        ("Er vi klar til partnerskaber? hurtigt", ("readiness", "quick", None)),
        ("grundigt", (None, "full", None)),
        ("health-check ”Netværk Nord” full", ("health-check", "full", "Netværk Nord")),
        ("health-check Hurtigt Bogby", ("health-check", "quick", "Bogby")),
        ("bogen", (None, None, "bogen")),
    ],
)
def test_what_the_words_say(knowledge: Knowledge, words: str, wanted: tuple[str | None, ...]) -> None:
    wish = wishes.read(words, render.eligible(knowledge))
    assert (wish.checklist.id if wish.checklist else None, wish.mode, wish.rest) == wanted
