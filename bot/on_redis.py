"""Redis from an event loop, without a thread for each question."""

from __future__ import annotations

import asyncio

from redis.asyncio import Redis


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
