"""What is kept of somebody: told once, shown whole, gone from the disk when it is deleted."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from bot.store.database import connect
from bot.store.privacy import EXPORT
from bot.store.rows import now
from bot.store.store import SqlStore
from bot.store.tables import metadata, moved_chats, people
from dialogues.course.state import Course
from dialogues.walkthrough.state import Answer, Run

ANNE, BO, GROUP = "telegram:1", "telegram:2", "telegram:-7"
CANARY = "kanariefugl"
MOMENT = now().date()


def a_run(run_id: str, word: str, **more: object) -> Run:
    return Run(run_id, "agreement", answers={"purpose": Answer(word)}, notes={"purpose": word}, **more)


def said(word: str, name: str | None = None) -> list[dict[str, object]]:
    return [{"event": "user", "text": word, "parse_data": {"name": name} if name else {}}]


def fill(store: SqlStore, owner: str, word: str) -> None:
    """Something in every table that belongs to somebody, much of it written over once."""
    run_id = f"{owner[-1] * 4}{abs(hash(owner)) % 10_000:04d}"
    for words in (f"{word} før", f"{word} efter"):
        store.save_run(owner, a_run(run_id, words))
        store.save_course(owner, Course(MOMENT, MOMENT, notes={"one": words}))
        known = store.conversation(f"{owner}:0:{owner[-1]}")
        store.save_conversation(f"{owner}:0:{owner[-1]}", owner, said(words * 400), known[1] if known else 0)
    store.note_contact(owner)
    store.set_language(owner, "da")
    store.add_document(owner, run_id, f"{word}.pdf", "application/pdf", f"{word} ".encode() * 5000)
    store.add_feedback(owner, word, None)
    due = (now() + timedelta(days=1)).astimezone()
    store.add_reminder(owner, f"{owner}:0:1", word, due, "da", run_id)
    store.vote(owner, "agreement.sign", True, "v1")
    store.expect_poll(owner, f"{owner}:0:1", [word])
    store.set_screen(f"{owner}:0:1", owner, f"run:{run_id}", 1)
    team = store.add_team(owner, f"{owner}:0", "readiness", "quick", "da", word)
    store.join_team(team.id, owner, run_id)


def on_disk(folder: Path, word: str) -> list[str]:
    """The files below a folder in which a word can be read, in any of the ways that databases and Python write it."""
    ways = {word.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")}
    return [path.name for path in folder.rglob("*") if path.is_file() and any(way in path.read_bytes() for way in ways)]


def owned() -> set[str]:
    return {table.name for table in metadata.sorted_tables if "owner" in table.c}


def test_everything_that_belongs_to_somebody_is_in_what_they_are_shown(store: SqlStore) -> None:
    fill(store, ANNE, CANARY)
    shown = store.export(ANNE)
    renamed = {"person": "people", "walkthroughs": "runs"}
    assert {renamed.get(name, name) for name, rows in shown.items() if rows} == owned()
    assert not any(store.export(BO).values())


def test_after_a_deletion_nothing_is_found_in_any_table(store: SqlStore) -> None:
    fill(store, ANNE, CANARY)
    fill(store, BO, "sangdrossel")
    assert set(store.traces(ANNE)) == owned()
    counts = store.delete(ANNE)
    assert {name for name, rows in counts.items() if rows} == owned() - {"people"}
    assert store.traces(ANNE) == store.traces(ANNE, deep=True) == {}
    assert set(store.traces(BO)) == owned()


def test_what_was_deleted_can_not_be_read_in_the_files_of_the_database(tmp_path: Path) -> None:
    store = SqlStore(connect(f"sqlite:///{tmp_path / 'makker.db'}"))
    fill(store, ANNE, CANARY)
    fill(store, BO, "sangdrossel")
    assert on_disk(tmp_path, CANARY)
    store.delete(ANNE)
    assert on_disk(tmp_path, CANARY) == []
    assert on_disk(tmp_path, "sangdrossel")
    store.engine.dispose()
    assert on_disk(tmp_path, CANARY) == []


def test_what_was_written_over_can_not_be_read_either_after_a_checkpoint(tmp_path: Path) -> None:
    store = SqlStore(connect(f"sqlite:///{tmp_path / 'makker.db'}"))
    store.save_run(ANNE, a_run("aaaaaaaa", CANARY * 300))
    store.save_run(ANNE, a_run("aaaaaaaa", "kort"))
    store.delete(BO)
    assert on_disk(tmp_path, CANARY) == []


def test_a_reader_that_holds_the_log_delays_the_proof_but_not_the_deletion(tmp_path: Path) -> None:
    store = SqlStore(connect(f"sqlite:///{tmp_path / 'makker.db'}"))
    fill(store, ANNE, CANARY)
    with store.engine.connect() as reader:
        reader.execute(select(people)).all()
        reader.exec_driver_sql("BEGIN")
        reader.execute(select(people)).all()
        store.delete(ANNE)
        assert store.traces(ANNE) == {}
    assert store.scrub()
    assert on_disk(tmp_path, CANARY) == []


def test_what_somebody_said_in_a_group_is_theirs(store: SqlStore) -> None:
    store.save_conversation(f"{GROUP}:0/1", GROUP, said(CANARY, "Anne Holm"), 0)
    store.save_conversation(f"{GROUP}:0/21", GROUP, said("andet", "Bo"), 0)
    store.save_run(GROUP, a_run("gggggggg", "fælles", by={"purpose": "Anne Holm", "partner": "Bo"}))
    shown = store.export(ANNE)
    assert [row["id"] for row in shown["conversations"]] == [f"{GROUP}:0/1"]
    assert [(row["question"], row["answer"]) for row in shown["answers_in_groups"]] == [("purpose", "fælles")]
    assert store.export("telegram:21")["answers_in_groups"] == [
        {"checklist": "agreement", "question": "partner", "answer": None, "as": "Bo"}
    ]
    assert store.delete(ANNE)["conversations"] == 1
    assert store.traces(ANNE, deep=True) == {}
    run = store.run(GROUP, "gggggggg")
    assert run.by == {"partner": "Bo"} and run.answers == {"purpose": Answer("fælles")}
    assert store.conversation(f"{GROUP}:0/21")


def test_a_group_goes_with_its_threads_and_leaves_its_members_their_own(store: SqlStore) -> None:
    fill(store, GROUP, CANARY)
    fill(store, f"{GROUP}:3", CANARY)
    fill(store, "telegram:-71", "nabo")
    fill(store, ANNE, "egen")
    store.move_chat(-5, -7)
    store.delete(GROUP)
    assert store.traces(GROUP, deep=True) == store.traces(f"{GROUP}:3", deep=True) == {}
    assert set(store.traces("telegram:-71")) == set(store.traces(ANNE)) == owned()
    with store.engine.connect() as connection:
        assert connection.execute(select(moved_chats)).all() == []


def test_a_name_that_looks_like_anothers_is_not_theirs(store: SqlStore) -> None:
    for owner in ("terminal:anna", "terminal:anna:bo", "terminal:an%", "telegram:1", "telegram:11"):
        store.save_conversation(owner, owner, said("hej"), 0)
    for owner in ("terminal:an%", "terminal:anna", "telegram:1"):
        assert store.delete(owner)["conversations"] == 1
    assert sorted(store.conversation_ids()) == ["telegram:11", "terminal:anna:bo"]


def test_everybody_is_told_once_and_again_only_where_the_same_comes_again(store: SqlStore) -> None:
    assert store.note_contact(ANNE, "700")
    assert store.note_contact(ANNE, "700")  # the answer may not have arrived
    assert not store.note_contact(ANNE, "701")
    assert store.note_contact(BO) and not store.note_contact(BO)
    assert store.note_contact(f"{GROUP}:3", "702")
    assert not store.note_contact(GROUP, "703") and not store.note_contact(f"{GROUP}:4", "704")
    store.delete(ANNE)
    assert store.note_contact(ANNE, "705")


def test_a_group_that_becomes_a_supergroup_has_been_told(store: SqlStore) -> None:
    store.note_contact(GROUP, "700")
    store.move_chat(-7, -1_000_000_000_007)
    assert not store.note_contact("telegram:-1000000000007", "701")


def test_only_the_last_file_with_all_of_it_is_kept(store: SqlStore) -> None:
    for _ in range(2):
        store.forget_exports(ANNE)
        store.add_document(ANNE, EXPORT, "mine-data.zip", "application/zip", b"PK")
    store.add_document(ANNE, "", "Aftale.pdf", "application/pdf", b"%PDF")
    assert sorted(one.file_name for one in store.documents(ANNE)) == ["Aftale.pdf", "mine-data.zip"]
