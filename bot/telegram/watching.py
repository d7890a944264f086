"""What goes out while something is answered: which messages that brings, and when the first of it can be seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple


class _Watch(NamedTuple):
    messages: list[tuple[str, int]]
    shown: Callable[[], None]


_WATCH: ContextVar[_Watch | None] = ContextVar("watch", default=None)


@contextmanager
def watching(shown: Callable[[], None] | None = None) -> Iterator[list[tuple[str, int]]]:
    """Collects what is sent within the block: the method, and the message's id. Calls `shown` each time that something
    has been sent or edited."""
    messages: list[tuple[str, int]] = []
    token = _WATCH.set(_Watch(messages, shown or (lambda: None)))
    try:
        yield messages
    finally:
        _WATCH.reset(token)


def carried_out(endpoint: str, result: Any) -> None:
    """Telegram has carried out a call."""
    watch = _WATCH.get()
    if watch is None or not endpoint.startswith(("send", "editMessage")):
        return
    watch.shown()
    if endpoint.startswith("send") and isinstance(result, dict):
        watch.messages.append((endpoint, int(result.get("message_id", 0))))
