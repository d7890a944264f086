"""How much time a stop has, in all."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import threading
import time
from collections.abc import Awaitable

log = logging.getLogger(__name__)

BUDGET = 10.0  # seconds from the wish to stop to the end of the process
ANSWERS = 7.0  # by then open answers and reminders are given,
LAST_CALLS = 7.8  # Telegram and the database know how far we came,
LINES = 8.5  # and we have hung up; the rest is for threads
_GRACE = 0.3


class Farewell:
    """Counts from when the stop was asked for. A `last` one ends the process when all of the time is up, whatever
    hangs: what was taken is noted, and nothing is lost."""

    def __init__(self, *, last: bool = False) -> None:
        self._began: float | None = None
        self._last = last

    def begin(self) -> None:
        """The stop is asked for. Twice does no harm."""
        if self._began is not None:
            return
        self._began = time.monotonic()
        if self._last:
            watch = threading.Timer(BUDGET - _GRACE, _end)
            watch.daemon = True
            watch.start()

    @property
    def taken(self) -> float:
        """Seconds since the stop was asked for."""
        return 0.0 if self._began is None else time.monotonic() - self._began

    def left(self, of: float) -> float:
        """Seconds that are left of so many."""
        self.begin()
        return max(0.0, of - self.taken)

    async def allow(self, work: Awaitable[object], of: float) -> bool:
        """Lets the work take what is left of so many seconds; False where that didn't do. What it raises is logged."""
        try:
            await asyncio.wait_for(asyncio.ensure_future(work), self.left(of))
        except asyncio.TimeoutError:
            return False
        except Exception:
            log.exception("a part of the bot did not end well")
        return True


def _end() -> None:
    log.warning("something did not end in time, and was left")
    for stream in sys.stdout, sys.stderr:
        stream.flush()
    os._exit(0)
