"""What goes wrong on the way: nothing is lost, nothing is taken twice, nobody sees a traceback."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bot.door import Engine, Inbound
from bot.errors import AwayError, StartError
from bot.rendering.plain import plain
from bot.telegram import intake, presence, turns
from dialogues.reply import Reply
from knowledge.loader import Knowledge
from tests.bot.telegram.scripted import Door, ScriptedEngine
from tests.botapi import BotApi, Person
from tests.waiting import comes_true


def test_an_update_that_comes_twice_is_taken_once(door: Door, telegram: BotApi, anna: Person) -> None:
    message = anna.says("hej")
    anna.reads()
    telegram.world.push({"message": message.json}, update_id=1001)
    anna.says("igen")
    assert anna.reads().text == "ekko: igen"


def test_an_edited_message_is_not_a_new_one(
    door: Door, telegram: BotApi, anna: Person, scripted: ScriptedEngine
) -> None:
    telegram.filters_updates = False
    telegram.world.allowed_updates = []
    message = anna.says("hej")
    anna.reads()
    anna.says("og")
    anna.reads()
    anna.edits(message, "hej igen")
    telegram.channel_post("Nyt fra biblioteket")
    telegram.world.push(
        {"my_chat_member": {}, "poll_answer": {"poll_id": "1", "option_ids": [0], "option_persistent_ids": []}}
    )
    anna.says("slut")
    assert anna.reads().text == "ekko: slut"
    assert [inbound.text for inbound in scripted.inbounds] == ["hej", "og", "slut"]


def test_429_is_obeyed(door: Door, telegram: BotApi, anna: Person) -> None:
    telegram.faults.too_many("sendMessage", retry_after=1)  # the server minds if it is called before
    anna.says("hej")
    assert anna.reads().text == "ekko: hej"
    assert len(telegram.calls("sendMessage")) == 1


@pytest.mark.parametrize("fault", ["bad_gateway", "reset"])
@pytest.mark.parametrize(
    "method", ["sendMessage", "answerCallbackQuery", "editMessageText", "getUpdates", "sendDocument"]
)
def test_a_bad_moment_is_waited_for(door: Door, telegram: BotApi, anna: Person, fault: str, method: str) -> None:
    telegram.tolerates("message to edit not found")  # asked whether the message has arrived
    getattr(telegram.faults, fault)(method, times=1 if method == "getUpdates" else 2)
    anna.says("start")
    step = anna.reads()
    press = anna.taps("Ja")
    assert anna.reads() is step and step.text == "2 af 3: parter?"
    anna.says("fil")
    assert anna.reads().text == "Her er den:"
    assert anna.reads().file
    assert press.answers == [""]


def test_a_break_after_an_edit_changes_nothing(door: Door, telegram: BotApi, anna: Person) -> None:
    telegram.tolerates("message is not modified")
    anna.says("start")
    step = anna.reads()
    telegram.faults.reset_after("editMessageText")
    anna.taps("Ja")
    assert anna.reads() is step
    anna.says("hej")
    assert anna.reads().text == "ekko: hej"
    assert step.edits == 1


def test_what_cannot_be_sent_is_held_until_telegram_is_back_and_holds_up_nobody_else(
    door: Door, telegram: BotApi, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "HELD", (0.3,))
    telegram.tolerates("message to edit not found")
    telegram.faults.bad_gateway("sendMessage", times=10, chat=anna.chat)  # an answer is tried four times
    anna.says("hej")
    anna.says("igen")
    bo = telegram.user("Bo")
    bo.says("hej")
    assert bo.reads().text == "ekko: hej"
    assert not anna.chat.from_bot
    assert [anna.reads().text for _ in range(2)] == ["ekko: hej", "ekko: igen"]
    assert len(anna.chat.from_bot) == 2


class Full(ScriptedEngine):
    """Can store nothing at first."""

    tries = 0

    async def handle(self, inbound: Inbound) -> list[Reply]:
        self.tries += 1
        if self.tries <= len(turns.AWAY) + 3:  # more than one hold
            raise AwayError
        return await super().handle(inbound)


def test_what_cannot_be_stored_is_answered_when_it_can_and_people_see_that_it_takes_a_while(
    telegram: BotApi, knowledge: Knowledge, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "HELD", (0.3,))
    monkeypatch.setattr(turns, "AWAY", (0.1, 0.2, 0.3, 0.4))
    monkeypatch.setattr(presence, "LONG", 0.2)
    with Door(telegram, knowledge, Full()):
        anna.says("hej")
        assert "arbejder på det" in anna.reads().text
        assert comes_true(lambda: any(message.text == "ekko: hej" for message in anna.chat.from_bot))
    assert [message.text for message in anna.chat.from_bot if not message.deleted] == ["ekko: hej"]


def test_a_user_who_blocked_the_bot_is_left_in_peace(
    door: Door, telegram: BotApi, anna: Person, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.tolerates("bot was blocked by the user")
    anna.blocks_bot()
    anna.says("hej")
    bo = telegram.user("Bo")
    bo.says("hej")
    assert bo.reads().text == "ekko: hej"
    telegram.wait_for_call("sendMessage", times=2)
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def test_the_token_stays_out_of_the_log(
    telegram: BotApi, knowledge: Knowledge, anna: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    telegram.tolerates("message to edit not found")
    telegram.faults.bad_gateway("sendMessage")
    with Door(telegram, knowledge, ScriptedEngine()):
        anna.says("gå i stykker")
        anna.reads()
    assert telegram.token not in caplog.text and "gå i stykker" not in caplog.text


def test_whoever_writes_while_the_engine_loads_is_answered_when_it_is_there(
    telegram: BotApi, knowledge: Knowledge, anna: Person
) -> None:
    scripted = ScriptedEngine()
    scripted.hold.clear()

    async def load() -> Engine:
        while not scripted.hold.is_set():
            await asyncio.sleep(0.01)
        return scripted

    with Door(telegram, knowledge, load()):
        anna.says("hej")
        telegram.wait_for_call("sendChatAction")
        assert not anna.chat.from_bot
        scripted.hold.set()
        assert anna.reads().text == "ekko: hej"


def test_an_engine_that_does_not_load_ends_the_bot(telegram: BotApi, knowledge: Knowledge) -> None:
    async def load() -> Engine:
        await asyncio.sleep(0.1)
        raise StartError("the model is broken")

    with Door(telegram, knowledge, load()) as door:
        door.wait()
    assert isinstance(door.error, StartError) and "model" in str(door.error)


def test_an_engine_that_takes_too_long_gets_an_apology(telegram: BotApi, knowledge: Knowledge, anna: Person) -> None:
    scripted = ScriptedEngine()
    scripted.hold.clear()
    with Door(telegram, knowledge, scripted, settings={"patience": 0.2}):
        anna.says("vent")
        assert "for lang tid" in anna.reads().text
        anna.says("hej")
        assert anna.reads().text == "ekko: hej"


def test_open_answers_are_given_before_the_bot_stops(telegram: BotApi, knowledge: Knowledge, anna: Person) -> None:
    with Door(telegram, knowledge, ScriptedEngine()):
        for number in range(30):
            anna.says(str(number))
        telegram.wait_until_fetched()
    assert [message.text for message in anna.chat.from_bot] == [f"ekko: {number}" for number in range(30)]


def test_whoever_waits_when_the_bot_is_stopped_is_told(
    telegram: BotApi, knowledge: Knowledge, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.app.ANSWERS", 0.3)
    scripted = ScriptedEngine()
    with Door(telegram, knowledge, asyncio.sleep(3600, scripted)):  # an engine that never comes
        anna.says("hej")
        telegram.wait_for_call("sendChatAction")
    assert anna.reads().text == plain(knowledge.say("da", "telegram.error"))
    scripted.hold.clear()
    with Door(telegram, knowledge, scripted):  # an engine that has stuck
        anna.says("vent")
        telegram.wait_for_call("sendChatAction", times=2)


def _fails(telegram: BotApi, knowledge: Knowledge, **settings: object) -> str:
    with pytest.raises(StartError) as raised, Door(telegram, knowledge, ScriptedEngine(), settings=settings):
        pass
    assert "\n" not in str(raised.value)
    return str(raised.value)


def test_a_missing_token_says_how_to_get_one(telegram: BotApi, knowledge: Knowledge) -> None:
    for token in (None, "", "  "):
        assert "@BotFather" in _fails(telegram, knowledge, token=token)


@pytest.mark.parametrize("token", ["42:wrong", "nonsense"])
def test_a_token_that_telegram_refuses_says_the_mend(telegram: BotApi, knowledge: Knowledge, token: str) -> None:
    telegram.tolerates("Unauthorized")
    telegram.tolerates("Not Found")
    line = _fails(telegram, knowledge, token=token)
    assert "@BotFather" in line and token not in line


def test_a_server_that_is_not_there_says_where_it_was_looked_for(telegram: BotApi, knowledge: Knowledge) -> None:
    assert "127.0.0.1:9" in _fails(telegram, knowledge, api_base_url="http://127.0.0.1:9")


def test_a_token_that_is_refused_later_ends_the_bot(telegram: BotApi, knowledge: Knowledge, anna: Person) -> None:
    telegram.tolerates("Unauthorized")
    with Door(telegram, knowledge, ScriptedEngine()) as door:
        telegram.token = "42:revoked"
        anna.says("wakes the poll")
        door.wait()
    assert isinstance(door.error, StartError)
