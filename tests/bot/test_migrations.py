"""Migrations over both databases: once, all or nothing, by several processes at once, and with what people stored."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, create_engine, insert, inspect, select, text
from sqlalchemy.engine import Engine

from bot.store.database import connect, migration_config
from bot.store.store import SqlStore

CONNECTS = "import sys; from bot.store.database import connect; connect(sys.argv[1]).dispose()"
KILLED_AT_ONE_STATEMENT = """
import os, signal, sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
from bot.store.database import connect

@event.listens_for(Engine, "after_cursor_execute")
def die(connection, cursor, statement, *rest):
    if statement.strip().startswith(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

connect(sys.argv[1])
"""
REVISIONS = sorted(script.revision for script in ScriptDirectory.from_config(migration_config()).walk_revisions())
SOME: dict[type, Any] = {str: "Åse 😀", int: 7, bool: True, datetime: datetime(2027, 3, 1, 11), bytes: b"%PDF"}


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Any) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'makker.db'}"
    else:
        yield request.getfixturevalue("empty_postgres_url")


def test_four_processes_that_start_at_once_all_come_up(empty_url: str) -> None:
    every = [subprocess.Popen([sys.executable, "-c", CONNECTS, empty_url], stderr=subprocess.PIPE) for _ in range(4)]
    told = [process.communicate()[1].decode() for process in every]
    assert [process.returncode for process in every] == [0] * 4, "\n".join(told)
    engine = create_engine(empty_url, future=True)
    with engine.connect() as connection:
        assert connection.scalars(text("SELECT version_num FROM alembic_version")).all() == REVISIONS[-1:]
    engine.dispose()


@pytest.mark.parametrize(
    "statement", ["CREATE TABLE conversations", "ALTER TABLE reminders", "UPDATE alembic_version", "SELECT pg_advisory"]
)
def test_a_start_that_is_killed_leaves_nothing_half_done(empty_postgres_url: str, statement: str) -> None:
    command_line = [sys.executable, "-c", KILLED_AT_ONE_STATEMENT, empty_postgres_url, statement]
    assert subprocess.run(command_line, check=False).returncode == -9
    engine = create_engine(empty_postgres_url, future=True)
    assert inspect(engine).get_table_names() == []
    engine.dispose()
    connect(empty_postgres_url).dispose()


@pytest.mark.parametrize("revision", REVISIONS[:-1])
def test_what_was_stored_under_an_older_version_is_there_under_this(empty_url: str, revision: str) -> None:
    older = create_engine(empty_url, future=True)
    bring_to(older, revision)
    stored = fill(older)
    older.dispose()
    engine = connect(empty_url)
    kept = MetaData()
    with engine.connect() as connection:
        kept.reflect(connection)
        for name, row in stored.items():
            found = connection.execute(select(kept.tables[name])).mappings().one()
            assert {column: found[column] for column in row} == row, name
    store = SqlStore(engine)
    store.set_language(stored["people"]["owner"], "da")
    store.delete(stored["people"]["owner"])
    assert store.counts()["people"] == 0
    engine.dispose()


def bring_to(engine: Engine, revision: str) -> None:
    config = migration_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def fill(engine: Engine) -> dict[str, dict[str, Any]]:
    """A row in every table there is, whatever it is: its name, and what its columns hold."""
    tables, stored = MetaData(), {}
    with engine.begin() as connection:
        tables.reflect(connection)
        for table in tables.sorted_tables:
            if table.name != "alembic_version":
                stored[table.name] = {column.name: some(column) for column in table.c}
                connection.execute(insert(table).values(stored[table.name]))
    return stored


def some(column: Any) -> Any:
    try:
        kind = column.type.python_type
    except NotImplementedError:
        kind = dict
    if kind is dict:
        return {"said": SOME[str]}
    return SOME[kind][: column.type.length] if kind is str else SOME[kind]
