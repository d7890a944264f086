"""The updates that a process deals with, where several take them in over one database.

An update is noted, with what it says, before its sender is told that it has come; when it has been dealt with, what it
said is struck out. Those of one lane (say, a chat) are dealt with one after another, so by one process: as long as one
has updates of a lane that wait, further ones of it are left to it, whoever took them in. Each process gives a sign of
life every half second. What one that gives none has left goes to another; one that was only held up learns of it before
it begins with anything.
"""

from __future__ import annotations

import time
import uuid
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import DateTime, bindparam, case, delete, func, insert, or_, select, text, update
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.sql import ColumnElement

from bot.store import in_one_message
from bot.store.database import autocommit
from bot.store.rows import insert_once, now
from bot.store.tables import processes, updates

BEAT = 0.5  # seconds between two signs of life
DEAD = timedelta(seconds=2.5)  # a process that has given none for so long
STRUCK_OUT = {"waiting": None, "sent": None, "holder": None, "lane": None}  # only the number is left of an update
_SURE = 1.5  # seconds after a sign of life in which nobody can have taken this process for dead
TRIES = 8  # processes that may die over an update; with one more it is given up, for it may be what kills them
MEMORY = timedelta(days=3)  # Telegram repeats an update for a day at the most
_EVERY = 500  # updates, after which old ones are forgotten
_FORGOTTEN = timedelta(days=1)  # processes that have ended without a word


_NOTE_SENT = update(updates).where(
    updates.c.id == bindparam("number"), updates.c.holder == bindparam("process"), updates.c.waiting.is_not(None)
)


class Came(NamedTuple):
    """An update: its number, what it has to wait its turn with, and what it says."""

    number: int
    lane: str
    says: dict[str, Any]
    sent: Sequence[dict[str, Any]] = ()  # what was noted as sent, by a process that died over it
    deaths: int = 0  # processes that died over it …
    taken: datetime | None = None  # … and then, when it had come in, in UTC

    @property
    def is_given_up(self) -> bool:
        """Whether it isn't to be answered any more; who did it is told."""
        return self.deaths > TRIES


class Holding:
    """What this process holds. `known` is, in every call, what it has been given and not struck out yet."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._autocommit = autocommit(engine)
        self.process = uuid.uuid4().hex
        self._others: frozenset[str] = frozenset()
        self._beaten: float | None = None
        self._patient = 0.0  # till then nobody is taken for dead
        self.sure_since = float("-inf")  # by `time.monotonic`: what it held before, others may have taken over
        self._unknown: set[int] = set()  # held by this process without its knowing, at the last look

    # --- signs of life -----------------------------------------------------------------------

    def beat(self) -> None:
        """Gives a sign of life, and looks who else does. Who could give none for a while, as where the database was
        away, takes nobody for dead at once: it may have been the same with the others."""
        began, was_sure = time.monotonic(), self.is_sure
        with self._autocommit.connect() as connection:
            moment = clock(connection)
            mine = processes.c.id == self.process
            if not connection.execute(update(processes).where(mine).values(seen=moment)).rowcount:
                connection.execute(insert(processes).values(id=self.process, seen=moment))
                connection.execute(delete(processes).where(processes.c.seen < moment - _FORGOTTEN))
            living = self._living(connection)
        if not (was_sure and self.is_sure):
            self.sure_since = time.monotonic()
            self._patient = self.sure_since + DEAD.total_seconds()
        self._others = living | self._others if time.monotonic() < self._patient else living
        self._beaten = began  # the sign was given no earlier

    def _living(self, connection: Connection) -> frozenset[str]:
        """The others that give signs of life."""
        moment = clock(connection)
        # A clock that was set back leaves signs of life from the future: they say nothing.
        fresh = processes.c.seen.between(moment - DEAD, moment + DEAD)
        return frozenset(connection.scalars(select(processes.c.id).where(fresh))) - {self.process}

    @property
    def is_sure(self) -> bool:
        """Whether nobody can have taken this process for dead."""
        return self._beaten is None or time.monotonic() - self._beaten < _SURE

    def leave(self) -> None:
        """Gives what is left to others, and says farewell."""
        mine = (updates.c.holder == self.process) & updates.c.waiting.is_not(None)
        with self._engine.begin() as connection:
            connection.execute(update(updates).where(mine).values(holder=None))
            connection.execute(delete(processes).where(processes.c.id == self.process))

    # --- updates -----------------------------------------------------------------------------

    def take_updates(self, came: Sequence[Came], known: Collection[int] = ()) -> list[Came]:
        """Notes updates; gives those that this process is to deal with now, in order: of the ones that had not come
        before, of such as others have left to it, and of what the dead held in the same lanes, which goes first."""
        if self._beaten is None:
            self.beat()
        if any(one.number % _EVERY == 0 for one in came):
            self._forget()
        if self._is_postgres and len(came) == 1:
            return self._take_in_one(came[0], known)
        return self._take_several(came, known)

    def _forget(self) -> None:
        old = updates.c.taken < now() - MEMORY
        with self._autocommit.connect() as connection:
            connection.execute(delete(updates).where(old, updates.c.waiting.is_(None)))

    def _take_in_one(self, came: Came, known: Collection[int]) -> list[Came]:
        with self._autocommit.connect() as connection:
            waiting = in_one_message.take(connection, self._row(came), self._others, DEAD)
        at_it = next((row.holder for row in waiting if row.id == came.number), self.process)
        if {row.holder for row in waiting} - {at_it}:  # the dead have left something there
            return self._take_several([came], known, noted={came.number} - {*known})
        return self._mine(waiting, known)

    def _take_several(self, came: Sequence[Came], known: Collection[int], noted: Collection[int] = ()) -> list[Came]:
        """`noted` are those that this process has noted a moment ago: another may have come to their lane since."""
        lanes = sorted({one.lane for one in came})
        with self._alone_with(lanes) as connection:
            rows = ((one.number, insert_once(connection, updates, self._row(one))) for one in came)
            fresh = {number for number, row in rows if connection.execute(row).rowcount}
            waiting = self._waiting(connection, lanes)
            fresh |= {row.id for row in waiting if row.id in noted and row.holder == self.process}
            if self._share(connection, waiting, fresh):
                waiting = self._waiting(connection, lanes)
            return self._mine(waiting, known)

    def updates_done(self, done: Sequence[tuple[int, str]], known: Collection[int] = ()) -> list[Came]:
        """Strikes out what updates said, given with their lanes: they have been dealt with. Gives what others have left
        to this process in these lanes meanwhile."""
        numbers, lanes = [number for number, _ in done], sorted({lane for _, lane in done})
        if self._is_postgres:
            with self._autocommit.connect() as connection:
                waiting = in_one_message.strike_out(connection, numbers, lanes)
        else:
            with self._alone_with(lanes) as connection:
                struck = update(updates).where(updates.c.id.in_(numbers))
                connection.execute(struck.values(**STRUCK_OUT))
                waiting = self._waiting(connection, lanes) if self._others else []
        return self._mine(waiting, {*known} - {*numbers})

    def adopt_updates(self, known: Collection[int] = ()) -> list[Came]:
        """Takes over what processes that have died held, and gives it: first the lanes over which the most have died,
        so that what takes long, say papers, has its turn before the next death. What too many have died over is given
        as given up; where one has died over that as well, it is struck out without a word."""
        waits = updates.c.waiting.is_not(None)
        with self._autocommit.connect() as connection:
            holders = dict(connection.execute(select(updates.c.id, updates.c.holder).where(waits)).all())
            dead = self._dead(connection, {*holders.values()})
        if not {*holders.values()} & {None, *dead}:
            return self._overlooked({number for number, holder in holders.items() if holder == self.process} - {*known})
        left = _held_by(dead)
        with self._engine.begin() as connection:
            if self._is_postgres:  # nobody shares anything meanwhile
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": in_one_message.SHARING})
            self._take_over(connection, left)
            mine = waits & (updates.c.holder == self.process)
            rows = connection.execute(select(updates).where(mine).order_by(updates.c.id)).all()
        deaths: Counter[str] = Counter()
        for row in rows:
            deaths[row.lane] = max(deaths[row.lane], row.tries)
        return [_came(row) for row in sorted(rows, key=lambda row: -deaths[row.lane]) if row.id not in known]

    def _dead(self, connection: Connection, holders: Collection[str | None]) -> set[str]:
        """Those of the holders, read before, that give no sign of life. One that was started a moment ago has given
        its first before it held anything."""
        strangers = {holder for holder in holders if holder} - {*self._others, self.process}
        return strangers - self._living(connection) if strangers else strangers

    def _take_over(self, connection: Connection, left: ColumnElement[bool]) -> None:
        left = left & updates.c.waiting.is_not(None)
        died = updates.c.holder.is_not(None)  # who has said farewell has not died over what it left
        connection.execute(update(updates).where(left, died, updates.c.tries > TRIES).values(**STRUCK_OUT))
        deaths = case((died, updates.c.tries + 1), else_=updates.c.tries)
        connection.execute(update(updates).where(left).values(holder=self.process, tries=deaths))

    def _overlooked(self, unknown: set[int]) -> list[Came]:
        """What is this process's without its knowing, at two looks in a row: another has left it to this one, which
        believed to be alone and didn't look, as right after the database was away. At one look it may be on its way."""
        twice, self._unknown = unknown & self._unknown, unknown
        if not twice:
            return []
        mine = updates.c.waiting.is_not(None) & (updates.c.holder == self.process)
        with self._autocommit.connect() as connection:
            rows = connection.execute(select(updates).where(mine, updates.c.id.in_(twice)).order_by(updates.c.id))
            return [_came(row) for row in rows]

    def are_mine(self, numbers: Sequence[int]) -> bool:
        """Whether this process still holds the updates: another may have taken it for dead."""
        held = (updates.c.holder == self.process) & updates.c.waiting.is_not(None)
        with self._autocommit.connect() as connection:
            found = connection.scalars(select(updates.c.id).where(updates.c.id.in_(list(numbers)), held))
            return {*found} >= {*numbers}

    def note_sent(self, number: int, sent: Sequence[dict[str, Any]]) -> bool:
        """Notes what is sent in answer to an update, as far as it is known; False where another process has taken the
        update over: then it is no more this one's to send anything."""
        noted = {"number": number, "process": self.process, "sent": list(sent)}
        with self._autocommit.connect() as connection:
            return bool(connection.execute(_NOTE_SENT, noted).rowcount)

    @property
    def is_alone(self) -> bool:
        """Whether no other process gives signs of life."""
        return not self._others

    @property
    def _is_postgres(self) -> bool:
        return self._engine.dialect.name == "postgresql"

    def _row(self, one: Came) -> dict[str, Any]:
        return {"id": one.number, "taken": now(), "waiting": one.says, "lane": one.lane, "holder": self.process}

    def _waiting(self, connection: Connection, lanes: Sequence[str]) -> list[Any]:
        waits = updates.c.lane.in_(lanes) & updates.c.waiting.is_not(None)
        return connection.execute(select(updates).where(waits).order_by(updates.c.id)).all()

    def _share(self, connection: Connection, waiting: Sequence[Any], fresh: Collection[int]) -> bool:
        """Leaves what is fresh in a lane to who is at it, and takes over what the dead held there; whether there was
        anything of the kind."""
        before = [row for row in waiting if row.id not in fresh]
        holders = {row.holder for row in before}
        if not holders - {self.process}:
            return False
        dead = self._dead(connection, holders)
        at_it = {row.lane: row.holder for row in before if row.holder and row.holder not in dead}
        for lane, other in at_it.items():
            numbers = [row.id for row in waiting if row.lane == lane and row.id in fresh]
            if numbers and other != self.process:
                connection.execute(update(updates).where(updates.c.id.in_(numbers)).values(holder=other))
        left = [row.id for row in before if at_it.get(row.lane, self.process) == self.process]
        self._take_over(connection, updates.c.id.in_(left) & _held_by(dead))
        return True

    def _mine(self, waiting: Sequence[Any], known: Collection[int]) -> list[Came]:
        return [_came(row) for row in waiting if row.holder == self.process and row.id not in known]

    @contextmanager
    def _alone_with(self, lanes: Sequence[str]) -> Iterator[Connection]:
        """A transaction in which no other process changes who deals with these lanes. SQLite has one writer at a time
        anyway; in PostgreSQL the lanes are locked. Where nobody else is there, each statement stands for itself."""
        if not self._others:
            with self._autocommit.connect() as connection:
                yield connection
            return
        with self._engine.begin() as connection:
            if self._is_postgres:
                in_one_message.lock(connection, lanes)
            yield connection


def _came(row: Any) -> Came:
    return Came(row.id, row.lane or "", row.waiting, row.sent or (), row.tries, row.taken if row.tries else None)


def _held_by(dead: Collection[str]) -> ColumnElement[bool]:
    """What is held by these, or by nobody."""
    return or_(updates.c.holder.is_(None), updates.c.holder.in_(dead))


def clock(connection: Connection) -> Any:
    """The time in UTC on one clock for all, as a statement takes it: the database's, where several machines use it."""
    if connection.dialect.name == "postgresql":
        return func.timezone("utc", func.clock_timestamp(), type_=DateTime)
    return now()
