"""Memory after 100,000 turns beside that after 1,000: `python -m bench.enduring`.

python -m bench.enduring [--turns 100000] [--people 2000] [--seed 7] [--models FOLDER] [--traced]

A process of its own has what `makker telegram` has: its modules, an engine over a fresh SQLite file, its heap settled,
papers written apart. 2,000 people come again and again for a few turns each, four at a time: questions, no two quite
alike, commands, small talk, walkthroughs by taps and in words, one in ten of them up to its papers. What the process
holds is read after 1,000 turns and after each 10,000, when all that nobody needs has been collected; the process that
writes papers beside it. `--traced` tells which lines hold what has come since the first look; turns then take longer.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from bench.sizes import ROOT, clean_environment, keep_out_of_git

RATIO = 1.1  # at most
FIRST, EVERY = 1_000, 10_000  # turns
RESULTS = ROOT / "bench" / "results"
_AT_ONCE = 4
_STAY = (3, 12)  # turns, before somebody else comes
_OWNER = 700_000_000
_FRAMES, _TOLD = 6, 15  # of a trace; lines


def marks(turns: int) -> list[int]:
    """After how many turns memory is read."""
    every = min(EVERY, max(FIRST, turns // 5))
    return sorted({min(FIRST, turns), *range(every, turns, every), turns})


# --- the process ---------------------------------------------------------------------------------


class Queue:
    """People who come one after another, each for a few turns; again when all have been there."""

    def __init__(self, numbers: list[int], luck: Random) -> None:
        self._comes = self._guests(numbers, luck)

    @staticmethod
    def _guests(numbers: list[int], luck: Random) -> Iterator[Any]:
        from bench.guest import Guest

        while True:
            for number in numbers:
                again = [(None, "k:continue")] if luck.random() < 0.1 else []
                guest = Guest(number, luck, first=again)
                for _ in range(luck.randint(*_STAY)):
                    yield guest

    def next(self) -> Any:
        """Whose turn it is."""
        return next(self._comes)


class Process:
    """What `makker telegram` consists of, without Telegram."""

    def __init__(self, given: argparse.Namespace) -> None:
        from bot.engine import logs

        logs.configure(unattended=True)
        from bot import running
        from bot.house import House
        from bot.settings import Settings
        from bot.store.holding import Holding

        settings = Settings(_env_file=None, model_dir=given.models, data_dir=given.folder)  # type: ignore[call-arg]
        self.house = House(settings, writes_apart=True)
        self._engine = self.house.engine()
        running.settle()
        self._door = self.house.with_first_contact(self._engine, self.house.knowledge)
        self._holding = Holding(self.house.store.engine)
        everybody = range(_OWNER, _OWNER + given.people)
        self._queues = [Queue([*everybody[place::_AT_ONCE]], Random(given.seed + place)) for place in range(_AT_ONCE)]
        self.turns = self.papers = 0

    async def take(self, until: int) -> None:
        """Turns, until there have been so many."""
        await asyncio.gather(*(self._one_after_another(queue, until) for queue in self._queues))

    async def _one_after_another(self, queue: Queue, until: int) -> None:
        from bot.store.holding import Came

        while self.turns < until:
            self.turns += 1
            update, guest = self.turns, queue.next()
            inbound, lane = guest.acts(update), str(guest.number)
            self._holding.take_updates([Came(update, lane, {"update_id": update, "text": inbound.text})])
            replies = await self._door.handle(inbound)
            self._holding.updates_done([(update, lane)])
            self.papers += any(reply.attachments for reply in replies)
            guest.heard(replies)

    def end(self) -> None:
        from bot import running

        running.end(self.house)


async def endure(process: Process, given: argparse.Namespace) -> None:
    """Prints what is held, a line of JSON after each number of turns."""
    began, first = time.monotonic(), None
    for mark in marks(given.turns):
        await process.take(mark)
        gc.collect()
        seconds = round(time.monotonic() - began)
        told = {"turns": process.turns, "mb": held(os.getpid()), "papers": process.papers, "seconds": seconds}
        told["writer_mb"] = sum(held(child.pid or 0) for child in multiprocessing.active_children())
        print(json.dumps(told), flush=True)
        if given.traced:
            snapshot = tracemalloc.take_snapshot()
            first = first or snapshot
    if given.traced and first:
        grown(first, snapshot)


def held(pid: int) -> float:
    """The memory that a process holds, in MB (10⁶ bytes)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return round(int(line.split()[1]) * 1024 / 1_000_000, 1)


def grown(first: tracemalloc.Snapshot, last: tracemalloc.Snapshot) -> None:
    """Tells on standard error what has come since, by the lines that made it."""
    own = (tracemalloc.Filter(False, tracemalloc.__file__), tracemalloc.Filter(False, "<unknown>"))
    for found in last.filter_traces(own).compare_to(first.filter_traces(own), "traceback")[:_TOLD]:
        print(f"{found.size_diff / 1000:+,.0f} kB, {found.count_diff:+,} blocks", file=sys.stderr)
        print("\n".join(found.traceback.format()), file=sys.stderr, flush=True)


# --- beside it -----------------------------------------------------------------------------------


def watched(given: argparse.Namespace, folder: Path) -> list[dict[str, Any]]:
    """Runs the process, and prints and gives what it tells. RuntimeError where it ends before its time."""
    command = [sys.executable, "-m", "bench.enduring", "--folder", str(folder), "--models", str(given.models)]
    numbers = {"--turns": given.turns, "--people": given.people, "--seed": given.seed}
    command += [word for name, value in numbers.items() for word in (name, str(value))]
    command += ["--traced"] if given.traced else []
    found = []
    with subprocess.Popen(
        command, cwd=ROOT, env=clean_environment(folder), stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        for line in process.stdout:
            told = json.loads(line)
            found.append(told)
            print(
                f"- after {told['turns']:,} turns, {told['papers']:,} with papers, {told['seconds']:,} s: "
                f"{told['mb']} MB; the process that writes papers {told['writer_mb']} MB",
                flush=True,
            )
    if process.returncode or not found or found[-1]["turns"] < given.turns:
        raise RuntimeError(f"the process ended with {process.returncode}")
    return found


def main() -> int:
    """Measures, prints, keeps the figures; 1 where the bound does not hold."""
    arguments = argparse.ArgumentParser(prog="python -m bench.enduring", description=__doc__.partition("\n")[0])
    arguments.add_argument("--turns", type=int, default=100_000)
    arguments.add_argument("--people", type=int, default=2_000)
    arguments.add_argument("--seed", type=int, default=7)
    arguments.add_argument("--models", type=Path, default=ROOT / "models")
    arguments.add_argument("--traced", action="store_true", help="tells which lines hold what has come since")
    arguments.add_argument("--folder", type=Path, help=argparse.SUPPRESS)  # given to the process: where it stores
    given = arguments.parse_args()
    given.models = given.models.resolve()
    if given.folder:
        if given.traced:
            tracemalloc.start(_FRAMES)
        process = Process(given)
        asyncio.run(endure(process, given))
        process.end()
    with tempfile.TemporaryDirectory(prefix="makker-enduring-") as scratch:
        found = watched(given, Path(scratch))
    ratio = round(found[-1]["mb"] / found[0]["mb"], 3)
    keep_out_of_git(RESULTS)
    report = {"ratio": ratio, "marks": found, "people": given.people, "seed": given.seed, "traced": given.traced}
    (RESULTS / "enduring.json").write_text(json.dumps(report, indent=1), encoding="utf-8")
    print(f"- memory after {found[-1]['turns']:,} turns to that after {found[0]['turns']:,}: {ratio} (at most {RATIO})")
    return 0 if ratio <= RATIO else 1


if __name__ == "__main__":
    sys.exit(main())
