"""A database whose disk is full."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
