"""What one process holds, and what several do."""

from __future__ import annotations

import argparse
import threading
from pathlib import Path

from bench.replicas.people import Crowd
from bench.replicas.scene import Scene, delays

P99 = 150  # milliseconds, for all answers but those for which papers are written
STEP = 1.12  # from one rate to the next


def load(folder: Path, given: argparse.Namespace) -> int:
    """The highest rate at that p99 of one process and of several, in the same run. At each rate, other people do the
    same from the start, as many acts as take `seconds` at the first rate: so all rates are about the same turns."""
    held: dict[int, float] = {}
    for number in (1, given.processes):
        with Scene(folder / str(number), given.models, processes=number) as scene:
            rate = given.rate
            while _is_held(scene, number, rate, given):
                held[number] = rate
                rate *= STEP
    print(f"  highest rates at a p99 of {P99} ms: {', '.join(f'{n}: {rate:.1f}' for n, rate in held.items())}")
    if len(held) == 2:
        print(f"  {held[given.processes] / held[1]:.2f} times")
    return 0


def warm(crowd: Crowd, rate: float) -> None:
    """Lets everybody begin."""
    crowd.talks(min(rate, 20), threading.Event(), 8)
    crowd.ends()
    crowd.noticed.clear()


def _is_held(scene: Scene, number: int, rate: float, given: argparse.Namespace) -> bool:
    """Whether answers come in time, in one of two tries: a machine has its hiccups."""
    return any(_measured(scene, number, rate, given, seed) <= P99 for seed in (given.seed, given.seed + 1))


def _measured(scene: Scene, number: int, rate: float, given: argparse.Namespace, seed: int) -> float:
    """The p99 in milliseconds, and on standard output what it is made of."""
    crowd = scene.crowd(given.people, seed, given.scripts)
    warm(crowd, rate)
    used, waited = scene.processor(), scene.fleet.waited()
    told = crowd.talks(rate, threading.Event(), acts=given.seconds * given.rate)
    crowd.ends()
    spent, stood = scene.processor(), scene.fleet.waited()
    answers = delays(one for one in crowd.noticed.taken if not one.papers)
    papers = delays(one for one in crowd.noticed.taken if one.papers)
    shares = {name: f"{(spent[name] - used[name]) / told['seconds']:.0%}" for name in used}
    queued = {name: f"{(stood[name] - waited[name]) / told['acts'] * 1000:.1f}" for name in waited}
    came = told["acts"] / told["seconds"]
    print(f"  {number} processes, {rate:.1f} a second ({came:.1f} came about): {answers}, with papers: {papers}")
    print(f"    processors: {shares}, ms that each stood in line for one, per act: {queued}", flush=True)
    return answers["p99 ms"] if came >= 0.85 * rate else float("inf")
