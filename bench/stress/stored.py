"""What the store of a dead program holds. A copy is read, so that the next start finds everything as it was left."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import create_engine

from bot.store.store import SqlStore
from dialogues.walkthrough.state import Run

OWNER = "terminal:me"
DATABASE = "makker.db"


@dataclass(frozen=True)
class Paper:
    """A file in the store: of which run, and what is in it."""

    run: str | None
    name: str
    digest: str


@dataclass(frozen=True)
class Stored:
    runs: dict[str, Run] = field(default_factory=dict)
    newest_first: tuple[str, ...] = ()
    papers: frozenset[Paper] = frozenset()
    intact: str = "ok"

    def has_papers_of(self, run: Run) -> bool:
        """Whether there are documents of the run's last edition."""
        mine = [paper.name for paper in self.papers if paper.run == run.id]
        return any((f" – v{run.edition} – " in name) if run.edition > 1 else " – v" not in name for name in mine)


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def read(data: Path) -> Stored:
    """What lies in the folder's database; nothing where there is none yet, or only an empty one."""
    if not (data / DATABASE).exists():
        return Stored()
    with tempfile.TemporaryDirectory() as folder:
        for name in (DATABASE, f"{DATABASE}-wal"):
            if (data / name).exists():
                shutil.copy(data / name, folder)
        return _read(Path(folder) / DATABASE)


def _read(database: Path) -> Stored:
    connection = sqlite3.connect(database)
    try:
        intact = str(connection.execute("PRAGMA integrity_check").fetchone()[0])
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not {"runs", "documents"} <= tables:
            return Stored(intact=intact)
        rows = connection.execute("SELECT run, file_name, content FROM documents").fetchall()
    finally:
        connection.close()
    engine = create_engine(f"sqlite:///{database}", future=True)
    runs = SqlStore(engine).runs(OWNER)
    engine.dispose()
    papers = frozenset(Paper(run, name, digest(content)) for run, name, content in rows)
    return Stored({run.id: run for run in runs}, tuple(run.id for run in runs), papers, intact)
