"""The lesson of the day over real HTTP: it comes once, with its buttons, as long as the learner can be written to.

The clock is the test's: it stands at noon on Monday, 1 March 2027, until it is set.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.reminders import Outbox
from dialogues.course.buttons import HOME, PACE, tap
from tests.bot.telegram.learning import ON, course, press
from tests.bot.telegram.scripted import Door
from tests.botapi import BotApi, Person
from tests.conftest import NOW

if TYPE_CHECKING:
    from bot.engine.engine import RasaEngine
    from bot.house import House
    from knowledge.schema import Lesson

AT_TWO = NOW + timedelta(hours=2)
DAY = timedelta(days=1)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="module")
def ticking() -> Clock:
    return Clock()


@pytest.fixture
def clock(ticking: Clock) -> Clock:
    ticking.now = NOW
    return ticking


@pytest.fixture(scope="module")
def engine(house: House, ticking: Clock) -> Iterator[RasaEngine]:
    """A running engine whose clock is the test's."""
    from bot.engine.engine import RasaEngine
    from dialogues.turn import Services

    services = Services(house.knowledge, house.store, lambda: ticking().date(), ticking)
    running = RasaEngine(house.model, services, house.store)
    yield running
    running.close()


@pytest.fixture
def outbox(house: House, clock: Clock) -> Outbox:
    """Over a table without what other tests have left."""
    with house.store.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM reminders")
    return Outbox(house.store, house.knowledge, clock, every=0.02)


@pytest.fixture
def running(telegram: BotApi, house: House, engine: RasaEngine, outbox: Outbox) -> Iterator[Door]:
    with Door(telegram, house.knowledge, engine, desk=house.store, chats=house.store, reminders=outbox) as door:
        yield door


def learns_at_two(person: Person) -> None:
    person.says("/intro")
    shown = person.reads()
    press(person, shown, tap(PACE))
    press(person, person.reads(), tap(PACE, "14.00"))
    assert "14.00" in person.reads().text


def states(house: House) -> list[tuple[str, datetime]]:
    with house.store.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT status, due FROM reminders WHERE course ORDER BY due")
        return [(row.status, datetime.fromisoformat(str(row.due))) for row in rows]


def wait_until(holds: str, house: House) -> None:
    until = time.monotonic() + 10
    while not any(status == holds for status, _ in states(house)) and time.monotonic() < until:
        time.sleep(0.01)
    assert any(status == holds for status, _ in states(house)), states(house)


def test_it_comes_once_on_each_working_day_with_its_buttons(
    running: Door, anna: Person, clock: Clock, house: House, lesson: Lesson
) -> None:
    learns_at_two(anna)
    before = len(anna.chat.from_bot)
    clock.now = AT_TWO
    reminder = anna.reads()
    assert lesson.text("da").title in reminder.text + " ".join(reminder.buttons)
    wait_until("waiting", house)
    time.sleep(0.2)  # the door looks every 20 ms
    assert len(anna.chat.from_bot) == before + 1
    press(anna, reminder, *ON)
    assert anna.reads() is reminder and lesson.text("da").title in reminder.text
    press(anna, reminder, tap(HOME))
    anna.reads()
    time.sleep(0.2)
    clock.now = AT_TWO + DAY
    second = anna.reads()
    assert lesson.text("da").title in second.text + " ".join(second.buttons)
    assert anna.chat.from_bot[before:] == [reminder, second]


def test_it_survives_a_restart(
    telegram: BotApi, house: House, engine: RasaEngine, outbox: Outbox, anna: Person, clock: Clock
) -> None:
    with Door(telegram, house.knowledge, engine, desk=house.store, chats=house.store):
        learns_at_two(anna)
    clock.now = AT_TWO
    with Door(telegram, house.knowledge, engine, desk=house.store, chats=house.store, reminders=outbox):
        press(anna, anna.reads(), *ON)
        assert anna.reads()
        wait_until("waiting", house)
    with Door(telegram, house.knowledge, engine, desk=house.store, chats=house.store, reminders=outbox):
        said = len(anna.chat.from_bot)
        time.sleep(0.2)
        assert len(anna.chat.from_bot) == said


def test_who_blocked_the_bot_gets_none_and_loses_nothing(
    running: Door, telegram: BotApi, anna: Person, clock: Clock, house: House
) -> None:
    telegram.tolerates("blocked")
    learns_at_two(anna)
    anna.blocks_bot()
    clock.now = AT_TWO
    wait_until("lost", house)
    bo = telegram.user("Bo")
    learns_at_two(bo)
    assert bo.chat.from_bot  # nothing broke
    anna.unblocks_bot()
    kept = course(house, anna)
    assert kept.hour == "14:00"
    anna.says("/intro")
    press(anna, anna.reads(), *ON)
    assert anna.reads().buttons
    until = time.monotonic() + 10
    while [status for status, _ in states(house)].count("waiting") < 2 and time.monotonic() < until:
        time.sleep(0.01)
    assert [status for status, _ in states(house)].count("waiting") == 2  # hers has been set again
