"""What the store keeps of a door's updates: which have been taken, and what those say that wait to be dealt with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Engine

from bot.store.rows import insert_once, now
from bot.store.tables import updates

UPDATE_MEMORY = timedelta(days=3)  # Telegram repeats an update for a day at the most
_EVERY = 500  # updates, after which old ones are forgotten


class UpdateRows:
    """A part of the store, over its engine."""

    engine: Engine

    def take_updates(self, came: Mapping[int, dict[str, Any]]) -> set[int]:
        """Notes updates, with what they say; gives the ids of those that had not come before."""
        moment = now()
        fresh = set()
        with self.engine.begin() as connection:
            for number, says in came.items():
                row = {"id": number, "taken": moment, "waiting": says}
                if connection.execute(insert_once(connection, updates, row)).rowcount:
                    fresh.add(number)
            if any(number % _EVERY == 0 for number in fresh):
                old = updates.c.taken < moment - UPDATE_MEMORY
                connection.execute(delete(updates).where(old, updates.c.waiting.is_(None)))
        return fresh

    def updates_done(self, numbers: Sequence[int]) -> None:
        """Strikes out what updates said: they have been dealt with."""
        with self.engine.begin() as connection:
            connection.execute(update(updates).where(updates.c.id.in_(list(numbers))).values(waiting=None))

    def left_updates(self, older: timedelta) -> list[dict[str, Any]]:
        """What the updates say that were taken so long ago, or longer, and not dealt with; each is given out once."""
        left = updates.c.waiting.is_not(None) & (updates.c.taken <= now() - older)
        with self.engine.begin() as connection:
            found = connection.execute(select(updates.c.id, updates.c.waiting).where(left).order_by(updates.c.id))
            mine = []
            for number, says in found.all():
                waits = (updates.c.id == number) & updates.c.waiting.is_not(None)
                if connection.execute(update(updates).where(waits).values(waiting=None)).rowcount:
                    mine.append(says)
        return mine
