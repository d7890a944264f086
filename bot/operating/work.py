"""The update that is being dealt with, as those see it who take the figures: begun, answered, failed.

It goes with whatever is done for the update, on whatever thread.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class Work:
    """An update that is being dealt with."""

    def __init__(self, came: float | None = None) -> None:
        self.came = time.monotonic() if came is None else came
        self.replied: float | None = None  # seconds from its coming to the first reply
        self.failed = False
        self.outcome: str | None = None  # of its turn

    def replies(self) -> float | None:
        """Notes a reply; gives the seconds that the first one took, once."""
        if self.replied is not None:
            return None
        self.replied = time.monotonic() - self.came
        return self.replied


_AT: ContextVar[Work | None] = ContextVar("work", default=None)


@contextmanager
def at(work: Work) -> Iterator[Work]:
    """While open, this is what is being dealt with."""
    token = _AT.set(work)
    try:
        yield work
    finally:
        _AT.reset(token)


def current() -> Work | None:
    """What is being dealt with; None where it is nothing that came in."""
    return _AT.get()


def failed() -> None:
    """Notes that what is being dealt with could not be answered as it should."""
    work = _AT.get()
    if work is not None:
        work.failed = True
