"""SIGHUP, by which a running bot is asked to read its content anew.

Its default is to end the process, and a start takes seconds: so it is held back from the first moment on, and comes
when there is somebody to answer it. In somebody's terminal it means that this is being closed, and ends the bot.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


def hold_back() -> None:
    """From now on one waits until it is answered. What the process begins before that inherits it."""
    if not _closes_a_terminal():
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})


@contextmanager
def answered(by: Callable[[], None]) -> Iterator[None]:
    """While open, `by` is called on the running event loop for each, and for one that was held back."""
    if _closes_a_terminal():
        yield
        return
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGHUP, by)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGHUP})
    try:
        yield
    finally:
        hold_back()  # to the end: the process is about to end by itself
        loop.remove_signal_handler(signal.SIGHUP)


def _closes_a_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()
