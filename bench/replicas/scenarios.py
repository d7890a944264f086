"""What can happen to several processes."""

from __future__ import annotations

import argparse
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench.replicas.clocks import Clocks
from bench.replicas.killing import Killer
from bench.replicas.loads import load, warm
from bench.replicas.people import Crowd
from bench.replicas.scene import Scene, delays, say
from bench.replicas.stores import full, small_disk
from tests.services import Redis

FAULTS = (
    "updates stuck",
    "people without an answer",
    "answers doubled",
    "answers unforeseen",
    "answers out of order",
    "walkthroughs not as answered",
    "papers not as made",
    "notes left standing",
    "rules of Telegram broken",
)
_NONE, _HOURS = timedelta(), timedelta(hours=6)
LEAPS = (  # of the clocks of two processes, one after another
    (_HOURS, _NONE),
    (_HOURS, _HOURS),
    (_HOURS, -_HOURS),
    (timedelta(minutes=5), _NONE),
    (_NONE, -_HOURS),
    (timedelta(days=800), _NONE),
    (_NONE, _NONE),
)
Given = argparse.Namespace


def told(crowd: Crowd) -> str:
    """What people have noticed so far; whatever is wrong is said in full."""
    noticed = crowd.noticed
    for one in noticed.news():
        say(f"!! {one}")
    return (
        f"{noticed.answered} acts answered, {len(noticed.stuck)} stuck, {len(noticed.doubled)} doubled, "
        f"{len(noticed.unforeseen)} unforeseen, {len(noticed.apologies)} apologies"
    )


def faults(figures: dict[str, Any]) -> int:
    """How many there are."""
    return int(sum(figures[name] for name in FAULTS))


class Talk:
    """People talk beside what happens, until the block is left."""

    def __init__(self, crowd: Crowd, rate: float) -> None:
        self._crowd, self._stop = crowd, threading.Event()
        self._thread = threading.Thread(target=crowd.talks, args=(rate, self._stop), daemon=True)

    def __enter__(self) -> Crowd:
        self._thread.start()
        return self._crowd

    def __exit__(self, *exc: object) -> None:
        self._stop.set()
        self._thread.join()
        if not any(exc):
            self._crowd.ends()


def quiet(folder: Path, given: Given) -> int:
    """Nothing goes wrong: whatever is noticed here is no fault of a death."""
    with Scene(folder, given.models, processes=given.processes) as scene:
        crowd = scene.crowd(given.people, given.seed, given.scripts)
        with Talk(crowd, given.rate):
            time.sleep(given.seconds)
        return faults(scene.tell(crowd))


def kills(folder: Path, given: Given) -> int:
    """Processes are killed at random moments and started again."""
    with Scene(folder, given.models, processes=given.processes) as scene:
        crowd = scene.crowd(given.people, given.seed, given.scripts)
        with Talk(crowd, given.rate):
            killer = Killer(scene.fleet, scene.telegram, given.kills, given.seed)
            killer.start()
            until = time.monotonic() + 60 * given.minutes
            while killer.is_alive():
                killer.join(30)
                say(f"{killer.done.total()} kills, {told(crowd)}")
                if time.monotonic() > until:
                    killer.ends()
        figures = scene.tell(crowd)
        print(f"  kills {dict(killer.done)}")
        starts = [seconds for process in scene.fleet.processes for seconds in process.starts]
        print(f"  seconds from start to ready: {min(starts):.1f} to {max(starts):.1f}")
        return faults(figures)


def death(folder: Path, given: Given) -> int:
    """One process dies under load; how long does anybody wait?"""
    with Scene(folder, given.models, processes=given.processes) as scene:
        crowd = scene.crowd(given.people, given.seed, given.scripts)
        warm(crowd, given.rate)
        with Talk(crowd, given.rate):
            time.sleep(given.seconds / 2)
            before = delays(crowd.noticed.taken)
            crowd.noticed.clear()
            died = time.monotonic()
            victim = scene.fleet.processes[0]
            scene.fleet.kill(victim)
            scene.fleet.restart(victim)
            while not victim.is_ready():
                time.sleep(0.1)
            print(f"  ready again after {time.monotonic() - died:.1f} s")
            time.sleep(given.seconds / 2)
        print(f"  before: {before}")
        for since, until in ((-5, 0), (0, 3), (3, 10), (10, 1000)):
            these = [one.seconds for one in crowd.noticed.taken if since <= one.since - died < until]
            if these:
                print(f"  done {since} to {until} s after the death: longest {max(these):.2f} s of {len(these)}")
        return faults(scene.tell(crowd))


def away(folder: Path, given: Given) -> int:
    """PostgreSQL, then Redis, then both are stopped under load, and started again."""
    with Scene(folder, given.models, processes=given.processes) as scene:
        crowd = scene.crowd(given.people, given.seed, given.scripts)
        services: dict[str, list[Any]] = {"PostgreSQL": [scene.postgres], "Redis": [scene.redis]}
        with Talk(crowd, given.rate):
            for name, stopped in services.items():
                time.sleep(5)
                apologies, answered = len(crowd.noticed.apologies), crowd.noticed.answered
                for service in stopped:
                    service.kill()
                time.sleep(given.seconds)
                told = len(crowd.noticed.apologies) - apologies, crowd.noticed.answered - answered
                for service in stopped:
                    service.start()
                began = time.monotonic()
                while not (crowd.answered_since(began) and len(scene.fleet.ready()) == given.processes):
                    time.sleep(0.05)
                back = time.monotonic() - began
                print(
                    f"  {name} away for {given.seconds:g} s: {told[0]} apologies, {told[1]} acts answered meanwhile, "
                )
                print(f"    first answer {back:.1f} s after it was back", flush=True)
        return faults(scene.tell(crowd))


def telegram_away(folder: Path, given: Given) -> int:
    """Nothing of Telegram is to be reached for a while; people's updates come when it is there again."""
    with Scene(folder, given.models, processes=given.processes) as scene:
        crowd = scene.crowd(given.people, given.seed, given.scripts)
        with Talk(crowd, given.rate):
            time.sleep(5)
            answered = crowd.noticed.answered
            crowd.patience += given.seconds
            scene.telegram.line.away = True
            time.sleep(given.seconds)
            print(f"  away for {given.seconds:g} s, {crowd.noticed.answered - answered} acts answered meanwhile")
            began = time.monotonic()
            scene.telegram.comes_back()
            time.sleep(5)
        print(f"  all is answered {time.monotonic() - began:.1f} s after it was back")
        return faults(scene.tell(crowd))


def clock(folder: Path, given: Given) -> int:
    """The clocks of the processes are set forward and back, each by itself."""
    folder.mkdir(parents=True, exist_ok=True)
    clocks = Clocks(folder)
    with Scene(folder, given.models, processes=given.processes, clocks=clocks) as scene:
        crowd = scene.crowd(given.people, given.seed, given.scripts)
        with Talk(crowd, given.rate):
            for spans in LEAPS:
                time.sleep(given.seconds)
                for process, span in zip(scene.fleet.processes, spans, strict=False):
                    clocks.set_by(process.number, span)
                say(f"the clocks differ by {', '.join(map(str, spans))}; {told(crowd)}")
            time.sleep(given.seconds)
        return faults(scene.tell(crowd))


def disk(folder: Path, given: Given) -> int:
    """PostgreSQL's disk is full for a while."""
    with small_disk() as (postgres, place):
        redis = Redis()
        try:
            with Scene(folder, given.models, processes=given.processes, services=(postgres, redis)) as scene:
                crowd = scene.crowd(given.people, given.seed, given.scripts)
                with Talk(crowd, given.rate):
                    time.sleep(5)
                    answered = crowd.noticed.answered
                    with full(place):
                        time.sleep(given.seconds)
                        print(f"  full for {given.seconds:g} s, {crowd.noticed.answered - answered} acts answered")
                    postgres.start()
                    began = time.monotonic()
                    while not crowd.answered_since(began):
                        time.sleep(0.05)
                    print(f"  first answer {time.monotonic() - began:.1f} s after there was room", flush=True)
                    time.sleep(5)
                return faults(scene.tell(crowd))
        finally:
            redis.end()


ALL: dict[str, Callable[[Path, Given], int]] = {
    "kills": kills,
    "quiet": quiet,
    "death": death,
    "services": away,
    "telegram": telegram_away,
    "load": load,
    "disk": disk,
    "clock": clock,
}
