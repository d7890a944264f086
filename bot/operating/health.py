"""Whether the process lives, and whether it can take updates and answer them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial

from sqlalchemy import select
from sqlalchemy.engine import Engine as Database

PATIENCE = 3.0  # seconds in which each part has to answer
Beat = Callable[[], "Future[None]"]
"""Has something done where work is done; what it gives is over when that was."""


class Health:
    """What is asked by `/healthz` and `/readyz`. The door tells what it knows; the rest is tried."""

    def __init__(self, database: Database | None = None, redis_url: str | None = None) -> None:
        self.stopping = False
        self.loaded = False  # the engine is there
        self.takes: Callable[[], bool] = lambda: False  # whether updates come in
        self._beats: dict[str, Beat] = {}
        self._tried: dict[str, Callable[[], object]] = {}
        if database is not None:
            self._tried["database"] = lambda: _asks(database)
        if redis_url:
            self._tried["redis"] = _pings(redis_url)
        self._threads = ThreadPoolExecutor(max(len(self._tried), 1), "health")
        self._running: dict[str, Future[object]] = {}

    def beats(self, part: str, beat: Beat) -> None:
        """A part that works by itself, and can be asked whether it still does."""
        self._beats[part] = beat

    def on_loop(self, part: str, loop: asyncio.AbstractEventLoop) -> None:
        """The same for what runs on an event loop."""
        self.beats(part, lambda: asyncio.run_coroutine_threadsafe(asyncio.sleep(0), loop))

    async def stuck(self) -> list[str]:
        """The parts that don't answer in time."""
        return await _failing({part: _over(beat) for part, beat in self._beats.items()})

    async def missing(self) -> list[str]:
        """What keeps updates from being taken and answered: a word each."""
        if self.stopping:
            return ["stopping"]
        told = {"loading": not self.loaded, "telegram": not self.takes()}
        return [word for word, holds in told.items() if holds] + await _failing(
            {part: _over(partial(self._trial, part)) for part in self._tried}
        )

    def close(self) -> None:
        """Tries nothing more."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _trial(self, part: str) -> Future[object]:
        """The part is tried once at a time: who asks meanwhile gets the same answer."""
        running = self._running.get(part)
        if running is None or running.done():
            running = self._running[part] = self._threads.submit(self._tried[part])
        return running


async def _failing(parts: dict[str, Awaitable[bool]]) -> list[str]:
    fine = await asyncio.gather(*parts.values())
    return [part for part, well in zip(parts, fine, strict=True) if not well]


async def _over(begin: Callable[[], Future[object] | Future[None]]) -> bool:
    """Whether what is begun ends in time, and well."""
    with suppress(Exception):
        await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(begin())), PATIENCE)
        return True
    return False


def _asks(database: Database) -> None:
    with database.connect() as connection:
        connection.scalar(select(1))


def _pings(url: str) -> Callable[[], object]:
    from redis import Redis

    return Redis.from_url(url, socket_timeout=1.0, socket_connect_timeout=1.0).ping
