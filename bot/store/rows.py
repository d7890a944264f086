"""What the parts of the store share: ids, the time, people, and rows that may be there already."""

from __future__ import annotations

import secrets
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import Table, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from bot.store.tables import people


def new_id() -> str:
    """A fresh id of 8 characters, not to be guessed."""
    alphabet = "abcdefghijkmnpqrstuvwxyz23456789"
    return "".join(secrets.choice(alphabet) for _ in range(8))


def now() -> datetime:
    """The time in UTC, as the tables have it: without a zone."""
    return datetime.now(timezone.utc).replace(tzinfo=None)


def naive(moment: datetime) -> datetime:
    """A moment as the tables have it: UTC, without saying so."""
    return moment.astimezone(timezone.utc).replace(tzinfo=None) if moment.tzinfo else moment


def insert_once(connection: Connection, table: Table, row: dict[str, Any]) -> Any:
    """The statement that inserts a row, and does nothing where its key is there."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(table).values(row).on_conflict_do_nothing()


def alone(connection: Connection, *owners: str) -> None:
    """Waits until no other transaction adds or deletes what belongs to the owners (to a group or one of its threads),
    and keeps others waiting until this one ends. Comes before anything else is changed, lest two wait for each other.

    SQLite has one writer at a time as it is.
    """
    if connection.dialect.name == "postgresql":
        for owner in sorted({":".join(owner.split(":")[:2]) for owner in owners}):
            connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(owner, 0))))


def know(connection: Connection, owner: str) -> None:
    """Sees to it that the owner stands among the people, whom every other row refers to, and stays there for now."""
    alone(connection, owner)
    connection.execute(insert_once(connection, people, {"owner": owner, "member": False, "created": now()}))
