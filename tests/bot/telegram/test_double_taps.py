"""Two halves of a double tap that come to two processes, over a Redis that really runs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from telegram import CallbackQuery

from bot.store.rows import now
from bot.telegram.callbacks import Signer
from bot.telegram.double_taps import InRedis
from bot.telegram.ports import ChatsInMemory
from bot.telegram.presses import Buttons
from tests.bot.telegram.pressed import pressed
from tests.services import Redis

TAP, STEP_BACK = "t:about.privacy", "w:run00001:back"
Process = Callable[[], Buttons]


@pytest.fixture
def process(redis_url: str) -> Process:
    return lambda: Buttons(Signer("42:AA"), ChatsInMemory(), InRedis(redis_url))


async def is_answered(by: Buttons, query: CallbackQuery, tap: str = TAP, ago: float = 0.0) -> bool:
    by.arrives(query, now() - timedelta(seconds=ago) if ago else None)
    if await by.is_double(query):
        return False
    await by.answered(query, tap)
    return True


def test_the_second_half_is_none_of_another_process(process: Process) -> None:
    async def scene() -> None:
        one, other = process(), process()
        assert await is_answered(one, pressed("1"))
        assert not await is_answered(other, pressed("2"))
        assert not await is_answered(one, pressed("3"))
        assert await is_answered(other, pressed("4", person=8))

    asyncio.run(scene())


def test_another_button_in_between_makes_two_presses_of_one(process: Process) -> None:
    async def scene() -> None:
        one, other = process(), process()
        assert await is_answered(one, pressed("1", "down"))
        assert await is_answered(other, pressed("2", "up"))
        assert await is_answered(one, pressed("3", "down"))
        assert not await is_answered(other, pressed("4", "down"))

    asyncio.run(scene())


def test_what_a_dead_process_had_answered_is_no_double_of_itself(process: Process) -> None:
    async def scene() -> None:
        assert await is_answered(process(), pressed("1"))
        assert await is_answered(process(), pressed("1"))  # not struck out before the end

    asyncio.run(scene())


def test_a_moment_later_it_is_a_press_of_its_own(process: Process) -> None:
    async def scene() -> None:
        one, other = process(), process()
        assert await is_answered(one, pressed("1"), STEP_BACK)
        await asyncio.sleep(0.5)
        assert await is_answered(other, pressed("2"), STEP_BACK)
        await asyncio.sleep(0.6)
        assert not await is_answered(process(), pressed("3"), STEP_BACK, ago=0.5)  # it was made a moment after
        assert await is_answered(process(), pressed("4"), STEP_BACK, ago=0.05)

    asyncio.run(scene())


@pytest.mark.parametrize("below", ["a step", "the step before"])
def test_the_same_pressed_below_the_answer_of_a_dead_process_is_another_press(process: Process, below: str) -> None:
    """Both were left by it: whether it had shown its answer before it died, the message tells."""
    again = below != "a step"

    async def scene() -> None:
        both = process()
        first, second, earlier = pressed("1"), pressed("2", below=below), now() - timedelta(seconds=4)
        both.arrives(first, earlier)
        both.arrives(second, earlier + timedelta(seconds=1))
        assert not await both.is_double(first)
        await both.answered(first, STEP_BACK)
        assert await both.is_double(second) is not again

    async def scene_with_another() -> None:
        one, other = process(), process()
        assert await is_answered(one, pressed("1", person=8), STEP_BACK, ago=4)
        assert await is_answered(other, pressed("2", person=8, below=below), STEP_BACK, ago=3) is again

    asyncio.run(scene())
    asyncio.run(scene_with_another())


def test_a_press_that_another_process_took_over_and_left_again_is_not_its_own_double(process: Process) -> None:
    async def scene() -> None:
        one = process()
        one.arrives(pressed("1"))  # and is lost: the process stood still
        assert await is_answered(one, pressed("1"), ago=4)

    asyncio.run(scene())


def test_a_press_that_another_process_has_taken_over_has_no_double_here(process: Process) -> None:
    async def scene() -> None:
        one, other = process(), process()
        one.arrives(pressed("1"))
        assert await is_answered(other, pressed("1"), STEP_BACK, ago=4)
        one.dropped(pressed("1"))
        await asyncio.sleep(0.5)
        assert await is_answered(one, pressed("2"), STEP_BACK)

    asyncio.run(scene())


def test_a_press_that_waits_for_long_is_judged_by_when_it_was_made(process: Process) -> None:
    async def scene() -> None:
        one, other = process(), process()
        assert await is_answered(one, pressed("1"), STEP_BACK)
        second = pressed("2")
        other.arrives(second)
        await asyncio.sleep(0.6)  # it waits for its turn
        assert await other.is_double(second)

    asyncio.run(scene())


def test_the_moment_counts_from_when_the_answer_could_be_seen(process: Process) -> None:
    async def scene() -> None:
        one, other = process(), process()
        first = pressed("1")
        one.arrives(first)
        assert not await one.is_double(first)
        one.shown(first, STEP_BACK)
        await asyncio.sleep(0.5)  # it is not over yet
        await one.answered(first, STEP_BACK)
        assert await is_answered(other, pressed("2"), STEP_BACK)

    asyncio.run(scene())


def test_while_an_answer_is_shown_in_part_nobody_else_is_asked_for_a_double_tap(process: Process) -> None:
    """In a group at Telegram's limit, the second half passes the rest of the answer."""

    async def scene() -> None:
        one = process()
        first = pressed("1")
        one.arrives(first)
        assert not await one.is_double(first)
        one.shown(first, TAP)
        assert not await is_answered(one, pressed("2"))

    asyncio.run(scene())


def test_what_follows_an_answer_for_long_makes_no_double_of_the_next_press(process: Process) -> None:
    async def scene() -> None:
        one = process()
        first, second = pressed("1"), pressed("2")
        one.arrives(first)
        assert not await one.is_double(first)
        one.shown(first, STEP_BACK)
        await asyncio.sleep(0.5)
        one.arrives(second)
        await one.answered(first, STEP_BACK)
        assert not await one.is_double(second)

    asyncio.run(scene())


def test_without_redis_each_process_tells_by_itself(process: Process, redis_server: Redis) -> None:
    async def scene() -> None:
        one, other = process(), process()
        assert await is_answered(one, pressed("1"))
        assert not await is_answered(one, pressed("2"))
        assert await is_answered(other, pressed("3"))

    redis_server.kill()
    try:
        asyncio.run(scene())
    finally:
        redis_server.start()
