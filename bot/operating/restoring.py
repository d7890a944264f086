"""Restores a backup: in one transaction, so that one that is killed has changed nothing.

Who was deleted after the backup stays deleted, where the database that is replaced still tells (`gone`).
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Integer, MetaData, delete, func, select, text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from bot.errors import StartError
from bot.operating.backup import TABLES, Contents, copy_rows, count_rows, may_take_long, reason
from bot.operating.gone import Gone, are_there, gone_since
from bot.store.database import connect, head, opened, upgrade, version_of, versions
from bot.store.holding import STRUCK_OUT, clock
from bot.store.privacy import delete_all
from bot.store.store import SqlStore
from bot.store.tables import conversations, metadata, people, processes, updates

_STALE = timedelta(hours=1)  # what had not been answered so long ago is answered no more
_ALIVE = timedelta(seconds=10)  # who gave a sign of life so lately runs


class Restored(NamedTuple):
    """What the database holds now."""

    contents: Contents
    left_out: int  # people of the backup, and groups, that were deleted since


def restore(url: str, file: Path, *, force: bool = False, with_deleted: bool = False) -> Restored:
    """Puts what a backup holds in the place of all that the database keeps; who was deleted since is left out, unless
    `with_deleted`.

    Raises StartError for a file that is no whole backup, one of a newer version, a bot that runs on the database, and,
    unless `force`, a database that knows somebody, or that a newer version has written.
    """
    with _copy_of(file) as copy:
        source, target = connect(f"sqlite:///{copy}"), opened(url)
        try:
            restored = _restored(source, target, force, with_deleted)
            SqlStore(target).scrub()  # of what was replaced, and of those who were left out
            return restored
        finally:
            source.dispose()
            target.dispose()


def _restored(source: Engine, target: Engine, force: bool, with_deleted: bool) -> Restored:
    try:
        with source.connect() as read, _all_or_nothing(target) as write:
            if _is_known(version_of(write)):
                upgrade(write)
            _refuse_the_living(write, force)
            gone = Gone([], []) if with_deleted else gone_since(read, write)
            _empty(write)
            copy_rows(read, write)
            for conversation in gone.conversations:
                write.execute(delete(conversations).where(conversations.c.id == conversation))
            for owner in gone.owners:
                delete_all(write, owner)
            _count_on(write)
            old = updates.c.taken < clock(write) - _STALE
            write.execute(updates.update().where(old).values(**STRUCK_OUT))
            return Restored(count_rows(write), len(gone.owners))
    except DBAPIError as error:
        raise StartError(f"the database can't be written ({reason(error)}): nothing has been changed") from error


@contextmanager
def _all_or_nothing(database: Engine) -> Iterator[Connection]:
    with database.begin() as connection:
        if database.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            may_take_long(connection)
        yield connection


def _refuse_the_living(connection: Connection, force: bool) -> None:
    """Raises StartError where a bot runs on the database, or somebody is known in it."""
    if are_there(connection, processes.c.id, processes.c.seen):
        lately = processes.c.seen > clock(connection) - _ALIVE
        if connection.scalar(select(processes.c.id).where(lately).limit(1)):
            raise StartError("a bot runs on this database: stop it first, and try again after some seconds")
    known = _known(connection) if are_there(connection, people.c.owner) else 0
    if known and not force:
        raise StartError(
            f"the database knows {known} people already, who would be replaced: say --force if that is meant, "
            "and make a backup before"
        )
    version = version_of(connection)
    if not _is_known(version) and not force:
        raise StartError(
            f"a newer version ({version}) has written the database: say --force if every table in it may go"
        )


def _is_known(version: str | None) -> bool:
    """Whether tables of that version, or none, can be brought up to date."""
    return version is None or version in versions()


def _known(connection: Connection) -> int:
    return int(connection.scalar(select(func.count()).select_from(people)) or 0)


def _empty(connection: Connection) -> None:
    """Leaves the tables of this version, and nothing in them."""
    if not _is_known(version_of(connection)):
        there = MetaData()
        there.reflect(connection)
        there.drop_all(connection)
        upgrade(connection)
    for table in reversed(metadata.sorted_tables):
        connection.execute(table.delete())


def _count_on(connection: Connection) -> None:
    """PostgreSQL goes on counting after the numbers that were copied."""
    if connection.dialect.name != "postgresql":
        return
    numbered = [column for table in TABLES for column in table.primary_key if type(column.type) is Integer]
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
        if version not in versions():
            raise StartError(
                f"{file} is of version {version}, which this Makker ({head()}) doesn't know: "
                "update Makker; nothing has been changed"
            )
        yield copy
