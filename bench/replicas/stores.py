"""What can happen to the database: its disk is full, or it holds a library's years."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text

from bench.replicas.scene import say
from tests.services import Postgres

DISK = 160  # MB, on which PostgreSQL lives
_BLOCK = bytes(64 * 1024)


@contextmanager
def small_disk() -> Iterator[tuple[Postgres, Path]]:
    """A PostgreSQL on a small file system of its own (which takes the rights to mount one), and its folder."""
    with tempfile.TemporaryDirectory(prefix="mk-") as folder:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}m,mode=0777", "tmpfs", folder], check=True)
        before, tempfile.tempdir = tempfile.tempdir, folder
        try:
            postgres = Postgres()
        finally:
            tempfile.tempdir = before
        try:
            yield postgres, Path(folder)
        finally:
            postgres.end()
            time.sleep(0.5)
            subprocess.run(["umount", "-l", folder], check=True)


@contextmanager
def full(folder: Path) -> Iterator[None]:
    """While open, the disk is full."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(_BLOCK)
        except OSError as error:
            say(f"the disk is full: {error.strerror}")
    try:
        yield
    finally:
        os.truncate(ballast, 0)
        ballast.unlink()


_YEARS = (
    """INSERT INTO people (owner, member, created) SELECT 'telegram:' || (900000000 + n), false, now()
       FROM generate_series(1, :people) n""",
    """INSERT INTO conversations (id, owner, events, version, touched)
       SELECT 'telegram:' || n || ':0:' || n, 'telegram:' || n,
              (SELECT json_agg(json_build_object('event', 'slot', 'name', 'language', 'value', 'da', 'timestamp', m))
               FROM generate_series(1, 20) m), 20, now()
       FROM generate_series(900000001, 900000000 + :people) n""",
    """INSERT INTO runs (id, owner, checklist, status, state, created, touched)
       SELECT substr(md5(n::text || m::text), 1, 8), 'telegram:' || n, 'agreement', 'done',
              json_build_object('id', 'x', 'checklist', 'agreement', 'notes', repeat('x', 1500)), now(), now()
       FROM generate_series(900000001, 900000000 + :people) n, generate_series(1, 2) m ON CONFLICT DO NOTHING""",
    """INSERT INTO updates (id, taken, lane) SELECT -n, now(), (900000000 + n % :people)::text
       FROM generate_series(1, 400000) n""",
    """INSERT INTO reminders (id, owner, place, text, due, language, status, course, created)
       SELECT 'r' || n, 'telegram:' || (900000000 + n), 'telegram:1:0:1', 'x', now() + interval '99 days', 'da',
              'waiting', false, now()
       FROM generate_series(1, :people) n""",
)


def fill(url: str, people: int = 50_000) -> None:
    """So many people's walkthroughs and conversations, of 20 events each."""
    engine = create_engine(url, future=True)
    with engine.begin() as connection:
        for statement in _YEARS:
            connection.execute(text(statement), {"people": people})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    engine.dispose()
