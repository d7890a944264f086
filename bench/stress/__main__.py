"""`make stress`: kills the program at random moments, and says what was lost."""

from __future__ import annotations

import argparse
import secrets
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.stress.life import Database, Place
from bench.stress.tally import Tally, together
from knowledge.loader import CONTENT, Knowledge, load

MODELS = Path(__file__).parents[2] / "models"
LANGUAGES = ("da", "en")


UNSEEN = 0.25


def stress(
    seed: int,
    kills: int,
    databases: int,
    folder: Path,
    models: Path,
    *,
    phases: tuple[str, ...] = (),
    unseen: float = UNSEEN,
) -> Tally:
    """Kills the program so often, upon so many databases at a time. `phases`: when, in turn; else it is drawn."""
    knowledge = load(CONTENT, None)
    shares = [kills // databases + (number < kills % databases) for number in range(databases)]
    places = [
        Place(f"db{number}", folder, models.resolve(), LANGUAGES[number % len(LANGUAGES)], seed, unseen)
        for number in range(databases)
    ]
    with ThreadPoolExecutor(databases) as pool:
        return together(pool.map(lambda place, share: _lives(knowledge, place, share, phases), places, shares))


def _lives(knowledge: Knowledge, place: Place, kills: int, phases: tuple[str, ...]) -> Tally:
    tally = Tally()
    database = Database(place, knowledge, tally)
    for number in range(kills):
        database.live(phases[number % len(phases)] if phases else None)
    database.close()
    return tally


def main() -> int:
    """Kills, prints the figures, and fails on any fault; then the folder with databases and journals is kept."""
    parser = argparse.ArgumentParser(prog="python -m bench.stress", description=__doc__)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000), help="the same, the same people")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--databases", type=int, default=2, help="how many programs run at a time")
    parser.add_argument("--unseen", type=float, default=UNSEEN, help="how many lines are typed again without looking")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="makker-stress-"))
    print(f"seed {given.seed}; {given.kills} kills on {given.databases} databases below {folder}", flush=True)
    began = time.monotonic()
    tally = stress(given.seed, given.kills, given.databases, folder, MODELS, unseen=given.unseen)
    print("\n".join(tally.lines()))
    print(f"{'taken':34} {time.monotonic() - began:6.0f} s")
    if not tally.faults():
        shutil.rmtree(folder)
        return 0
    print("\n".join(tally.told))
    again = f"--seed {given.seed} --kills {given.kills} --databases {given.databases} --unseen {given.unseen}"
    print(f"again: .venv/bin/python -m bench.stress {again}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
