"""Reminders over real HTTP: asked for, said once when they are due, also after what goes wrong in between.

The door's clock is the test's: it stands at noon on 1 March 2027 until it is set.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.reminders import Outbox
from bot.telegram.updates import spot_of_place
from tests.bot.telegram.scripted import Door
from tests.botapi import BotApi, Person
from tests.conftest import NOW
from tests.waiting import comes_true

if TYPE_CHECKING:
    from bot.engine.engine import RasaEngine
    from bot.house import House

DAY = timedelta(days=1)
TOMORROW = NOW + timedelta(hours=21)  # nine in the morning in Denmark


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def outbox(house: House, clock: Clock) -> Outbox:
    """Over a table without what other tests have left."""
    with house.store.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM reminders")
    return Outbox(house.store, house.knowledge, clock, every=0.02, steady=lambda: clock().timestamp())


@pytest.fixture
def running(telegram: BotApi, house: House, engine: RasaEngine, outbox: Outbox) -> Iterator[Door]:
    with Door(telegram, house.knowledge, engine, desk=house.store, chats=house.store, reminders=outbox) as door:
        yield door


def statuses(house: House) -> list[str]:
    with house.store.engine.connect() as connection:
        return [row.status for row in connection.exec_driver_sql("SELECT status FROM reminders ORDER BY created")]


def tried(house: House) -> bool:
    with house.store.engine.connect() as connection:
        return bool(connection.exec_driver_sql("SELECT count(claimed) FROM reminders").scalar())


def wait_for(telegram: BotApi, house: House, *wanted: str) -> None:
    assert comes_true(lambda: statuses(house) == list(wanted)), statuses(house)


def test_a_reminder_comes_once_when_it_is_due(
    running: Door, telegram: BotApi, anna: Person, clock: Clock, house: House
) -> None:
    anna.says("/mind mødet i morgen kl. 14")
    confirmed = anna.reads()
    assert confirmed.text == "Jeg minder dig om mødet tirsdag den 2. marts 2027 kl. 14.00."
    anna.taps("Andet tidspunkt")
    assert anna.reads().buttons[-1] == "Behold tidspunktet"
    anna.taps("Om en uge")
    assert "den 8. marts" in anna.reads().text
    assert anna.chat.from_bot == [confirmed]  # it has been edited in its place all along
    clock.now = NOW + 7 * DAY + timedelta(hours=2)
    reminder = anna.reads()
    assert reminder.text == "Påmindelse: Husk mødet."
    assert reminder.buttons == ["Igen i morgen", "Igen om en uge", "Igen om en måned"]
    wait_for(telegram, house, "sent")
    clock.now = NOW  # where the engine's clock stands
    anna.taps("Igen om en uge")
    assert "Jeg minder dig om mødet" in anna.reads().text
    assert reminder.text == "Påmindelse: Husk mødet."  # it stays to be read


def test_a_cancelled_one_does_not_come(running: Door, anna: Person, clock: Clock) -> None:
    anna.says("/remind the review on 5 March")
    anna.reads()
    anna.says("/remind the meeting on 6 March")
    anna.reads()
    anna.says("/reminders")
    anna.reads()
    anna.taps("Fortryd: 5. marts, the review")
    anna.reads()
    clock.now = NOW + 9 * DAY
    assert "the meeting" in anna.reads().text


def test_one_that_was_due_while_nobody_was_running_says_that_it_is_late(
    telegram: BotApi, house: House, engine: RasaEngine, outbox: Outbox, anna: Person
) -> None:
    place = f"telegram:{anna.id}:0:{anna.id}"
    house.store.add_reminder(f"telegram:{anna.id}", place, "mødet", NOW - 3 * DAY, "da")
    with Door(telegram, house.knowledge, engine, desk=house.store, reminders=outbox):
        assert "Den skulle være kommet fredag den 26. februar 2027 kl. 12.00" in anna.reads().text


def test_a_process_that_dies_between_claim_and_sending_loses_none(
    telegram: BotApi, house: House, engine: RasaEngine, outbox: Outbox, anna: Person, clock: Clock
) -> None:
    place = f"telegram:{anna.id}:0:{anna.id}"
    house.store.add_reminder(f"telegram:{anna.id}", place, "mødet", NOW, "da")
    assert outbox.claim("telegram") is not None  # and dies
    with Door(telegram, house.knowledge, engine, desk=house.store, reminders=outbox):
        for _ in range(100):  # it is seen to be held, and some minutes later still is
            clock.now += timedelta(minutes=3)
            if telegram.world.wait(lambda: anna.chat.from_bot, 0.2):
                break
        assert anna.reads().text == "Påmindelse: Husk mødet."
        wait_for(telegram, house, "sent")
    assert len(anna.chat.from_bot) == 1


def test_two_bots_over_one_store_say_it_once(
    running: Door, telegram: BotApi, house: House, outbox: Outbox, anna: Person, clock: Clock, engine: RasaEngine
) -> None:
    place = f"telegram:{anna.id}:0:{anna.id}"
    other = BotApi(token="43:AAother")
    with other, Door(other, house.knowledge, engine, desk=house.store, reminders=outbox):
        for number in range(8):
            house.store.add_reminder(f"telegram:{anna.id}", place, f"nummer {number}", TOMORROW, "da")
        other.tolerates("chat not found")
        clock.now = TOMORROW
        assert comes_true(lambda: not {"waiting", "sending"} & set(statuses(house)))
    said = len(anna.chat.from_bot)
    assert statuses(house).count("sent") == said == len({message.text for message in anna.chat.from_bot})


def test_who_blocked_the_bot_is_not_tried_again(
    running: Door, telegram: BotApi, house: House, anna: Person, clock: Clock
) -> None:
    anna.says("/mind mødet i morgen")
    anna.reads()
    anna.blocks_bot()
    telegram.tolerates("blocked")
    clock.now = TOMORROW
    wait_for(telegram, house, "lost")
    bo = telegram.user("Bo")
    house.store.add_reminder(f"telegram:{bo.id}", f"telegram:{bo.id}:0:{bo.id}", "kaffen", TOMORROW + DAY, "da")
    clock.now = TOMORROW + DAY
    assert "kaffen" in bo.reads().text  # the door has looked again
    wait_for(telegram, house, "lost", "sent")
    assert len(telegram.world.refusals) <= 1


def test_where_the_network_fails_it_comes_later(
    running: Door, telegram: BotApi, house: House, anna: Person, clock: Clock
) -> None:
    anna.says("/mind mødet i morgen")
    anna.reads()
    telegram.faults.bad_gateway("sendMessage", times=4)  # all of the courier's tries
    telegram.tolerates("message to edit not found")  # it looks whether one has arrived
    clock.now = TOMORROW
    comes_true(lambda: bool(tried(house)) and statuses(house) == ["waiting"])
    clock.now = TOMORROW + timedelta(minutes=2)
    assert "Husk mødet" in anna.reads().text
    wait_for(telegram, house, "sent")


def test_in_a_group_it_comes_to_the_groups_thread(running: Door, telegram: BotApi, anna: Person, clock: Clock) -> None:
    bo, group = telegram.user("Bo"), telegram.group("Partnergruppen", forum_threads=(7,))
    anna.says("/mind@makkerbot mødet i morgen", chat=group, thread=7)
    assert "Jeg minder jer om mødet" in group.wait_for_reply().text
    bo.says("/paamindelser@makkerbot", chat=group, thread=7)
    assert "mødet" in group.wait_for_reply().text
    clock.now = TOMORROW
    reminder = group.wait_for_reply()
    assert (reminder.text, reminder.thread) == ("Påmindelse: Husk mødet.", 7)
    bo.taps("Igen om en uge", chat=group)
    assert "Jeg minder jer om mødet" in group.wait_for_reply().text


@pytest.mark.parametrize(
    ("place", "spot"),
    [
        ("telegram:42:0:42", (42, None, True)),
        ("telegram:-7:3", (-7, 3, False)),
        ("telegram:-7:0/42", (-7, None, False)),
        ("terminal:me", None),
        ("telegram:x:0", None),
    ],
)
def test_places_are_read(place: str, spot: tuple[int, int | None, bool] | None) -> None:
    found = spot_of_place(place)
    assert (found and (found.chat, found.thread, found.private)) == spot
