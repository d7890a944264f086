"""What a turn answers, and with what: kept with the conversation, so that what comes again after a crash is answered
with the same and does nothing a second time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

from dialogues.reply import Reply


class Answer(Protocol):
    """The replies of a turn as they come; `failed` where it broke."""

    replies: list[Reply]
    failed: bool


_TURN: ContextVar[tuple[str, Answer] | None] = ContextVar("turn", default=None)


@contextmanager
def turn(inbound: str | None, answer: Answer) -> Iterator[None]:
    """While open, what is stored of a conversation is the answer to what came under that id."""
    token = _TURN.set((inbound, answer) if inbound else None)
    try:
        yield
    finally:
        _TURN.reset(token)


def answering() -> dict[str, Any] | None:
    """The turn's id and its replies so far, as the store keeps them; None outside of a turn that has an id."""
    found = _TURN.get()
    if found is None or found[1].failed:
        return None
    return {"id": found[0], "replies": [reply.as_dict() for reply in found[1].replies]}
