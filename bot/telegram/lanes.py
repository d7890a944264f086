"""Updates of one chat one after another, of different chats side by side; who writes much waits, and nobody else.

A lane is a chat. A person has at most `IN_LANE` updates in it; what they do beyond that waits in a queue of their own,
and follows when one of those has been dealt with: others in a group get their turn in between. A person who has more
than `WAITING` updates waiting, in all chats together, is told so once, and what else they send is dropped and logged.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

log = logging.getLogger(__name__)

IN_LANE = 3
WAITING = 30
T = TypeVar("T")


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

    def put(self, item: T, chat: Hashable, person: Hashable) -> None:
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
            lane.put(item, person)
            self._begin(self._work(chat, lane))
        else:
            lane.put(item, person)

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
            item, person = lane.take()
            self._waiting[person] -= 1
            if not self._waiting[person]:
                del self._waiting[person]
                self._told.discard(person)
            try:
                await self._handle(item)
            except Exception:
                log.exception("an update could not be handled")
            lane.dealt_with(person)
        del self._lanes[chat]

    def _begin(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Future[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception():
            log.error("an update could not be turned away", exc_info=task.exception())


class _Lane(Generic[T]):
    def __init__(self) -> None:
        self._queue: deque[tuple[T, Hashable]] = deque()
        self._count: Counter[Hashable] = Counter()  # of a person's items in the lane, with the one at work
        self._own: dict[Hashable, deque[T]] = {}  # what each person has beyond that

    def __bool__(self) -> bool:
        return bool(self._queue)

    def put(self, item: T, person: Hashable) -> None:
        if self._count[person] < IN_LANE:
            self._count[person] += 1
            self._queue.append((item, person))
        else:
            self._own.setdefault(person, deque()).append(item)

    def take(self) -> tuple[T, Hashable]:
        return self._queue.popleft()

    def dealt_with(self, person: Hashable) -> None:
        """One of the person's items is done: the next of their own queue takes its place, at the end."""
        self._count[person] -= 1
        own = self._own.get(person)
        if own:
            self.put(own.popleft(), person)
            if not own:
                del self._own[person]
        if not self._count[person]:
            del self._count[person]
