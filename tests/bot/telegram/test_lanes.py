"""Turns: one at a time in a chat, in order; nobody waits for somebody else's flood."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from bot.telegram.lanes import IN_LANE, WAITING, Lanes, give_way

Item = tuple[str, str, int]  # chat, person, number


class Desk:
    """Deals with one item at a time, over all chats, as the engine's one thread does; counts the turns."""

    def __init__(self) -> None:
        self.order: list[Item] = []
        self.away: list[tuple[Item, bool]] = []
        self._thread = asyncio.Lock()
        self.lanes: Lanes[Item] = Lanes(self.handle, self.turned_away)

    async def handle(self, item: Item) -> None:
        async with self._thread:
            await asyncio.sleep(0)
            self.order.append(item)

    async def turned_away(self, item: Item, first: bool) -> None:
        self.away.append((item, first))

    def says(self, chat: str, person: str, number: int) -> None:
        self.lanes.put((chat, person, number), chat, person)

    def turn_of(self, person: str) -> int:
        return next(place for place, item in enumerate(self.order) if item[1] == person)


def _run(scene: Callable[[Desk], Awaitable[None]]) -> Desk:
    async def run() -> Desk:
        desk = Desk()
        await scene(desk)
        await desk.lanes.empty()
        return desk

    return asyncio.run(run())


def test_a_chat_is_dealt_with_in_order() -> None:
    async def scene(desk: Desk) -> None:
        for number in range(20):
            desk.says("a", "anna", number)
            desk.says("b", "bo", number)

    desk = _run(scene)
    for person in ("anna", "bo"):
        assert [item[2] for item in desk.order if item[1] == person] == list(range(20))


def test_in_a_group_the_others_wait_for_no_more_than_a_few_of_one_persons() -> None:
    async def scene(desk: Desk) -> None:
        for number in range(WAITING):
            desk.says("g", "flooder", number)
        desk.says("g", "anna", 0)
        desk.says("g", "bo", 0)
        desk.says("g", "anna", 1)

    desk = _run(scene)
    assert desk.turn_of("anna") == IN_LANE and desk.turn_of("bo") == IN_LANE + 1
    assert [item[2] for item in desk.order if item[1] == "flooder"] == list(range(WAITING))
    assert not desk.away


def test_a_flood_in_one_chat_costs_another_chat_one_turn() -> None:
    turns = []

    async def scene(desk: Desk) -> None:
        for number in range(WAITING):
            desk.says("a", "flooder", number)
        for _ in range(5):  # some of the flood is dealt with
            await asyncio.sleep(0)
        before = len(desk.order)
        desk.says("b", "anna", 0)
        while not any(item[1] == "anna" for item in desk.order):
            await asyncio.sleep(0)
        turns.append(desk.turn_of("anna") - before)

    _run(scene)
    assert turns[0] <= 2  # the one under way, and the one that was next


def test_hundreds_of_people_each_get_their_first_turn_before_anybodys_second() -> None:
    async def scene(desk: Desk) -> None:
        for person in range(200):
            for number in range(3):
                desk.says(f"chat {person}", f"person {person}", number)

    numbers = [item[2] for item in _run(scene).order]
    assert numbers == sorted(numbers)


def test_too_much_is_told_once_and_dropped_and_then_taken_again() -> None:
    async def scene(desk: Desk) -> None:
        for number in range(100):
            desk.says("a", "flooder", number)
        desk.says("a", "anna", 0)
        await desk.lanes.empty()
        desk.says("a", "flooder", 100)

    desk = _run(scene)
    assert [item[2] for item in desk.order if item[1] == "flooder"] == [*range(WAITING), 100]
    assert [first for _, first in desk.away] == [True] + [False] * (99 - WAITING)
    assert desk.turn_of("anna") <= IN_LANE


def test_the_queues_leave_nothing_behind() -> None:
    async def scene(desk: Desk) -> None:
        for number in range(50):
            desk.says(f"chat {number % 3}", f"person {number % 2}", number)

    desk = _run(scene)
    assert not desk.lanes._lanes and not desk.lanes._waiting and not desk.lanes._told and len(desk.order) == 50


def test_what_breaks_holds_up_nobody() -> None:
    async def scene(desk: Desk) -> None:
        async def breaks(item: Item) -> None:
            if item[2] == 0:
                raise RuntimeError
            desk.order.append(item)

        desk.lanes = Lanes(breaks, desk.turned_away)
        for number in range(3):
            desk.says("a", "anna", number)

    assert [item[2] for item in _run(scene).order] == [1, 2]


def test_what_waits_for_telegram_lets_presses_pass_and_nothing_else() -> None:
    async def scene(desk: Desk) -> None:
        go = asyncio.Event()

        async def handle(item: Item) -> None:
            desk.order.append(item)
            if item[2] == 0:
                give_way()
                await go.wait()

        desk.lanes = Lanes(handle, desk.turned_away)
        desk.says("g", "anna", 0)
        desk.says("g", "bo", 1)
        desk.lanes.put(("g", "bo", 2), "g", "bo", urgent=True)  # after bo's own words, as he did it
        desk.lanes.put(("g", "anna", 3), "g", "anna", urgent=True)
        await asyncio.sleep(0.01)
        assert [item[2] for item in desk.order] == [0, 3]
        desk.lanes.put(("g", "carl", 4), "g", "carl", urgent=True)
        await asyncio.sleep(0.01)
        assert [item[2] for item in desk.order] == [0, 3, 4]
        go.set()

    assert [item[2] for item in _run(scene).order] == [0, 3, 4, 1, 2]


def test_what_waits_for_something_else_lets_nothing_pass() -> None:
    async def scene(desk: Desk) -> None:
        async def handle(item: Item) -> None:
            await asyncio.sleep(0.01)
            desk.order.append(item)

        desk.lanes = Lanes(handle, desk.turned_away)
        desk.says("g", "anna", 0)
        desk.says("g", "bo", 1)
        desk.lanes.put(("g", "carl", 2), "g", "carl", urgent=True)

    assert [item[2] for item in _run(scene).order] == [0, 1, 2]
