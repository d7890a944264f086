"""Private PostgreSQL and Redis instances for tests: each in a temporary folder, behind a Unix socket in it.

They run as a user without rights where we are root (PostgreSQL refuses to start as root), and end with the tests,
whatever ends those: see `guard.py`.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import psycopg2
import redis

NEEDED = "MAKKER_TESTS_NEED_SERVICES"
INSTALL = {"PostgreSQL": "postgresql", "Redis": "redis-server"}  # what Debian calls them
_PLACES = {"PostgreSQL": "/usr/lib/postgresql", "Redis": "/usr/bin"}
_PROGRAMS = {"PostgreSQL": "postgres", "Redis": "redis-server"}
_PATIENCE = 30  # seconds

# Nothing is waited for that only a power cut would take away. What was committed survives a killed server all the
# same, for it has been handed to the operating system: so synchronous_commit stays on.
_POSTGRES = {
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "64MB",
    "max_wal_size": "2GB",
    "listen_addresses": "",
    "logging_collector": "off",
    "unix_socket_permissions": "0777",  # the folder's rights keep others out
}


class NoServiceError(Exception):
    """A service isn't installed."""


def program(service: str, name: str = "") -> Path:
    """Where a program of a service lies: on the path, or, the newest, where Debian puts it. Raises NoServiceError."""
    name = name or _PROGRAMS[service]
    versions = sorted(
        Path(_PLACES[service]).glob(f"*/bin/{name}"),
        key=lambda path: [int(part) for part in path.parts[4].split(".") if part.isdigit()],
    )
    beside = [Path(_PLACES[service]) / name]
    for found in (shutil.which(name), *reversed(versions), *beside):
        if found and os.access(found, os.X_OK):
            return Path(found)
    raise NoServiceError(service)


def _lesser_user() -> str:
    """Who a service runs as; empty: as who we are."""
    if os.getuid() != 0:
        return ""
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


class Instance:
    """A running service. `stop`, `kill`, `freeze`, `thaw` and `start` do as they say, and return when that is done."""

    def __init__(self, folder: Path, user: str, command: list[str], answers: Callable[[], object]) -> None:
        self.folder, self._answers = folder, answers
        guard = Path(__file__).parent / "guard.py"
        self._guard = subprocess.Popen(
            [sys.executable, "-I", str(guard), str(folder), user, *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # whoever ends the tests with all that is theirs doesn't end it before its work
        )
        self.start()

    def start(self) -> None:
        until = time.monotonic() + _PATIENCE
        while True:
            self._say("start")  # anew where it ended: none begins while a killed one's processes are there
            try:
                self._answers()
                return
            except (psycopg2.Error, redis.RedisError):
                if time.monotonic() > until:
                    raise RuntimeError((self.folder / "log").read_text(errors="replace")[-2000:]) from None
                time.sleep(0.05)

    @property
    def pid(self) -> int:
        """Of the process whose child the service is."""
        return self._guard.pid

    def stop(self) -> None:
        self._say("stop")

    def kill(self) -> None:
        self._say("kill")

    def freeze(self) -> None:
        self._say("freeze")

    def thaw(self) -> None:
        self._say("thaw")

    def end(self) -> None:
        """Ends the service for good and removes its folder."""
        if self._guard.stdin and self._guard.stdout:
            self._guard.stdin.close()
            self._guard.wait()
            self._guard.stdout.close()

    def _say(self, word: str) -> None:
        assert self._guard.stdin and self._guard.stdout
        self._guard.stdin.write(f"{word}\n")
        self._guard.stdin.flush()
        assert self._guard.stdout.readline() == "done\n", "the guard of a service has died"


def _folder() -> tuple[Path, str]:
    """A new folder for a service and the user who owns it. Short: a socket's path has room for 100 characters."""
    folder, user = Path(tempfile.mkdtemp(prefix="makker-")), _lesser_user()
    if user:
        shutil.chown(folder, user)
    return folder, user


class Postgres(Instance):
    """PostgreSQL, with a database of its own for everybody who asks."""

    def __init__(self) -> None:
        server = program("PostgreSQL")
        folder, user = _folder()
        as_whom = {"user": user, "extra_groups": []} if user else {}
        made = [program("PostgreSQL", "initdb"), "-D", folder / "data", "-U", "makker", "-E", "UTF8", "--locale=C"]
        subprocess.run([*made, "-A", "trust", "--no-sync"], check=True, capture_output=True, cwd=folder, **as_whom)
        settings = [f"--{name}={value}" for name, value in _POSTGRES.items()]
        self._numbers, self._templates = count(1), set[str]()
        super().__init__(folder, user, [str(server), "-D", f"{folder}/data", "-k", str(folder), *settings], self._ask)

    def _ask(self, *statements: str) -> None:
        connection = psycopg2.connect(host=str(self.folder), user="makker", dbname="postgres", connect_timeout=3)
        try:
            connection.autocommit = True  # databases are made and dropped outside of transactions
            with connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
        finally:
            connection.close()

    def url(self, name: str) -> str:
        return f"postgresql://makker@/{name}?host={self.folder}"

    def database(self, prepare: Callable[[str], None] | None = None) -> str:
        """The address of a fresh database: an empty one, or one as `prepare` leaves it, which is called once for all
        that ask for the same, with an address."""
        template = "template0"
        if prepare:
            template = f"like_{prepare.__name__}"
            if template not in self._templates:
                self._ask(f"CREATE DATABASE {template}")
                prepare(self.url(template))
                self._templates.add(template)
        name = f"makker_{next(self._numbers)}"
        self._ask(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def drop(self, url: str) -> None:
        name = url.partition("@/")[2].partition("?")[0]
        self._ask(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


class Redis(Instance):
    """Redis, kept in memory alone."""

    def __init__(self) -> None:
        server = program("Redis")
        folder, user = _folder()
        self.url = f"unix://{folder}/redis.sock"
        listens = ["--port", "0", "--unixsocket", f"{folder}/redis.sock", "--unixsocketperm", "777"]
        keeps = ["--save", "", "--appendonly", "no", "--daemonize", "no", "--dir", str(folder)]
        self.client = redis.Redis.from_url(self.url)
        super().__init__(folder, user, [str(server), *listens, *keeps], self.client.ping)

    def empty(self) -> str:
        """The address, with nothing kept."""
        self.client.flushall()
        return self.url
