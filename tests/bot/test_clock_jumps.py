"""A clock that is set forward or back: nothing hangs on it for longer than a moment, and nothing goes for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bot.house import House
from bot.reminders import ABANDONED, Abandoned, Outbox
from bot.settings import Settings
from bot.store import holding as holding_module
from bot.store import retention
from bot.store.database import connect
from bot.store.holding import Came, Holding
from bot.store.rows import now
from bot.store.store import SqlStore
from bot.tidying import tidying
from knowledge.loader import load
from tests.bot.test_store_reminders import LATER, add, set_free

HOURS, YEARS = timedelta(hours=6), timedelta(days=800)
Set = Callable[[timedelta], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Set:
    """Sets the clock by which signs of life are given and what is old is removed."""

    def set_by(span: timedelta) -> None:
        def moment(*_: object) -> datetime:
            return now() + span

        monkeypatch.setattr(holding_module, "clock", moment)
        monkeypatch.setattr(retention, "now", moment)

    return set_by


@pytest.mark.parametrize("span", [HOURS, -HOURS], ids=["forward", "back"])
def test_what_a_dead_process_left_is_taken_over_whatever_the_clock_says(
    clock: Set, span: timedelta, database_url: str
) -> None:
    dead, heir = Holding(connect(database_url)), Holding(connect(database_url))
    dead.beat()
    heir.beat()
    came = Came(1, "42", {"update_id": 1})
    assert dead.take_updates([came]) == [came]
    clock(span)
    heir.beat()
    assert [late._replace(taken=None) for late in heir.adopt_updates()] == [came._replace(deaths=1)]


@pytest.mark.parametrize("span", [HOURS, -HOURS], ids=["forward", "back"])
def test_what_a_living_process_is_taken_for_dead_over_it_learns_of(
    clock: Set, span: timedelta, database_url: str
) -> None:
    one, other = Holding(connect(database_url)), Holding(connect(database_url))
    one.beat()
    other.beat()
    one.take_updates([Came(1, "42", {"update_id": 1})])
    clock(span)
    other.beat()
    other.adopt_updates()
    assert not one.note_sent(1, [{"above": 7}])  # it sends nothing more
    assert not one.are_mine([1])
    one.beat()
    other.beat()
    assert not one.is_alone and not other.is_alone


def test_reminders_that_were_taken_by_a_clock_that_was_ahead_are_said(store: SqlStore) -> None:
    for text in ("mødet", "aftalen"):
        add(store, text)
    assert store.claim_reminder("telegram", LATER + HOURS)
    released = store.claim_reminder("telegram", LATER + HOURS)
    assert released
    store.release_reminder(released.id)
    assert set_free(store) == 1
    assert store.claim_reminder("telegram", LATER) and store.claim_reminder("telegram", LATER)


@pytest.mark.parametrize("span", [HOURS, -HOURS], ids=["ahead", "behind"])
def test_a_reminder_is_said_once_by_machines_whose_clocks_differ(store: SqlStore, span: timedelta) -> None:
    add(store, "mødet")
    steady = 0.0
    here, there = (Outbox(store, load(), lambda at=at: at, steady=lambda: steady) for at in (LATER, LATER + span))
    other = Abandoned(there)
    claimed = here.claim("telegram")
    assert claimed
    assert other.release() == 0  # it is being said
    steady = ABANDONED - 1
    assert other.release() == 0
    here.end(claimed[0], "sent")
    steady = ABANDONED + 1
    assert other.release() == 0
    assert there.claim("telegram") is None


def test_what_a_dead_process_held_is_set_free_by_a_steady_clock(store: SqlStore) -> None:
    add(store, "mødet")
    steady = 0.0
    outbox = Outbox(store, load(), lambda: LATER, steady=lambda: steady)
    assert outbox.claim("telegram")
    heir = Abandoned(outbox)
    assert heir.release() == 0
    steady = ABANDONED + 1
    assert heir.release() == 1


def test_a_clock_that_leaps_by_years_removes_nobody_before_the_next_day(
    clock: Set, tmp_path: object, caplog: pytest.LogCaptureFixture
) -> None:
    house = House(Settings(_env_file=None, data_dir=tmp_path))
    caplog.set_level(logging.INFO, "bot.tidying")

    def runs() -> int:
        async def run() -> None:
            async with tidying(house):
                await asyncio.sleep(0.3)

        asyncio.run(run())
        return house.store.counts()["people"]

    assert runs() == 0
    house.store.note_contact("telegram:42")
    clock(YEARS)
    assert runs() == 1
    assert "the clock has leapt" in caplog.text
    clock(timedelta(0))  # it is right again
    assert house.store.since_chore("retention") < timedelta(0)
    assert house.store.claim_chore("retention", timedelta(hours=20))
    clock(YEARS)
    house.store.claim_chore("retention", timedelta(hours=20))
    clock(YEARS + timedelta(days=1))  # nobody has set it right: so it is
    assert runs() == 0
