"""Reminders in the store: each is claimed by one, survives a crash, and is its owner's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

from bot.store.database import connect
from bot.store.store import SqlStore
from dialogues.reminding.reminder import Reminder

ANNE, BO = "telegram:1", "telegram:2"
DUE = datetime(2027, 3, 3, 8, 0, tzinfo=timezone.utc)
LATER = DUE + timedelta(seconds=1)


def add(store: SqlStore, text: str = "evalueringen", owner: str = ANNE, due: datetime | None = DUE) -> Reminder:
    return store.add_reminder(owner, f"{owner}:0:1", text, due, "da")


def test_waiting_reminders_are_their_owners_in_order(store: SqlStore) -> None:
    late = add(store, "mødet", due=DUE + timedelta(days=1))
    early = add(store)
    add(store, owner=BO)
    assert store.reminders(ANNE) == [early, late]
    assert (early.due, early.status) == (DUE, "waiting")
    assert store.reminder(BO, early.id) is None
    assert not store.cancel_reminder(BO, early.id)


def test_the_same_reminder_is_stored_once(store: SqlStore) -> None:
    assert add(store) == add(store)
    assert len(store.reminders(ANNE)) == 1


def test_what_was_asked_for_comes_again_and_is_the_same_reminder(store: SqlStore) -> None:
    """As "in an hour" is, where a process died over it: the hour has another end by then."""
    asked = [
        store.add_reminder(ANNE, ANNE, "kaffen", DUE + timedelta(seconds=seconds), "da", came=came)
        for seconds, came in ((0, "77"), (9, "77"), (9, "78"))
    ]
    assert asked[0] == asked[1] and asked[2].id != asked[0].id
    assert store.add_reminder(BO, BO, "kaffen", DUE, "da", came="77").id not in {one.id for one in asked}
    assert store.cancel_reminder(ANNE, asked[0].id)
    late = store.add_reminder(ANNE, ANNE, "kaffen", DUE + timedelta(minutes=1), "da", came="77")
    assert (late.id, late.status) == (asked[0].id, "cancelled")  # and so it stays


def test_only_what_is_due_at_the_door_is_claimed(store: SqlStore) -> None:
    store.add_reminder("terminal:me", "terminal:me", "kaffen", DUE, "da")
    reminder = add(store)
    assert store.claim_reminder("telegram", DUE - timedelta(seconds=1)) is None
    assert store.claim_reminder("terminal:m", LATER) is None
    claimed = store.claim_reminder("telegram", LATER)
    assert claimed is not None and claimed.id == reminder.id and claimed.status == "sending"
    assert store.claim_reminder("telegram", LATER) is None
    assert store.claim_reminder("terminal:me", LATER) is not None


def test_of_several_processes_exactly_one_gets_each(store: SqlStore, database_url: str) -> None:
    wanted = {add(store, f"nummer {number}").id for number in range(12)}
    others = [SqlStore(connect(database_url)) for _ in range(4)]

    def claims(one: SqlStore) -> list[str]:
        found = []
        while reminder := one.claim_reminder("telegram", LATER):
            found.append(reminder.id)
        return found

    with ThreadPoolExecutor(4) as pool:
        claimed = [id_ for found in pool.map(claims, others) for id_ in found]
    assert sorted(claimed) == sorted(wanted)


def test_what_was_sent_or_lost_is_never_claimed_again(store: SqlStore) -> None:
    sent, lost = add(store), add(store, "mødet")
    for _ in (sent, lost):
        store.claim_reminder("telegram", LATER)
    store.reminder_sent(sent.id)
    store.reminder_lost(lost.id)
    assert store.being_said() == {}
    assert store.claim_reminder("telegram", LATER + timedelta(days=1)) is None
    assert store.reminders(ANNE) == []


def set_free(store: SqlStore) -> int:
    """Does what is done about a process that has died; gives how many reminders it held."""
    return sum(store.release_abandoned(*held) for held in store.being_said().items())


def test_what_a_process_took_and_never_ended_is_free_when_it_has_died(store: SqlStore) -> None:
    reminder = add(store)
    store.claim_reminder("telegram", LATER)
    ((id_, claimed),) = store.being_said().items()
    assert not store.release_abandoned(id_, claimed - timedelta(minutes=1))  # it has been taken anew since
    assert store.release_abandoned(id_, claimed)
    again = store.claim_reminder("telegram", LATER + timedelta(minutes=3))
    assert again is not None and again.id == reminder.id


def test_what_could_not_be_sent_rests_a_minute(store: SqlStore) -> None:
    reminder = add(store)
    store.claim_reminder("telegram", LATER)
    store.release_reminder(reminder.id)
    assert store.claim_reminder("telegram", LATER + timedelta(seconds=30)) is None
    assert store.claim_reminder("telegram", LATER + timedelta(seconds=61)) is not None


def test_a_cancelled_one_is_not_claimed_and_one_that_is_being_said_is_not_cancelled(store: SqlStore) -> None:
    first, second = add(store), add(store, "mødet")
    assert store.cancel_reminder(ANNE, first.id)
    claimed = store.claim_reminder("telegram", LATER)
    assert claimed is not None and claimed.id == second.id
    assert not store.cancel_reminder(ANNE, second.id)
    assert store.set_reminder(ANNE, second.id, due=DUE + timedelta(days=1)) is None
    store.reminder_sent(second.id)
    moved = store.set_reminder(ANNE, second.id, due=DUE + timedelta(days=1))  # once more
    assert moved is not None and moved.status == "waiting"


def test_a_draft_waits_once_it_has_what_it_lacks(store: SqlStore) -> None:
    draft = add(store, due=None)
    assert store.reminders(ANNE) == [] and store.claim_reminder("telegram", LATER) is None
    store.set_reminder(ANNE, draft.id, due=DUE)
    assert [one.text for one in store.reminders(ANNE)] == ["evalueringen"]


def test_the_next_one_is_told_and_listeners_hear_of_it(store: SqlStore) -> None:
    heard: list[bool] = []
    store.when_reminders_change(lambda: heard.append(True))
    assert store.next_reminder("telegram") is None
    add(store)
    assert store.next_reminder("telegram") == DUE
    assert heard


def test_deletion_takes_reminders_and_time_zone_along(store: SqlStore) -> None:
    add(store)
    store.set_timezone(ANNE, "Europe/London")
    assert store.export(ANNE)["reminders"][0]["text"] == "evalueringen"
    assert store.delete(ANNE)["reminders"] == 1
    assert store.timezone(ANNE) is None
    assert store.claim_reminder("telegram", LATER) is None
