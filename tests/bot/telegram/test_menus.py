"""Menus: what Telegram shows beside the field, the main menu that is one living message, and the deep links."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from bot.commands import COMMANDS, IN_GROUPS, deep_link
from bot.telegram.callbacks import place_of
from dialogues.deep_links import payload
from dialogues.titles import everything
from knowledge.loader import Knowledge
from tests.bot.telegram.scripted import Door, ScriptedEngine
from tests.botapi import BotApi, Person

if TYPE_CHECKING:
    from bot.engine.engine import RasaEngine
    from bot.house import House

SETTERS = ("setMyCommands", "setMyDescription", "setMyShortDescription", "setChatMenuButton", "setMyName")


@pytest.fixture
def real(telegram: BotApi, house: House, engine: RasaEngine) -> Iterator[None]:
    with Door(telegram, house.knowledge, engine, desk=house.store):
        yield


def test_groups_have_a_menu_of_their_own(telegram: BotApi, door: Door) -> None:
    telegram.wait_for_call("getChatMenuButton")
    in_groups = [command for command in COMMANDS if command.does in IN_GROUPS]
    scoped = telegram.world.scoped_commands
    assert list(scoped["all_group_chats", "da"]) == [command.da for command in in_groups]
    assert list(scoped["all_group_chats", ""]) == [command.en for command in in_groups]
    assert "sammen" in scoped["all_group_chats", "da"] and "slet" not in scoped["all_group_chats", "da"]
    assert list(scoped["default", "da"]) == [command.da for command in COMMANDS]


def test_what_is_set_is_not_set_again(telegram: BotApi, knowledge: Knowledge) -> None:
    for _ in range(2):
        before = len(telegram.calls("getChatMenuButton"))
        with Door(telegram, knowledge, ScriptedEngine()):
            telegram.wait_for_call("getChatMenuButton", times=before + 1)
    assert {name: len(telegram.calls(name)) for name in SETTERS} == {
        "setMyCommands": 4,
        "setMyDescription": 2,
        "setMyShortDescription": 2,
        "setChatMenuButton": 0,
        "setMyName": 0,
    }


def test_another_menu_button_gives_way_to_the_commands(telegram: BotApi, knowledge: Knowledge) -> None:
    telegram.world.menu_buttons[None] = {"type": "web_app", "text": "x", "web_app": {"url": "https://x.dk"}}
    with Door(telegram, knowledge, ScriptedEngine()):
        telegram.wait_for_call("setChatMenuButton")
    assert telegram.world.menu_buttons[None] == {"type": "commands"}


def test_the_main_menu_is_one_living_message(real: None, anna: Person) -> None:
    anna.says("/menu")
    menu = anna.reads()
    main = menu.buttons
    assert {"Stil et spørgsmål", "Emner", "Tjeklister", "Dokumenter", "Påmindelser", "Sprog · Language"} <= set(main)
    assert all(len(row) <= 2 for row in menu.rows)
    for way in ("Stil et spørgsmål", "Tjeklister", "Dokumenter", "Påmindelser", "Sprog · Language", "Hjælp"):
        anna.taps(way, menu)
        assert anna.reads() is menu and menu.buttons[-1] == "‹ Menu", way
        anna.taps("‹ Menu", menu)
        assert anna.reads() is menu and menu.buttons == main
    assert anna.chat.from_bot == [menu]


def test_topics_open_by_group_and_lead_back_up(real: None, anna: Person) -> None:
    anna.says("/start")
    menu = anna.reads()
    anna.taps("Emner", menu)
    assert anna.reads() is menu and menu.buttons[0] == "Grundlaget"
    groups = menu.buttons
    anna.taps("Aftalen", menu)
    assert anna.reads() is menu and menu.buttons[-2:] == ["‹ Alle emner", "‹ Menu"]
    anna.taps("‹ Alle emner", menu)
    assert anna.reads() is menu and menu.buttons == groups
    anna.taps("Aftalen", menu)
    anna.reads()
    anna.taps("Hvad skal der stå i en samarbejdsaftale?", menu)
    answer = anna.reads()
    assert answer is not menu and "Kilder: " in answer.text
    anna.taps("‹ Menu", menu)
    assert anna.reads() is menu and "Emner" in menu.buttons


def test_which_checklist_is_one_living_message_too(real: None, anna: Person) -> None:
    anna.says("/menu")
    menu = anna.reads()
    anna.taps("Hvilken tjekliste?", menu)
    question = anna.reads()
    assert question is not menu and "Hvor er I henne?" in question.text
    anna.taps("Vi har ingen partner endnu", question)
    assert anna.reads() is question and "Hvad mangler I mest" in question.text
    anna.taps("Tilbage", question)
    assert anna.reads() is question
    anna.taps("Vi har ingen partner endnu", question)
    anna.reads()
    anna.taps("At vide, om vi selv er klar", question)
    assert anna.reads() is question and "Hurtigt: 3 min., 7 spørgsmål" in question.buttons
    anna.taps("En anden", question)
    assert anna.reads() is question and "Hvor er I henne?" in question.text


def test_buttons_elsewhere_leave_their_message_alone(real: None, anna: Person) -> None:
    anna.says("hvad er vejret i morgen?")
    unknown = anna.reads()
    anna.taps("Emner", unknown)
    assert anna.reads() is not unknown


def test_the_menu_of_a_chat_follows_the_language(telegram: BotApi, real: None, anna: Person, house: House) -> None:
    anna.says("/sprog")
    anna.taps("English", anna.reads())
    assert "English" in anna.reads().text
    telegram.wait_for_call("getMyCommands", times=5)
    anna.says("/menu")
    assert "Ask a question" in anna.reads().buttons
    assert "topics" in telegram.world.scoped_commands[f"chat:{anna.id}", ""]
    anna.says("/slet")
    anna.reads()
    anna.taps("Yes, delete everything")
    anna.reads()
    telegram.wait_for_call("deleteMyCommands")
    assert (f"chat:{anna.id}", "") not in telegram.world.scoped_commands


def test_every_deep_link_opens_what_it_names(knowledge: Knowledge) -> None:
    for target in everything(knowledge):
        carried = payload(*target)
        assert len(carried) <= 64 and carried.replace("_", "").replace("-", "").isalnum()
        assert deep_link(carried) == f"{'t' if target.kind == 'topic' else 'c'}:{target.id}"


def test_a_menu_knows_itself() -> None:
    assert place_of("k:list_checklists", ["k:list_topics:all"]) == "menu"
    assert place_of("t:agreement.sign", ["k:menu"]) == "menu"
    assert place_of("k:list_topics", ["t:a.b"]) is None
    assert place_of("k:choose_checklist", ["c:readiness", "k:menu"]) == "menu"
    assert place_of("k:choose_checklist:where.1") == "triage"


def test_the_texts_of_the_menus_fit(knowledge: Knowledge) -> None:
    for language in ("da", "en"):
        for command in COMMANDS:
            assert 1 <= len(knowledge.say(language, command.describes)) <= 60
        faces = [key for key in knowledge.texts if key.startswith(("menu.button-", "menu.back-"))]
        assert faces and all(len(knowledge.say(language, key)) <= 24 for key in faces)
    assert set(IN_GROUPS) <= {command.does for command in COMMANDS}
