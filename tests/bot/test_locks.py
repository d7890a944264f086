"""Locks of conversations: one turn at a time, in order, over several processes, and free soon after a kill."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from bot.engine import locks as module
from bot.engine.locks import LEASE, Locks, RedisLocks
from tests.services import Redis

HOLDER = """
import asyncio, sys, time
from bot.engine.locks import RedisLocks

async def hold():
    async with RedisLocks(sys.argv[1]).lock("anna"):
        print("held", flush=True)
        time.sleep(60)  # the event loop stands still: the lock is renewed all the same

asyncio.run(hold())
"""


@pytest.fixture(params=["process", "redis"])
def two(request: pytest.FixtureRequest) -> tuple[Locks, Locks]:
    """What two that share their conversations lock with."""
    if request.param == "process":
        shared = Locks()
        return shared, shared
    url = request.getfixturevalue("redis_url")
    return RedisLocks(url), RedisLocks(url)


@pytest.fixture
def holder(redis_url: str) -> Iterator[subprocess.Popen[str]]:
    """A process that has locked Anna's conversation."""
    process = subprocess.Popen([sys.executable, "-c", HOLDER, redis_url], stdout=subprocess.PIPE, text=True)
    assert process.stdout and process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


async def takes_a_turn(locks: Locks, conversation: str) -> None:
    async with locks.lock(conversation):
        pass


def test_one_speaks_at_a_time_and_none_is_left_out(two: tuple[Locks, Locks]) -> None:
    at_it, most, done = 0, 0, 0

    async def turn(locks: Locks) -> None:
        nonlocal at_it, most, done
        async with locks.lock("anna"):
            at_it += 1
            most = max(most, at_it)
            await asyncio.sleep(0.002)
            at_it -= 1
            done += 1

    async def scene() -> None:
        await asyncio.gather(*(turn(two[number % 2]) for number in range(40)))

    asyncio.run(scene())
    assert (most, done) == (1, 40)


def test_those_of_one_process_speak_in_the_order_in_which_they_came(two: tuple[Locks, Locks]) -> None:
    order = []

    async def turn(number: int) -> None:
        async with two[0].lock("anna"):
            await asyncio.sleep(0.001)
            order.append(number)

    async def scene() -> None:
        await asyncio.gather(*map(turn, range(20)))

    asyncio.run(scene())
    assert order == list(range(20))


def test_conversations_dont_wait_for_each_other(two: tuple[Locks, Locks]) -> None:
    async def scene() -> None:
        async with two[0].lock("anna"):
            await asyncio.wait_for(takes_a_turn(two[1], "bo"), 5)

    asyncio.run(scene())


def test_a_turn_that_breaks_gives_the_conversation_back(two: tuple[Locks, Locks]) -> None:
    async def scene() -> None:
        with pytest.raises(ValueError):
            async with two[0].lock("anna"):
                raise ValueError
        await asyncio.wait_for(takes_a_turn(two[1], "anna"), 1)

    asyncio.run(scene())


def test_a_killed_process_keeps_a_conversation_for_seconds(
    redis_server: Redis, redis_url: str, holder: subprocess.Popen[str]
) -> None:
    holder.kill()
    assert 0 < redis_server.client.pttl("makker:lock:anna") <= LEASE * 1000
    asyncio.run(takes_a_turn(RedisLocks(redis_url), "anna"))


def test_a_process_that_lives_keeps_it_as_long_as_its_turn_takes(
    redis_server: Redis, redis_url: str, holder: subprocess.Popen[str]
) -> None:
    time.sleep(LEASE + 0.7)
    assert redis_server.client.ttl("makker:lock:anna") > 0
    assert holder.poll() is None


def test_a_lock_that_redis_forgot_ends_its_turn_in_peace(redis_server: Redis, redis_url: str) -> None:
    async def scene() -> None:
        locks = RedisLocks(redis_url)
        async with locks.lock("anna"):
            redis_server.client.flushall()
        await takes_a_turn(locks, "anna")

    asyncio.run(scene())
    assert redis_server.client.keys() == []


def test_redis_may_be_started_anew_while_a_turn_begins(redis_server: Redis, redis_url: str) -> None:
    async def scene() -> None:
        locks = RedisLocks(redis_url)
        await takes_a_turn(locks, "anna")
        redis_server.stop()
        waits = asyncio.create_task(takes_a_turn(locks, "anna"))
        await asyncio.sleep(0.5)
        assert not waits.done()
        await asyncio.to_thread(redis_server.start)
        await waits

    asyncio.run(scene())


@pytest.mark.parametrize("how", ["stop", "freeze"])
def test_without_redis_turns_are_taken_and_it_is_used_again_when_it_is_back(
    redis_server: Redis, redis_url: str, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, seconds in {"_RESTART": 0.3, "_ANSWERS": 0.5, "LEASE": 0.5, "_ASKED_AGAIN": 0.2}.items():
        monkeypatch.setattr(module, name, seconds)

    async def scene() -> list[float]:
        locks = RedisLocks(redis_url)
        await takes_a_turn(locks, "anna")
        getattr(redis_server, how)()
        began = time.monotonic()
        await takes_a_turn(locks, "anna")
        took = [time.monotonic() - began]
        await takes_a_turn(locks, "anna")
        took.append(time.monotonic() - began - took[0])
        redis_server.thaw()
        await asyncio.to_thread(redis_server.start)
        await asyncio.sleep(0.3)
        async with locks.lock("anna"):
            assert redis_server.client.keys() == [b"makker:lock:anna"]
        return took

    first, second = asyncio.run(scene())
    assert second < first  # the second turn didn't wait for Redis any more
