"""`make fit`: fits what the judge weighs on the validation set, and prints it as it stands in `nlu/config.yml`.

python bench/fit.py [--rows FILE] [--model FILE]

The weights are those of two logistic regressions. The two bounds follow from what a mistake is held to cost: an answer
is worth `ANSWERED`, a question back `ASKED`, a wrong answer `WRONG`; and from the share of questions that may be refused.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # this file is called by its path

import numpy as np
from sklearn.linear_model import LogisticRegression

from bench.evaluate import is_there
from bench.questions import VALIDATION, Row, rows
from bot.engine import logs, training
from bot.house import House
from bot.settings import read_settings
from nlu.judgement import Ranking, Weights, best_inside, signs

ANSWERED, ASKED, WRONG = 1.0, 0.6, -1.0
REFUSED = 0.01  # of the questions that could be answered, so many may be refused


def fitted(told: Sequence[tuple[float, float]], true: Sequence[bool]) -> Weights:
    """The logistic function of the signs that tells best what is true."""
    machine = LogisticRegression(C=10.0).fit(np.asarray(told), np.asarray(true))
    (best, outside), (bias,) = machine.coef_[0], machine.intercept_
    return Weights(round(float(best), 3), round(float(outside), 3), round(float(bias), 3))


def answer_from(right: Sequence[float], true: Sequence[bool]) -> float:
    """The probability from which answering is worth most, against asking."""
    chances, hits = np.asarray(right), np.asarray(true)
    bounds = np.linspace(0.2, 0.95, 76)
    worth = [np.where(chances >= bound, np.where(hits, ANSWERED, WRONG), ASKED * hits).sum() for bound in bounds]
    return round(float(bounds[int(np.argmax(worth))]), 2)


def ask_from(inside: Sequence[float], true: Sequence[bool]) -> float:
    """The probability below which no more than `REFUSED` of what is inside lies."""
    return round(float(np.quantile([chance for chance, is_in in zip(inside, true, strict=True) if is_in], REFUSED)), 2)


def show(asked: Sequence[Row], rankings: Sequence[Ranking]) -> None:
    """Prints the configuration, and what each bound does on the rows."""
    told = [signs(ranking) for ranking in rankings]
    hits = [row.is_right(best_inside(ranking)) for row, ranking in zip(asked, rankings, strict=True)]
    within = [not row.is_outside for row in asked]
    right, inside = fitted(told, hits), fitted(told, within)
    chances = [right.probability(one) for one in told]
    bound, floor = answer_from(chances, hits), ask_from([inside.probability(one) for one in told], within)
    for name, weights, key, value in (("right", right, "answer_from", bound), ("inside", inside, "ask_from", floor)):
        told_weights = f"best: {weights.best}, outside: {weights.outside}, bias: {weights.bias}"
        print(f"    {name}: {{{told_weights}, {key}: {value}}}")
    print(f"# fitted on {len(asked)} rows; what another bound for an answer would do:")
    for other in sorted({0.4, 0.5, 0.6, 0.7, 0.8, 0.9, bound}):
        print(f"#   {other:.2f}: {_at(other, chances, hits, within)}")


def _at(bound: float, chances: Sequence[float], hits: Sequence[bool], within: Sequence[bool]) -> str:
    sure, hit, known = np.asarray(chances) >= bound, np.asarray(hits), np.asarray(within)
    return (
        f"of what is inside {(sure & hit)[known].mean():.3f} answered rightly, {(sure & ~hit)[known].mean():.3f} wrongly; "
        f"of what is outside {sure[~known].mean():.3f} answered"
    )


async def ranked(model: Path, asked: Sequence[Row]) -> list[Ranking]:
    """What the pipeline's classifier says of each row's text."""
    from rasa.core.agent import Agent  # its warnings come after the logs are configured

    agent = Agent.load(str(model))
    told = [await agent.parse_message(row.text) for row in asked]
    return [[(entry["name"], entry["confidence"]) for entry in parsed["intent_ranking"]] for parsed in told]


def main() -> None:
    """Trains if need be, and fits."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=Path, default=VALIDATION, help="another file of rows")
    arguments.add_argument("--model", type=Path, help="another trained model")
    chosen = arguments.parse_args()
    logs.configure()
    house = House(read_settings())
    model = chosen.model or house.model
    if chosen.model is None:
        training.train(model, house.settings.overlay)
    asked = [
        row
        for row in rows(chosen.rows)
        if len(row.turns) == 1 and len(row.wanted) == 1 and is_there(row, house.knowledge)
    ]
    show(asked, asyncio.run(ranked(model, asked)))


if __name__ == "__main__":
    main()
