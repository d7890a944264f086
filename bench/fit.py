"""`make fit`: fits what the judge weighs on the validation set, and prints it as it stands in `nlu/config.yml`.

python bench/fit.py [--rows FILE]

Every question is put twice: by itself, and after another one, as the context changes what is likely. The weights are
those of two logistic regressions. The bounds follow from the aims: no more than `MISTAKEN` of the questions answered
wrongly or, where they are out of scope, at all; no more than `REFUSED` of what is known refused.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # this file is called by its path

import numpy as np
from sklearn.linear_model import LogisticRegression

from bench.evaluate import is_there
from bench.questions import VALIDATION, Row, rows
from bot.door import Inbound
from bot.engine import logs, training
from bot.house import House
from bot.settings import read_settings
from nlu.judgement import Ranking, Weights, best_inside, signs
from nlu.labels import FOLLOWUP, TOPIC, split

MISTAKEN = 0.03
REFUSED = 0.01
BEFORE = 7  # so many rows further on stands the question that is put before one


@dataclass(frozen=True)
class Heard:
    """A row, what the classifier says of its last turn, and the topic that was answered before."""

    row: Row
    ranking: Ranking
    before: str | None

    @property
    def is_right(self) -> bool:
        """Whether the best label is right; one that asks on means the topic before."""
        label = best_inside(self.ranking)
        return self.row.is_right(f"{TOPIC}/{self.before}" if split(label or "")[0] == FOLLOWUP else label)


def fitted(told: Sequence[tuple[float, float]], true: Sequence[bool]) -> Weights:
    """The logistic function of the signs that tells best what is true."""
    machine = LogisticRegression(C=10.0).fit(np.asarray(told), np.asarray(true))
    (best, outside), (bias,) = machine.coef_[0], machine.intercept_
    return Weights(round(float(best), 3), round(float(outside), 3), round(float(bias), 3))


def answer_from(right: Sequence[float], true: Sequence[bool], within: Sequence[bool]) -> float:
    """The least probability from which answers keep to `MISTAKEN`."""
    chances, wrong, known = np.asarray(right), ~np.asarray(true), np.asarray(within)
    for bound in np.linspace(0.3, 0.98, 69):
        mistaken = (chances >= bound) & wrong
        if max(mistaken[known].mean(), mistaken[~known].mean()) <= MISTAKEN:
            break
    return round(float(bound), 2)


def ask_from(inside: Sequence[float], true: Sequence[bool]) -> float:
    """The probability below which no more than `REFUSED` of what is inside lies."""
    return round(float(np.quantile([chance for chance, is_in in zip(inside, true, strict=True) if is_in], REFUSED)), 2)


def show(heard: Sequence[Heard]) -> None:
    """Prints the configuration, and what each bound does on the rows."""
    told = [signs(one.ranking) for one in heard]
    hits = [one.is_right for one in heard]
    within = [not one.row.is_outside for one in heard]
    right, inside = fitted(told, hits), fitted(told, within)
    chances = [right.probability(one) for one in told]
    bound, floor = answer_from(chances, hits, within), ask_from([inside.probability(one) for one in told], within)
    for name, weights, key, value in (("right", right, "answer_from", bound), ("inside", inside, "ask_from", floor)):
        told_weights = f"best: {weights.best}, outside: {weights.outside}, bias: {weights.bias}"
        print(f"    {name}: {{{told_weights}, {key}: {value}}}")
    print(f"# fitted on {len(heard)} messages; what another bound for an answer would do:")
    for other in sorted({0.4, 0.5, 0.6, 0.7, 0.8, 0.9, bound}):
        print(f"#   {other:.2f}: {_at(other, chances, hits, within)}")


def _at(bound: float, chances: Sequence[float], hits: Sequence[bool], within: Sequence[bool]) -> str:
    sure, hit, known = np.asarray(chances) >= bound, np.asarray(hits), np.asarray(within)
    return (
        f"of what is inside {(sure & hit)[known].mean():.3f} answered rightly, {(sure & ~hit)[known].mean():.3f} "
        f"wrongly; of what is outside {sure[~known].mean():.3f} answered"
    )


async def hear(house: House, asked: Sequence[Row]) -> list[Heard]:
    """What the bot's pipeline says of each row, in a conversation of its own."""
    engine = house.engine()
    told = []
    for number, row in enumerate(asked):
        name = f"fit:{number}"
        before = None
        for said in row.turns:
            before = _slot(house, name)
            await engine.handle(Inbound(name, name, text=said))
        told.append(Heard(row, _ranking(house, name), before))
    engine.close()
    return told


def _slot(house: House, name: str) -> str | None:
    stored = house.store.conversation(name)
    events = stored.events if stored else []
    values = [event.get("value") for event in events if event["event"] == "slot" and event["name"] == TOPIC]
    return values[-1] if values else None


def _ranking(house: House, name: str) -> Ranking:
    stored = house.store.conversation(name)
    events = stored.events if stored else []
    last = [event["parse_data"] for event in events if event["event"] == "user"][-1]
    return [(entry["name"], entry["confidence"]) for entry in last.get("intent_ranking") or []]


def after_another(asked: Sequence[Row]) -> list[Row]:
    """Each row that is a single turn, with another row's question before it."""
    questions = [row for row in asked if not row.is_outside]
    return [
        replace(row, turns=(questions[(number + BEFORE) % len(questions)].turns[0], *row.turns))
        for number, row in enumerate(asked)
        if len(row.turns) == 1
    ]


def main() -> None:
    """Trains if need be, and fits."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=Path, default=VALIDATION, help="another file of rows")
    chosen = arguments.parse_args()
    logs.configure()
    with tempfile.TemporaryDirectory() as data:
        house = House(read_settings().copy(update={"data_dir": Path(data), "database_url": None}))
        training.train(house.model, house.settings.overlay)
        asked = [row for row in rows(chosen.rows) if len(row.wanted) == 1 and is_there(row, house.knowledge)]
        show(asyncio.run(hear(house, [*asked, *after_another(asked)])))


if __name__ == "__main__":
    main()
