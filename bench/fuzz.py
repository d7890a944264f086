"""Nasty input through every door: `python -m bench.fuzz [--count 100000] [--seed N]`.

Counted are tracebacks that people see, answers that took more than a second, and faults that the log tells; afterwards
an ordinary question has to be answered, and a walkthrough that was open all the while has to stand where it stood.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import re
import socket
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.fuzzing.doors import Batch, Hook, Telegram, Terminal, Throw, inbound
from bench.fuzzing.nasty import Nasty
from bot.rendering.plain import plain

ROOT = Path(__file__).parent.parent
HANG = 1.0  # seconds
WITNESS = "terminal:witness"
EVERY = 1000  # inputs between two looks at the witness
SHARES = {"typed": 30, "batch": 8, "written": 27, "pressed": 12, "linked": 5, "sought": 6, "poll": 4, "webhook": 8}
_TRACEBACK = re.compile(r'Traceback \(most recent|File "/|jinja2\.|sqlalchemy\.|\bNoneType\b')
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")


@dataclass
class Found:
    """What was thrown, and what came of it."""

    thrown: Counter[str] = field(default_factory=Counter)
    tracebacks: list[str] = field(default_factory=list)
    hangs: list[str] = field(default_factory=list)
    logged: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")

    def faults(self) -> list[str]:
        """What was wrong, whatever the machine: how long an answer took, `hangs` tells."""
        return [*self.tracebacks, *self.logged, *self.broken]

    def lines(self) -> list[str]:
        doors = ", ".join(f"{door} {count}" for door, count in sorted(self.thrown.items()))
        return [
            f"- Fuzzed: {self.thrown.total()} inputs ({doors}): {len(self.tracebacks)} tracebacks to users, "
            f"{len(self.hangs)} over {HANG:g} s, {len(self.broken)} broken states, {len(self.logged)} faults logged",
            f"- slowest: {self.slowest[0]:.2f} s for {self.slowest[1][:120]!r}",
        ]


class Listener(logging.Handler):
    """Keeps what is logged as an error."""

    def __init__(self, found: Found) -> None:
        super().__init__(logging.ERROR)
        self.found = found
        self.thrown = ""

    def emit(self, record: logging.LogRecord) -> None:
        if "is none that can be read" in record.getMessage():  # an update that is none: told, and left
            return
        told = logging.Formatter().format(record)
        self.found.logged.append(f"{told[-1500:]}\n  for {self.thrown[:300]!r}")


class Fuzz:
    """All doors over one house."""

    def __init__(self, engine: Any, house: Any, seed: int) -> None:
        self.engine, self.house = engine, house
        self.nasty = Nasty(seed)
        self.found = Found()
        self.listener = Listener(self.found)
        self.terminal = Terminal(engine, house, self.nasty)
        self.telegram = Telegram(engine, house, self.nasty)
        self.hook = Hook(self.telegram, self.nasty)
        self.step = ""

    async def run(self, count: int) -> Found:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        await self.telegram.open()
        await self.hook.open(port)
        await self._call_witness()
        batch = Batch(self.engine, self.house, self.nasty)
        doors: dict[str, Throw] = {
            "typed": self.terminal.line, "batch": batch.line, "written": self.telegram.written,
            "pressed": self.telegram.pressed, "linked": self.telegram.linked, "sought": self.telegram.looked_up,
            "poll": self.telegram.chosen, "webhook": self.hook.posted,
        }  # fmt: skip
        names, weights = list(SHARES), list(SHARES.values())
        logging.getLogger().addHandler(self.listener)
        try:
            for number in range(count):
                name = self.nasty.random.choices(names, weights)[0]
                await self._throw(name, doors[name])
                if (number + 1) % EVERY == 0:
                    await self._look()
                    print(f"{number + 1} of {count}, {len(self.found.faults())} faults", file=sys.stderr, flush=True)
            await self._look()
        finally:
            logging.getLogger().removeHandler(self.listener)
            await self.hook.close()
            await self.telegram.close()
        return self.found

    async def _throw(self, name: str, door: Throw) -> None:
        self.telegram.api.sent.clear()
        self.terminal.printed = ""
        began, used = time.perf_counter(), time.process_time()
        try:
            thrown = str(await door())
        except Exception as error:
            thrown = f"{type(error).__name__}: {error}"
            self.found.tracebacks.append(f"{name}: {thrown}")
        took = min(time.perf_counter() - began, time.process_time() - used)  # others may keep the processor busy
        self.listener.thrown = thrown
        self.found.thrown[name] += 1
        if took > self.found.slowest[0]:
            self.found.slowest = took, f"{name}: {thrown}"
        if took > HANG:
            self.found.hangs.append(f"{name}: {took:.2f} s for {len(thrown)} characters {thrown[:200]!r}")
        for shown in (self.terminal.printed, *self.telegram.api.sent):
            if _TRACEBACK.search(shown) and not _TRACEBACK.search(thrown):
                self.found.tracebacks.append(f"{name}: {shown[:500]} for {thrown[:200]!r}")
            if control := _CONTROL.search(shown):
                self.found.broken.append(f"{name}: {control[0]!r} is shown in {shown[:200]!r} for {thrown[:200]!r}")
        self.found.broken += [f"{name}: {fault}" for fault in (*self.telegram.api.faults, *self.hook.wrong)]
        self.telegram.api.faults.clear()
        self.hook.wrong.clear()

    async def _call_witness(self) -> None:
        """Somebody else begins a walkthrough, and answers a question of it."""
        await self.engine.handle(inbound(WITNESS, tap="c:readiness:quick"))
        self.step = await self._resumed()

    async def _resumed(self) -> str:
        replies = await self.engine.handle(inbound(WITNESS, tap="k:continue"))
        return "\n".join(plain(reply.text) for reply in replies if (reply.place or "").startswith("run:"))

    async def _look(self) -> None:
        """Whether all is as it was for the witness, and those who threw things are answered as well."""
        if (step := await self._resumed()) != self.step or not step:
            self.found.broken.append(f"the walkthrough stands elsewhere: {step[:200]!r} after {self.step[:200]!r}")
        owners = [WITNESS, *(speaker.owner for speaker in self.terminal.people)]
        for owner in owners:
            await self.engine.handle(inbound(owner, tap="k:pause"))
            replies = await self.engine.handle(inbound(owner, text="Hvad er et partnerskab?"))
            if not any(topic == "basics.definition" for reply in replies for topic, _ in reply.topics[:1]):
                self.found.broken.append(f"{owner} asks in vain: {plain(replies[0].text)[:300]!r}")
            begun = await self.engine.handle(inbound(owner, tap="c:readiness:quick")) if owner != WITNESS else replies
            if owner != WITNESS and not any((reply.place or "").startswith("run:") for reply in begun):
                self.found.broken.append(f"{owner} can begin no walkthrough: {plain(begun[0].text)[:300]!r}")


def main() -> int:
    """Throws, prints the figures, and fails on any fault."""
    arguments = argparse.ArgumentParser(prog="python -m bench.fuzz", description=__doc__)
    arguments.add_argument("--count", type=int, default=100_000)
    arguments.add_argument("--seed", type=int, default=8)
    arguments.add_argument("--models", type=Path, default=ROOT / "models")
    chosen = arguments.parse_args()
    from bot.engine import logs
    from bot.house import House
    from bot.settings import Settings

    logs.configure()
    with tempfile.TemporaryDirectory() as scratch:
        house = House(Settings(_env_file=None, model_dir=chosen.models.resolve(), data_dir=Path(scratch)))
        began = time.monotonic()
        found = asyncio.run(Fuzz(house.engine(), house, chosen.seed).run(chosen.count))
    print("\n".join(found.lines()))
    print(f"taken {time.monotonic() - began:.0f} s; seed {chosen.seed}")
    every = [*found.faults(), *found.hangs]
    for fault, times in Counter(every).most_common(40):
        print(f"--- {times} × {fault}")
    return 1 if every else 0


if __name__ == "__main__":
    sys.exit(main())
