"""Reminders while the database is away: none is lost, and none is said twice."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import OperationalError

from bot.reminders import Herald, Outbox, Told
from bot.store.database import connect
from bot.store.store import SqlStore
from dialogues.reminding.reminder import Reminder
from dialogues.reply import Reply
from knowledge.loader import load
from tests.bot.test_store_reminders import set_free
from tests.services import Postgres

DUE = datetime(2027, 3, 3, 8, tzinfo=timezone.utc)


@pytest.fixture
def store(postgres_url: str) -> Iterator[SqlStore]:
    fresh = SqlStore(connect(postgres_url))
    yield fresh
    fresh.engine.dispose()


@pytest.fixture
def outbox(store: SqlStore) -> Outbox:
    store.add_reminder("telegram:1", "telegram:1:0:1", "mødet", DUE, "da")
    return Outbox(store, load(), lambda: DUE, every=0.2)


def test_one_that_was_said_while_the_database_went_is_not_said_again(
    outbox: Outbox, store: SqlStore, postgres: Postgres
) -> None:
    said = []

    async def say(reminder: Reminder, reply: Reply) -> Told:
        said.append(reminder.id)
        await asyncio.to_thread(postgres.stop)
        return "sent"

    async def scene() -> None:
        herald = Herald(outbox, "telegram", say)
        running = asyncio.create_task(herald.run())
        await asyncio.sleep(1)
        await asyncio.to_thread(postgres.start)
        await asyncio.sleep(1.5)
        herald.stop()
        await running

    asyncio.run(scene())
    assert store.being_said() == {}
    assert store.claim_reminder("telegram", DUE + timedelta(days=1)) is None
    assert len(said) == 1


def test_one_whose_words_the_database_kept_back_is_not_lost(
    outbox: Outbox, store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(owner: str) -> str | None:
        monkeypatch.undo()
        raise OperationalError("SELECT", {}, Exception("the server closed the connection"))

    monkeypatch.setattr(store, "language", away)
    with pytest.raises(OperationalError):
        outbox.claim("telegram")
    assert set_free(store) == 1
    assert store.claim_reminder("telegram", DUE + timedelta(minutes=3)) is not None


def test_after_an_outage_a_herald_goes_on_by_itself(outbox: Outbox, postgres: Postgres) -> None:
    said = []

    async def say(reminder: Reminder, reply: Reply) -> Told:
        said.append(reminder.id)
        return "sent"

    async def scene() -> None:
        herald = Herald(outbox, "telegram", say)
        await asyncio.to_thread(postgres.stop)
        running = asyncio.create_task(herald.run())
        await asyncio.sleep(0.5)
        assert not said and not running.done()
        await asyncio.to_thread(postgres.start)
        while not said:
            await asyncio.sleep(0.05)
        herald.stop()
        await running

    asyncio.run(asyncio.wait_for(scene(), 20))
    assert len(said) == 1
