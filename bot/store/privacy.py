"""What is stored about somebody: told, shown in full, and deleted so that nothing of it is left.

A person goes by an owner, say `telegram:42`; a group by one as well, `telegram:-7`, and each thread of a forum by one
of its own, `telegram:-7:3`. What a person says in a group is in a conversation of theirs, `telegram:-7:0/42`, and is
theirs, whatever the group does; the walkthroughs and documents of a group are the group's.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Sequence
from typing import Any

from sqlalchemy import JSON, Column, Table, bindparam, cast, delete, func, or_, select, update
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from bot.store.rows import alone, know, now
from bot.store.tables import (
    conversations,
    documents,
    metadata,
    moved_chats,
    people,
    polls,
    reminders,
    runs,
    screens,
    updates,
)
from bot.store.words import String, Text

log = logging.getLogger(__name__)

EXPORT = "export"  # what `documents.run` says of a file that holds somebody's data
_OWNED = [table for table in metadata.sorted_tables if "owner" in table.c]
_EXPORTED = {"people": "person", "runs": "walkthroughs"}  # what a table is called where it is shown to its owner
_PLACED = (conversations.c.id, reminders.c.place, polls.c.place, screens.c.place)
_GROUP = "telegram:-"  # how a group's owner begins
_ONCE = "-"  # stands for what came in where that has no id
_ANSWERED = 5.0  # seconds in which the wish to delete has been answered
_PATIENCE = 1000  # milliseconds that a checkpoint waits for readers; later ones follow


_CONTACT = select(people.c.told, people.c.seen, people.c.gone).where(people.c.owner == bindparam("whose"))


def root_of(owner: str) -> str:
    """Whom an owner belongs to: a thread of a forum to its group, everybody else to themselves."""
    return ":".join(owner.split(":")[:2]) if owner.startswith(_GROUP) else owner


class PrivacyRows:
    """A part of the store, over its engine."""

    engine: Engine
    autocommit: Engine

    # --- who is there ------------------------------------------------------------------------

    def note_contact(self, owner: str, inbound: str | None = None) -> bool:
        """Notes that somebody, or a group, did something today; gives whether they are to be told now what is stored.

        They are told once: again only where the same `inbound` (its id) comes again, since its answer may not have
        arrived.
        """
        group, moment, came = root_of(owner), now(), inbound or _ONCE
        mine = people.c.owner == group
        with self.autocommit.connect() as connection:
            row = connection.execute(_CONTACT, {"whose": group}).one_or_none()
        known = row is not None and row.told is not None
        if not known or row.gone or row.seen is None or row.seen.date() != moment.date():
            threads = people.c.owner.startswith(f"{group}:", autoescape=True)
            with self.engine.begin() as connection:
                know(connection, group)
                connection.execute(update(people).where(mine).values(told=func.coalesce(people.c.told, came)))
                if group.startswith(_GROUP):
                    mine = mine | threads
                connection.execute(update(people).where(mine).values(seen=moment, gone=None))
        return not known or (row.told == came and came != _ONCE)

    # --- all of it, and none of it -----------------------------------------------------------

    def export(self, owner: str) -> dict[str, Any]:
        """All that is stored about the owner, by kind; files without their bytes. What a person said in groups is among
        the conversations; which of a group's answers are credited to them stands apart."""
        with self.engine.connect() as connection:
            owners = _owners(connection, owner)
            found = {_EXPORTED.get(table.name, table.name): _rows(connection, table, owners) for table in _OWNED}
            found[conversations.name] += _rows(connection, conversations, None, _elsewhere(owner))
            return {**found, "answers_in_groups": [answer for _, answer in _credited(connection, owner)]}

    def delete(self, owner: str) -> dict[str, int]:
        """Removes all that is stored about the owner, a group's threads with it; gives how many of what."""
        with self.engine.begin() as connection:
            alone(connection, owner)
            counts = delete_all(connection, owner)
        self.scrub()
        again = threading.Timer(_ANSWERED, self._scrub_again)  # of the wish itself, which has still to be answered
        again.daemon = True
        again.start()
        return counts

    def forget_exports(self, owner: str) -> None:
        """Removes the files with the owner's data that were made before."""
        with self.engine.begin() as connection:
            connection.execute(delete(documents).where(documents.c.owner == owner, documents.c.run == EXPORT))

    def traces(self, owner: str, *, deep: bool = False) -> dict[str, int]:
        """In which tables something of the owner can be found, and how many rows of it. `deep` looks into every column
        of every table, which takes time; else those by which rows belong to somebody are looked through."""
        with self.engine.connect() as connection:
            found = {table.name: _traces(connection, table, owner, deep) for table in metadata.sorted_tables}
        return {name: rows for name, rows in found.items() if rows}

    def tables(self) -> int:
        """How many tables are looked through."""
        return len(metadata.sorted_tables)

    def scrub(self) -> bool:
        """Sees to it that what was deleted can't be read in SQLite's files any more; gives whether that was possible.

        The file is written anew without what is free in it, and the write-ahead log is brought into it and cut. To
        overwrite whatever is freed at each write (`secure_delete`) would hold up everybody under load.
        PostgreSQL has no such order: its vacuum frees the space.
        """
        if self.engine.dialect.name != "sqlite":
            return True
        with self.engine.connect() as connection:
            before = connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one()
            connection.exec_driver_sql(f"PRAGMA busy_timeout={_PATIENCE}")
            try:
                connection.exec_driver_sql("VACUUM")
                busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
            except OperationalError:  # somebody writes all the while
                busy = 1
            finally:
                connection.exec_driver_sql(f"PRAGMA busy_timeout={before}")
        if busy:
            log.warning("the write-ahead log is in use: what was deleted is cut out of it later")
        return not busy

    def _scrub_again(self) -> None:
        try:
            self.scrub()
        except SQLAlchemyError as error:
            log.warning("what was deleted is cut out of the file later: %s", type(error).__name__)


def delete_all(connection: Connection, owner: str) -> dict[str, int]:
    """Deletes within a transaction what `PrivacyRows.delete` promises; gives how many rows of each table. Who calls it
    has the owner `alone`, or the whole database."""
    owners = _owners(connection, owner)
    for run_id in {run_id for run_id, _ in _credited(connection, owner)}:
        _take_credit(connection, run_id, _names(connection, owner))
    elsewhere = connection.execute(delete(conversations).where(_elsewhere(owner))).rowcount
    counts = {
        table.name: connection.execute(delete(table).where(table.c.owner.in_(owners))).rowcount
        for table in reversed(_OWNED)  # what is part of another goes before it, and is counted
        if table is not people
    }
    counts[conversations.name] += elsewhere
    connection.execute(delete(people).where(people.c.owner.in_(owners)))
    connection.execute(update(updates).where(_answered_to(owner)).values(lane=None))
    if owner.startswith(_GROUP) and owner.count(":") == 1:
        connection.execute(delete(moved_chats).where(moved_chats.c.new == int(owner.partition(":")[2])))
    return counts


def _owners(connection: Connection, owner: str) -> list[str]:
    """The owner; of a group, its threads as well."""
    if not owner.startswith(_GROUP):
        return [owner]
    threads = people.c.owner.startswith(f"{owner}:", autoescape=True)
    spoken = conversations.c.owner.startswith(f"{owner}:", autoescape=True)
    found = connection.scalars(select(people.c.owner).where(threads).union(select(conversations.c.owner).where(spoken)))
    return [owner, *found]


def _elsewhere(owner: str) -> Any:
    """What a person said in groups: their conversations there."""
    number = owner.partition(":")[2] if owner.startswith("telegram:") else ""
    return conversations.c.id.like(f"{_GROUP}%/{number}") if number.isdigit() else conversations.c.id.is_(None)


def _answered_to(owner: str) -> Any:
    """The updates of a chat, or of a person, that have been answered and by which something still tells whose they
    were: those of before that was taken off."""
    door, _, number = owner.partition(":")
    lanes = (number, f"inline {number}") if door == "telegram" else ()
    return updates.c.waiting.is_(None) & updates.c.lane.in_(lanes)


def _rows(
    connection: Connection, table: Table, owners: Sequence[str] | None, where: Any = None
) -> list[dict[str, Any]]:
    columns = [column for column in table.c if not (table is documents and column.name == "content")]
    mine = table.c.owner.in_(owners) if owners is not None else where
    return [dict(row) for row in connection.execute(select(*columns).where(mine)).mappings()]


def _names(connection: Connection, owner: str) -> dict[str, set[str]]:
    """What a person was called in groups, by the group's owner, as far as their conversations there still tell."""
    found: dict[str, set[str]] = {}
    said = select(conversations.c.owner, conversations.c.events).where(_elsewhere(owner))
    for group, events in connection.execute(said):
        for event in events:
            name = (event.get("parse_data") or {}).get("name")
            if group and name:
                found.setdefault(group, set()).add(name)
    return found


def _credited(connection: Connection, owner: str) -> list[tuple[str, dict[str, Any]]]:
    """The answers in groups' walkthroughs that stand under the person's name there, with the walkthrough's id."""
    found = []
    for group, names in _names(connection, owner).items():
        for row in connection.execute(select(runs).where(runs.c.owner == group)):
            answers, by = row.state.get("answers") or {}, row.state.get("by") or {}
            for step, name in by.items():
                if name in names:
                    told = {"checklist": row.checklist, "question": step, "answer": answers.get(step), "as": name}
                    found.append((row.id, told))
    return found


def _take_credit(connection: Connection, run_id: str, names: dict[str, set[str]]) -> None:
    """Leaves a group's answers as they are, without the name of who gave them."""
    row = connection.execute(select(runs.c.owner, runs.c.state).where(runs.c.id == run_id)).one()
    by = {step: name for step, name in (row.state.get("by") or {}).items() if name not in names.get(row.owner, ())}
    connection.execute(update(runs).where(runs.c.id == run_id).values(state={**row.state, "by": by}))


def _traces(connection: Connection, table: Table, owner: str, deep: bool) -> int:
    wanted = [table.c.owner == owner] if "owner" in table.c else []
    for place in (column for column in _PLACED if column.table is table):
        wanted += [place == owner, *(place.startswith(f"{owner}{end}", autoescape=True) for end in ":/")]
    if table is conversations:
        wanted.append(_elsewhere(owner))
    if table is updates:
        wanted.append(_answered_to(owner))
    if deep:
        wanted += [found for column in table.c for found in _in_words(column, owner)]
    return (connection.scalar(select(func.count()).select_from(table).where(or_(*wanted))) or 0) if wanted else 0


def _in_words(column: Column, owner: str) -> list[Any]:
    """Whether a column says the owner: as it is, within JSON, and, as Telegram does, by the number alone."""
    if isinstance(column.type, String):
        return [column == owner]
    if not isinstance(column.type, JSON):
        return []
    words, number = cast(column, Text), owner.partition(":")[2]
    told = [words.contains(json.dumps(owner), autoescape=True)]
    if column.table is updates and owner.startswith("telegram:"):
        told += [words.contains(f'"id": {number}{end}', autoescape=True) for end in ",}"]
    return told
