"""Telegram's pace in groups: messages and edits share it, messages wait for it, and presses don't wait."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.telegram.limits import GROUP_MESSAGES, Limits
from knowledge.loader import Knowledge
from tests.bot.telegram.scripted import Door, ScriptedEngine
from tests.botapi import BotApi, Person


def _timed(scene: Callable[[Limits, list[float], list[float]], Awaitable[None]]) -> None:
    now, slept = [0.0], []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    async def run() -> None:
        await scene(Limits(lambda: now[0], sleep), now, slept)

    asyncio.run(run())


def test_a_group_gets_twenty_a_minute() -> None:
    async def scene(limits: Limits, now: list[float], slept: list[float]) -> None:
        for _ in range(GROUP_MESSAGES):
            await limits.pace(-1)
        await limits.open(-1)  # what an edit does
        await limits.pace(-2)
        await limits.pace(7)
        assert not slept and limits.full(-1) and not limits.full(-2) and not limits.full(7)
        now[0] = 10.0
        await limits.pace(-1)
        assert slept == [50.0]

    _timed(scene)


def test_edits_wait_for_nothing_and_count() -> None:
    async def scene(limits: Limits, now: list[float], slept: list[float]) -> None:
        for _ in range(GROUP_MESSAGES - 1):
            limits.count(-1)
        await limits.pace(-1)
        assert not slept
        limits.count(-1)
        limits.count(7)
        now[0] = 30.0
        await limits.pace(-1)
        assert slept == [30.0]

    _timed(scene)


def test_when_all_have_to_wait_a_press_is_acknowledged() -> None:
    async def scene(limits: Limits, now: list[float], slept: list[float]) -> None:
        for chat in range(3):
            limits.close(chat, 10)
        assert limits.closed_for(99) == 10 and not limits.closed_for("answerCallbackQuery")
        limits.close("answerCallbackQuery", 2)
        await limits.open("answerCallbackQuery")
        assert slept == [2]

    _timed(scene)


def test_edits_without_end_hold_up_a_message_for_a_minute_at_most() -> None:
    async def scene(limits: Limits, now: list[float], slept: list[float]) -> None:
        async def sleep(seconds: float) -> None:
            slept.append(seconds)
            for _ in range(int(seconds) + 1):
                now[0] += seconds / (int(seconds) + 1)
                limits.count(-1)

        limits._sleep = sleep
        for _ in range(GROUP_MESSAGES):
            limits.count(-1)
        await limits.pace(-1)
        assert sum(slept) <= 61

    _timed(scene)


def test_a_press_goes_past_what_the_pace_holds_up(
    monkeypatch: pytest.MonkeyPatch, telegram: BotApi, knowledge: Knowledge, anna: Person, scripted: ScriptedEngine
) -> None:
    monkeypatch.setattr("bot.telegram.app.ANSWERS", 0.1)
    with Door(telegram, knowledge, scripted):
        _presses_while_the_pace_holds_up(telegram, anna, scripted)


def _presses_while_the_pace_holds_up(telegram: BotApi, anna: Person, scripted: ScriptedEngine) -> None:
    telegram.keeps_group_pace()
    group, bo = telegram.group("Gruppen"), telegram.user("Bo")
    anna.says("@makkerbot start", chat=group)
    step = group.wait_for_reply()
    for number in range(GROUP_MESSAGES - 1):
        anna.says(f"@makkerbot {number}", chat=group)
        group.wait_for_reply()
    anna.says("@makkerbot langt", chat=group)  # several messages, which have to wait
    anna.says("@makkerbot lidt", chat=group)
    telegram.wait_until_fetched()
    press = bo.taps("Ja", step)
    assert group.wait_for_reply() is step and step.text == "2 af 3: parter?"
    assert press.answered and len(group.from_bot) == GROUP_MESSAGES
    assert scripted.inbounds[-1].tap and all(inbound.text != "lidt" for inbound in scripted.inbounds)


def test_a_press_is_acknowledged_at_once_whatever_it_waits_for(
    door: Door, telegram: BotApi, anna: Person, scripted: ScriptedEngine
) -> None:
    anna.says("start")
    step = anna.reads()
    scripted.hold.clear()
    anna.says("vent")
    press = anna.taps("Ja", step)
    telegram.wait_for_call("answerCallbackQuery", patience=3)
    assert press.answered and scripted.inbounds[-1].text == "vent"
    scripted.hold.set()
    anna.reads()
    assert anna.reads() is step
    anna.says("hej")
    assert anna.reads().text == "ekko: hej" and press.answers == [""]


def test_two_who_press_the_same_cost_one_edit(door: Door, telegram: BotApi, anna: Person) -> None:
    """The second press tells what stood there before the first was answered."""
    group, bo = telegram.group("Gruppen"), telegram.user("Bo")
    anna.says("@makkerbot start", chat=group)
    step = group.wait_for_reply()
    data = step.button("Ja").data
    telegram.world.time_passes(5)
    telegram.faults.slow("editMessageText", 0.3)
    presses = [person.presses(step, data) for person in (anna, bo)]
    assert group.wait_for_reply() is step and step.text == "2 af 3: parter?"
    anna.says("@makkerbot slut", chat=group)
    assert group.wait_for_reply().text == "ekko: slut"
    assert all(press.answered for press in presses) and len(telegram.calls("editMessageText")) == 1
