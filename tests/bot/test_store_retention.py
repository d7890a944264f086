"""How long things are kept: what goes by itself, what stays, and that one process does it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.store.privacy import EXPORT
from bot.store.retention import Limits
from bot.store.rows import now
from bot.store.store import SqlStore
from bot.store.tables import (
    conversations,
    documents,
    feedback,
    people,
    polls,
    reminders,
    runs,
    teams,
    unknown,
    updates,
)
from dialogues.walkthrough.state import Answer, Run

ANNE, BO, GROUP = "telegram:1", "telegram:2", "telegram:-7"
_TIMES = {
    people: ("seen", "created"),
    runs: ("touched",),
    documents: ("created",),
    teams: ("created",),
    conversations: ("touched",),
    feedback: ("created",),
    reminders: ("due",),
    polls: ("created",),
    updates: ("taken",),
}


def a_run(run_id: str) -> Run:
    return Run(run_id, "agreement", answers={"purpose": Answer("noget")})


def aged(store: SqlStore, days: int, owner: str | None = None) -> None:
    """As if so many days had passed since everything, or since all that is the owner's."""
    with store.engine.begin() as connection:
        for table, names in _TIMES.items():
            if owner is None or "owner" in table.c:
                mine = table.c.owner == owner if owner else True
                old = {name: now() - timedelta(days=days) for name in names}
                connection.execute(update(table).where(mine).values(old))
        if owner is None:
            day = (now() - timedelta(days=days)).date().isoformat()
            connection.execute(update(unknown).values(day=day))


def write(store: SqlStore, owner: str) -> None:
    store.note_contact(owner)
    store.save_run(owner, a_run(owner[-1] * 8))
    store.add_document(owner, owner[-1] * 8, "Aftale.pdf", "application/pdf", b"%PDF")
    store.save_conversation(f"{owner}:0:1", owner, [{"event": "user"}], 0)
    store.add_feedback(owner, "godt", None)


def left(counts: dict[str, int]) -> dict[str, int]:
    return {name: rows for name, rows in counts.items() if rows}


def test_who_has_done_nothing_for_a_year_is_forgotten_and_nobody_else(store: SqlStore) -> None:
    for owner in (ANNE, BO):
        write(store, owner)
    aged(store, 366, ANNE)
    done = store.tidy(Limits())
    assert done.owners == [ANNE] and left(done.counts) == {"people": 1}
    assert store.traces(ANNE, deep=True) == {}
    assert store.runs(BO)


def test_a_dry_run_tells_the_same_and_removes_nothing(store: SqlStore) -> None:
    write(store, ANNE)
    aged(store, 800)
    told = store.tidy(Limits(people=0), dry_run=True)
    assert left(told.counts) == {"walkthroughs": 1, "documents": 1, "conversations": 1, "feedback": 1}
    assert store.runs(ANNE)
    assert store.tidy(Limits(people=0)).counts == told.counts
    assert left(store.tidy(Limits(people=0)).counts) == {}


@pytest.mark.parametrize(("days", "kept"), [(89, True), (91, False)])
def test_a_conversation_that_rests_is_forgotten_after_three_months(store: SqlStore, days: int, kept: bool) -> None:
    write(store, ANNE)
    aged(store, days)
    store.tidy(Limits())
    assert bool(store.conversation_ids()) is kept
    assert store.runs(ANNE)


def test_who_waits_for_a_reminder_is_still_there(store: SqlStore) -> None:
    write(store, ANNE)
    store.add_reminder(ANNE, f"{ANNE}:0:1", "mødet", None, "da")
    waiting = store.add_reminder(ANNE, f"{ANNE}:0:1", "mødet", (now() + timedelta(days=30)).astimezone(), "da")
    aged(store, 500)
    with store.engine.begin() as connection:
        due = update(reminders).where(reminders.c.id == waiting.id).values(due=now() + timedelta(days=30))
        connection.execute(due)
    assert store.tidy(Limits()).owners == []
    assert [one.id for one in store.reminders(ANNE)] == [waiting.id]


def test_who_comes_back_in_time_stays(store: SqlStore) -> None:
    write(store, ANNE)
    aged(store, 364)
    store.note_contact(ANNE, "5")
    aged(store, 0)
    assert store.tidy(Limits()).owners == []


def test_a_group_that_the_bot_was_removed_from_is_forgotten_after_a_month(store: SqlStore) -> None:
    write(store, GROUP)
    write(store, ANNE)
    store.save_run(f"{GROUP}:3", a_run("threadrn"))
    for chat in (GROUP, ANNE):
        store.lose_reminders(chat)
    with store.engine.begin() as connection:
        connection.execute(update(people).where(people.c.gone.is_not(None)).values(gone=now() - timedelta(days=31)))
    assert store.tidy(Limits()).owners == [GROUP]  # who has blocked the bot may come back
    assert store.traces(GROUP) == store.traces(f"{GROUP}:3") == {}


def test_a_group_that_has_the_bot_again_stays(store: SqlStore) -> None:
    write(store, GROUP)
    store.lose_reminders(GROUP)
    store.note_contact(GROUP, "6")
    with store.engine.connect() as connection:
        assert connection.scalar(select(people.c.gone)) is None


def test_a_thread_lives_as_long_as_anything_is_written_in_its_group(store: SqlStore) -> None:
    store.save_run(f"{GROUP}:3", a_run("threadrn"))
    aged(store, 400)
    store.note_contact(f"{GROUP}:5", "7")
    assert store.tidy(Limits(work=0)).owners == []


def test_what_editors_and_doors_no_longer_need_goes(store: SqlStore) -> None:
    store.record_unknown("hvad nu?", "da", [])
    store.expect_poll(ANNE, f"{ANNE}:0:1", ["k:help"])
    store.add_document(ANNE, EXPORT, "mine-data.zip", "application/zip", b"PK")
    with store.engine.begin() as connection:
        connection.execute(updates.insert().values(id=1, taken=now(), waiting={"message": "hej"}))
    aged(store, 8)
    assert left(store.tidy(Limits()).counts) == {"updates": 1, "documents": 1}
    aged(store, 364)
    assert left(store.tidy(Limits(people=0)).counts) == {"polls": 1}
    aged(store, 367)
    assert left(store.tidy(Limits(people=0)).counts) == {"unanswered": 1}


def test_never_means_never(store: SqlStore) -> None:
    write(store, ANNE)
    store.record_unknown("hvad nu?", "da", [])
    store.lose_reminders(GROUP)
    aged(store, 20_000)
    assert left(store.tidy(Limits(0, 0, 0, 0, 0)).counts) == {}


def test_one_process_does_a_chore(store: SqlStore) -> None:
    assert store.claim_chore("retention", timedelta(hours=20))
    assert not store.claim_chore("retention", timedelta(hours=20))
    assert store.claim_chore("retention", timedelta(0))
    assert store.claim_chore("other", timedelta(hours=20))
