"""Backups: whole or not at all, for their owner alone, from either database into either."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import inspect, select

from bot.errors import StartError
from bot.operating.backup import backup
from bot.operating.restoring import restore
from bot.store.database import connect
from bot.store.holding import Holding
from bot.store.store import SqlStore
from bot.store.tables import metadata, processes

REPO = Path(__file__).parents[2]
KILLED = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from sqlalchemy.engine import Engine
from bot.operating import backup, restoring

@event.listens_for(Engine, "before_cursor_execute")
def die(connection, cursor, statement, *rest):
    if statement.strip().startswith(sys.argv[4]):
        os.kill(os.getpid(), signal.SIGKILL)

if sys.argv[1] == "restore":
    restoring.restore(sys.argv[2], Path(sys.argv[3]), force=True)
else:
    backup.backup(sys.argv[2], Path(sys.argv[3]))
"""


def filled(url: str, people: int = 3) -> SqlStore:
    store = SqlStore(connect(url))
    for number in range(people):
        owner = f"telegram:{number}"
        store.set_language(owner, "en")
        store.add_document(owner, "run00001", "aftale.docx", "application/x", bytes(range(256)) * 20)
        store.add_feedback(owner, "Tak for det! 🌻", None)
        store.save_conversation(f"{owner}:0", owner, [{"event": "user", "text": "hvad koster det"}], 0)
    store.record_unknown("hvor er nøglen", "da", ["a.b"])
    return store


def rows(url: str) -> dict[str, list[tuple[object, ...]]]:
    engine = connect(url)
    with engine.connect() as connection:
        found = {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
            if table is not processes
        }
    engine.dispose()
    return found


def sqlite(folder: Path, name: str) -> str:
    return f"sqlite:///{folder / name}.db"


def test_a_backup_holds_everything_and_is_its_owners_alone(tmp_path: Path) -> None:
    here, there, file = sqlite(tmp_path, "here"), sqlite(tmp_path, "there"), tmp_path / "makker.backup"
    filled(here)
    assert backup(here, file)["documents"] == 3
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith("makker")) == ["makker.backup"]
    assert restore(there, file).contents["people"] == 3
    assert rows(there) == rows(here)


def test_it_goes_from_one_kind_of_database_to_the_other(tmp_path: Path, postgres_url: str) -> None:
    here, back = sqlite(tmp_path, "here"), sqlite(tmp_path, "back")
    filled(here)
    backup(here, tmp_path / "one")
    restore(postgres_url, tmp_path / "one")
    assert rows(postgres_url) == rows(here)
    store = SqlStore(connect(postgres_url))
    store.add_feedback("telegram:1", "et til", None)  # PostgreSQL goes on counting after what was restored
    store.record_unknown("og et til", "da", [])
    backup(postgres_url, tmp_path / "two")
    assert restore(back, tmp_path / "two").contents["feedback"] == 4
    assert rows(back) == rows(postgres_url)


def test_it_is_of_one_moment_while_the_bot_writes(tmp_path: Path) -> None:
    here = sqlite(tmp_path, "here")
    store, stop = filled(here), threading.Event()

    def writes() -> None:
        number = 100
        while not stop.is_set():  # somebody, and then what is theirs: never the other way round
            store.add_feedback(f"telegram:{number}", str(number), None)
            number += 1

    writer = threading.Thread(target=writes)
    writer.start()
    try:
        for number in range(5):
            contents = backup(here, tmp_path / f"{number}")
            assert contents["feedback"] == contents["people"]
    finally:
        stop.set()
        writer.join()


def test_people_are_replaced_only_by_force_and_never_under_a_running_bot(tmp_path: Path) -> None:
    here, other, file = sqlite(tmp_path, "here"), sqlite(tmp_path, "other"), tmp_path / "makker.backup"
    filled(here)
    backup(here, file)
    store = filled(other, people=5)
    with pytest.raises(StartError, match="5 people already"):
        restore(other, file)
    bot = Holding(store.engine)
    bot.beat()
    with pytest.raises(StartError, match="stop it first"):
        restore(other, file, force=True)
    assert len(rows(other)["people"]) == 5
    bot.leave()
    restore(other, file, force=True)
    assert rows(other) == rows(here)


@pytest.mark.parametrize("damage", ["empty", "text", "cut", "scratched", "newer", "gone"])
def test_a_broken_or_newer_file_changes_nothing(tmp_path: Path, damage: str) -> None:
    here, other, file = sqlite(tmp_path, "here"), sqlite(tmp_path, "other"), tmp_path / "makker.backup"
    filled(here, people=30)
    backup(here, file)
    whole = file.read_bytes()
    if damage == "newer":
        with sqlite3.connect(file) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
    elif damage == "gone":
        file.unlink()
    else:
        scratched = whole[: len(whole) // 2] + b"\xff" * 4096 + whole[len(whole) // 2 + 4096 :]
        damaged = {"empty": b"", "text": b"hello " * 100, "cut": whole[: len(whole) // 2], "scratched": scratched}
        file.write_bytes(damaged[damage])
    filled(other, people=2)
    before = rows(other)
    with pytest.raises(StartError) as raised:
        restore(other, file, force=True)
    assert "\n" not in str(raised.value)
    assert ("9999" in str(raised.value)) == (damage == "newer")
    assert rows(other) == before


@pytest.mark.parametrize("moment", ["INSERT INTO people", "INSERT INTO feedback", "DELETE FROM people"])
def test_a_restore_that_is_killed_has_changed_nothing(tmp_path: Path, moment: str) -> None:
    here, other, file = sqlite(tmp_path, "here"), sqlite(tmp_path, "other"), tmp_path / "makker.backup"
    filled(here)
    backup(here, file)
    filled(other, people=2)
    before = rows(other)
    arguments = ["restore", other, str(file), moment]
    assert (
        subprocess.run([sys.executable, "-c", KILLED, *arguments], cwd=REPO, check=False).returncode == -signal.SIGKILL
    )
    assert rows(other) == before


def test_the_way_back_from_a_newer_version(tmp_path: Path, database_url: str) -> None:
    file = tmp_path / "makker.backup"
    store = filled(database_url)
    backup(database_url, file)
    before = rows(database_url)
    store.delete("telegram:1")
    with store.engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TABLE novelties (id INTEGER PRIMARY KEY, owner VARCHAR(64) REFERENCES people)"
        )
        connection.exec_driver_sql("ALTER TABLE people ADD COLUMN novelty INTEGER")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.engine.dispose()
    with pytest.raises(StartError, match="--force"):
        restore(database_url, file)
    assert restore(database_url, file, force=True).left_out == 1
    with connect(database_url).connect() as connection:
        assert "novelties" not in inspect(connection).get_table_names()
    restore(database_url, file, force=True, with_deleted=True)
    assert rows(database_url) == before


def test_a_backup_that_is_killed_leaves_the_one_before(tmp_path: Path) -> None:
    here, file = sqlite(tmp_path, "here"), tmp_path / "makker.backup"
    filled(here)
    backup(here, file)
    before = file.read_bytes()
    arguments = ["backup", here, str(file), "INSERT INTO documents"]
    assert (
        subprocess.run([sys.executable, "-c", KILLED, *arguments], cwd=REPO, check=False).returncode == -signal.SIGKILL
    )
    assert file.read_bytes() == before
    backup(here, file)  # what the killed one left is no obstacle
    assert not list(tmp_path.glob("*.part*"))


def test_the_commands_say_what_is_in_it(tmp_path: Path) -> None:
    filled(sqlite(tmp_path, "makker"))
    environment = {**os.environ, "MAKKER_DATA_DIR": str(tmp_path), "MAKKER_DATABASE_URL": ""}

    def makker(*arguments: str) -> tuple[int, str]:
        program = [sys.executable, "-m", "bot", *arguments]
        done = subprocess.run(program, cwd=REPO, env=environment, capture_output=True, text=True, check=False)
        return done.returncode, done.stderr

    file = str(tmp_path / "b")
    code, said = makker("backup", file)
    assert (code, said.startswith(f"kept {file}: "), "3 people" in said, "1 unknown" in said) == (0, True, True, True)
    code, said = makker("restore", file)
    assert (code, "--force" in said, len(said.splitlines())) == (1, True, 1)
    assert makker("restore", "--force", file)[0] == 0
    environment["MAKKER_DATA_DIR"] = str(tmp_path / "fresh")
    assert makker("restore", file)[0] == 0
