"""Presses that another process has just answered: two halves of a double tap may come to two processes.

While both are under way they go to one process (`bot.store.holding`), which tells the second by itself
(`bot.telegram.presses`). But where the first has been answered before the second comes, any process may take that. So
what each person pressed last below a message is kept in Redis for as long as the same press would be a double one, and
somewhat longer: what a process that died has left comes late, and is judged by when it was made. While Redis is away,
each process tells what it can by itself.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from redis.exceptions import RedisError

from bot.on_redis import LoopRedis
from bot.store.rows import now as utc_now

log = logging.getLogger(__name__)

_ANSWERS = 0.5  # seconds that Redis has for an answer
_REST = 5.0  # seconds in which it isn't asked again, where it gave none
_KEPT = 20.0  # seconds, in which a second half may be late
_PREFIX = "makker:press:"


class Elsewhere(Protocol):
    """What has been pressed in any process. `place` names the message and who pressed, `button` what."""

    async def was_pressed(self, place: str, button: str, press: str, made: datetime | None) -> bool | None:
        """Whether this button was the last one, by another press than this: one that comes again, because the process
        that dealt with it has died, is none of its own doubles. `made`: when (UTC), where that is a while ago. None
        where that isn't known here."""

    async def note(self, place: str, button: str, press: str, seconds: float) -> None:
        """It has been answered: the same is a double press for so long."""


class Nowhere:
    """There is but one process."""

    async def was_pressed(self, place: str, button: str, press: str, made: datetime | None) -> None:
        return None

    async def note(self, place: str, button: str, press: str, seconds: float) -> None:
        return None


class InRedis:
    """What all processes keep there. Raises nothing."""

    def __init__(self, url: str, now: Callable[[], float] = time.monotonic) -> None:
        self._redis = LoopRedis(url, _ANSWERS)
        self._now = now
        self._again = 0.0

    async def was_pressed(self, place: str, button: str, press: str, made: datetime | None) -> bool | None:
        if self._now() < self._again:
            return None
        try:
            both = self._redis.client.pipeline(transaction=False)
            found, left = await both.get(_PREFIX + place).pttl(_PREFIX + place).execute()
        except RedisError as error:
            self._rests(error)
            return None
        if found is None:
            return False
        last, window, pressed = found.decode().split(" ", 2)
        since = _KEPT - left / 1000  # seconds, by Redis' clock
        if made:
            since -= (utc_now() - made) / timedelta(seconds=1)
        return bool(since < float(window) and pressed == button and last != press)

    async def note(self, place: str, button: str, press: str, seconds: float) -> None:
        if self._now() < self._again:
            return
        try:
            noted = f"{press} {seconds} {button}"
            await self._redis.client.set(_PREFIX + place, noted, px=int(_KEPT * 1000))
        except RedisError as error:
            self._rests(error)

    def _rests(self, error: RedisError) -> None:
        self._again = self._now() + _REST
        log.warning("double taps are told by each process alone, Redis is away: %s", type(error).__name__)


def elsewhere(redis_url: str | None) -> Elsewhere:
    """As the settings have it."""
    return InRedis(redis_url) if redis_url else Nowhere()
