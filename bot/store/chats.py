"""What the store keeps for a door about its chats: those that have moved, and the messages that show a walkthrough."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, delete, func, literal, select, update
from sqlalchemy.engine import Connection, Engine

from bot.store.rows import alone, insert_once, know
from bot.store.tables import conversations, documents, feedback, moved_chats, people, reminders, runs, screens, teams

_OWNED = (runs, documents, feedback, reminders, teams)
_PLACED = (reminders.c.place, teams.c.place)
_KEYS = (conversations.c.id,)  # what the new chat has had in its first moments makes room


_SCREEN = select(screens.c.message).where(screens.c.place == bindparam("where"))


class ChatRows:
    """A part of the store, over its engine."""

    engine: Engine
    autocommit: Engine

    def move_chat(self, old: int, new: int) -> None:
        """A group has another id from now on: what belongs to it, and where it is shown, goes along.

        Does nothing where that has been done.
        """
        was, now = f"telegram:{old}", f"telegram:{new}"
        with self.engine.begin() as connection:
            alone(connection, was, now)
            fresh = connection.execute(insert_once(connection, moved_chats, {"old": old, "new": new}))
            if not fresh.rowcount:
                return
            know(connection, now)
            kept = (people.c.language, people.c.told, people.c.seen)
            known = connection.execute(select(*kept).where(people.c.owner == was)).mappings().one_or_none()
            connection.execute(update(people).where(people.c.owner == now).values(known or {"language": None}))
            for table in _OWNED:
                connection.execute(update(table).where(table.c.owner == was).values(owner=now))
            connection.execute(update(conversations).where(conversations.c.owner == was).values(owner=now))
            connection.execute(delete(screens).where(screens.c.owner == was))  # they can't be edited any more
            connection.execute(update(teams).where(teams.c.owner == now).values(message=None))
            for column in _KEYS:
                for separator in (":", "/"):  # another chat's id may begin with the same digits
                    connection.execute(delete(column.table).where(column.startswith(now + separator, autoescape=True)))
            for column in (*_PLACED, *_KEYS):
                _rename(connection, column, was, now)
            connection.execute(delete(people).where(people.c.owner == was))

    def moved_from(self, chat: int) -> list[int]:
        """The ids that a chat had before."""
        with self.autocommit.connect() as connection:
            return list(connection.scalars(select(moved_chats.c.old).where(moved_chats.c.new == chat)))

    def screen(self, place: str) -> int | None:
        """The message that shows the walkthrough of a place."""
        with self.autocommit.connect() as connection:
            return connection.scalar(_SCREEN, {"where": place})

    def set_screen(self, place: str, owner: str, shows: str, message: int) -> int | None:
        """Notes the message that shows the walkthrough of a place from now on; gives the one that did before."""
        values = {"owner": owner, "shows": shows, "message": message}
        shown = update(screens).where(screens.c.place == place).values(values)
        before = self.screen(place)
        if before == message:
            return before
        with self.autocommit.connect() as connection:
            if before is not None and connection.execute(shown).rowcount:
                return before
        with self.engine.begin() as connection:
            know(connection, owner)
            if not connection.execute(insert_once(connection, screens, {"place": place, **values})).rowcount:
                connection.execute(shown)  # it came in meanwhile
        return before


def _rename(connection: Connection, column: Any, was: str, now: str) -> None:
    """Changes the beginning of the names that begin with the chat."""
    table = column.table
    for separator in (":", "/"):
        begins = column.startswith(was + separator, autoescape=True)
        renamed = literal(now) + func.substr(column, len(was) + 1)
        connection.execute(update(table).where(begins).values({column.name: renamed}))
