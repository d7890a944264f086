"""Who was deleted after a backup was made, as far as the database tells that came after it.

A backup and a database that goes on from the same beginning share rows up to some moment: till then, what the backup
has and the database hasn't was deleted. What came after that moment, the database never had, as where an older backup
has been restored meanwhile. A database that was begun anew shares nothing, and tells nothing.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Column, inspect, select
from sqlalchemy.engine import Connection

from bot.store.privacy import root_of
from bot.store.tables import conversations, documents, moved_chats, people, runs, updates

# What never changes of a row: its key, and when it came.
_DATED = (
    (people.c.owner, people.c.created),
    (runs.c.id, runs.c.created),
    (documents.c.id, documents.c.created),
    (updates.c.id, updates.c.taken),
)


class Gone(NamedTuple):
    """What is not to be restored."""

    owners: list[str]
    conversations: list[str]  # in groups, of people of whom nothing else is stored


def gone_since(backup: Connection, database: Connection) -> Gone:
    """What was deleted after the backup was made. Who was deleted and came back has been there since another moment. A
    group that has another id by now was not deleted."""
    moment = _shared_until(backup, database)
    if moment is None:
        return Gone([], [])
    moved = _moved(database)
    owners = _owners(backup, database, moment)
    spoken = _conversations(backup, database, moment)
    return Gone(
        [one for one in owners if root_of(one) not in moved], [one for one in spoken if root_of(one) not in moved]
    )


def are_there(connection: Connection, *columns: Column) -> bool:
    """Whether a database of whatever version has these columns, all of one table."""
    there, table = inspect(connection), columns[0].table.name
    return there.has_table(table) and {column.name for column in columns} <= {
        column["name"] for column in there.get_columns(table)
    }


def _shared_until(backup: Connection, database: Connection) -> datetime | None:
    """The newest moment at which both were the same; None where they never were."""
    shared = [
        moment
        for key, came in _DATED
        if are_there(database, key, came)
        for _, moment in _pairs(backup, key, came).items() & _pairs(database, key, came).items()
    ]
    return max(shared, default=None)


def _moved(database: Connection) -> set[str]:
    known = are_there(database, moved_chats.c.old)
    return {f"telegram:{old}" for old in database.scalars(select(moved_chats.c.old))} if known else set()


def _owners(backup: Connection, database: Connection, moment: datetime) -> list[str]:
    now = _pairs(database, people.c.owner, people.c.created) if are_there(database, *_DATED[0]) else {}
    before = _pairs(backup, people.c.owner, people.c.created, people.c.created <= moment)
    return [owner for owner, created in before.items() if now.get(owner) != created]


def _conversations(backup: Connection, database: Connection, moment: datetime) -> list[str]:
    """Those of people in groups that the database has no more, or has from their beginning."""
    if not are_there(database, conversations.c.id, conversations.c.version):
        return []
    in_groups = conversations.c.id.contains("/")
    now = _pairs(database, conversations.c.id, conversations.c.version, in_groups)
    found = _pairs(backup, conversations.c.id, conversations.c.version, in_groups & (conversations.c.touched <= moment))
    return [conversation for conversation, version in found.items() if now.get(conversation, 0) < version]


def _pairs(connection: Connection, key: Column, value: Column, where: Any = True) -> dict[Any, Any]:
    return dict(connection.execute(select(key, value).where(where)).all())
