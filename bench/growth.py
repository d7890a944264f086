"""How cost grows with topics and with people: python bench/growth.py [--share S] [--people N …]

Topics: the phrasings once, three and ten times, each time with other letters, so that every copy is a language of its
own with labels of its own. From a share of the phrasings: ten times all of them learn for hours. People: so many at
once, each in a conversation of their own, all through one engine. A conversation's length: `bench/run.py`.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # this file is called by its path

from rich.console import Console
from rich.table import Table

from bench.figures import MEGA, percentile
from bench.script import endless
from bot.door import Engine, Inbound
from bot.engine import logs, training
from bot.house import House
from bot.settings import read_settings
from nlu.linear import LinearModel

TIMES = (1, 3, 10)
PEOPLE = (1, 10, 100, 1000)
TURNS = 3  # of each person
ASKED = 200  # questions, for the time of a ranking
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def other_letters(text: str, copy: int) -> str:
    """The text in the copy's own alphabet: as long, its words as much alike among themselves, unlike all others."""
    shifted = LETTERS[copy:] + LETTERS[:copy]
    return text.lower().translate(str.maketrans(LETTERS, shifted))


def topics(share: float) -> Table:
    """What more labels cost."""
    from bench.export import sampled
    from nlu.importer import KnowledgeImporter

    importer = KnowledgeImporter(str(training.CONFIG), str(training.DOMAIN), [str(training.DATA), str(training.RULES)])
    examples = sampled(importer.get_nlu_data().intent_examples, share)
    texts = [str(example.get("text")) for example in examples]
    labels = [str(example.get("intent_response_key") or example.get("intent")) for example in examples]
    table = Table(title=f"With more topics ({len(texts)} phrasings, {len(set(labels))} labels, and times)")
    for heading in ("times", "phrasings", "labels", "training s", "weights MB", "a ranking, ms"):
        table.add_column(heading, justify="right")
    for times in TIMES:
        many = [other_letters(text, copy) for copy in range(times) for text in texts]
        named = [f"{label}~{copy}" for copy in range(times) for label in labels]
        began = time.perf_counter()
        model = LinearModel().fit(many, named)
        taken = time.perf_counter() - began
        began = time.perf_counter()
        for text in many[:: max(1, len(many) // ASKED)]:
            model.rank(text)
        ranking = (time.perf_counter() - began) / len(many[:: max(1, len(many) // ASKED)]) * 1000
        size = f"{model.size / MEGA:.1f}"
        table.add_row(f"{times}×", str(len(many)), str(len(model.labels)), f"{taken:.1f}", size, f"{ranking:.1f}")
    return table


def people(counts: Sequence[int]) -> Table:
    """What more people at once cost."""
    table = Table(title=f"With more people at once ({TURNS} turns each)")
    for heading in ("people", "a turn, p50 ms", "p95 ms", "p99 ms", "turns a second"):
        table.add_column(heading, justify="right")
    with tempfile.TemporaryDirectory() as data:
        house = House(read_settings().copy(update={"data_dir": Path(data), "database_url": None}))
        training.train(house.model, house.settings.overlay)
        engine = house.engine()
        asyncio.run(_at_once(engine, 1, "warm"))
        for count in counts:
            began = time.perf_counter()
            taken = asyncio.run(_at_once(engine, count, str(count)))
            rate = len(taken) / (time.perf_counter() - began)
            shares = (f"{percentile(taken, share):,.0f}" for share in (0.50, 0.95, 0.99))
            table.add_row(f"{count:,}", *shares, f"{rate:.0f}")
        engine.close()
    return table


async def _at_once(engine: Engine, count: int, name: str) -> list[float]:
    """Milliseconds of each turn, from when a person sends it until the answer is there."""

    async def one(number: int) -> list[float]:
        taken = []
        for said in islice(endless(), number % 40, number % 40 + TURNS):
            began = time.perf_counter()
            who = f"growth:{name}:{number}"
            await engine.handle(Inbound(who, who, text=said.text))
            taken.append((time.perf_counter() - began) * 1000)
        return taken

    return [taken for those in await asyncio.gather(*map(one, range(count))) for taken in those]


def main() -> None:
    """Measures both, and prints."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--share", type=float, default=0.1, help="of each label's phrasings, for the topics")
    arguments.add_argument("--people", type=int, nargs="*", default=list(PEOPLE), help="how many at once")
    chosen = arguments.parse_args()
    logs.configure()
    console = Console(width=108)
    console.print(people(chosen.people))
    console.print(topics(chosen.share))


if __name__ == "__main__":
    main()
