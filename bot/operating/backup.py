"""Backups: all that the database keeps, in one SQLite file, whatever database it comes from or goes to.

It is read in one transaction, while the bot goes on, and written under another name until it is whole; it is read back
in one transaction as well: a restore that is killed has changed nothing.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Integer, func, select, text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from bot.errors import StartError
from bot.store.database import connect, migration_config, opened
from bot.store.holding import STRUCK_OUT, clock
from bot.store.tables import metadata, people, processes, updates

_AT_ONCE = 500  # rows
_STALE = timedelta(hours=1)  # what had not been answered so long ago is answered no more
_ALIVE = timedelta(seconds=10)  # who gave a sign of life so lately runs
_TABLES = [table for table in metadata.sorted_tables if table is not processes]  # those that ran then don't now
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


def restore(url: str, file: Path, *, force: bool = False) -> Contents:
    """Puts what a backup holds in the place of all that the database keeps; gives what was in it.

    Raises StartError for a file that is no whole backup, one of a newer version, a bot that runs on the database, and,
    unless `force`, a database that knows somebody.
    """
    with _copy_of(file) as copy:
        source, target = connect(f"sqlite:///{copy}"), connect(url)
        try:
            with source.connect() as read, _all_or_nothing(target) as write:
                _refuse_the_living(write, force)
                for table in reversed(metadata.sorted_tables):
                    write.execute(table.delete())
                contents = _copied(read, write)
                _count_on(write)
                old = updates.c.taken < clock(write) - _STALE
                write.execute(updates.update().where(old).values(**STRUCK_OUT))
            return contents
        except DBAPIError as error:
            raise StartError(f"the database can't be written ({_reason(error)}): nothing has been changed") from error
        finally:
            source.dispose()
            target.dispose()


def _written(url: str, part: Path) -> Contents:
    source, target = opened(url), connect(f"sqlite:///{part}")
    try:
        with _as_it_is_now(source) as read, target.begin() as write:
            _refuse_other_versions(read)
            contents = _copied(read, write)
        with target.connect().execution_options(isolation_level="AUTOCOMMIT") as whole:
            whole.exec_driver_sql("PRAGMA journal_mode=DELETE")  # one file, without others beside it
        return contents
    except DBAPIError as error:
        raise StartError(f"the database can't be read ({_reason(error)}): check MAKKER_DATABASE_URL") from error
    finally:
        source.dispose()
        target.dispose()


def _copied(read: Connection, write: Connection) -> Contents:
    """Copies every table, those first that others refer to."""
    contents = {}
    for table in _TABLES:
        rows = read.execute(select(table).execution_options(yield_per=_AT_ONCE))
        for some in rows.mappings().partitions(_AT_ONCE):
            write.execute(table.insert(), [dict(row) for row in some])
        contents[table.name] = int(write.scalar(select(func.count()).select_from(table)) or 0)
    return contents


@contextmanager
def _as_it_is_now(database: Engine) -> Iterator[Connection]:
    """A transaction that sees nothing of what is written after it has begun."""
    level = "SERIALIZABLE" if database.dialect.name == "sqlite" else "REPEATABLE READ"
    with database.connect().execution_options(isolation_level=level) as connection:
        if database.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")
        else:
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        yield connection


@contextmanager
def _all_or_nothing(database: Engine) -> Iterator[Connection]:
    with database.begin() as connection:
        if database.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(text("SET LOCAL statement_timeout = 0"))
        yield connection


def _refuse_other_versions(connection: Connection) -> None:
    there, ours = MigrationContext.configure(connection).get_current_revision(), _version()
    if there != ours:
        raise StartError(
            f"the database is of version {there or 'none'}, this Makker of {ours}: back up with the one that runs on it"
        )


def _refuse_the_living(connection: Connection, force: bool) -> None:
    """Raises StartError where a bot runs on the database, or somebody is known in it."""
    if connection.scalar(select(processes.c.id).where(processes.c.seen > clock(connection) - _ALIVE).limit(1)):
        raise StartError("a bot runs on this database: stop it first, and try again after some seconds")
    known = int(connection.scalar(select(func.count()).select_from(people)) or 0)
    if known and not force:
        raise StartError(
            f"the database knows {known} people already, who would be replaced: say --force if that is meant, "
            "and make a backup before"
        )


def _count_on(connection: Connection) -> None:
    """PostgreSQL goes on counting after the numbers that were copied."""
    if connection.dialect.name != "postgresql":
        return
    numbered = [column for table in _TABLES for column in table.primary_key if type(column.type) is Integer]
    for column in numbered:
        named = {"table": column.table.name, "column": column.name}
        sequence = connection.scalar(text("SELECT pg_get_serial_sequence(:table, :column)"), named)
        last = connection.scalar(select(func.max(column)))
        if sequence and last:
            connection.execute(text("SELECT setval(:sequence, :last)"), {"sequence": sequence, "last": last})


@contextmanager
def _copy_of(file: Path) -> Iterator[Path]:
    """A copy of the backup, whole and of a version that this Makker knows; it may be changed."""
    with tempfile.TemporaryDirectory(prefix="makker-") as folder:
        copy = Path(folder) / "backup.db"
        try:
            with file.open("rb"):
                pass
            source, target = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True), sqlite3.connect(copy)
            try:
                source.backup(target)
                well = target.execute("PRAGMA integrity_check").fetchone()[0]
                version = target.execute("SELECT version_num FROM alembic_version").fetchone()[0]
            finally:
                source.close()
                target.close()
        except OSError as error:
            raise StartError(f"{file} can't be read ({error.strerror})") from error
        except (sqlite3.Error, TypeError) as error:
            raise StartError(f"{file} is no whole backup of Makker ({error}): nothing has been changed") from error
        if well != "ok":
            raise StartError(f"{file} is broken ({well.splitlines()[0]}): nothing has been changed")
        known = {script.revision for script in ScriptDirectory.from_config(migration_config()).walk_revisions()}
        if version not in known:
            raise StartError(
                f"{file} is of version {version}, which this Makker ({_version()}) doesn't know: "
                "update Makker; nothing has been changed"
            )
        yield copy


def _version() -> str:
    return str(ScriptDirectory.from_config(migration_config()).get_current_head())


def _reason(error: DBAPIError) -> str:
    return " ".join(str(error.orig).split())


def _to_disk(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
