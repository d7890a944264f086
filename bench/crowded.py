"""A turn over an empty store, and over one of 50,000 people with 1,000,000 events: `python -m bench.crowded`.

python -m bench.crowded [--people 50000] [--turns 3000] [--postgres] [--seed 7] [--models FOLDER]

The people are copies of what real conversations leave in the store (`crowd.py`). Two engines in this process, one for
each store, take the same turns one after the other, which of them first is drawn: whatever the machine does meanwhile
hits both. Those who talk are new people and people who are stored; these are in the empty store as well, alone. A turn
is all that a door has the store do for it: the update is noted, answered, told what is stored, and struck out. With
`--postgres` the stores are in a private PostgreSQL (`apt-get install postgresql`), else in SQLite files.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from bench.crowd import FIRST, Patterns, fill, stored
from bench.figures import MEGA, Clock, middle, percentile
from bench.guest import Act, Guest
from bench.sizes import ROOT, keep_out_of_git
from bot.engine import logs
from bot.house import House
from bot.operating.heap import settle
from bot.settings import Settings
from bot.store.holding import Came, Holding

RATIO = 1.3  # of the medians, at most
KNOWN, NEW = 60, 60  # people who talk: stored ones, and new ones
WARM_UP = 240  # turns that don't count
RESULTS = ROOT / "bench" / "results"
_UPDATE = 10_000_000  # the number of the first update
_AGAIN: tuple[Act, ...] = ((None, "k:continue"), (None, "k:my_documents"), ("hvad kan du hjælpe mig med", None))


@dataclass(frozen=True)
class Took:
    """A turn: who took it, and its milliseconds by the clock and of the processor."""

    known: bool
    clock: float
    processor: float


@dataclass
class Side:
    """A store with its engine, and those who talk with it."""

    house: House
    guests: list[Guest]
    took: list[Took] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._engine = self.house.engine()
        self._door = self.house.with_first_contact(self._engine)
        self._holding = Holding(self.house.store.engine)

    async def turn(self, update: int) -> list[str]:
        """Takes the next turn; gives what is said."""
        guest = self.guests[update % len(self.guests)]
        inbound = guest.acts(update)
        lane = str(guest.number)
        said = {"update_id": update, "message": {"text": inbound.text, "from": {"id": guest.number}}}
        clock = Clock()
        self._holding.take_updates([Came(update, lane, said)])
        replies = await self._door.handle(inbound)
        self._holding.updates_done([(update, lane)])
        known = guest.number < FIRST + 1_000_000
        if not any(reply.attachments for reply in replies):  # papers are written, which is no work of the store
            self.took.append(Took(known, *clock.taken()))
        guest.heard(replies)
        return [reply.text for reply in replies]

    def beside(self) -> float:
        """Milliseconds of what a door asks of the store now and then."""
        taken = []
        for _ in range(50):
            clock = Clock()
            self._holding.beat()
            self._holding.adopt_updates()
            self.house.store.next_reminder("telegram")
            taken.append(clock.taken()[0])
        return middle(taken)

    def close(self) -> None:
        self._engine.close()
        self.house.store.engine.dispose()


def guests(numbers: list[int], seed: int) -> list[Guest]:
    """Those who talk, in an order of their own: the stored ones go on where they were, the new ones begin."""
    fresh = [FIRST + 50_000_000 + number for number in range(NEW)]
    everybody = [Guest(number, Random(seed + number), first=_AGAIN[number % 3 :][:1]) for number in numbers]
    everybody += [Guest(number, Random(seed + number)) for number in fresh]
    return Random(seed).sample(everybody, len(everybody))


async def talk(sides: tuple[Side, Side], turns: int, seed: int) -> int:
    """So many turns on both sides; gives how many were answered alike."""
    luck, alike = Random(seed), 0
    for update in range(_UPDATE, _UPDATE + WARM_UP + turns):
        if update == _UPDATE + WARM_UP:
            alike = 0
            for side in sides:
                side.took.clear()
        said = {}
        for number in luck.sample((0, 1), 2):
            said[number] = await sides[number].turn(update)
        alike += said[0] == said[1]
    return alike


def measure(models: Path, folder: Path, chosen: argparse.Namespace) -> dict[str, Any]:
    """Fills the stores and has people talk; every figure."""
    patterns = Patterns(models, folder / "patterns")
    step = max(1, chosen.people // KNOWN)
    numbers = [FIRST + number for number in range(chosen.people)]
    known = [number + place % 5 for place, number in enumerate(numbers[::step][:KNOWN])]  # of all kinds
    with _databases(folder, chosen.postgres) as (empty, full):
        fill(empty, patterns, known, updates=False)
        clock = Clock()
        fill(full, patterns, numbers)
        filled = clock.taken()[0] / 1000
        events, size = stored(full)
        sides = (_side(models, folder / "empty", empty, known, chosen), _side(models, folder, full, known, chosen))
        settle()
        alike = asyncio.run(talk(sides, chosen.turns, chosen.seed))
        beside = [side.beside() for side in sides]
        for side in sides:
            side.close()
    found = {name: _figures(side.took) for name, side in zip(("empty", "full"), sides, strict=True)}
    ratios = {name: round(found["full"][name] / found["empty"][name], 3) for name in found["full"]}
    told = {"people": chosen.people, "events": events, "store_mb": round(size / MEGA), "filled_s": round(filled)}
    return {**told, **found, "ratios": ratios, "turns": chosen.turns, "alike": alike, "beside_ms": beside}


def _side(models: Path, data: Path, url: str, known: list[int], chosen: argparse.Namespace) -> Side:
    settings = Settings(_env_file=None, model_dir=models, data_dir=data, database_url=url)  # type: ignore[call-arg]
    return Side(House(settings, writes_apart=True), guests(known, chosen.seed))


@contextmanager
def _databases(folder: Path, postgres: bool) -> Iterator[tuple[str, str]]:
    """The addresses of two databases without anybody."""
    if not postgres:
        yield f"sqlite:///{folder / 'empty' / 'makker.db'}", f"sqlite:///{folder / 'full' / 'makker.db'}"
        return
    from tests.services import Postgres

    server = Postgres()
    try:
        yield server.database(), server.database()
    finally:
        server.end()


def _figures(took: list[Took]) -> dict[str, float]:
    clock = [one.clock for one in took]
    return {
        "median": middle(clock),
        "p99": round(percentile(clock, 0.99), 2),
        "processor": middle([one.processor for one in took]),
        "known": middle([one.clock for one in took if one.known]),
        "new": middle([one.clock for one in took if not one.known]),
    }


def tell(found: dict[str, Any], where: str) -> None:
    """Prints the figures."""
    print(
        f"- {where}: {found['events']:,} events of {found['people']:,} people, {found['store_mb']:,} MB, "
        f"filled in {found['filled_s']} s; {found['turns']:,} turns over each store, {found['alike']:,} answered alike"
    )
    for name, words in (("empty", "an empty store"), ("full", "the filled one")):
        of = found[name]
        print(f"- a turn over {words}: median {of['median']} ms, 99 of 100 within {of['p99']} ms")
    ratios = found["ratios"]
    print(
        f"- of the medians, filled to empty: {ratios['median']:.2f} (at most {RATIO}); people who are stored "
        f"{ratios['known']:.2f}, new ones {ratios['new']:.2f}; processor time {ratios['processor']:.2f}; "
        f"99 of 100 {ratios['p99']:.2f}"
    )
    print("- what a door asks beside turns: {} ms, {} ms over the filled store".format(*found["beside_ms"]))


def main() -> int:
    """Measures, prints, keeps the figures; 1 where the bound does not hold."""
    arguments = argparse.ArgumentParser(prog="python -m bench.crowded", description=__doc__.partition("\n")[0])
    arguments.add_argument("--people", type=int, default=50_000)
    arguments.add_argument("--turns", type=int, default=3_000, help="over each store")
    arguments.add_argument("--postgres", action="store_true")
    arguments.add_argument("--seed", type=int, default=7)
    arguments.add_argument("--models", type=Path, default=ROOT / "models")
    chosen = arguments.parse_args()
    logs.configure()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="makker-crowded-") as scratch:
        found = measure(chosen.models.resolve(), Path(scratch), chosen)
    found["machine_load"] = round(os.getloadavg()[0], 1)
    keep_out_of_git(RESULTS)
    name = "crowded-postgres.json" if chosen.postgres else "crowded.json"
    (RESULTS / name).write_text(json.dumps(found, indent=1), encoding="utf-8")
    tell(found, "PostgreSQL" if chosen.postgres else "SQLite")
    print(f"- taken {time.monotonic() - began:.0f} s, seed {chosen.seed}, load of the machine {found['machine_load']}")
    return 0 if found["ratios"]["median"] <= RATIO else 1


if __name__ == "__main__":
    sys.exit(main())
