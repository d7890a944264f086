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
from typing import NamedTuple, Protocol

from redis.exceptions import RedisError

from bot.on_redis import DispensableRedis

_KEPT = 20.0  # seconds, in which a second half may be late
_PREFIX = "makker:pressed:"


class Press(NamedTuple):
    """A press of a button."""

    place: str  # the message, and who presses, as one word
    button: str  # what it says
    id: str
    look: str  # what the message looked like then, as one word


class Elsewhere(Protocol):
    """What has been pressed in any process."""

    async def was_pressed(self, press: Press, ago: float, late: bool) -> bool | None:
        """Whether this button was the last one, by another press than this: one that comes again, because the process
        that dealt with it has died, is none of its own doubles. `ago`: for how many seconds it has waited. `late`: in a
        process that has died; if it was made before the other was answered, and the message looked otherwise, that had
        shown an answer. None where that isn't known here."""

    async def note(self, press: Press, window: float, ago: float) -> None:
        """Its answer was shown so many seconds ago: the same is a double press within the window, seconds too."""


class Nowhere:
    """There is but one process."""

    async def was_pressed(self, press: Press, ago: float, late: bool) -> None:
        return None

    async def note(self, press: Press, window: float, ago: float) -> None:
        return None


class InRedis:
    """What all processes keep there. Raises nothing."""

    def __init__(self, url: str, now: Callable[[], float] = time.monotonic) -> None:
        self._redis = DispensableRedis(url, "double taps are told by each process alone", now)

    async def was_pressed(self, press: Press, ago: float, late: bool) -> bool | None:
        key = _PREFIX + press.place
        try:
            found, left = await self._redis.ask(
                lambda redis: redis.pipeline(transaction=False).get(key).pttl(key).execute()
            )
        except RedisError:
            return None
        if found is None:
            return False
        last, window, shown, look, button = found.decode().split(" ", 4)
        since = _KEPT - left / 1000 + float(shown) - ago  # seconds, by Redis' clock
        if late and since < 0 and press.look != look:
            return False
        return bool(since < float(window) and press.button == button and press.id != last)

    async def note(self, press: Press, window: float, ago: float) -> None:
        noted = f"{press.id} {window} {ago:.3f} {press.look} {press.button}"
        with suppress(RedisError):  # told by `ask`
            await self._redis.ask(lambda redis: redis.set(_PREFIX + press.place, noted, px=int(_KEPT * 1000)))


def elsewhere(redis_url: str | None) -> Elsewhere:
    """As the settings have it."""
    return InRedis(redis_url) if redis_url else Nowhere()
