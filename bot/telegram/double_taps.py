"""Presses that another process has just answered: two halves of a double tap may come to two processes.

While both are under way they go to one process (`bot.store.holding`), which tells the second by itself
(`bot.telegram.presses`). But where the first has been answered before the second comes, any process may take that. So
what each person pressed last below a message is kept in Redis for as long as the same press would be a double one, and
somewhat longer: what a process that died has left comes late, and is judged by when it was made. While Redis is away,
each process tells what it can by itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol

from redis.exceptions import RedisError

from bot.on_redis import DispensableRedis
from bot.store.rows import now as utc_now

_KEPT = 20.0  # seconds, in which a second half may be late
_PREFIX = "makker:press:"


class Elsewhere(Protocol):
    """What has been pressed in any process. `place` names the message and who pressed, `button` what, and `look` what
    the message looked like then, in one word."""

    async def was_pressed(self, place: str, button: str, press: str, look: str, made: datetime | None) -> bool | None:
        """Whether this button was the last one, by another press than this: one that comes again, because the process
        that dealt with it has died, is none of its own doubles. `made`: when (UTC), where that is a while ago: if it
        was before the other was answered, and the message looked otherwise, a process had shown an answer and died.
        None where that isn't known here."""

    async def note(self, place: str, button: str, press: str, look: str, seconds: float) -> None:
        """It has been answered: the same is a double press for so long."""


class Nowhere:
    """There is but one process."""

    async def was_pressed(self, place: str, button: str, press: str, look: str, made: datetime | None) -> None:
        return None

    async def note(self, place: str, button: str, press: str, look: str, seconds: float) -> None:
        return None


class InRedis:
    """What all processes keep there. Raises nothing."""

    def __init__(self, url: str, now: Callable[[], float] = time.monotonic) -> None:
        self._redis = DispensableRedis(url, "double taps are told by each process alone", now)

    async def was_pressed(self, place: str, button: str, press: str, look: str, made: datetime | None) -> bool | None:
        key = _PREFIX + place
        try:
            found, left = await self._redis.ask(
                lambda redis: redis.pipeline(transaction=False).get(key).pttl(key).execute()
            )
        except RedisError:
            return None
        if found is None:
            return False
        last, window, before, pressed = found.decode().split(" ", 3)
        since = _KEPT - left / 1000  # seconds, by Redis' clock
        if made:
            since -= (utc_now() - made) / timedelta(seconds=1)
        if since < 0 and look != before:
            return False
        return bool(since < float(window) and pressed == button and last != press)

    async def note(self, place: str, button: str, press: str, look: str, seconds: float) -> None:
        noted = f"{press} {seconds} {look} {button}"
        with suppress(RedisError):  # told by `ask`
            await self._redis.ask(lambda redis: redis.set(_PREFIX + place, noted, px=int(_KEPT * 1000)))


def elsewhere(redis_url: str | None) -> Elsewhere:
    """As the settings have it."""
    return InRedis(redis_url) if redis_url else Nowhere()
