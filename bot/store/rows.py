"""What the parts of the store share: ids, the time, people, and rows that may be there already."""

from __future__ import annotations

import secrets
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import Table
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


def insert_once(connection: Connection, table: Table, row: dict[str, Any]) -> Any:
    """The statement that inserts a row, and does nothing where its key is there."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(table).values(row).on_conflict_do_nothing()


def know(connection: Connection, owner: str) -> None:
    """Sees to it that the owner stands among the people, whom every other row refers to."""
    connection.execute(insert_once(connection, people, {"owner": owner, "member": False, "created": now()}))
