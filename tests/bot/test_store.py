"""The store: what belongs to whom, what survives, what is gone after deletion."""

from __future__ import annotations

import socket
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError, OperationalError

from bot.errors import StartError
from bot.store.database import connect, opened, takes_nothing
from bot.store.store import SqlStore
from bot.store.tables import metadata
from dialogues.walkthrough.state import Answer, Run

ANNE, BO = "telegram:1", "telegram:2"


def a_run(run_id: str = "abcdefgh", **answers: object) -> Run:
    return Run(run_id, "agreement", answers={item: Answer(value) for item, value in answers.items()}, at="purpose")


def test_the_migrations_make_the_tables_that_the_code_means(store: SqlStore) -> None:
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_sqlite_runs_with_wal_and_foreign_keys(tmp_path: Path) -> None:
    with connect(f"sqlite:///{tmp_path / 'makker.db'}").connect() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1


def test_a_run_is_found_again_as_it_was_by_its_owner_alone(store: SqlStore) -> None:
    run = a_run(start=date(2027, 3, 1), hours=12.5, partner="Musikskolen", skipped=None)
    store.save_run(ANNE, run)
    assert store.run(ANNE, run.id) == run
    assert store.run(BO, run.id) is None
    assert store.runs(BO) == []


def test_a_run_saved_by_another_owner_is_not_overwritten(store: SqlStore) -> None:
    store.save_run(ANNE, a_run())
    with pytest.raises(IntegrityError):
        store.save_run(BO, a_run(partner="Bos"))
    assert store.run(ANNE, "abcdefgh") == a_run()


def test_the_run_touched_last_comes_first(store: SqlStore) -> None:
    for run_id in ("aaaaaaaa", "bbbbbbbb"):
        store.save_run(ANNE, a_run(run_id))
    store.save_run(ANNE, a_run("aaaaaaaa", partner="Banken"))
    assert [run.id for run in store.runs(ANNE)] == ["aaaaaaaa", "bbbbbbbb"]


def test_a_document_is_handed_to_its_owner_alone(store: SqlStore) -> None:
    document_id = store.add_document(ANNE, "abcdefgh", "Aftale.pdf", "application/pdf", b"%PDF")
    found = store.document_content(ANNE, document_id)
    assert found is not None
    assert (found[0].file_name, found[1]) == ("Aftale.pdf", b"%PDF")
    assert store.document_content(BO, document_id) is None
    assert [document.id for document in store.documents(ANNE)] == [document_id]
    assert store.documents(BO) == []


def test_a_run_and_its_papers_are_stored_together_or_not_at_all(store: SqlStore) -> None:
    word, lost = ("Aftale.docx", "application/msword", b"word"), ("Aftale.pdf", None, b"pdf")
    store.save_run(ANNE, a_run())
    with pytest.raises(IntegrityError):
        store.save_with_papers(ANNE, a_run(partner="Banken"), [word, lost])  # type: ignore[list-item]
    assert store.run(ANNE, "abcdefgh") == a_run() and store.documents(ANNE) == []
    (kept,) = store.save_with_papers(ANNE, a_run(partner="Banken"), [word])
    assert store.run(ANNE, "abcdefgh") == a_run(partner="Banken")
    assert [(one.id, one.run) for one in store.documents(ANNE)] == [(kept, "abcdefgh")]


def test_everything_survives_a_restart(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'makker.db'}"
    first = SqlStore(connect(url))
    first.set_language(ANNE, "en")
    first.save_run(ANNE, a_run(partner="Banken"))
    first.engine.dispose()
    again = SqlStore(connect(url))
    assert again.language(ANNE) == "en"
    assert again.runs(ANNE) == [a_run(partner="Banken")]


def test_deletion_leaves_nothing_of_the_one_and_all_of_the_other(store: SqlStore, tmp_path: Path) -> None:
    for owner in (ANNE, BO):
        store.set_language(owner, "da")
        store.save_run(owner, a_run(owner[-1] * 8, partner=f"hemmelig-{owner[-1]}"))
        store.add_document(owner, "", "Aftale.pdf", "application/pdf", f"hemmelig-{owner[-1]}".encode())
        store.add_feedback(owner, f"hemmelig-{owner[-1]}", None)
        store.save_conversation(f"{owner}:0", owner, [{"event": "user", "text": f"hemmelig-{owner[-1]}"}], 0)
    kept = {"runs", "documents", "feedback", "conversations"}
    assert {name: rows for name, rows in store.delete(ANNE).items() if rows} == dict.fromkeys(kept, 1)
    assert not any(store.export(ANNE).values())
    assert {name for name, rows in store.export(BO).items() if rows} == {*kept, "person", "walkthroughs"} - {"runs"}
    assert store.run(BO, "22222222") is not None


def test_a_conversation_that_another_went_on_with_is_not_overwritten(store: SqlStore) -> None:
    assert store.save_conversation("c", ANNE, [{"event": "one"}], 0)
    assert store.save_conversation("c", ANNE, [{"event": "two"}], 1)
    assert not store.save_conversation("c", ANNE, [{"event": "late"}], 1)
    assert not store.save_conversation("c", ANNE, [{"event": "as if new"}], 0)
    assert store.conversation("c") == ([{"event": "two"}], 2, None)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("rubbish", "MAKKER_DATABASE_URL"),
        ("oracle9://x", "MAKKER_DATABASE_URL"),
        ("mysql://x/y", "MAKKER_DATABASE_URL"),
        ("sqlite:////dev/null/makker.db", "MAKKER_DATA_DIR"),
    ],
)
def test_a_database_that_cannot_be_opened_is_told_in_one_line(url: str, says: str) -> None:
    with pytest.raises(StartError) as error:
        connect(url)
    assert says in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_is_no_database_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "makker.db").write_text("this is no database, but it is long enough to look like one" * 50)
    with pytest.raises(StartError, match="cannot be read") as error:
        connect(f"sqlite:///{tmp_path / 'makker.db'}")
    assert "\n" not in str(error.value)


def test_a_full_disk_and_a_database_that_is_away_may_be_otherwise_later(tmp_path: Path) -> None:
    full = connect(f"sqlite:///{tmp_path / 'makker.db'}")
    event.listen(full, "checkout", lambda connection, *_: connection.execute("PRAGMA max_page_count = 1"))
    nobody = opened("postgresql://makker@127.0.0.1:1/makker")
    for engine in (full, nobody):
        with pytest.raises(OperationalError) as error:
            SqlStore(engine).save_run(ANNE, a_run(partner="Banken" * 10_000))
        assert takes_nothing(error.value)
    with pytest.raises(IntegrityError) as broken:
        SqlStore(connect(f"sqlite:///{tmp_path / 'other.db'}")).save_conversation(None, ANNE, [], 0)  # type: ignore[arg-type]
    assert not takes_nothing(broken.value)


def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'makker.db'}"
    engine = connect(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StartError, match="newer version") as error:
        connect(url)
    assert "\n" not in str(error.value)


def test_a_postgresql_that_lets_us_wait_holds_nobody_up_for_long() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        engine = opened(f"postgresql://makker@127.0.0.1:{silent.getsockname()[1]}/makker?connect_timeout=2")
        for _ in range(20):
            with pytest.raises(OperationalError):
                engine.connect()
        silent.setblocking(False)
        tries = 0
        with suppress(BlockingIOError):
            while True:
                silent.accept()[0].close()
                tries += 1
    assert 1 <= tries <= 3  # each takes its two seconds, the rest were told the same at once


def test_a_postgresql_that_is_away_is_told_in_one_line_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(StartError, match="whether the server runs") as error:
        connect(f"postgresql://makker:hemmelig@/makker?host={tmp_path}")
    assert "\n" not in str(error.value) and "hemmelig" not in str(error.value)
