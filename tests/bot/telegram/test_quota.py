"""How much one person may ask for in a minute: told once, never silent, and the same over several processes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from bot.rendering.plain import plain
from bot.telegram.quota import LocalBuckets, Pace, Quota, SharedBuckets, Wish
from knowledge.loader import Knowledge
from tests.bot.telegram.scripted import Door, ScriptedEngine
from tests.botapi import BotApi, Person
from tests.services import Redis

pytestmark = pytest.mark.usefixtures("words_in_time")


class Clock:
    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def told(quota: Quota, person: int = 7) -> str:
    refusal = asyncio.run(quota.take(person))
    return "yes" if refusal is None else f"{refusal.kind}{' first' if refusal.first else ''}"


def test_half_of_a_minutes_messages_may_come_at_once_and_the_rest_evenly() -> None:
    clock = Clock()
    quota = Quota(messages=40, buckets=LocalBuckets(clock))
    assert [told(quota) for _ in range(22)] == ["yes"] * 20 + ["messages first", "messages"]
    assert told(quota, 8) == "yes"
    clock.at += 1.5
    assert [told(quota), told(quota)] == ["yes", "messages"]  # told once, until they have rested
    clock.at += 30
    assert [told(quota) for _ in range(21)] == ["yes"] * 20 + ["messages first"]


def test_fifteen_messages_a_minute_are_never_too_many() -> None:
    clock = Clock()
    quota = Quota(messages=40, buckets=LocalBuckets(clock))
    for _ in range(200):
        assert told(quota) == "yes"
        clock.at += 4.0


def test_who_has_made_many_papers_waits_before_the_next_turn_and_loses_none() -> None:
    clock = Clock()
    quota = Quota(messages=40, papers=12, buckets=LocalBuckets(clock))
    for _ in range(6):
        assert told(quota) == "yes"
        asyncio.run(quota.wrote_papers(7))
    assert [told(quota), told(quota)] == ["papers first", "papers"]
    clock.at += 6
    assert told(quota) == "yes"


def test_a_wrong_code_counts_for_several_messages() -> None:
    quota = Quota(messages=40, buckets=LocalBuckets(Clock()))
    tries = 0
    while told(quota) == "yes":
        asyncio.run(quota.guessed(7))
        tries += 1
    assert tries == 4


def test_without_bounds_nothing_is_counted() -> None:
    quota = Quota()
    assert {told(quota) for _ in range(1000)} == {"yes"}


def test_a_flood_of_strangers_is_forgotten_again() -> None:
    clock = Clock()
    buckets = LocalBuckets(clock)
    quota = Quota(messages=40, buckets=buckets)
    for person in range(12_000):
        told(quota, person)
        clock.at += 0.01
    assert len(buckets._buckets) < 11_000


@pytest.fixture
def shared(redis_url: str) -> Iterator[tuple[SharedBuckets, SharedBuckets]]:
    yield SharedBuckets(redis_url), SharedBuckets(redis_url)


def test_two_processes_share_what_somebody_may_send(shared: tuple[SharedBuckets, SharedBuckets]) -> None:
    both = [Quota(messages=0.6 * 40, papers=12, buckets=buckets) for buckets in shared]
    assert [told(both[n % 2]) for n in range(14)] == ["yes"] * 12 + ["messages first", "messages"]


def test_in_redis_a_bucket_fills_up_and_goes_by_itself(
    shared: tuple[SharedBuckets, SharedBuckets], redis_server: Redis
) -> None:
    import time

    wish = Wish("messages:1", Pace(filling=20.0, most=2.0), 1.0, 1.0)

    def take() -> tuple[int, bool] | None:
        return asyncio.run(shared[0].take_all([wish]))

    assert [take() for _ in range(3)] == [None, None, (0, True)]
    time.sleep(0.1)
    assert take() is None
    keys = redis_server.client.keys("makker:quota:*")
    assert len(keys) == 1 and 0 < redis_server.client.pttl(keys[0]) <= 1200


def test_while_redis_is_away_nobody_is_shut_out_and_each_process_counts_alone(
    redis_server: Redis, caplog: pytest.LogCaptureFixture
) -> None:
    clock = Clock()
    quota = Quota(messages=40, buckets=SharedBuckets(redis_server.empty(), clock))
    assert told(quota) == "yes"
    redis_server.stop()
    try:
        assert [told(quota) for _ in range(21)] == ["yes"] * 20 + ["messages first"]
    finally:
        redis_server.start()
    assert sum("Redis is away" in record.message for record in caplog.records) == 1
    clock.at += 6
    assert told(quota) == "yes"  # Redis counts again


def test_who_writes_too_fast_is_told_once_and_answered_again_later(
    telegram: BotApi, knowledge: Knowledge, anna: Person
) -> None:
    scripted = ScriptedEngine()
    line = plain(knowledge.say("da", "telegram.too_many_messages"))
    with Door(telegram, knowledge, scripted, settings={"messages_per_minute": 10}):
        anna.says("knapper")
        message = anna.reads()
        for number in range(7):
            anna.says(f"nr. {number}")
        bo = telegram.user("Bo")
        bo.says("hej")
        assert bo.reads().text == "ekko: hej"
        assert [anna.reads().text for _ in range(5)] == [*(f"ekko: nr. {n}" for n in range(4)), line]
        press = anna.presses(message, message.button("Start").data)
        telegram.wait_for_call("answerCallbackQuery")
        assert press.text == line
    assert sorted(inbound.text for inbound in scripted.inbounds if inbound.text) == [
        "hej", "knapper", "nr. 0", "nr. 1", "nr. 2", "nr. 3"
    ]  # fmt: skip
