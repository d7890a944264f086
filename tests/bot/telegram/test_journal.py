"""A process that is killed over an update: the next one sends what is missing, and nothing twice."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from typing import Any

import pytest

from bot.store.holding import Came
from bot.telegram import presence
from bot.telegram.ports import SeenInMemory
from dialogues.reply import Reply
from knowledge.loader import Knowledge
from tests.bot.telegram.scripted import Door, ScriptedEngine
from tests.botapi import BotApi, Person
from tests.waiting import comes_true

PARTS = 3


class Telling(ScriptedEngine):
    """Answers with several messages."""

    async def handle(self, inbound: Any) -> list[Reply]:
        self.inbounds.append(inbound)
        return [Reply(f"svar {number} på {inbound.text}") for number in range(1, PARTS + 1)]


class Dying(SeenInMemory):
    """Forgets, as a process that is killed does, that an update was dealt with; keeps what had been noted as sent up to
    the message `after`, whose own note may (`noted`) or may not tell that it arrived."""

    def __init__(self, after: int, noted: bool) -> None:
        super().__init__()
        self.after, self.noted, self.dead = after, noted, True

    def note_sent(self, number: int, sent: Sequence[dict[str, Any]]) -> bool:
        if not self.dead or len(sent) <= self.after + self.noted:
            super().note_sent(number, [dict(entry) for entry in sent])
        return True

    def updates_done(self, done: Sequence[tuple[int, str]], known: Collection[int] = ()) -> list[Came]:
        return [] if self.dead else super().updates_done(done, known)


class Lost(SeenInMemory):
    """Another process takes everything over as soon as something is sent."""

    def note_sent(self, number: int, sent: Sequence[dict[str, Any]]) -> bool:
        super().note_sent(number, sent)
        return len(sent) < PARTS


def test_who_finds_an_update_taken_over_sends_no_more(telegram: BotApi, knowledge: Knowledge, anna: Person) -> None:
    seen = Lost()
    with Door(telegram, knowledge, Telling(), seen=seen):
        anna.says("hej")
        for _ in range(PARTS - 1):
            anna.reads()
        bo = telegram.user("Bo")
        bo.says("også")
        bo.reads()
    assert len(anna.chat.from_bot) == PARTS - 1
    assert [came.says["message"]["text"] for came in seen.adopt_updates()] == ["hej", "også"]


def test_a_line_that_a_dead_process_left_is_taken_back(
    telegram: BotApi, knowledge: Knowledge, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "LONG", 0.1)
    seen, engine = SeenInMemory(), ScriptedEngine()
    engine.hold.clear()
    door = Door(telegram, knowledge, engine, seen=seen, settings={"patience": 60.0})
    with door:
        anna.says("vent")
        left = anna.reads()
        assert comes_true(lambda: any(came.sent for came in seen.adopt_updates()))
        held = seen.adopt_updates()
        engine.hold.set()
    seen._waiting = {came.number: came for came in held}  # as a killed process leaves it
    left.deleted = False
    with Door(telegram, knowledge, ScriptedEngine(), seen=seen):
        assert comes_true(lambda: not seen._waiting)
    assert left.deleted


@pytest.mark.parametrize("noted", [False, True])
@pytest.mark.parametrize("after", range(1, PARTS + 1))
def test_what_had_been_sent_is_not_sent_again(
    telegram: BotApi, knowledge: Knowledge, anna: Person, after: int, noted: bool
) -> None:
    telegram.tolerates("message is not modified")
    telegram.tolerates("message to edit not found")
    seen, engine = Dying(after, noted), Telling()
    with Door(telegram, knowledge, engine, seen=seen):
        anna.says("hej")
        first = [anna.reads().text for _ in range(PARTS)]
    for message in anna.chat.from_bot[after:]:  # they were never sent: it was killed before
        anna.chat.messages.remove(message)
    seen.dead = False
    with Door(telegram, knowledge, engine, seen=seen):
        bo = telegram.user("Bo")
        bo.says("også")
        bo.reads()
    assert [message.text for message in anna.chat.from_bot] == first
    assert {inbound.id for inbound in engine.inbounds if inbound.text == "hej"} == {engine.inbounds[0].id}


class Behind(Dying):
    """The process that died had not seen what others were sent meanwhile."""

    def note_sent(self, number: int, sent: Sequence[dict[str, Any]]) -> bool:
        return super().note_sent(number, [{**entry, "above": 1} for entry in sent])


def test_what_was_sent_among_much_else_is_found(telegram: BotApi, knowledge: Knowledge, anna: Person) -> None:
    telegram.tolerates("message is not modified")
    telegram.tolerates("message to edit not found")
    for _ in range(40):
        telegram.world.message_number(anna.chat)
    seen = Behind(1, noted=False)
    with Door(telegram, knowledge, ScriptedEngine(), seen=seen):
        anna.says("hej")
        anna.reads()
    seen.dead = False
    with Door(telegram, knowledge, ScriptedEngine(), seen=seen):
        telegram.wait_until_fetched()
        assert comes_true(lambda: not seen._waiting)
    assert len(anna.chat.from_bot) == 1


def test_what_was_sent_is_found_also_where_its_button_has_been_pressed_since(
    telegram: BotApi, knowledge: Knowledge, anna: Person
) -> None:
    telegram.tolerates("message is not modified")
    telegram.tolerates("message to edit not found")
    seen = Dying(1, noted=False)
    with Door(telegram, knowledge, ScriptedEngine(), seen=seen):
        anna.says("emne")
        anna.reads()
    anna.taps("Mere")  # as long as nobody has taken over
    seen.dead = False
    with Door(telegram, knowledge, Slow(), seen=seen):
        assert anna.reads().text == "Langt om a.b"
    assert len(anna.chat.from_bot) == 1


class Slow(ScriptedEngine):
    """Answers when the presses have come in as well."""

    async def handle(self, inbound: Any) -> list[Reply]:
        await asyncio.sleep(0.3)
        return await super().handle(inbound)
