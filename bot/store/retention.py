"""How long things are kept, and what takes them away when their time is over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, delete, func, or_, select, update
from sqlalchemy.engine import Connection, Engine

from bot.store import holding, polls, reminders
from bot.store.privacy import EXPORT, delete_all
from bot.store.rows import alone, insert_once, now
from bot.store.tables import chores, conversations, documents, feedback, people, runs, teams, unknown, updates
from bot.store.tables import polls as polls_table
from bot.store.tables import reminders as reminders_table
from dialogues.reminding.reminder import SENDING, WAITING

EXPORTS = timedelta(days=7)  # files with somebody's data, which they have fetched by then


@dataclass(frozen=True)
class Limits:
    """Days after which things go; 0: never."""

    people: int = 365  # who has done nothing for so long, with all that is theirs
    work: int = 730  # walkthroughs and documents that nobody touched, also of those who still write
    talk: int = 90  # the last of a conversation that rests
    words: int = 365  # questions without an answer, and words to the editors
    left: int = 30  # groups that the bot was removed from


@dataclass
class Tidied:
    """What went, or would go: how many of what, and of whom all went."""

    counts: dict[str, int] = field(default_factory=dict)
    owners: list[str] = field(default_factory=list)


class RetentionRows:
    """A part of the store, over its engine."""

    engine: Engine
    autocommit: Engine

    def claim_chore(self, name: str, every: timedelta) -> bool:
        """Whether the caller is to do something that is done once in a while, by one of several processes."""
        moment = now()
        with self.engine.begin() as connection:
            if connection.execute(insert_once(connection, chores, {"name": name, "begun": moment})).rowcount:
                return True
            at_ease = chores.c.begun.between(moment - every, moment + every)
            due = (chores.c.name == name) & ~at_ease  # also where the clock has been set back since
            return bool(connection.execute(update(chores).where(due).values(begun=moment)).rowcount)

    def since_chore(self, name: str) -> timedelta | None:
        """How long ago, by the clock, that was begun last; None where it never was. Less than nothing: the clock has
        been set back."""
        with self.autocommit.connect() as connection:
            begun = connection.scalar(select(chores.c.begun).where(chores.c.name == name))
        return now() - begun if begun else None

    def tidy(self, limits: Limits, *, dry_run: bool = False) -> Tidied:
        """Removes what is older than it may get; with `dry_run`, only tells what that would be."""
        done, moment = Tidied(), now()
        for owner in self._idle(limits, moment):
            if dry_run or self._forget(owner, limits, moment):
                done.owners.append(owner)
        done.counts["people"] = len(done.owners)
        for name, table, old in _outdated(limits, moment):
            with self.engine.begin() as connection:
                done.counts[name] = _count(connection, table, old) if dry_run else _delete(connection, table, old)
        return done

    def _idle(self, limits: Limits, moment: datetime) -> list[str]:
        with self.autocommit.connect() as connection:
            return list(connection.scalars(select(people.c.owner).where(_is_idle(limits, moment))))

    def _forget(self, owner: str, limits: Limits, moment: datetime) -> bool:
        """Deletes all of somebody, unless they have come back this moment."""
        with self.engine.begin() as connection:
            alone(connection, owner)
            still = (people.c.owner == owner) & _is_idle(limits, moment)
            if not connection.execute(update(people).where(still).values(language=None)).rowcount:
                return False
            delete_all(connection, owner)
        return True


def _is_idle(limits: Limits, moment: datetime) -> Any:
    """Who has done nothing for too long; who waits for a reminder is still there."""
    waiting = select(reminders_table.c.owner).where(reminders_table.c.status.in_((WAITING, SENDING)))
    silent = _before(func.coalesce(people.c.seen, people.c.created), limits.people, moment)
    return or_(silent & people.c.owner.not_in(waiting), _before(people.c.gone, limits.left, moment))


def _outdated(limits: Limits, moment: datetime) -> Iterator[tuple[str, Table, Any]]:
    """What goes whoever it belongs to: what it is called, its table, and what of it."""
    yield "walkthroughs", runs, _before(runs.c.touched, limits.work, moment)
    exports = (documents.c.run == EXPORT) & (documents.c.created < moment - EXPORTS)
    yield "documents", documents, _before(documents.c.created, limits.work, moment) | exports
    yield "teams", teams, _before(teams.c.created, limits.work, moment)
    yield "conversations", conversations, _before(conversations.c.touched, limits.talk, moment)
    yield "feedback", feedback, _before(feedback.c.created, limits.words, moment)
    oldest = (moment - timedelta(days=limits.words)).date().isoformat() if limits.words else ""
    yield "unanswered", unknown, unknown.c.day < oldest
    said = reminders_table.c.status.not_in((WAITING, SENDING))
    yield "reminders", reminders_table, said & (reminders_table.c.due < moment - reminders.KEPT)
    yield "polls", polls_table, polls_table.c.created < moment - polls.KEPT
    yield "updates", updates, updates.c.taken < moment - holding.MEMORY


def _before(column: Any, days: int, moment: datetime) -> Any:
    return column < moment - timedelta(days=days) if days else column.is_(None) & column.is_not(None)


def _count(connection: Connection, table: Table, old: Any) -> int:
    return connection.scalar(select(func.count()).select_from(table).where(old)) or 0


def _delete(connection: Connection, table: Table, old: Any) -> int:
    return int(connection.execute(delete(table).where(old)).rowcount)
