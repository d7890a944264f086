"""Reminders that are due: taken from the store, put into words, and handed to a door that says them.

The wall clock is read anew each time, so that a machine that slept, or a clock that was set, loses none.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Literal

from sqlalchemy.exc import SQLAlchemyError

from bot.store.store import SqlStore
from dialogues.course import home_screens, pacing
from dialogues.course.buttons import Screen
from dialogues.reminding import wording
from dialogues.reminding.reminder import Reminder
from dialogues.reminding.zones import zone
from dialogues.reply import Reply
from knowledge.loader import Knowledge

log = logging.getLogger(__name__)

ABANDONED = 120.0  # seconds: a process that has held a reminder for longer has died
EVERY = 30.0  # seconds after which is looked anew, whatever was known: another process may have stored one
_TRIES = (0.5, 1, 2, 4, 8, 16, 32, 32)  # seconds between tries: all together less than a claim holds
SIDE_BY_SIDE = 4  # reminders that are said at once: many are due at nine
Told = Literal["sent", "lost", "later"]
Say = Callable[[Reminder, Reply], Awaitable[Told]]
"""Says a reminder: it has been sent, can never be, or is to be tried again."""


def utc_now() -> datetime:
    """The time on the wall clock."""
    return datetime.now(timezone.utc)


@dataclass(frozen=True)
class Outbox:
    """What is due, in words."""

    store: SqlStore
    knowledge: Knowledge
    now: Callable[[], datetime] = utc_now
    every: float = EVERY
    steady: Callable[[], float] = time.monotonic  # seconds, by a clock that nobody sets

    def claim(self, door: str) -> tuple[Reminder, Reply] | None:
        """The next reminder that is due in a place of the door, for the caller alone to say; None where none is."""
        while reminder := self.store.claim_reminder(door, self.now()):
            try:
                return reminder, self._in_words(reminder)
            except SQLAlchemyError:  # the database is away: like any other that was taken, it is free again soon
                raise
            except Exception:
                log.exception("the reminder %s can't be put into words", reminder.id)
                self.store.reminder_lost(reminder.id)
        return None

    def end(self, reminder: Reminder, told: Told) -> None:
        """Notes what became of a reminder that was claimed."""
        if told == "sent":
            self.store.reminder_sent(reminder.id, self._again(reminder))
        elif told == "lost":
            self.store.reminder_lost(reminder.id)
        else:
            self.store.release_reminder(reminder.id)

    def pause(self, door: str) -> float:
        """Seconds until there is something to look for."""
        due = self.store.next_reminder(door)
        ahead = (due - self.now()) / timedelta(seconds=1) if due else self.every
        return min(ahead, self.every) if ahead > 0 else self.every  # one that is overdue has failed, and rests

    def _in_words(self, reminder: Reminder) -> Reply:
        language = self.store.language(reminder.owner) or reminder.language
        if reminder.course:
            return self._lesson_of_the_day(reminder, language)
        run = self.store.run(reminder.owner, reminder.run) if reminder.run else None
        where = zone(self.store.timezone(reminder.owner))
        return wording.said(self.knowledge, reminder, run, language, where, self.now())

    def _lesson_of_the_day(self, reminder: Reminder, language: str) -> Reply:
        course, now = self.store.course(reminder.owner), self._here(reminder)
        if course is None:
            raise LookupError("there is no course any more")
        screen = Screen(self.knowledge, language, now, course)
        return home_screens.reminder(screen, course, last=pacing.gives_up(course, self.knowledge.lessons, now.date()))

    def _again(self, reminder: Reminder) -> datetime | None:
        """When a lesson of the day comes again; None where the learner has let too many of them pass."""
        course = self.store.course(reminder.owner) if reminder.course else None
        now = self._here(reminder)
        if course is None or pacing.gives_up(course, self.knowledge.lessons, now.date()):
            return None
        where = zone(self.store.timezone(reminder.owner))
        return pacing.next_reminder(course, self.knowledge.lessons, now, where, after_today=True)

    def _here(self, reminder: Reminder) -> datetime:
        """The time on the owner's clock."""
        return self.now().astimezone(zone(self.store.timezone(reminder.owner)))


class Abandoned:
    """What processes took that have died since.

    How long something has been held is counted from when it was first seen to be, by this process' own steady clock:
    the wall clocks of two machines may differ by more than a reminder takes, and either may be set.
    """

    def __init__(self, outbox: Outbox) -> None:
        self._store = outbox.store
        self._steady = outbox.steady
        self._seen: dict[tuple[str, datetime], float] = {}

    def release(self) -> int:
        """Sets it free, to be said by whoever is next; gives how many reminders."""
        taken = self._store.being_said().items()
        moment = self._steady()  # read after them: nothing is seen before it was taken
        self._seen = {held: self._seen.get(held, moment) for held in taken}
        old = [held for held, since in self._seen.items() if moment - since > ABANDONED]
        return sum(self._store.release_abandoned(*held) for held in old)


class Herald:
    """Has the reminders of one door said when they are due, until it is told to stop."""

    def __init__(self, outbox: Outbox, door: str, say: Say) -> None:
        self._outbox = outbox
        self._door = door
        self._say = say
        self._abandoned = Abandoned(outbox)
        self._stopping = False
        self._news = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        outbox.store.when_reminders_change(self._wake)

    async def run(self) -> None:
        """Says what is due, and waits for what comes; a store that fails is tried again."""
        while not self._stopping:
            self._news.clear()
            pause = self._outbox.every
            try:
                await self.say_due()
                pause = await asyncio.to_thread(self._outbox.pause, self._door)
            except Exception:
                log.exception("reminders could not be looked for")
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._news.wait(), pause)

    async def say_due(self) -> None:
        """Says everything that is due now."""
        await asyncio.to_thread(self._abandoned.release)
        await asyncio.gather(*(self._say_one_by_one() for _ in range(SIDE_BY_SIDE)))

    def stop(self) -> None:
        """What has been begun is ended; nothing more is begun."""
        self._stopping = True
        self._news.set()

    async def _say_one_by_one(self) -> None:
        while not self._stopping:
            claimed = await asyncio.to_thread(self._outbox.claim, self._door)
            if claimed is None:
                return
            reminder, reply = claimed
            told: Told = "later"
            try:
                told = await self._say(reminder, reply)
            except Exception:
                log.exception("a reminder could not be said")
            await self._end(reminder, told)

    async def _end(self, reminder: Reminder, told: Told) -> None:
        """Notes what became of a reminder. What can't be noted would be said again: so it is tried for a while."""
        for pause in _TRIES:
            try:
                await asyncio.to_thread(self._outbox.end, reminder, told)
                return
            except SQLAlchemyError as error:
                log.warning("what became of the reminder %s can't be noted yet: %s", reminder.id, type(error).__name__)
            await asyncio.sleep(pause)
        await asyncio.to_thread(self._outbox.end, reminder, told)

    def _wake(self) -> None:
        """Called on whatever thread has stored a reminder."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._news.set)
