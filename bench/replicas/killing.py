"""Kills a process a moment after something has happened, and starts it again."""

from __future__ import annotations

import threading
import time
from collections import Counter
from random import Random

from bench.replicas.fleet import Fleet, Process
from bench.replicas.telegram import Telegram

EVENTS = {"pushed": 3, "taken": 3, "send begun": 3, "send done": 4, "call begun": 1, "call done": 2, "any time": 2}
_LATEST = 0.05  # seconds after that
_UNREADY = 0.15  # of the kills strike one that is starting, or the last one that is ready


class Killer(threading.Thread):
    """`kills` times; then it ends."""

    def __init__(
        self, fleet: Fleet, telegram: Telegram, kills: int, seed: int, pause: float = 0.3, unready: float = _UNREADY
    ) -> None:
        super().__init__(name="killer", daemon=True)
        self._fleet, self._random, self._left, self._pause = fleet, Random(seed), kills, pause
        self._unready = unready
        self.done: Counter[str] = Counter()
        self.moments: list[float] = []
        self._armed: str | None = None
        self._countdown = 0
        self._struck = threading.Event()
        self._by: int | None = None
        self._now = False
        telegram.line.heard = self._hears

    def run(self) -> None:
        while self._left > 0:
            time.sleep(self._random.uniform(0, self._pause))
            careless = self._random.random() < self._unready
            while not careless and len(self._fleet.ready()) < len(self._fleet.processes):
                time.sleep(0.05)
            while not self._fleet.ready():
                time.sleep(0.05)
            self._strike()
            self._left -= 1

    def ends(self) -> None:
        """No further kills than the one that may be under way."""
        self._left = 0

    def _strike(self) -> None:
        kind = self._random.choices(list(EVENTS), list(EVENTS.values()))[0]
        self._struck.clear()
        self._by, self._now = None, self._random.random() < 0.4
        self._countdown = self._random.randrange(6)
        if kind != "any time":
            self._armed = kind
            self._struck.wait(5.0)
            self._armed = None
        process = self._whom()
        if not self._now:
            time.sleep(self._random.uniform(0, _LATEST))
        self._fleet.kill(process)
        process.log.open("a").write(f"=== killed at {time.time():.3f}, {kind}\n")
        self.moments.append(time.monotonic())
        self.done[kind] += 1
        self._fleet.restart(process)

    def _whom(self) -> Process:
        if self._by is not None and 0 <= self._by < len(self._fleet.processes):
            return self._fleet.processes[self._by]
        return self._random.choice(self._fleet.processes)

    def _hears(self, what: str, process: int | None) -> None:
        """On the server's thread: where it is to be at once, the process is dead before it gets an answer."""
        if what != self._armed:
            return
        if self._countdown:
            self._countdown -= 1
            return
        self._armed = None
        self._by = process
        if self._now and process is not None and process >= 0:
            self._fleet.kill(self._fleet.processes[process])
        self._struck.set()
