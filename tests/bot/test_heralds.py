"""What sees to it that reminders are said when they are due, whatever happens meanwhile."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta, timezone

import pytest

from bot.reminders import Herald, Outbox, Told
from bot.store.store import SqlStore
from dialogues.reminding.reminder import Reminder
from dialogues.reply import Reply
from knowledge.loader import Knowledge, load

DUE = datetime(2027, 3, 3, 8, tzinfo=timezone.utc)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


def add(store: SqlStore, due: datetime = DUE) -> Reminder:
    return store.add_reminder("terminal:anna", "terminal:anna", "mødet", due, "da")


def test_one_that_is_added_is_said_at_once_where_it_is_due(store: SqlStore, knowledge: Knowledge) -> None:
    said: list[str] = []

    async def scene() -> None:
        heard = asyncio.Event()

        async def say(reminder: Reminder, reply: Reply) -> Told:
            said.append(reply.text)
            heard.set()
            return "sent"

        herald = Herald(Outbox(store, knowledge, lambda: DUE, every=3600), "terminal:anna", say)
        running = asyncio.create_task(herald.run())
        await asyncio.to_thread(add, store)
        await asyncio.wait_for(heard.wait(), 10)
        herald.stop()
        await running

    asyncio.run(scene())
    assert said == ["**Påmindelse:** Husk mødet."]
    assert store.reminders("terminal:anna") == []


def test_a_door_that_breaks_keeps_the_reminder(store: SqlStore, knowledge: Knowledge) -> None:
    add(store)

    async def say(reminder: Reminder, reply: Reply) -> Told:
        raise RuntimeError("the door is stuck")

    async def scene() -> None:
        await Herald(Outbox(store, knowledge, lambda: DUE), "terminal", say).say_due()

    asyncio.run(scene())
    assert [reminder.status for reminder in store.reminders("terminal:anna")] == ["waiting"]


def test_a_reminder_that_cannot_be_put_into_words_does_not_hold_up_the_next(
    store: SqlStore, knowledge: Knowledge
) -> None:
    broken = add(store, DUE - timedelta(minutes=1))
    with store.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE reminders SET language = 'xx' WHERE id = '{broken.id}'")
    add(store)
    claimed = Outbox(store, knowledge, lambda: DUE).claim("terminal")
    assert claimed is not None and claimed[0].id != broken.id


@pytest.mark.parametrize(("ahead", "seconds"), [(10, 10), (300, 30), (-10, 30)])
def test_it_looks_again_when_the_next_is_due_and_every_half_minute(
    store: SqlStore, knowledge: Knowledge, ahead: int, seconds: float
) -> None:
    outbox = Outbox(store, knowledge, lambda: DUE)
    assert outbox.pause("terminal") == 30
    add(store, DUE + timedelta(seconds=ahead))
    assert outbox.pause("terminal") == seconds
