"""Redis from an event loop, without a thread for each question."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from redis import Redis as BlockingRedis
from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.errors import StartError

log = logging.getLogger(__name__)
T = TypeVar("T")

_STARTS = 1.0  # seconds that Redis has for an answer at the start
_ANSWERS = 0.5  # seconds that Redis has for an answer that can be done without
_REST = 5.0  # seconds in which it isn't asked again, where it gave none


def check(url: str) -> None:
    """Raises StartError where there is no Redis."""
    try:
        asked = BlockingRedis.from_url(url, socket_timeout=_STARTS, socket_connect_timeout=_STARTS)
        asked.ping()
        asked.close()
    except (RedisError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise StartError(f"MAKKER_REDIS_URL can't be used ({reason}): give one like redis://localhost:6379") from error


class LoopRedis:
    """A client for the loop that asks: connections belong to the loop in which they were opened."""

    def __init__(self, url: str, answers: float) -> None:
        """`answers`: seconds that Redis has for an answer."""
        self._url, self._answers = url, answers
        self._loop: asyncio.AbstractEventLoop | None = None
        self._client: Redis[bytes] | None = None

    @property
    def client(self) -> Redis[bytes]:
        """The client of the running loop. Its methods raise RedisError where Redis is away."""
        loop = asyncio.get_running_loop()
        if self._client is None or loop is not self._loop:
            self._loop = loop
            self._client = Redis.from_url(self._url, socket_timeout=self._answers, socket_connect_timeout=self._answers)
        return self._client


class DispensableRedis:
    """Redis for what can be done without: where it gives no answer, it isn't asked for a while."""

    def __init__(self, url: str, without: str, now: Callable[[], float] = time.monotonic) -> None:
        """`without`: what is different while it is away, for the log."""
        self._redis = LoopRedis(url, _ANSWERS)
        self._without, self._now = without, now
        self._again = 0.0  # when it is asked again

    async def ask(self, question: Callable[[Redis[bytes]], Awaitable[T]]) -> T:
        """What Redis answers. Raises RedisError where it is away, at rest as well as at the first try."""
        if self._now() < self._again:
            raise RedisError("not asked: it gave no answer a moment ago")
        try:
            return await question(self._redis.client)
        except RedisError as error:
            self._again = self._now() + _REST
            log.warning("%s, Redis is away: %s", self._without, type(error).__name__)
            raise
