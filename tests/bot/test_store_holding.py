"""Several processes over one database: each update is dealt with by one of them, those of a lane in order."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from bot.store import in_one_message
from bot.store.database import connect
from bot.store.holding import DEAD, TRIES, Came, Holding
from bot.store.rows import now
from bot.store.tables import processes, updates

Make = Callable[[], Holding]


@pytest.fixture
def process(database_url: str) -> Make:
    """Makes a process that has given a sign of life; those made before learn of it."""
    made: list[Holding] = []

    def make() -> Holding:
        made.append(Holding(connect(database_url)))
        for holding in reversed(made):
            holding.beat()
        return made[-1]

    return make


def one(number: int, lane: str = "42") -> Came:
    return Came(number, lane, {"update_id": number})


def dies(holding: Holding) -> None:
    """Lets the process's last sign of life lie too far back."""
    with holding._engine.begin() as connection:
        gone = processes.c.id == holding.process
        seen = connection.scalar(select(processes.c.seen).where(gone))
        earlier = seen - DEAD - timedelta(seconds=1)
        connection.execute(update(processes).where(gone).values(seen=earlier))


def waiting(holding: Holding) -> list[int]:
    with holding._engine.connect() as connection:
        return sorted(connection.scalars(select(updates.c.id).where(updates.c.waiting.is_not(None))))


def test_an_update_is_taken_once(process: Make) -> None:
    first, second = process(), process()
    assert first.take_updates([one(8_000_000_001)]) == [one(8_000_000_001)]
    assert second.take_updates([one(8_000_000_001), one(8_000_000_002, "43")]) == [one(8_000_000_002, "43")]
    assert first.take_updates([one(8_000_000_001)], known=[8_000_000_001]) == []


def test_what_comes_in_a_lane_that_another_is_at_is_left_to_it(process: Make) -> None:
    first, second = process(), process()
    assert first.take_updates([one(1)]) == [one(1)]
    assert second.take_updates([one(2), one(3, "7")]) == [one(3, "7")]
    assert second.take_updates([one(4)]) == []
    assert first.updates_done([(1, "42")], known=[1]) == [one(2), one(4)]
    assert first.updates_done([(2, "42"), (4, "42")], known=[2, 4]) == []
    assert second.take_updates([one(5)], known=[3]) == [one(5)]


def test_what_was_left_comes_with_the_next_of_its_lane(process: Make) -> None:
    first, second = process(), process()
    first.take_updates([one(1)])
    second.take_updates([one(2)])
    assert first.take_updates([one(3)], known=[1]) == [one(2), one(3)]


def test_the_living_take_over_from_the_dead_each_its_own(process: Make) -> None:
    first, second, third = process(), process(), process()
    assert first.take_updates([one(2), one(1), one(3, "7")]) == [one(1), one(2), one(3, "7")]
    first.updates_done([(2, "42")], known=[1, 2, 3])
    assert second.adopt_updates() == []
    dies(first)
    for other in (second, third):
        other.beat()
    adopted = second.adopt_updates()
    assert [came._replace(taken=None) for came in adopted] == [
        one(1)._replace(deaths=1),
        one(3, "7")._replace(deaths=1),
    ]
    assert second.adopt_updates(known=[1, 3]) == third.adopt_updates() == []
    assert second.are_mine([1, 3]) and not first.are_mine([1, 3])
    assert third.take_updates([one(4)]) == []  # it goes to who has the lane now


def test_who_leaves_gives_the_rest_away_at_once(process: Make) -> None:
    first, second = process(), process()
    first.take_updates([one(1)])
    first.leave()
    second.beat()
    assert second.adopt_updates() == [one(1)]


def test_what_kills_every_process_is_given_up(database_url: str) -> None:
    holding = Holding(connect(database_url))
    holding.beat()
    holding.take_updates([one(1), one(2, "7")])
    for _ in range(TRIES):
        dies(holding)
        holding = Holding(connect(database_url))
        holding.beat()
        adopted = holding.adopt_updates()
        assert [came.number for came in adopted] == [1, 2]
        assert not any(came.is_given_up for came in adopted)
    dies(holding)
    holding = Holding(connect(database_url))
    holding.beat()
    assert [came.is_given_up for came in holding.adopt_updates()] == [True, True]  # who did it is told
    dies(holding)
    holding = Holding(connect(database_url))
    holding.beat()
    assert holding.adopt_updates() == [] == waiting(holding)


def test_what_the_most_have_died_over_has_its_turn_first(database_url: str) -> None:
    holding = Holding(connect(database_url))
    holding.beat()
    holding.take_updates([one(2, "7"), one(4, "7")])
    dies(holding)
    holding = Holding(connect(database_url))
    holding.beat()
    holding.adopt_updates()
    holding.take_updates([one(1), one(3)])
    dies(holding)
    holding = Holding(connect(database_url))
    holding.beat()
    assert [came.number for came in holding.adopt_updates()] == [2, 4, 1, 3]


def test_what_the_dead_held_in_a_chat_goes_before_what_comes(process: Make, database_url: str) -> None:
    """The first to be started after all have died takes in something new before it has looked for what they left."""
    first = process()
    first.take_updates([one(1), one(2, "7")])
    dies(first)
    second = Holding(connect(database_url))
    assert [came.number for came in second.take_updates([one(3)])] == [1, 3]
    assert [came.number for came in second.adopt_updates(known=[1, 3])] == [2]


def test_one_that_was_started_a_moment_ago_is_seen_to_be_at_it(process: Make, database_url: str) -> None:
    first = process()
    second = Holding(connect(database_url))
    assert first.is_alone  # it hasn't looked since
    assert second.take_updates([one(1)]) == [one(1)]
    assert first.take_updates([one(2), one(3, "7")]) == [one(3, "7")]
    assert second.updates_done([(1, "42")], known=[1]) == [one(2)]


def test_in_a_chat_what_came_first_has_its_turn_first(database_url: str) -> None:
    """Also where more have died over what came later."""
    holding = Holding(connect(database_url))
    holding.take_updates([one(2)])
    for _ in range(2):
        dies(holding)
        holding = Holding(connect(database_url))
        holding.beat()
        holding.adopt_updates()
    holding.take_updates([one(1), one(3, "7")], known=[2])
    dies(holding)
    holding = Holding(connect(database_url))
    holding.beat()
    assert [came.number for came in holding.adopt_updates()] == [1, 2, 3]


def test_what_is_given_up_is_told_also_where_a_process_is_stopped_before_it_was(database_url: str) -> None:
    holding = Holding(connect(database_url))
    holding.take_updates([one(1)])
    for _ in range(TRIES + 1):
        dies(holding)
        holding = Holding(connect(database_url))
        holding.beat()
        holding.adopt_updates()
    holding.leave()
    holding = Holding(connect(database_url))
    holding.beat()
    assert [came.is_given_up for came in holding.adopt_updates()] == [True]


def test_a_lane_that_two_are_at_goes_to_who_has_the_last_of_it(process: Make) -> None:
    first, second = process(), process()
    first.take_updates([one(1)])
    with first._engine.begin() as connection:
        connection.execute(insert(updates).values(id=2, taken=now(), waiting={}, lane="42", holder=second.process))
    assert first.take_updates([one(3)], known=[1]) == []
    assert [came.number for came in second.take_updates([one(4)], known=[2])] == [3, 4]


def test_what_is_left_to_who_believes_to_be_alone_is_found(process: Make) -> None:
    first, second = process(), process()
    dies(second)
    first.beat()
    assert first.is_alone
    assert first.take_updates([one(1)]) == [one(1)]
    second.beat()
    assert second.take_updates([one(2)]) == []  # it goes to who is at it
    first.updates_done([(1, "42")], known=[1])  # what it is given doesn't reach it
    assert first.adopt_updates() == []
    assert first.adopt_updates() == [one(2)]
    assert first.adopt_updates(known=[2]) == []


def test_what_processes_leave_that_are_stopped_is_not_given_up(database_url: str) -> None:
    holding = Holding(connect(database_url))
    holding.take_updates([one(1)])
    for _ in range(TRIES + 2):
        holding.leave()
        holding = Holding(connect(database_url))
        holding.beat()
        assert holding.adopt_updates() == [one(1)]


def test_what_another_has_taken_over_can_no_longer_be_noted(process: Make) -> None:
    first, second = process(), process()
    first.take_updates([one(1)])
    assert first.note_sent(1, [{"above": 5}])
    dies(first)
    second.beat()
    assert second.is_alone
    [taken] = second.adopt_updates()
    assert taken.sent == [{"above": 5}]
    assert not first.note_sent(1, [{"above": 5}, {"above": 6}])
    assert second.note_sent(1, [{"above": 5}])
    first.beat()
    second.beat()
    assert not second.is_alone


def test_one_that_was_held_up_is_not_sure(process: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    first = process()
    assert first.is_sure
    now = [1000.0]
    monkeypatch.setattr("bot.store.holding.time.monotonic", lambda: now[0])
    first.beat()
    assert first.is_sure
    now[0] += 2
    assert not first.is_sure and first.sure_since < 1000
    first.beat()
    assert first.is_sure and first.sure_since == now[0]


def test_who_was_held_up_takes_nobody_for_dead_at_once(process: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after the database was away: the first to be back believed to be alone, and overtook the other in a chat."""
    first, second = process(), process()
    second.take_updates([one(1)])
    now = [1000.0]
    monkeypatch.setattr("bot.store.holding.time.monotonic", lambda: now[0])
    first.beat()
    dies(second)
    now[0] += 10
    first.beat()
    assert first.take_updates([one(2)]) == []
    assert first.adopt_updates() == []
    for _ in range(4):
        now[0] += 1
        first.beat()
    assert first.is_alone
    assert [came.number for came in first.adopt_updates()] == [1, 2]


@pytest.mark.parametrize("at_once", [1, 5])
def test_four_processes_at_once_share_the_updates_without_rest(process: Make, at_once: int) -> None:
    """All of them take in the same updates: each update is given to one, and those of a lane never to two at a time."""
    holdings = [process() for _ in range(4)]
    for holding in holdings:
        holding.beat()
    came = [one(number, f"lane {number % 7}") for number in range(1, 141)]
    given: list[int] = []
    at_it: dict[str, str] = {}
    two: list[tuple[str, str]] = []

    def work(holding: Holding) -> None:
        first = holdings.index(holding) * 35  # all of them are in the same lane at any time
        order = [*came[first:], *came[:first]]
        for start in range(0, len(came), at_once):
            todo = holding.take_updates(order[start : start + at_once])
            while todo:
                given.extend(found.number for found in todo)
                lanes = {found.lane for found in todo}
                two.extend(
                    (lane, at_it[lane]) for lane in lanes if at_it.setdefault(lane, holding.process) != holding.process
                )
                time.sleep(0.001)
                for lane in lanes:
                    at_it.pop(lane, None)
                todo = holding.updates_done([(found.number, found.lane) for found in todo])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, holdings))
    assert sorted(given) == [found.number for found in came] and not two
    assert waiting(holdings[0]) == []


def test_what_comes_to_two_at_the_same_moment_goes_to_one(process: Make) -> None:
    """The second waits until it can see what the first has noted."""
    first, second = process(), process()
    with ThreadPoolExecutor(1) as pool:
        with first._alone_with(["42"]) as connection:
            connection.execute(insert(updates).values(**first._row(one(1))))
            taken = pool.submit(second.take_updates, [one(2)])
            assert wait([taken], 0.3).not_done
        assert taken.result() == []
    assert [came.number for came in first.updates_done([(1, "42")])] == [2]


def test_what_comes_while_another_adopts_what_the_dead_left_there_goes_to_it(
    process: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead, first, second = process(), process(), process()
    dead.take_updates([one(1)])
    dies(dead)
    first.beat()
    second.beat()
    adopted: list[Came] = []
    take = in_one_message.take

    def taken(*arguments: Any) -> Any:
        found = take(*arguments)
        adopted.extend(second.adopt_updates())
        return found

    monkeypatch.setattr(in_one_message, "take", taken)
    given = first.take_updates([one(2)])
    assert [came.number for came in given] == ([] if adopted else [1, 2])
    if adopted:
        assert [came.number for came in second.updates_done([(1, "42")])] == [2]
