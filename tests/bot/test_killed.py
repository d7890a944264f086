"""The program is killed, and goes on: no answer that was given is lost. `make stress` does this two hundred times."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bench.stress.__main__ import stress
from bot.store.database import connect

SEED = 7
KILLED_AT_ONE_STATEMENT = """
import os, signal, sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
from bot.store.database import connect

@event.listens_for(Engine, "after_cursor_execute")
def die(connection, cursor, statement, *rest):
    if statement.strip().startswith(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

connect(f"sqlite:///{sys.argv[1]}")
"""


def test_no_answer_is_lost_when_the_program_is_killed(model_dir: Path, tmp_path: Path) -> None:
    phases = ("in a turn", "between", "in a turn")
    tally = stress(SEED, 3, 1, tmp_path, model_dir, phases=phases, unseen=0)
    assert not tally.faults(), "\n".join([*tally.lines(), *tally.told])
    assert sum(tally.kills.values()) == 3
    assert tally.counts["answers given"] >= 3, "\n".join(tally.lines())


@pytest.mark.parametrize(
    "statement", ["CREATE TABLE conversations", "CREATE TABLE runs", "INSERT INTO alembic_version"]
)
def test_a_start_that_is_killed_while_it_makes_the_tables_doesnt_spoil_the_next(tmp_path: Path, statement: str) -> None:
    database = tmp_path / "makker.db"
    killed = subprocess.run([sys.executable, "-c", KILLED_AT_ONE_STATEMENT, str(database), statement], check=False)
    assert killed.returncode == -9
    connect(f"sqlite:///{database}").dispose()
