"""Opens the database and brings its tables up to date."""

from __future__ import annotations

import time
from pathlib import Path
from select import select
from typing import Any
from weakref import WeakKeyDictionary

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InvalidatePoolError, NoSuchModuleError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import QueuePool

from bot.errors import StartError

MIGRATIONS = Path(__file__).parent / "migrations"

# One thread takes the turns, a door and its reminders use a few more: two processes, each with two pools, come to some
# ten connections, and to 48 at most, of the 100 that PostgreSQL allows.
_POOL = {"pool_size": 4, "max_overflow": 8, "pool_timeout": 5}
_POSTGRES = {  # a server that is gone without a word is noticed in seconds
    "application_name": "makker",
    "connect_timeout": 3,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 5_000,
}
_LONG, _REST = 1.0, 3.0  # seconds: a try to connect that took long, and how long no other is made after it
_RESTED = 5.0  # seconds after which a connection is asked whether it lives
_USED = "used"
_PATIENCE = (
    ("lock_timeout", "5s"),
    ("statement_timeout", "30s"),
    ("idle_in_transaction_session_timeout", "30s"),
)
_TWINS: WeakKeyDictionary[Engine, Engine] = WeakKeyDictionary()  # of each engine, the one for single statements
_MIGRATING = 7_265_747_201  # the number of the lock that one process holds while it migrates
# Of PostgreSQL: no connection, no room or no more of something, started anew or stopped, the operating system's fault.
_AWAY = ("08", "53", "57P", "58")
_AWAY_SQLITE = ("database or disk is full", "disk I/O error", "database is locked", "unable to open")
_CHECK = {"sqlite": "the rights to the file", "postgresql": "whether the server runs and lets us in"}


def opened(url: str) -> Engine:
    """An engine for `url`, with the tables as they are. Raises StartError for an address that is none."""
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite" and parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = _engine(parsed)
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError) as error:
        raise StartError(
            f"MAKKER_DATABASE_URL is no database address ({error}): "
            "give one like sqlite:///var/makker.db or postgresql://user:password@host/makker"
        ) from error
    except OSError as error:
        raise StartError(
            f"the folder of the database cannot be made ({error}): choose another by MAKKER_DATA_DIR"
        ) from error
    return engine


def autocommit(engine: Engine) -> Engine:
    """The engine for what is one statement: it is committed by itself, so that no transaction is begun and ended around
    it, which takes longer than most statements do. In PostgreSQL it has connections of its own: to change the mode of
    one takes a statement, and to change it back another."""
    return _TWINS[engine] if engine in _TWINS else engine.execution_options(isolation_level="AUTOCOMMIT")


def engines(engine: Engine) -> tuple[Engine, ...]:
    """All that have connections of their own to the database: the engine, and that for single statements."""
    return (engine, _TWINS[engine]) if engine in _TWINS else (engine,)


def takes_nothing(error: BaseException) -> bool:
    """Whether the database is away, or has no room for more: what failed of it may well succeed later."""
    if not isinstance(error, DBAPIError):
        return isinstance(error, PoolTimeoutError)  # no connection was to be had
    if not hasattr(error.orig, "pgcode"):
        return any(words in str(error.orig) for words in _AWAY_SQLITE)
    if error.orig.pgcode is None:  # it isn't the server that says so
        return isinstance(error, OperationalError)
    return str(error.orig.pgcode).startswith(_AWAY)


def connect(url: str) -> Engine:
    """An engine for `url`, with the tables migrated to this version.

    Raises StartError, in one line that says the mend, for an address that is none, a database that cannot be
    opened, and one that a newer version has written.
    """
    engine = opened(url)
    try:
        _migrate(engine)
    except DBAPIError as error:
        where = engine.url.render_as_string(hide_password=True)
        raise StartError(
            f"the database {where} cannot be read ({' '.join(str(error.orig).split())}): "
            f"check MAKKER_DATABASE_URL and {_CHECK[engine.dialect.name]}"
        ) from error
    except CommandError as error:
        raise StartError(
            f"the database was written by a newer version ({error}): update Makker, or give another MAKKER_DATABASE_URL"
        ) from error
    return engine


def _engine(url: URL) -> Engine:
    """An engine that keeps its connections: to open a file of SQLite anew costs more than most of what we ask of it.

    What is stored never stands in its errors, for those are logged.
    """
    backend = url.get_backend_name()
    if backend == "sqlite":
        inside = {"check_same_thread": False}
        engine = create_engine(url, future=True, hide_parameters=True, connect_args=inside, poolclass=QueuePool)
        event.listen(engine, "connect", _prepare_sqlite)
        return engine
    if backend != "postgresql":
        raise ArgumentError(f"{backend} is neither sqlite nor postgresql")
    knocker = _Knocker()
    nothing_to_end = {"isolation_level": "AUTOCOMMIT", "pool_reset_on_return": None}
    engine, twin = _postgres(url, knocker), _postgres(url, knocker, **nothing_to_end)
    event.listen(engine, "engine_disposed", lambda _: twin.dispose())
    _TWINS[engine] = twin
    return engine


def _postgres(url: URL, knocker: _Knocker, **more: Any) -> Engine:
    given = {name: value for name, value in _POSTGRES.items() if name not in url.query}
    engine = create_engine(url, future=True, hide_parameters=True, connect_args=given, **_POOL, **more)
    event.listen(engine, "do_connect", knocker)
    event.listen(engine, "connect", _prepare_postgres)
    event.listen(engine, "checkout", _asks_whether_it_lives)
    event.listen(engine, "checkin", _notes_its_use)
    return engine


def _asks_whether_it_lives(connection: Any, record: Any, _proxy: object) -> None:
    """Before a connection is used: the server may have been started anew meanwhile. Where it has hung up, its end can
    be read; after a rest it is asked as well. SQLAlchemy's own `pool_pre_ping` asks before every use, which doubles
    what a turn asks of the server."""
    try:
        if select([connection.fileno()], (), (), 0)[0]:
            raise InvalidatePoolError
        if time.monotonic() - record.info.get(_USED, 0.0) > _RESTED:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            connection.rollback()
    except connection.Error as error:
        raise InvalidatePoolError from error


def _notes_its_use(_connection: Any, record: Any) -> None:
    record.info[_USED] = time.monotonic()


class _Knocker:
    """Opens connections. After a server has let us wait in vain, it isn't asked for a moment: each try would hold up
    the one thread that takes the turns, and so everybody, where all that can be done is to tell them so."""

    def __init__(self) -> None:
        self._again = 0.0  # when the next try is due
        self._told: Exception = Exception()

    def __call__(self, dialect: Any, _record: object, arguments: Any, named: Any) -> Any:
        began = time.monotonic()
        if began < self._again:
            raise type(self._told)(*self._told.args)
        try:
            return dialect.connect(*arguments, **named)
        except dialect.dbapi.OperationalError as error:
            if time.monotonic() - began > _LONG:
                self._told, self._again = error, time.monotonic() + _REST
            raise


def _prepare_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    settings = ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL", "busy_timeout=5000")
    for pragma in (*settings, "case_sensitive_like=ON"):  # as PostgreSQL: else Anna would find anna's
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _prepare_postgres(connection: Any, _record: object) -> None:
    """A connection waits for nothing for ever: not for a lock that a hanging process holds, nor for an answer."""
    with connection.cursor() as cursor:
        for name, value in _PATIENCE:
            cursor.execute("SELECT set_config(%s, %s, false)", (name, value))
    connection.commit()


def migration_config() -> Config:
    """Alembic's configuration, for the migrations that lie beside this file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _migrate(engine: Engine) -> None:
    """All migrations that are due, or, where the process is killed meanwhile, none of them."""
    with engine.begin() as connection:
        _check_encoding(connection)
        if version_of(connection) != head():
            _wait_for_our_turn(connection)
            upgrade(connection)  # another process may have been first


def upgrade(connection: Connection) -> None:
    """Brings the tables up to date within a transaction. Raises CommandError where a newer version has written them."""
    if version_of(connection) != head():
        config = migration_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def version_of(connection: Connection) -> str | None:
    """The version of the tables; None where there are none."""
    found: str | None = MigrationContext.configure(connection).get_current_revision()
    return found


def head() -> str:
    """The version of the tables as this Makker has them."""
    return str(ScriptDirectory.from_config(migration_config()).get_current_head())


def versions() -> set[str]:
    """All versions that this Makker knows."""
    return {script.revision for script in ScriptDirectory.from_config(migration_config()).walk_revisions()}


def _check_encoding(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
        if encoding != "UTF8":
            raise StartError(
                f"the database keeps its words in {encoding}, which lacks some: make one with "
                "CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0"
            )


def _wait_for_our_turn(connection: Connection) -> None:
    """Of several processes that start at once, one migrates, and the others wait."""
    if connection.dialect.name == "sqlite":
        # Python begins no transaction before a CREATE TABLE: each would stay by itself, and the next start fail.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        for name, _ in _PATIENCE:  # a large table takes its time
            connection.exec_driver_sql(f"SET LOCAL {name} = 0")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATING})")
