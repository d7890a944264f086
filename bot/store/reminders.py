"""Reminders in the store: what people ask for, and what a door that says them needs.

Several processes may look for what is due: an UPDATE that finds the status unchanged decides which of them says it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.engine import Engine

from bot.store.rows import know, naive, new_id, now
from bot.store.tables import people, reminders
from dialogues.reminding.reminder import CANCELLED, DRAFT, LOST, SENDING, SENT, WAITING, Reminder

_AHEAD = timedelta(minutes=2)  # a try that lies so far in the future was made by a clock that has been set back since
AGAIN = timedelta(minutes=1)  # after a try that failed
KEPT = timedelta(days=90)  # what has been said or cancelled: till then it can be asked for again
_CLAIMS = 8  # others that may be quicker before one looks again


_TIMEZONE = select(people.c.timezone).where(people.c.owner == bindparam("whose"))


class ReminderRows:
    """The part of the store that holds reminders and people's time zones."""

    engine: Engine
    autocommit: Engine
    _listeners: tuple[Callable[[], None], ...] = ()

    def when_reminders_change(self, tell: Callable[[], None]) -> None:
        """Calls `tell`, on the thread that stores it, whenever this process has stored when a reminder is due."""
        self._listeners = (*self._listeners, tell)

    # --- people's clocks ---------------------------------------------------------------------

    def timezone(self, owner: str) -> str | None:
        """The time zone that the owner chose, as the tz database names it; None if none was."""
        with self.autocommit.connect() as connection:
            return connection.scalar(_TIMEZONE, {"whose": owner})

    def set_timezone(self, owner: str, name: str) -> None:
        with self.engine.begin() as connection:
            know(connection, owner)
            connection.execute(update(people).where(people.c.owner == owner).values(timezone=name))

    # --- what people ask for -----------------------------------------------------------------

    def add_reminder(
        self,
        owner: str,
        place: str,
        text: str,
        due: datetime | None,
        language: str,
        run: str | None = None,
        came: str | None = None,
    ) -> Reminder:
        """Stores a reminder and gives it; a draft where its text or its time is still to be said. `came`: the id under
        which it was asked for.

        One that waits already with the same text, time and place is given instead, and so is the one that was stored
        when the same came before: "in an hour" is another time by now.
        """
        moment = now()
        status = WAITING if text and due else DRAFT
        row = {"owner": owner, "place": place, "text": text, "due": naive(due) if due else moment, "run": run}
        with self.engine.begin() as connection:
            know(connection, owner)
            old = (reminders.c.owner == owner) & (reminders.c.due < moment - KEPT)
            connection.execute(delete(reminders).where(old & reminders.c.status.not_in((WAITING, SENDING))))
            same = and_(*(reminders.c[name] == value for name, value in row.items()), reminders.c.status == WAITING)
            before = and_(reminders.c.owner == owner, reminders.c.came == came, reminders.c.text == text)
            known = connection.execute(select(reminders).where(or_(same, before) if came else same)).first()
            if known:
                return _reminder(known)
            reminder_id = new_id()
            row |= {"id": reminder_id, "language": language, "status": status, "created": moment, "came": came}
            connection.execute(insert(reminders).values(row))
            stored = self._whole(reminder_id, connection)
        self._tell()
        return stored

    def reminder(self, owner: str, reminder_id: str) -> Reminder | None:
        """The owner's reminder of that id, whatever its status."""
        mine = (reminders.c.id == reminder_id) & (reminders.c.owner == owner)
        with self.autocommit.connect() as connection:
            row = connection.execute(select(reminders).where(mine)).first()
        return _reminder(row) if row else None

    def reminders(self, owner: str) -> list[Reminder]:
        """The owner's waiting reminders, the next first."""
        mine = (reminders.c.owner == owner) & reminders.c.status.in_((WAITING, SENDING))
        with self.autocommit.connect() as connection:
            rows = connection.execute(select(reminders).where(mine).order_by(reminders.c.due, reminders.c.created))
            return [_reminder(row) for row in rows]

    def set_reminder(
        self,
        owner: str,
        reminder_id: str,
        *,
        text: str | None = None,
        due: datetime | None = None,
        came: str | None = None,
    ) -> Reminder | None:
        """Gives a reminder its text or its time, so that it waits (anew); None if it isn't there, or is being said.
        `came`: the id under which that came."""
        mine = (reminders.c.id == reminder_id) & (reminders.c.owner == owner) & (reminders.c.status != SENDING)
        values: dict[str, Any] = {"status": WAITING, "claimed": None, "came": came}
        values |= {"text": text} if text else {}
        values |= {"due": naive(due)} if due else {}
        with self.engine.begin() as connection:
            if not connection.execute(update(reminders).where(mine).values(values)).rowcount:
                return None
        self._tell()
        return self.reminder(owner, reminder_id)

    def cancel_reminder(self, owner: str, reminder_id: str) -> bool:
        """Whether the reminder waited, or was a draft, and now does so no more."""
        mine = (reminders.c.id == reminder_id) & (reminders.c.owner == owner)
        open_ones = reminders.c.status.in_((WAITING, DRAFT))
        with self.engine.begin() as connection:
            return bool(connection.execute(update(reminders).where(mine, open_ones).values(status=CANCELLED)).rowcount)

    def remind_of_course(self, owner: str, place: str, text: str, due: datetime | None, language: str) -> None:
        """Lets the course's one reminder wait until `due` (with a time zone), to be said in `place`; None: no more."""
        mine = (reminders.c.owner == owner) & reminders.c.course.is_(True)
        with self.engine.begin() as connection:
            know(connection, owner)
            waits = reminders.c.status.in_((WAITING, SENDING))  # one that is being said must not be tried again
            if due is None:
                connection.execute(update(reminders).where(mine, waits).values(status=CANCELLED))
                return
            values = {"place": place, "text": text, "due": naive(due), "language": language}
            if not connection.execute(update(reminders).where(mine, waits).values(values)).rowcount:
                row = {"id": new_id(), "owner": owner, "course": True, "status": WAITING, "created": now(), **values}
                connection.execute(insert(reminders).values(row))
        self._tell()

    # --- what a door needs -------------------------------------------------------------------

    def claim_reminder(self, door: str, moment: datetime) -> Reminder | None:
        """Takes the next reminder that is due at `moment` in a place of the door ("telegram"), to be said by the caller
        alone; None where there is none."""
        when = naive(moment)
        later = reminders.c.claimed > when + _AHEAD
        rested = or_(reminders.c.claimed.is_(None), reminders.c.claimed <= when - AGAIN, later)
        ready = (reminders.c.status == WAITING) & (reminders.c.due <= when) & rested & _at(door)
        query = select(reminders.c.id).where(ready).order_by(reminders.c.due).limit(1)
        for _ in range(_CLAIMS):
            with self.autocommit.connect() as connection:
                found = connection.scalar(query)
            if found is None:
                return None
            taken = update(reminders).where((reminders.c.id == found) & ready)
            with self.engine.begin() as connection:
                if connection.execute(taken.values(status=SENDING, claimed=when)).rowcount:
                    return self._whole(found, connection)
        return None

    def reminder_sent(self, reminder_id: str, again: datetime | None = None) -> None:
        """The reminder has been said; it waits anew where it comes `again`."""
        if again is None:
            self._end(reminder_id, SENT)
        else:
            self._end(reminder_id, WAITING, due=naive(again), claimed=None)

    def reminder_lost(self, reminder_id: str) -> None:
        """The reminder can't be said, now or later."""
        self._end(reminder_id, LOST)

    def lose_reminders(self, place: str) -> int:
        """Gives up what waits to be said in a chat ("telegram:42"), wherever in it; gives how many. Of a group it is
        noted that it has been left."""
        here = or_(*(reminders.c.place.startswith(place + separator, autoescape=True) for separator in (":", "/")))
        waits = reminders.c.status.in_((WAITING, DRAFT))
        group = (people.c.owner == place) & people.c.owner.startswith("telegram:-")
        with self.engine.begin() as connection:
            connection.execute(update(people).where(group).values(gone=now()))
            return int(connection.execute(update(reminders).where(here, waits).values(status=LOST)).rowcount)

    def release_reminder(self, reminder_id: str) -> None:
        """The reminder couldn't be said now: it waits, and is tried again after a while."""
        self._end(reminder_id, WAITING)

    def being_said(self) -> dict[str, datetime]:
        """The reminders that processes have taken and not ended, each with the moment at which it was taken."""
        with self.autocommit.connect() as connection:
            taken = select(reminders.c.id, reminders.c.claimed).where(reminders.c.status == SENDING)
            return {row.id: row.claimed for row in connection.execute(taken)}

    def release_abandoned(self, reminder_id: str, claimed: datetime) -> bool:
        """Sets free what a process took at `claimed`, as `being_said` gives it; whether it was still as it was."""
        same = (reminders.c.id == reminder_id) & (reminders.c.claimed == claimed) & (reminders.c.status == SENDING)
        with self.engine.begin() as connection:
            return bool(connection.execute(update(reminders).where(same).values(status=WAITING)).rowcount)

    def next_reminder(self, door: str) -> datetime | None:
        """When the next reminder in a place of the door is due; None where none waits."""
        waits = (reminders.c.status == WAITING) & _at(door)
        with self.autocommit.connect() as connection:
            due = connection.scalar(select(func.min(reminders.c.due)).where(waits))
        return _aware(due) if due else None

    def _end(self, reminder_id: str, status: str, **more: Any) -> None:
        taken = (reminders.c.id == reminder_id) & (reminders.c.status == SENDING)
        with self.engine.begin() as connection:
            connection.execute(update(reminders).where(taken).values(status=status, **more))

    @staticmethod
    def _whole(reminder_id: str, connection: Any) -> Reminder:
        return _reminder(connection.execute(select(reminders).where(reminders.c.id == reminder_id)).one())

    def _tell(self) -> None:
        for tell in self._listeners:
            tell()


def _at(door: str) -> Any:
    """Of the places of a door, or the one place that `door` names in full: "terminal:anna"."""
    return or_(reminders.c.place == door, reminders.c.place.startswith(f"{door}:", autoescape=True))


def _aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=timezone.utc)


def _reminder(row: Any) -> Reminder:
    return Reminder(
        row.id,
        row.owner,
        row.place,
        row.text,
        _aware(row.due),
        row.language,
        row.run,
        row.status,
        row.course,
        row.came,
    )
