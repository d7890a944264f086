"""Slash commands, deep links, menus, and who may come in."""

from __future__ import annotations

import pytest

from bot.commands import COMMANDS, deep_link, written
from bot.rendering.plain import plain
from bot.store.holding import Came
from bot.telegram.access import Access, entries
from bot.telegram.ports import MembersInMemory, SeenInMemory
from knowledge.loader import Knowledge
from tests.bot.telegram.scripted import Door, ScriptedEngine
from tests.botapi import BotApi, Person

pytestmark = pytest.mark.usefixtures("words_in_time")

PROMISED = {
    "/start": "k:start",
    "/hjaelp": "k:help",
    "/help": "k:help",
    "/emner": "k:list_topics",
    "/topics": "k:list_topics",
    "/tjeklister": "k:list_checklists",
    "/checklists": "k:list_checklists",
    "/fortsaet": "k:continue",
    "/continue": "k:continue",
    "/pause": "k:pause",
    "/intro": "k:start_course",
    "/course": "k:start_course",
    "/dokumenter": "k:my_documents",
    "/documents": "k:my_documents",
    "/sprog": "k:change_language",
    "/language": "k:change_language",
    "/sprog en": "k:change_language:en",
    "/mine_data": "k:export_my_data",
    "/mydata": "k:export_my_data",
    "/slet": "k:delete_my_data",
    "/delete": "k:delete_my_data",
    "/feedback": "k:give_feedback",
    "/stop": "k:stop",
    "/start t_agreement_content": "t:agreement.content",
    "/start t_law_data-protection": "t:law.data-protection",
    "/start c_agreement": "c:agreement",
    "/start c_health-check": "c:health-check",
    "/start hvadsomhelst": "k:start",
    "/start t_<b>": "k:start",
}


@pytest.mark.parametrize(("text", "tap"), PROMISED.items())
def test_a_command_is_a_tap(text: str, tap: str) -> None:
    command = written(text)
    assert command is not None and command.tap == tap


@pytest.mark.parametrize("text", ["/", "/ hej", "/emner{}", "hej /emner", "/hjælp", '/help{"a": 1}', "//emner"])
def test_what_only_looks_like_a_command_is_text(text: str) -> None:
    assert written(text) is None


@pytest.mark.parametrize(
    "payload",
    ["", "t_", "t_agreement", "c_", "t_a_b_c", "T_agreement_content", "t_æ_ø", "c_" + "a" * 60, "sammen_" + "9" * 57],
)
def test_a_broken_deep_link_is_none(payload: str) -> None:
    assert deep_link(payload) is None


def test_commands_are_heard(door: Door, anna: Person, scripted: ScriptedEngine) -> None:
    for text in ("/emner", "/start", "/start c_readiness", "/help"):
        anna.says(text)
    assert [anna.reads().text for _ in range(4)] == [
        "tap: k:list_topics",
        "tap: k:start",
        "tap: c:readiness",
        "tap: k:help",
    ]
    assert all(inbound.text is None for inbound in scripted.inbounds)


def test_an_unknown_command_gets_a_line(door: Door, anna: Person, scripted: ScriptedEngine) -> None:
    anna.says("/vejret")
    assert "/hjaelp" in anna.reads().text
    assert not scripted.inbounds


def test_the_menus_are_set_in_danish_and_for_all_others_in_english(
    door: Door, telegram: BotApi, knowledge: Knowledge
) -> None:
    telegram.wait_for_call("setMyShortDescription", times=2)
    world = telegram.world
    assert world.commands["da"]["emner"] == plain(knowledge.say("da", "telegram.command_topics"))
    assert list(world.commands[""]) == [command.en for command in COMMANDS]
    assert list(world.commands["da"]) == [command.da for command in COMMANDS]
    assert world.descriptions["setMyDescription", "da"].startswith("Makker hjælper")
    assert world.descriptions["setMyShortDescription", ""]


def test_the_menus_fit_without_being_cut(knowledge: Knowledge) -> None:
    for language in ("da", "en"):
        assert len(plain(knowledge.say(language, "telegram.short_description"))) <= 120
        assert len(plain(knowledge.say(language, "telegram.description"))) <= 512


def test_the_bot_works_without_its_menus(telegram: BotApi, knowledge: Knowledge, anna: Person) -> None:
    telegram.faults.bad_gateway("setMyCommands", times=20)
    with Door(telegram, knowledge, ScriptedEngine()):
        anna.says("hej")
        assert anna.reads().text == "ekko: hej"


def test_a_list_of_people_is_read_as_it_is_written() -> None:
    assert entries("42, @anna;kode\nbo") == ("42", "@anna", "kode", "bo")
    assert entries(None) == entries("") == entries([]) == ()


def test_an_empty_list_lets_everyone_in() -> None:
    assert Access("", MembersInMemory()).admits(1, None, "telegram:1")


@pytest.mark.parametrize(
    ("user_id", "username", "code", "admitted"),
    [
        (42, None, None, True),
        (43, None, None, False),
        (43, "Anna", None, True),
        (43, "bo", None, True),
        (43, None, "kode", True),
        (43, None, "Kode", False),
        (43, None, "anna", False),
        (43, None, "42", False),
        (43, None, "@anna", False),
        (43, "", "", False),
    ],
)
def test_ids_names_and_codes_let_in(user_id: int, username: str | None, code: str | None, admitted: bool) -> None:
    access = Access("42, @anna, bo, kode", MembersInMemory())
    assert access.admits(user_id, username, "telegram:43", code) is admitted


def test_strangers_are_told_and_invited_people_come_in(telegram: BotApi, knowledge: Knowledge, anna: Person) -> None:
    scripted = ScriptedEngine()
    with Door(telegram, knowledge, scripted, settings={"allowed": ["@bo", "forkode"]}):
        anna.says("hej")
        assert anna.reads().text == plain(knowledge.say("da", "telegram.not_allowed"))
        anna.says("/start forkert")
        assert "inviteret" in anna.reads().text
        assert not scripted.inbounds
        bo = telegram.user("Bo", username="bo")
        bo.says("knapper")
        bo.reads()
        press = anna.presses(bo.chat.from_bot[0], bo.chat.from_bot[0].button("Start").data)
        bo.says("hej")
        assert bo.reads().text == "ekko: hej"
        telegram.wait_for_call("answerCallbackQuery")
        assert "inviteret" in press.text
        anna.says("/start forkode")
        assert anna.reads().text == "tap: k:start"
        anna.says("hej")
        assert anna.reads().text == "ekko: hej"


def test_updates_are_remembered_up_to_a_number() -> None:
    seen = SeenInMemory(most=2)
    fresh = [bool(seen.take_updates([Came(number, "", {})])) for number in (1, 1, 2, 3, 3, 1)]
    assert fresh == [True, False, True, True, False, True]
