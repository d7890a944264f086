"""This project's pipeline file on public sets: python bench/public.py (clinc | folds) PATH

`clinc`: CLINC150's `data_full.json` (Larson et al., "An Evaluation Dataset for Intent Classification and Out-of-Scope
Prediction", 2019). `folds`: a folder with `KFold_1` to `KFold_10` of NLU-Evaluation-Data (Liu et al., "Benchmarking
Natural Language Understanding Services for Building Conversational Agents", 2019). Neither set is shipped.

The components are those of `nlu/config.yml`, as they stand. What the judge weighs was fitted on this project's own
questions; where a set has validation rows, it is also shown with weights fitted on those, by the same code as ours.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))  # this file is called by its path

import yaml

from bench.fit import fitted
from bot.engine import logs, training
from nlu.judgement import Judgement, Ranking, best_inside, signs
from nlu.labels import OUT_OF_SCOPE

Examples = Sequence[tuple[str, str]]  # text and label
FOLDS = 10
JUDGE = "nlu.components.judge.Judge"
LOST = 0.005  # of the accuracy, for the sake of what is out of scope
NEVER = 1.1  # a probability that nothing has


@dataclass(frozen=True)
class Split:
    """What is learnt from, what is fitted on, what is measured on."""

    train: Examples
    validation: Examples
    test: Examples


def clinc(path: Path) -> Split:
    """CLINC150 from its JSON: lists of [text, label] by the name of the part."""
    data = json.loads(path.read_text(encoding="utf-8"))

    def part(name: str) -> Examples:
        return [(text, label) for text, label in data.get(name, [])] + [
            (text, OUT_OF_SCOPE) for text, _ in data.get(f"oos_{name}", [])
        ]

    return Split(part("train"), part("val"), part("test"))


def folds(folder: Path) -> Iterator[Split]:
    """The official folds: in each, a file a label, with `;` between the columns."""
    for number in range(1, FOLDS + 1):
        fold = folder / f"KFold_{number}"
        yield Split(_rows(fold / "trainset"), (), _rows(fold / "testset" / "csv"))


def _rows(folder: Path) -> Examples:
    files = sorted(folder.glob("*.csv"))
    if not files:
        raise SystemExit(f"there are no .csv files in {folder}: name the folder that holds KFold_1 to KFold_{FOLDS}")
    return [(text, file.stem) for file in files for text in _texts(file)]


def _texts(file: Path) -> Iterator[str]:
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter=";"):
            text = (row.get("answer_from_anno") or row.get("answer") or "").strip()
            if text:
                yield text


def rank(split: Split) -> tuple[list[Ranking], list[Ranking]]:
    """What the trained pipeline says of each validation and each test text."""
    with tempfile.TemporaryDirectory() as scratch:
        return asyncio.run(_ranked(_train(split.train, Path(scratch)), split))


def _train(examples: Examples, folder: Path) -> Path:
    """Trains our pipeline, without our importer and policies, and gives the model."""
    os.environ["RASA_CACHE_DIRECTORY"] = str(folder / "cache")
    from rasa.model_training import train_nlu

    ours = yaml.safe_load(training.CONFIG.read_text(encoding="utf-8"))
    config = {"recipe": ours["recipe"], "language": "en", "assistant_id": "bench", "pipeline": ours["pipeline"]}
    by_label: dict[str, list[str]] = {}
    for text, label in examples:
        by_label.setdefault(label, []).append(" ".join(text.split()))
    intents = [
        {"intent": label, "examples": "".join(f"- {one}\n" for one in those)} for label, those in by_label.items()
    ]
    data = {"version": "3.1", "nlu": intents}
    for name, content in (("config.yml", config), ("nlu.yml", data)):
        (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return Path(
        str(train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder), fixed_model_name="model"))
    )


async def _ranked(model: Path, split: Split) -> tuple[list[Ranking], list[Ranking]]:
    from rasa.core.agent import Agent

    agent = Agent.load(str(model))

    async def of(examples: Examples) -> list[Ranking]:
        told = [await agent.parse_message(text) for text, _ in examples]
        return [[(entry["name"], entry["confidence"]) for entry in one["intent_ranking"]] for one in told]

    return await of(split.validation), await of(split.test)


def ours() -> Judgement:
    """The judgement of the pipeline file."""
    pipeline = yaml.safe_load(training.CONFIG.read_text(encoding="utf-8"))["pipeline"]
    return Judgement.from_config(next(component for component in pipeline if component["name"] == JUDGE))


def refitted(examples: Examples, rankings: Sequence[Ranking]) -> Judgement:
    """The weights fitted on the set's own validation rows. Nobody is asked here: a label is taken from the highest
    bound at which accuracy on those rows loses no more than `LOST`, and everything below is out of scope."""
    told = [signs(ranking) for ranking in rankings]
    hits = [best_inside(ranking) == label for (_, label), ranking in zip(examples, rankings, strict=True)]
    right = fitted(told, hits)
    chances = sorted(right.probability(sign) for sign, hit in zip(told, hits, strict=True) if hit)
    known = sum(label != OUT_OF_SCOPE for _, label in examples)
    return replace(ours(), right=right, answer=chances[int(LOST * known)], ask=NEVER)


def measured(examples: Examples, rankings: Sequence[Ranking], judgement: Judgement) -> dict[str, float]:
    """In-scope accuracy, where what is taken for out of scope counts as wrong, and out-of-scope recall."""
    hits: dict[bool, list[bool]] = {True: [], False: []}
    for (_, label), ranking in zip(examples, rankings, strict=True):
        verdict, _ = judgement.judge(ranking)
        said = verdict if verdict == OUT_OF_SCOPE else best_inside(ranking)
        hits[label == OUT_OF_SCOPE].append(said == label)
    plain = [best_inside(ranking) == label for (_, label), ranking in zip(examples, rankings, strict=True)]
    closed = [hit for hit, (_, label) in zip(plain, examples, strict=True) if label != OUT_OF_SCOPE]
    names = {"accuracy": hits[False], "out-of-scope recall": hits[True], "accuracy, never refusing": closed}
    return {name: mean(told) for name, told in names.items() if told}


def _show(title: str, found: dict[str, Any]) -> None:
    print(f"{title}: " + ", ".join(f"{name} {value:.3f}" for name, value in found.items()), flush=True)


def main() -> None:
    """Measures on the set that is named."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("set", choices=("clinc", "folds"))
    arguments.add_argument("path", type=Path, help="data_full.json, or the folder that holds KFold_1 and so on")
    chosen = arguments.parse_args()
    logs.configure()
    if not chosen.path.exists():
        raise SystemExit(f"there is no {chosen.path}")
    if chosen.set == "clinc":
        split = clinc(chosen.path)
        validated, tested = rank(split)
        _show("as the pipeline file stands", measured(split.test, tested, ours()))
        if split.validation:
            judgement = refitted(split.validation, validated)
            _show("judged by weights fitted on its validation rows", measured(split.test, tested, judgement))
        return
    scores = []
    for number, split in enumerate(folds(chosen.path), 1):
        found = measured(split.test, rank(split)[1], ours())
        scores.append(found["accuracy, never refusing"])
        _show(f"fold {number}", found)
    print(f"mean accuracy of {len(scores)} folds, never refusing: {mean(scores):.3f}")


if __name__ == "__main__":
    main()
