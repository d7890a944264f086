"""Waiting for what no server of the tests tells of, such as a row of a database."""

from __future__ import annotations

import time
from collections.abc import Callable

_LOOKS = 0.01  # seconds between two


def comes_true(holds: Callable[[], bool], patience: float = 20.0) -> bool:
    """Whether it holds within so many seconds."""
    until = time.monotonic() + patience
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(_LOOKS)
    return True
