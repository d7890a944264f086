"""Tells a double tap from two taps."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable

from dialogues import taps

_WINDOW = 2.0  # seconds in which the same button, pressed again, is the same press …
_CONTROL_WINDOW = 0.4  # … and for back, skip and the like, which one may well press twice in a row
_MOST = 2048


class Presses:
    """A press of a button is double while the same press is being worked on, and for a moment after; unless another
    button of that message has been pressed meanwhile, as when one goes up and down in a menu."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._last: dict[Hashable, Hashable] = {}  # the button pressed last, by message and person
        self._until: dict[Hashable, float] = {}  # when a press is over; infinity while it is worked on

    def begin(self, press: Hashable, below: Hashable = None) -> bool:
        """Notes a press; False if it is a double. `below` is the message, and who presses."""
        over = self._until.get(press, 0.0)
        elsewhere = below is not None and self._last.get(below) != press
        if over > self._now() and (over == float("inf") or not elsewhere):
            return False
        if below is not None:
            self._last[below] = press
        if len(self._until) >= _MOST:
            now = self._now()
            self._until = {known: until for known, until in self._until.items() if until > now}
            self._last = {known: pressed for known, pressed in self._last.items() if pressed in self._until}
        self._until[press] = float("inf")
        return True

    def end(self, press: Hashable, tap: str | None) -> None:
        """The press has been answered."""
        parsed = taps.parse(tap) if tap else None
        control = parsed is not None and parsed.kind == taps.CONTROL
        self._until[press] = self._now() + (_CONTROL_WINDOW if control else _WINDOW)
