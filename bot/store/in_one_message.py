"""What PostgreSQL is told of updates in one message each. SQLAlchemy would send one for each statement, and two more
for the transaction around them; each way there and back gives up Python's one lock, which then has to be waited for.

A message of several statements is a transaction of its own, in which each statement sees what others have committed
before it begins: so after the locks, it sees what was done under them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, text
from sqlalchemy.engine import Connection

from bot.store.tables import updates

SHARING = 7_265_747_202  # the number of the lock on who deals with any lane

_LOCK = """
SELECT pg_advisory_xact_lock_shared(:sharing), pg_advisory_xact_lock(key)
FROM unnest(CAST(:keys AS bigint[])) AS key;
"""
_NOTE = """
INSERT INTO updates (id, taken, waiting, lane, holder) VALUES (:id, :taken, :waiting, :lane, COALESCE((
    SELECT holder FROM updates WHERE lane = :lane AND waiting IS NOT NULL AND (
        holder = ANY(CAST(:known AS text[]))
        OR EXISTS (
            SELECT 1 FROM processes WHERE processes.id = updates.holder
            AND abs(extract(epoch FROM timezone('utc', clock_timestamp()) - processes.seen)) < :dead
        )
    ) ORDER BY id DESC LIMIT 1
), :process)) ON CONFLICT DO NOTHING;
"""
_STRIKE_OUT = """
UPDATE updates SET waiting = NULL, sent = NULL, holder = NULL, lane = NULL WHERE id = ANY(CAST(:numbers AS bigint[]));
"""
_WAITING = """
SELECT id, taken, waiting, lane, holder, tries, sent FROM updates
WHERE lane = ANY(CAST(:lanes AS text[])) AND waiting IS NOT NULL ORDER BY id
"""
_TYPES = {column.name: column.type for column in updates.c}
_TAKE = text(_LOCK + _NOTE + _WAITING).bindparams(bindparam("waiting", type_=_TYPES["waiting"])).columns(**_TYPES)
_LOCKED = text(_LOCK)
_DONE = text(_LOCK + _STRIKE_OUT + _WAITING).columns(**_TYPES)


def take(connection: Connection, row: dict[str, Any], living: Collection[str], dead: timedelta) -> Sequence[Any]:
    """Notes an update, as a row of the table says it, unless it has come before; gives what waits in its lane.

    It is left to who is at the lane: one of those known to be `living`, or one that has given a sign of life not longer
    ago than `dead`. Where nobody is, the row's own holder has it.
    """
    whose = {"process": row["holder"], "known": sorted({*living, row["holder"]}), "dead": dead.total_seconds()}
    noted = {name: row[name] for name in ("id", "taken", "waiting", "lane")}
    return connection.execute(_TAKE, {**noted, **whose, **_lanes([row["lane"]])}).all()


def strike_out(connection: Connection, numbers: Sequence[int], lanes: Collection[str]) -> Sequence[Any]:
    """Strikes out what updates said; gives what still waits in these lanes, in order."""
    return connection.execute(_DONE, {"numbers": list(numbers), **_lanes(lanes)}).all()


def lock(connection: Connection, lanes: Collection[str]) -> None:
    """Keeps out, until the transaction ends, whoever shares these lanes, or adopts what the dead have left in any."""
    connection.execute(_LOCKED, _lanes(lanes))


def _lanes(lanes: Collection[str]) -> dict[str, Any]:
    return {"sharing": SHARING, "keys": sorted(map(_lock_of, lanes)), "lanes": list(lanes)}


def _lock_of(lane: str) -> int:
    """The number, of 64 bits, of the lock on a lane. Several are taken in the order of their numbers."""
    return int.from_bytes(hashlib.blake2b(lane.encode(), digest_size=8).digest(), "big", signed=True)
