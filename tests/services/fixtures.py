"""What tests ask for where they need a database or Redis, and what the run says where those aren't installed."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from bot.store.database import connect
from bot.store.store import SqlStore
from tests.services import INSTALL, NEEDED, Instance, NoServiceError, Postgres, Redis

_LEFT_OUT = "is not installed here"
_I = TypeVar("_I", bound=Instance)


def _running(kind: Callable[[], _I]) -> Iterator[_I]:
    try:
        instance = kind()
    except NoServiceError as error:
        service = str(error)
        if os.environ.get(NEEDED, "0") not in ("", "0"):
            pytest.fail(
                f"{service} {_LEFT_OUT}, and {NEEDED} says that it has to be: apt-get install {INSTALL[service]}"
            )
        pytest.skip(f"{service} {_LEFT_OUT}")
    yield instance
    instance.end()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The worker's PostgreSQL. A test that stops it starts it again."""
    yield from _running(Postgres)


@pytest.fixture(scope="session")
def redis_server() -> Iterator[Redis]:
    """The worker's Redis. A test that stops it starts it again."""
    yield from _running(Redis)


@pytest.fixture
def redis_url(redis_server: Redis) -> str:
    """The address of a Redis that holds nothing."""
    return redis_server.empty()


def migrated(url: str) -> None:
    connect(url).dispose()


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """The address of a fresh database in PostgreSQL, with the tables of this version."""
    url = postgres.database(migrated)
    yield url
    postgres.drop(url)


@pytest.fixture
def empty_postgres_url(postgres: Postgres) -> Iterator[str]:
    """The address of a fresh database in PostgreSQL, without any tables."""
    url = postgres.database()
    yield url
    postgres.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a fresh database: a test that asks for it runs over SQLite and over PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'makker.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def store(database_url: str) -> Iterator[SqlStore]:
    """A store over a fresh database: a test that asks for it runs over SQLite and over PostgreSQL."""
    fresh = SqlStore(connect(database_url))
    yield fresh
    fresh.engine.dispose()


def tell_what_was_left_out(reporter: pytest.TerminalReporter) -> None:
    """One line at the end of a run, for those whose machine lacks a service."""
    reasons = [str(report.longrepr[2]) for report in reporter.stats.get("skipped", []) if report.longrepr]
    lacks = Counter(service for service in INSTALL for reason in reasons if f"{service} {_LEFT_OUT}" in reason)
    if lacks:
        which = " and ".join(f"{number} that need {service}" for service, number in lacks.items())
        packages = " ".join(INSTALL[service] for service in lacks)
        reporter.write_line(
            f"Left out: {which}, which {'is' if len(lacks) == 1 else 'are'} not installed here. "
            f"On Debian: apt-get install {packages}",
            yellow=True,
        )
