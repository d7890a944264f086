"""A restore doesn't bring back who was deleted after the backup, and takes nobody else for deleted."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command

from bot.operating.backup import backup
from bot.operating.restoring import restore
from bot.store.database import connect, migration_config, opened
from bot.store.store import SqlStore
from tests.bot.test_backup import filled, rows, sqlite


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "makker.backup"


def test_who_was_deleted_after_the_backup_stays_so(file: Path, database_url: str) -> None:
    store = filled(database_url)
    backup(database_url, file)
    store.delete("telegram:1")
    store.set_language("telegram:99", "da")
    restored = restore(database_url, file, force=True)
    assert (restored.left_out, restored.contents["people"], restored.contents["documents"]) == (1, 2, 2)
    assert not store.traces("telegram:1", deep=True) and store.traces("telegram:2")


def test_those_who_were_deleted_can_be_brought_back(file: Path, database_url: str) -> None:
    store = filled(database_url)
    backup(database_url, file)
    before = rows(database_url)
    store.delete("telegram:1")
    assert restore(database_url, file, force=True, with_deleted=True).left_out == 0
    assert rows(database_url) == before


def test_who_was_deleted_and_came_back_does_so_without_what_they_had(file: Path, database_url: str) -> None:
    store = filled(database_url)
    backup(database_url, file)
    store.delete("telegram:1")
    store.note_contact("telegram:1")
    assert restore(database_url, file, force=True).left_out == 1
    assert not store.traces("telegram:1", deep=True)


def test_a_database_that_was_begun_anew_tells_nothing(tmp_path: Path, file: Path) -> None:
    here, other = sqlite(tmp_path, "here"), sqlite(tmp_path, "other")
    filled(here)
    backup(here, file)
    filled(other, people=1)
    assert restore(other, file, force=True).left_out == 0
    assert rows(other) == rows(here)


def test_after_the_wrong_backup_the_right_one_brings_back_everybody(tmp_path: Path, database_url: str) -> None:
    monday, wednesday = tmp_path / "monday", tmp_path / "wednesday"
    store = filled(database_url)
    backup(database_url, monday)
    store.add_document("telegram:77", "run00001", "aftale.docx", "application/x", b"1")
    backup(database_url, wednesday)
    before = rows(database_url)
    restore(database_url, monday, force=True)
    assert restore(database_url, wednesday, force=True).left_out == 0
    assert rows(database_url) == before


def test_a_group_that_has_another_id_by_now_was_not_deleted(tmp_path: Path, file: Path) -> None:
    here = sqlite(tmp_path, "here")
    store = filled(here)
    store.set_language("telegram:-7", "da")
    store.set_language("telegram:-7:3", "da")
    store.save_conversation("telegram:-7:3/55", "telegram:-7:3", [{"event": "user", "text": "hej"}], 0)
    store.set_language("telegram:1", "da")
    backup(here, file)
    before = rows(here)
    store.move_chat(-7, -1_000_000_000_007)
    assert restore(here, file, force=True).left_out == 0
    assert rows(here) == before


@pytest.mark.parametrize("came_back", [False, True])
def test_what_somebody_said_in_a_group_stays_deleted(file: Path, database_url: str, came_back: bool) -> None:
    store, spoken = filled(database_url), "telegram:-7:0/55"
    for version, word in enumerate(("hej", "hemmeligt")):
        store.save_conversation(spoken, "telegram:-7", [{"event": "user", "text": word}], version)
    store.set_language("telegram:-7", "da")  # the last of what both have
    backup(database_url, file)
    store.delete("telegram:55")
    if came_back:
        store.save_conversation(spoken, "telegram:-7", [{"event": "user", "text": "goddag"}], 0)
    restore(database_url, file, force=True)
    assert not store.traces("telegram:55")


def test_over_a_database_of_an_older_version(tmp_path: Path, file: Path) -> None:
    old, copy = sqlite(tmp_path, "old"), sqlite(tmp_path, "copy")
    engine = opened(old)
    with engine.begin() as connection:
        config = migration_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        row = "('telegram:1', 0, '2026-01-01 00:00:00.000000')"
        connection.exec_driver_sql(f"INSERT INTO people (owner, member, created) VALUES {row}")
    engine.dispose()
    (tmp_path / "copy.db").write_bytes((tmp_path / "old.db").read_bytes())
    SqlStore(connect(copy)).set_language("telegram:2", "da")
    backup(copy, file)
    assert restore(old, file, force=True).contents["people"] == 2
