"""Tells a double tap from two taps."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable

from dialogues import taps

_WINDOW = 2.0  # seconds in which the same button, pressed again, is the same press …
_CONTROL_WINDOW = 0.4  # … and for back, skip and the like, which one may well press twice in a row
_MOST = 2048


class Presses:
    """A press of a button is double while the same press is being worked on, and for a moment after."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._until: dict[Hashable, float] = {}  # when a press is over; infinity while it is worked on

    def begin(self, press: Hashable) -> bool:
        """Notes a press; False if it is a double."""
        if self._until.get(press, 0.0) > self._now():
            return False
        if len(self._until) >= _MOST:
            now = self._now()
            self._until = {known: until for known, until in self._until.items() if until > now}
        self._until[press] = float("inf")
        return True

    def end(self, press: Hashable, tap: str | None) -> None:
        """The press has been answered."""
        parsed = taps.parse(tap) if tap else None
        control = parsed is not None and parsed.kind == taps.CONTROL
        self._until[press] = self._now() + (_CONTROL_WINDOW if control else _WINDOW)
