"""Fills a store with many people, each with a copy of what somebody's real conversation with the engine has left there.

What one has left is a pattern: every row of theirs, as the engine stored it. A copy has numbers and ids of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy as sa

from bench.guest import CHECKLISTS, SHORT, Guest
from bot.house import House
from bot.settings import Settings
from bot.store.database import connect
from bot.store.rows import now
from bot.store.tables import metadata

EVENTS = 20  # of a conversation, at the least
WALK, PAPERS = 5, 20  # one in so many has a walkthrough, has papers
FIRST = 900_000_000  # the number of the first person
_PATTERN = 800_000_000  # … and of the first pattern: as many digits
_EACH = 8  # patterns of a kind
_LONGEST = 60  # turns
_CHUNK = 500  # people stored at a time
_UPDATES = 2  # of each person, that are still remembered
_IDS = "abcdefghijkmnpqrstuvwxyz23456789"
_AHEAD = ("due",)  # what lies in the future
Rows = dict[str, list[dict[str, Any]]]  # by table

_RAW = {  # the tables, with JSON as the text that it is kept as
    table.name: sa.table(
        table.name,
        *(sa.column(one.name, sa.Text() if isinstance(one.type, sa.JSON) else one.type) for one in table.c),
    )
    for table in metadata.sorted_tables
}


class Patterns:
    """What real conversations leave in a store, by kind: of those who talk, who walk, and who have papers."""

    def __init__(self, models: Path, folder: Path) -> None:
        settings = Settings(_env_file=None, model_dir=models, data_dir=folder)  # type: ignore[call-arg]
        house = House(settings)
        engine = house.engine()
        try:
            self._kinds = [asyncio.run(_lived(house, engine, kind)) for kind in range(3)]
        finally:
            engine.close()
            house.store.engine.dispose()

    def copy(self, number: int) -> Rows:
        """The rows of a person, the same for the same number."""
        luck = Random(number)
        kind = 2 if number % PAPERS == 0 else 1 if number % WALK == 0 else 0
        return _copied(*luck.choice(self._kinds[kind]), number, luck)


def _copied(was: int, pattern: Rows, number: int, luck: Random) -> Rows:
    old = {row[key] for rows in pattern.values() for row in rows for key in ("id", "shared") if _is_id(row.get(key))}
    ids = {one: "".join(luck.choices(_IDS, k=8)) for one in sorted(old)}
    ago = timedelta(minutes=luck.randrange(80 * 24 * 60))

    def own(column: str, value: Any) -> Any:
        if isinstance(value, datetime):
            return value + ago if column in _AHEAD else value - ago
        if isinstance(value, str):
            value = value.replace(str(was), str(number))
            for one, new in ids.items():
                value = value.replace(one, new)
        return value

    return {name: [{key: own(key, row[key]) for key in row} for row in rows] for name, rows in pattern.items()}


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 8


async def _lived(house: House, engine: Any, kind: int) -> list[tuple[int, Rows]]:
    """Has some people of a kind talk with the engine, until a conversation is long enough; gives what is stored."""
    found = []
    door = house.with_first_contact(engine)
    for number in range(_PATTERN + kind * 100, _PATTERN + kind * 100 + _EACH):
        guest = Guest(number, Random(number))
        if kind:
            checklist = SHORT if kind == 2 else CHECKLISTS[number % len(CHECKLISTS)]
            guest.first.append(guest.begins(checklist, 40 if kind == 2 else 6))
        for turn in range(_LONGEST):
            guest.heard(await door.handle(guest.acts(number + turn)))
            if _is_enough(house, guest, kind):
                break
        if kind:
            house.store.set_screen(guest.conversation, guest.owner, "run", number % 1000)
        found.append((number, _rows_of(house, guest.owner)))
    return found


def _is_enough(house: House, guest: Guest, kind: int) -> bool:
    stored = house.store.conversation(guest.conversation)
    if stored is None or len(stored.events) < EVENTS:
        return False
    if kind == 2:
        return bool(house.store.documents(guest.owner))
    return kind == 0 or any(len(run.answers) > 2 for run in house.store.runs(guest.owner))


def _rows_of(house: House, owner: str) -> Rows:
    found: Rows = {}
    with house.store.engine.connect() as connection:
        for name, table in _RAW.items():
            if "owner" in table.c:
                rows = connection.execute(sa.select(table).where(table.c.owner == owner)).mappings()
                found[name] = [dict(row) for row in rows]
    for row in found["feedback"]:
        row.pop("id", None)  # a number that the database gives
    found["documents"] = found["documents"][:1]
    return found


def fill(url: str, patterns: Patterns, numbers: Iterable[int], updates: bool = True) -> None:
    """Stores the people of these numbers; with `updates` also what the door remembers of what they sent."""
    engine, luck, left = connect(url), Random(1), iter(numbers)
    moment = now()
    while chunk := list(islice(left, _CHUNK)):
        copies = [patterns.copy(number) for number in chunk]
        with engine.begin() as connection:
            for name, table in _RAW.items():
                rows = [row for copy in copies for row in copy.get(name, ())]
                if name == "updates" and updates:
                    rows = list(_remembered(chunk, moment, luck))
                if rows:
                    connection.execute(sa.insert(table), rows)
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("ANALYZE"))  # as its autovacuum does, which is off here
    engine.dispose()


def _remembered(numbers: Iterable[int], moment: datetime, luck: Random) -> Iterator[dict[str, Any]]:
    for number in numbers:
        for one in range(_UPDATES):
            taken = moment - timedelta(minutes=luck.randrange(3 * 24 * 60))
            yield {"id": (number - FIRST) * _UPDATES + one, "taken": taken, "lane": str(number), "tries": 0}


def stored(url: str) -> tuple[int, int]:
    """How many events the conversations of a store have, together, and how many bytes the store."""
    engine = connect(url)
    events, size = "json_array_length(events)", "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
    if engine.dialect.name == "postgresql":
        size = "SELECT pg_database_size(current_database())"
    with engine.connect() as connection:
        count = connection.scalar(sa.text(f"SELECT sum({events}) FROM conversations"))
        found = int(count or 0), int(connection.scalar(sa.text(size)))
    engine.dispose()
    return found
