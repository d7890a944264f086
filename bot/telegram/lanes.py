"""Updates of one chat one after another, of different chats side by side; who writes much waits, and nobody else.

What an item is being held up by may take a minute (see `give_way`): then what is urgent goes past it, and nothing else.
A lane is a chat. A person has at most `IN_LANE` updates in it; what they do beyond that waits in a queue of their own,
and follows when one of those has been dealt with: others in a group get their turn in between. A person who has more
than `WAITING` updates waiting, in all chats together, is told so once, and what else they send is dropped and logged.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Hashable
from contextvars import ContextVar
from typing import Any, Generic, TypeVar

log = logging.getLogger(__name__)

IN_LANE = 3
WAITING = 30
T = TypeVar("T")
_HELD: ContextVar[asyncio.Event | None] = ContextVar("held", default=None)


def give_way() -> None:
    """What is being dealt with has to wait for long, and has nothing left to find out: what is urgent may pass."""
    held = _HELD.get()
    if held:
        held.set()


class Lanes(Generic[T]):
    """`handle` deals with an item; `turned_away` is called with one that is dropped, and whether it is the first of a
    row. What they raise is logged, and holds up nobody."""

    def __init__(
        self, handle: Callable[[T], Awaitable[None]], turned_away: Callable[[T, bool], Awaitable[None]]
    ) -> None:
        self._handle = handle
        self._turned_away = turned_away
        self._lanes: dict[Hashable, _Lane[T]] = {}
        self._waiting: Counter[Hashable] = Counter()  # by person; without the one that is being dealt with
        self._told: set[Hashable] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def put(self, item: T, chat: Hashable, person: Hashable, *, urgent: bool = False) -> None:
        """Queues an item of a person in a chat."""
        if self._waiting[person] >= WAITING:
            first = person not in self._told
            self._told.add(person)
            log.warning("too much from %s at once: an update is dropped", person)
            self._begin(self._turned_away(item, first))
            return
        self._waiting[person] += 1
        lane = self._lanes.get(chat)
        if lane is None:
            lane = self._lanes[chat] = _Lane()
            lane.put(item, person, urgent)
            self._begin(self._work(chat, lane))
        else:
            lane.put(item, person, urgent)

    async def empty(self) -> None:
        """Waits until everything has been dealt with."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def cancel(self) -> None:
        """Gives up what is open."""
        for task in self._tasks:
            task.cancel()

    async def _work(self, chat: Hashable, lane: _Lane[T]) -> None:
        while lane:
            held = asyncio.Event()
            _HELD.set(held)
            item, person = lane.take()
            work = self._begin(self._deal_with(item, person, lane))
            await _first(work, held.wait())
            while not work.done():
                lane.news.clear()
                urgent = lane.take_urgent()
                await (self._deal_with(*urgent, lane) if urgent else _first(work, lane.news.wait()))
        del self._lanes[chat]

    async def _deal_with(self, item: T, person: Hashable, lane: _Lane[T]) -> None:
        self._waiting[person] -= 1
        if not self._waiting[person]:
            del self._waiting[person]
            self._told.discard(person)
        try:
            await self._handle(item)
        except Exception:
            log.exception("an update could not be handled")
        finally:
            lane.dealt_with(person)

    def _begin(self, work: Awaitable[None]) -> asyncio.Future[None]:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Future[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception():
            log.error("an update could not be turned away", exc_info=task.exception())


class _Lane(Generic[T]):
    def __init__(self) -> None:
        self.news = asyncio.Event()
        self._queue: deque[tuple[T, Hashable, bool]] = deque()
        self._count: Counter[Hashable] = Counter()  # of a person's items in the lane, with the one at work
        self._own: dict[Hashable, deque[tuple[T, bool]]] = {}  # what each person has beyond that

    def __bool__(self) -> bool:
        return bool(self._queue)

    def put(self, item: T, person: Hashable, urgent: bool) -> None:
        if self._count[person] < IN_LANE:
            self._count[person] += 1
            self._queue.append((item, person, urgent))
            self.news.set()
        else:
            self._own.setdefault(person, deque()).append((item, urgent))

    def take(self) -> tuple[T, Hashable]:
        item, person, _ = self._queue.popleft()
        return item, person

    def take_urgent(self) -> tuple[T, Hashable] | None:
        """The first urgent item of somebody who has nothing else to wait for before it."""
        before: set[Hashable] = set()
        for entry in self._queue:
            item, person, urgent = entry
            if urgent and person not in before:
                self._queue.remove(entry)
                return item, person
            before.add(person)
        return None

    def dealt_with(self, person: Hashable) -> None:
        """One of the person's items is done: the next of their own queue takes its place, at the end."""
        self._count[person] -= 1
        own = self._own.get(person)
        if own:
            item, urgent = own.popleft()
            self.put(item, person, urgent)
            if not own:
                del self._own[person]
        if not self._count[person]:
            del self._count[person]


async def _first(work: asyncio.Future[None], news: Awaitable[object]) -> None:
    """Waits for the work, or for news."""
    waiting = asyncio.ensure_future(news)
    try:
        either: set[asyncio.Future[Any]] = {work, waiting}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
    finally:
        waiting.cancel()
