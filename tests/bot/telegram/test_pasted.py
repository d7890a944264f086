"""A text that Telegram's clients cut into several messages: it is one, and is answered once."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.door import Inbound
from bot.store.holding import Came
from bot.telegram.intake import lane_of
from bot.telegram.pasted import FULL, glue
from bot.telegram.ports import SeenInMemory
from dialogues.reply import Reply
from knowledge.loader import Knowledge
from tests.bot.telegram.scripted import Door, ScriptedEngine
from tests.botapi import BotApi, Message, Person
from tests.botapi.html import units

TEXT = "\n\n".join(f"Afsnit {number}. " + "ord " * 120 for number in range(25))  # 12,000 characters


class Counting(ScriptedEngine):
    """Says how long a text is."""

    async def handle(self, inbound: Inbound) -> list[Reply]:
        if inbound.text and len(inbound.text) > 100:
            self.inbounds.append(inbound)
            while not self.hold.is_set():
                await asyncio.sleep(0.01)
            return [Reply(f"{len(inbound.text.split())} ord")]
        return await super().handle(inbound)

    @property
    def texts(self) -> list[str]:
        return [inbound.text or "" for inbound in self.inbounds]


@pytest.fixture
def scripted() -> Counting:
    return Counting()


def _cut(text: str, soft: bool = True) -> list[str]:
    """The messages in which a client sends a text; with `soft`, cut at the last line that fits."""
    parts = []
    while text:
        end = len(text.encode("utf-16-le")[: FULL * 2].decode("utf-16-le", "ignore"))
        if soft and end < len(text) and "\n" in text[FULL // 2 + 1 : end]:
            end = text.rindex("\n", 0, end)
        parts.append(text[:end].strip())
        text = text[end:]
    return [part for part in parts if part]


def _pastes(person: Person, parts: list[str], **where: Any) -> list[Message]:
    return [person.says(part, **where) for part in parts]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text("abc æ😀\n", min_size=1, max_size=900), min_size=1, max_size=12), st.booleans())
def test_the_parts_are_the_text_again(pieces: list[str], soft: bool) -> None:
    text = " ".join("".join(pieces * 3).split(" "))
    parts = _cut(text, soft)
    assert glue(parts).split() == text.split() or not soft  # a hard cut may stand at a space that is trimmed away
    assert "".join(glue(parts).split()) == "".join(text.split())
    assert all(units(part) <= FULL for part in parts)


@pytest.mark.parametrize("soft", [True, False])
def test_what_was_cut_is_answered_once(door: Door, anna: Person, scripted: Counting, soft: bool) -> None:
    _pastes(anna, _cut(TEXT, soft))
    assert anna.reads().text.endswith(" ord")
    anna.says("hej")
    assert anna.reads().text == "ekko: hej"
    assert ["".join(text.split()) for text in scripted.texts] == ["".join(TEXT.split()), "hej"]


def test_only_what_is_long_waits_and_nobody_else(
    telegram: BotApi, knowledge: Knowledge, anna: Person, scripted: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.pasted.WAIT", 60.0)
    bo = telegram.user("Bo")
    with Door(telegram, knowledge, scripted):
        bo.says("ord " * 500)  # 2,000: no client cuts so early
        assert bo.reads(5).text == "500 ord"
        anna.says("ord " * 1024)
        bo.says("hej")
        assert bo.reads(5).text == "ekko: hej"
        assert not anna.chat.from_bot
        anna.says("/hjaelp")  # what can't belong to it ends the wait, and comes after it
        assert [anna.reads(5).text, anna.reads(5).text] == ["1024 ord", "tap: k:help"]
        anna.says("ord " * 1024)
        anna.sends("photo")
        assert [anna.reads(5).text, "billeder" in anna.reads(5).text] == ["1024 ord", True]
        anna.says("ord " * 1024)
        telegram.wait_until_fetched()
    assert anna.chat.from_bot[-1].text == "1024 ord"  # whoever waits when the bot stops does not wait on


def test_two_long_texts_with_a_pause_between_are_two(door: Door, anna: Person, scripted: Counting) -> None:
    began = time.monotonic()
    anna.says("ord " * 1023)
    assert anna.reads().text == "1023 ord"
    assert time.monotonic() - began > 0.5
    anna.says("ord " * 30)
    assert anna.reads().text == "30 ord"


def test_what_came_in_while_nobody_listened_is_told_apart_by_its_time(
    telegram: BotApi, knowledge: Knowledge, anna: Person, scripted: Counting
) -> None:
    anna.says("ord " * 1000)
    telegram.world.time_passes(30)
    anna.says("ord " * 40)
    with Door(telegram, knowledge, scripted):
        assert [anna.reads().text, anna.reads().text] == ["1000 ord", "40 ord"]


def test_in_a_group_the_first_part_calls_the_bot_for_all(
    door: Door, telegram: BotApi, anna: Person, scripted: Counting
) -> None:
    group, bo = telegram.group("Gruppen"), telegram.user("Bo")
    first, second = _cut("@makkerbot " + "ord " * 1300)
    anna.says(first, chat=group)
    bo.says("@makkerbot hej", chat=group)
    anna.says(second, chat=group)
    assert [group.wait_for_reply().text, group.wait_for_reply().text] == ["1300 ord", "ekko: hej"]


def test_an_edit_of_one_part_asks_the_whole_anew(door: Door, anna: Person, scripted: Counting) -> None:
    parts = _pastes(anna, ["ord " * 1023 + "ord", "og et par til"])
    answer = anna.reads()
    assert answer.text == "1028 ord"
    anna.edits(parts[1], "og meget mere end et par til")
    assert anna.reads() is answer and answer.text == "1031 ord"
    anna.edits(parts[0], "ord " * 1000)
    assert anna.reads() is answer and answer.text == "1007 ord"


def test_no_part_is_done_before_the_answer_and_after_a_crash_they_are_one(
    telegram: BotApi, knowledge: Knowledge, anna: Person
) -> None:
    parts, struck = _cut(TEXT), []

    class Noting(SeenInMemory):
        def updates_done(self, done: Any, known: Any = ()) -> Any:
            struck.extend(number for number, _ in done)
            assert anna.chat.from_bot, "struck out before the answer"
            return super().updates_done(done, known)

    seen, engine = Noting(), Counting()
    _pastes(anna, parts)
    came = [Came(update["update_id"], lane_of(update), update) for update in telegram.world.updates]
    seen.take_updates(came[:2])  # then it is killed
    with Door(telegram, knowledge, engine, seen=seen):
        assert anna.reads().text == f"{len(TEXT.split())} ord"
        telegram.wait_until_fetched()
    assert sorted(struck) == [one.number for one in came] and seen.adopt_updates() == []
    assert len(engine.inbounds) == len(anna.chat.from_bot) == 1
