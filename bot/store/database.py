"""Opens the database and brings its tables up to date."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import QueuePool

from bot.errors import StartError

MIGRATIONS = Path(__file__).parent / "migrations"


def connect(url: str) -> Engine:
    """An engine for `url`, with the tables migrated to this version.

    Raises StartError, in one line that says the mend, for an address that is none, a database that cannot be
    opened, and one that a newer version has written.
    """
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite" and parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = _engine(parsed)
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise StartError(
            f"MAKKER_DATABASE_URL is no database address ({error}): give one like sqlite:///var/makker.db"
        ) from error
    except OSError as error:
        raise StartError(
            f"the folder of the database cannot be made ({error}): choose another by MAKKER_DATA_DIR"
        ) from error
    if parsed.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    try:
        _migrate(engine)
    except DBAPIError as error:
        where = parsed.render_as_string(hide_password=True)
        raise StartError(
            f"the database {where} cannot be read ({' '.join(str(error.orig).split())}): "
            "check MAKKER_DATABASE_URL and the rights to the file"
        ) from error
    except CommandError as error:
        raise StartError(
            f"the database was written by a newer version ({error}): update Makker, or give another MAKKER_DATABASE_URL"
        ) from error
    return engine


def _engine(url: URL) -> Engine:
    """An engine that keeps its connections: to open a file of SQLite anew costs more than most of what we ask of it."""
    if url.get_backend_name() != "sqlite":
        return create_engine(url, future=True, pool_pre_ping=True)
    return create_engine(url, future=True, poolclass=QueuePool, connect_args={"check_same_thread": False})


def _prepare_sqlite(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL", "busy_timeout=5000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def migration_config() -> Config:
    """Alembic's configuration, for the migrations that lie beside this file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _migrate(engine: Engine) -> None:
    """All migrations that are due, or, where the process is killed meanwhile, none of them."""
    config = migration_config()
    head = ScriptDirectory.from_config(config).get_current_head()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        if MigrationContext.configure(connection).get_current_revision() == head:
            return
        if engine.dialect.name == "sqlite":
            # Python begins no transaction before a CREATE TABLE: each would stay by itself, and the next start fail.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        if MigrationContext.configure(connection).get_current_revision() != head:  # another process may have been first
            command.upgrade(config, "head")
