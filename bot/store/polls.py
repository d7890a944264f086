"""What the store keeps of questions that a door asked as polls of its own: of whom, and what each answer means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Engine

from bot.store.rows import know, now
from bot.store.tables import polls

KEPT = timedelta(days=60)  # a poll that is answered later is as good as unknown


class PollRows:
    """A part of the store, over its engine.

    Telegram names a poll when it has been sent. So a poll is noted before without a name; should its name never come,
    because the process was killed or the line broke, then the first unknown poll that its owner answers is that one.
    """

    engine: Engine

    def expect_poll(self, owner: str, place: str, taps: Sequence[str]) -> None:
        """Notes a poll that is about to be sent to a place, with what each answer means; old ones are forgotten."""
        moment = now()
        with self.engine.begin() as connection:
            know(connection, owner)
            connection.execute(delete(polls).where((polls.c.id == _next(place)) | (polls.c.created < moment - KEPT)))
            row = {"id": _next(place), "owner": owner, "place": place, "taps": list(taps), "created": moment}
            connection.execute(insert(polls).values(row))

    def name_poll(self, place: str, poll: str) -> None:
        """The poll has been sent, and is called so."""
        with self.engine.begin() as connection:
            connection.execute(update(polls).where(polls.c.id == _next(place)).values(id=poll))

    def drop_poll(self, place: str) -> None:
        """The poll wasn't sent after all."""
        with self.engine.begin() as connection:
            connection.execute(delete(polls).where(polls.c.id == _next(place)))

    def poll_taps(self, poll: str, owner: str) -> Sequence[str] | None:
        """What each answer of a poll means; nothing where it was asked of somebody else, None where it isn't known."""
        with self.engine.begin() as connection:
            found = connection.execute(select(polls.c.owner, polls.c.taps).where(polls.c.id == poll)).one_or_none()
            if found:
                return list(found.taps) if found.owner == owner else []
            unnamed = (polls.c.owner == owner) & polls.c.id.startswith(_UNNAMED, autoescape=True)
            waiting = connection.execute(select(polls.c.id, polls.c.taps).where(unnamed).limit(1)).one_or_none()
            if waiting is None:
                return None
            connection.execute(update(polls).where(polls.c.id == waiting.id).values(id=poll))
            return list(waiting.taps)


_UNNAMED = "next:"


def _next(place: str) -> str:
    """What a poll is called until Telegram has named it."""
    return f"{_UNNAMED}{place}"
