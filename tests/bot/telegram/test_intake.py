"""What comes in is answered once: twice sent, out of order, over a crash, and too much of it."""

from __future__ import annotations

import asyncio
import concurrent.futures
import threading
import time
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.rendering.plain import plain
from bot.store.database import connect
from bot.store.holding import TRIES, Came, Holding
from bot.telegram.intake import lane_of
from bot.telegram.ports import SeenInMemory
from knowledge.loader import Knowledge
from tests.bot.telegram.scripted import Door, ScriptedEngine
from tests.botapi import BotApi, Person
from tests.waiting import comes_true


@pytest.fixture(params=["memory", "sqlite"])
def seen(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    return SeenInMemory() if request.param == "memory" else Holding(connect(f"sqlite:///{tmp_path / 'm.db'}"))


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
    came = [Came(update["update_id"], lane_of(update), update) for update in telegram.world.updates]
    assert seen.take_updates(came) == came
    seen.updates_done([(came[-1].number, came[-1].lane)])  # … and here it is killed, before Telegram is told
    seen.leave()
    for _ in range(2):
        with Door(telegram, knowledge, ScriptedEngine(), seen=seen):
            telegram.wait_until_fetched()
    assert [message.text for message in anna.chat.from_bot] == ["ekko: taget"]
    assert seen.adopt_updates() == []


def test_what_too_many_processes_have_died_over_is_told_and_may_be_tried_again(
    telegram: BotApi, knowledge: Knowledge, anna: Person, seen: Any
) -> None:
    bo = telegram.user("Bo")
    with Door(telegram, knowledge, ScriptedEngine(), seen=seen):
        bo.says("knapper")
        bo.reads()
    anna.says("for meget")
    bo.taps("Start")
    deadly = SeenInMemory()
    deadly._waiting = {
        update["update_id"]: Came(update["update_id"], lane_of(update), update, deaths=TRIES + 1)
        for update in telegram.world.updates
    }
    telegram.world.updates.clear()
    with Door(telegram, knowledge, ScriptedEngine(), seen=deadly):
        sorry = plain(knowledge.say("da", "telegram.error"))
        assert anna.reads().text == bo.reads().text == sorry
        anna.says("for meget")
        bo.taps("Start")
        assert anna.reads().text == "ekko: for meget"
        assert bo.reads().text == "tap: c:readiness"
    assert deadly.adopt_updates() == []


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
    assert seen.adopt_updates() == []


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


def test_what_comes_next_in_a_chat_waits_until_what_was_before_is_struck_out(
    telegram: BotApi, knowledge: Knowledge, anna: Person
) -> None:
    """Else a process that dies in between would leave both, and of the first nobody knew that it had been answered."""
    seen, engine = SlowToStrike(), ScriptedEngine()
    with Door(telegram, knowledge, engine, seen=seen):
        anna.says("et")
        anna.says("to")
        assert [anna.reads().text for _ in range(2)] == ["ekko: et", "ekko: to"]
    assert seen.open_at_a_strike == [["et", "to"], ["to"]]


class SlowToStrike(SeenInMemory):
    """Notes what was answered only after a while; and what it knew of then."""

    def __init__(self) -> None:
        super().__init__()
        self.open_at_a_strike: list[list[str]] = []

    def updates_done(self, done: Sequence[tuple[int, str]], known: Collection[int] = ()) -> list[Came]:
        time.sleep(0.3)
        if done:
            self.open_at_a_strike.append([came.says["message"]["text"] for came in self.adopt_updates()])
        return super().updates_done(done, known)


def test_a_process_that_cannot_answer_yet_leaves_everything_to_others(
    telegram: BotApi, knowledge: Knowledge, anna: Person
) -> None:
    loading: concurrent.futures.Future[Any] = concurrent.futures.Future()

    async def loads() -> Any:
        return await asyncio.wrap_future(loading)

    seen = NotAlone()
    settings = {"webhook": "http://127.0.0.1:1/", "port": 0}
    door = Door(telegram, knowledge, loads(), seen=seen, settings=settings)
    thread = threading.Thread(target=door.__enter__)
    thread.start()
    time.sleep(2.0)
    assert seen.beats and not seen.adopted and telegram.world.webhook is None
    loading.set_result(ScriptedEngine())
    thread.join(10)
    assert telegram.world.webhook is not None
    assert comes_true(lambda: seen.adopted > 0)
    door.__exit__(None, None, None)


class NotAlone(SeenInMemory):
    is_alone = False
    beats = adopted = 0

    def beat(self) -> None:
        self.beats += 1

    def adopt_updates(self, known: Collection[int] = ()) -> list[Came]:
        self.adopted += 1
        return super().adopt_updates(known)


class HeldUp(SeenInMemory):
    """The process stood still for a while, and another has taken over what says "mit", and the first press."""

    first_press: int | None = None

    def are_mine(self, numbers: Sequence[int]) -> bool:
        for came in [self._waiting[number] for number in numbers]:
            press = "callback_query" in came.says and self.first_press is None
            if press:
                self.first_press = came.number
            if press or came.says.get("message", {}).get("text") == "mit":
                del self._waiting[came.number]
                return False
        return True


def test_what_another_has_taken_over_meanwhile_is_not_begun_with(
    telegram: BotApi, knowledge: Knowledge, anna: Person
) -> None:
    scripted, seen = ScriptedEngine(), HeldUp()
    scripted.hold.clear()
    with Door(telegram, knowledge, scripted, seen=seen):
        for text in ("vent", "mit", "sidst"):
            anna.says(text)
        telegram.wait_until_fetched()
        telegram.wait_for_call("sendChatAction")  # of the answer that is held
        seen.sure_since = time.monotonic()  # it is alive again, and has said so
        scripted.hold.set()
        assert [anna.reads().text, anna.reads().text] == ["ekko: vent", "ekko: sidst"]


def test_a_press_that_another_has_taken_over_leaves_the_next_to_count(
    telegram: BotApi, knowledge: Knowledge, anna: Person
) -> None:
    scripted, seen = ScriptedEngine(), HeldUp()
    with Door(telegram, knowledge, scripted, seen=seen):
        anna.says("knapper")
        offered = anna.reads()
        scripted.hold.clear()
        anna.says("vent")
        telegram.wait_for_call("sendChatAction")
        anna.taps("Start", offered)
        anna.says("sidst")
        telegram.wait_until_fetched()
        seen.sure_since = time.monotonic()
        scripted.hold.set()
        assert [anna.reads().text, anna.reads().text] == ["ekko: vent", "ekko: sidst"]
        anna.taps("Start", offered)
        assert anna.reads().text == "tap: c:readiness"
    assert seen.first_press is not None
