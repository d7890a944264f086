"""Backups: all that the database keeps, in one SQLite file, whatever database it comes from or goes to.

It is read in one transaction, while the bot goes on, and written under another name until it is whole.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from bot.errors import StartError
from bot.store.database import connect, head, opened, version_of
from bot.store.tables import metadata, processes

_AT_ONCE = 500  # rows
TABLES = [table for table in metadata.sorted_tables if table is not processes]  # those that ran then don't now
Contents = dict[str, int]
"""How many rows each table has."""


def backup(url: str, file: Path) -> Contents:
    """Writes all of the database into the file, for its owner alone; gives what is in it.

    Raises StartError where that can't be: then a file that was there before is still the same.
    """
    part = file.with_name(f"{file.name}.part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        contents = _written(url, part)
        _to_disk(part)
        part.replace(file)
        _to_disk(file.parent)
    except OSError as error:
        raise StartError(f"{file} can't be written ({error.strerror}): give another file") from error
    finally:
        for left in part, *(part.with_name(part.name + more) for more in ("-wal", "-shm", "-journal")):
            with suppress(OSError):
                left.unlink(missing_ok=True)
    return contents


def _written(url: str, part: Path) -> Contents:
    source, target = opened(url), connect(f"sqlite:///{part}")
    try:
        with _as_it_is_now(source) as read, target.begin() as write:
            _refuse_other_versions(read)
            copy_rows(read, write)
            contents = count_rows(write)
        with target.connect().execution_options(isolation_level="AUTOCOMMIT") as whole:
            whole.exec_driver_sql("PRAGMA journal_mode=DELETE")  # one file, without others beside it
        return contents
    except DBAPIError as error:
        raise StartError(f"the database can't be read ({reason(error)}): check MAKKER_DATABASE_URL") from error
    finally:
        source.dispose()
        target.dispose()


def copy_rows(read: Connection, write: Connection) -> None:
    """Copies every table, those first that others refer to."""
    for table in TABLES:
        rows = read.execute(select(table).execution_options(yield_per=_AT_ONCE))
        for some in rows.mappings().partitions(_AT_ONCE):
            write.execute(table.insert(), [dict(row) for row in some])


def count_rows(connection: Connection) -> Contents:
    """How much there is."""
    return {table.name: int(connection.scalar(select(func.count()).select_from(table)) or 0) for table in TABLES}


@contextmanager
def _as_it_is_now(database: Engine) -> Iterator[Connection]:
    """A transaction that sees nothing of what is written after it has begun."""
    level = "SERIALIZABLE" if database.dialect.name == "sqlite" else "REPEATABLE READ"
    with database.connect().execution_options(isolation_level=level) as connection:
        if database.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")
        else:
            may_take_long(connection)
        yield connection


def may_take_long(connection: Connection) -> None:
    """Takes the bounds of time off a transaction in PostgreSQL."""
    for name in ("statement_timeout", "idle_in_transaction_session_timeout"):
        connection.execute(text(f"SET LOCAL {name} = 0"))


def _refuse_other_versions(connection: Connection) -> None:
    there, ours = version_of(connection), head()
    if there != ours:
        raise StartError(
            f"the database is of version {there or 'none'}, this Makker of {ours}: back up with the one that runs on it"
        )


def reason(error: DBAPIError) -> str:
    """What the database says, in one line."""
    return " ".join(str(error.orig).split())


def _to_disk(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
