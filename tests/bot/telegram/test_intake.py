"""What comes in is answered once: twice sent, out of order, over a crash, and too much of it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.rendering.plain import plain
from bot.store.database import connect
from bot.store.store import SqlStore
from bot.telegram.ports import SeenInMemory
from knowledge.loader import Knowledge
from tests.bot.telegram.scripted import Door, ScriptedEngine
from tests.botapi import BotApi, Person

_NOW = timedelta(0)


@pytest.fixture(params=["memory", "sqlite"])
def seen(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    return SeenInMemory() if request.param == "memory" else SqlStore(connect(f"sqlite:///{tmp_path / 'm.db'}"))


def test_updates_that_come_twice_or_out_of_order_are_answered_once_and_in_order(
    telegram: BotApi, knowledge: Knowledge, anna: Person, seen: Any
) -> None:
    for number in range(10):
        anna.says(str(number))
    telegram.faults.updates_out_of_order()
    telegram.faults.duplicate_updates(times=3)
    with Door(telegram, knowledge, ScriptedEngine(), seen=seen):
        assert [anna.reads().text for _ in range(10)] == [f"ekko: {number}" for number in range(10)]
        anna.says("slut")
        assert anna.reads().text == "ekko: slut"
    assert len(anna.chat.from_bot) == 11


def test_what_a_killed_process_had_taken_is_answered_by_the_next_once(
    telegram: BotApi, knowledge: Knowledge, anna: Person, seen: Any
) -> None:
    anna.says("taget")
    anna.says("besvaret")
    came = {update["update_id"]: update for update in telegram.world.updates}
    assert seen.take_updates(came) == set(came)
    seen.updates_done([max(came)])  # … and here it is killed, before Telegram is told
    for _ in range(2):
        with Door(telegram, knowledge, ScriptedEngine(), seen=seen):
            telegram.wait_until_fetched()
    assert [message.text for message in anna.chat.from_bot] == ["ekko: taget"]
    assert seen.left_updates(_NOW) == []


def test_everything_is_struck_out_when_it_has_been_dealt_with(
    telegram: BotApi, knowledge: Knowledge, anna: Person, seen: Any
) -> None:
    with Door(telegram, knowledge, ScriptedEngine(), seen=seen):
        for text in ("hej", "gå i stykker", "start"):
            anna.says(text)
            anna.reads()
        anna.taps("Ja")
        anna.reads()
        telegram.world.push({"message": {"nonsense": 1}})
        telegram.wait_until_fetched()
    assert seen.left_updates(_NOW) == []


def test_a_flood_is_answered_by_one_line_and_a_log_and_others_go_on(
    telegram: BotApi, knowledge: Knowledge, anna: Person, caplog: pytest.LogCaptureFixture
) -> None:
    bo, scripted = telegram.user("Bo"), ScriptedEngine()
    scripted.hold.clear()
    with Door(telegram, knowledge, scripted):
        anna.says("knapper")
        offered = anna.reads()
        anna.says("vent")
        telegram.wait_for_call("sendChatAction")
        for number in range(50):
            anna.says(str(number))
        late = anna.taps("Start", offered)
        assert anna.reads().text == plain(knowledge.say("da", "telegram.busy"))
        bo.says("hej")
        assert bo.reads().text == "ekko: hej"
        scripted.hold.set()
        assert anna.reads().text == "ekko: vent"
        assert [anna.reads().text for _ in range(30)] == [f"ekko: {number}" for number in range(30)]
        anna.says("nu igen")
        assert anna.reads().text == "ekko: nu igen"
        assert late.answered
    assert sum("dropped" in record.message for record in caplog.records) == 21


def test_where_the_bot_was_removed_nothing_more_is_tried(
    telegram: BotApi, knowledge: Knowledge, anna: Person, scripted: ScriptedEngine
) -> None:
    group = telegram.group("Gruppen")
    scripted.hold.clear()
    with Door(telegram, knowledge, scripted):
        anna.says("@makkerbot vent", chat=group)
        telegram.wait_for_call("sendChatAction")
        group.removes_bot(anna)
        telegram.wait_until_fetched()
        scripted.hold.set()
        anna.says("hej")
        assert anna.reads().text == "ekko: hej"
        assert not group.from_bot
        group.adds_bot(anna)
        assert group.wait_for_reply().text
    assert all(call["chat_id"] != str(group.id) for call in telegram.calls("sendMessage")[:1])
