"""Classifiers side by side, on the same phrasings and the same questions: python bench/quality.py [--share S] [--stock]

All learn from the same share of the phrasings of each label and are asked the evaluation set's single turns. `--stock`
trains Rasa's default pipeline as well, in the bench's environment for it: with all phrasings that takes hours.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))  # this file is called by its path

import numpy as np
from rich.console import Console
from rich.table import Table
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import ComplementNB

from bench import default
from bench.evaluate import is_there
from bench.public import ours
from bench.questions import EVALUATION, Row, rows
from bot.engine import logs, training
from knowledge.loader import Knowledge, load
from knowledge.schema import LANGUAGES
from knowledge.spelling import normalise
from nlu.labels import OUT_OF_SCOPE, TOPIC
from nlu.linear import Features, LinearModel, Shape

Scores = np.ndarray  # a row for each question, a column for each label
BM25_K, BM25_B = 1.2, 0.75  # as usual (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009)
BESIDE = 0.5  # the weight of the retrieval beside the classifier, both standardised


class Bench:
    """The phrasings, the questions, and what each classifier makes of them."""

    def __init__(self, share: float) -> None:
        from bench.export import sampled
        from nlu.importer import KnowledgeImporter

        paths = [str(training.DATA), str(training.RULES)]
        importer = KnowledgeImporter(str(training.CONFIG), str(training.DOMAIN), paths)
        examples = sampled(importer.get_nlu_data().intent_examples, share)
        self.texts = [str(example.get("text")) for example in examples]
        self.targets = [str(example.get("intent_response_key") or example.get("intent")) for example in examples]
        self.labels = sorted(set(self.targets))
        self.knowledge = load()
        self.asked = [
            row
            for row in rows(EVALUATION)
            if len(row.turns) == 1 and len(row.wanted) == 1 and is_there(row, self.knowledge)
        ]
        self.questions = [row.text for row in self.asked]

    def linear(self) -> Scores:
        """This project's: a support-vector machine for each label."""
        model = LinearModel().fit(self.texts, self.targets)
        self.rankings = [model.rank(question) for question in self.questions]
        places = {label: place for place, label in enumerate(self.labels)}
        scores = np.zeros((len(self.questions), len(self.labels)))
        for number, ranking in enumerate(self.rankings):
            for label, chance in ranking:
                scores[number, places[label]] = np.log(chance + 1e-9)
        return scores

    def fitted(self, machine: Any) -> Scores:
        """Another machine on the same features."""
        features = Features(Shape())
        machine.fit(features.fit(self.texts), self.targets)
        return np.asarray(machine.predict_log_proba(features.transform(self.questions)))

    def retrieval(self) -> Scores:
        """BM25 over the answers' texts, words as they stand: nothing is learnt from phrasings."""
        scores = np.zeros((len(self.questions), len(self.labels)))
        for language in LANGUAGES:
            ids = list(self.knowledge.topics)
            found = _bm25([_answer(self.knowledge, id_, language) for id_ in ids], self.questions)
            for column, id_ in enumerate(ids):
                place = self.labels.index(f"{TOPIC}/{id_}")
                scores[:, place] = np.maximum(scores[:, place], found[:, column])
        return scores


def _answer(knowledge: Knowledge, topic_id: str, language: str) -> str:
    text = knowledge.topics[topic_id].text(language)
    return " ".join(filter(None, (text.title, text.short, text.more, text.example, text.do_now)))


def _bm25(documents: Sequence[str], questions: Sequence[str]) -> Scores:
    counter = CountVectorizer(preprocessor=normalise, token_pattern=r"(?u)\w+")
    counts = counter.fit_transform(documents).toarray().astype(np.float32)
    lengths = counts.sum(axis=1, keepdims=True)
    holding = (counts > 0).sum(axis=0)
    rarity = np.log(1 + (len(documents) - holding + 0.5) / (holding + 0.5))
    weights = counts * (BM25_K + 1) / (counts + BM25_K * (1 - BM25_B + BM25_B * lengths / lengths.mean())) * rarity
    return np.asarray((counter.transform(questions) > 0).astype(np.float32) @ weights.T)


def beside(first: Scores, second: Scores) -> Scores:
    """Two classifiers together."""

    def standard(scores: Scores) -> Scores:
        return (scores - scores.mean(axis=1, keepdims=True)) / (scores.std(axis=1, keepdims=True) + 1e-9)

    return np.asarray(standard(first) + BESIDE * standard(second))


def hits(asked: Sequence[Row], ranked: Sequence[Sequence[str]]) -> tuple[float, float]:
    """The shares of questions in scope whose right label stands first, or among the first three."""
    within = [(row, labels) for row, labels in zip(asked, ranked, strict=True) if not row.is_outside]
    first = [row.is_right(labels[0]) for row, labels in within]
    three = [any(map(row.is_right, labels[:3])) for row, labels in within]
    return float(np.mean(first)), float(np.mean(three))


def caught(asked: Sequence[Row], refused: Sequence[bool]) -> tuple[float, float]:
    """The share of what is out of scope that isn't answered, and that of what is in scope."""
    outside = [no for row, no in zip(asked, refused, strict=True) if row.is_outside]
    inside = [no for row, no in zip(asked, refused, strict=True) if not row.is_outside]
    return float(np.mean(outside)), float(np.mean(inside))


def _ranked(labels: Sequence[str], scores: Scores) -> list[list[str]]:
    names = [label for label in labels if label != OUT_OF_SCOPE]
    kept = [place for place, label in enumerate(labels) if label != OUT_OF_SCOPE]
    return [[names[place] for place in np.argsort(-row[kept])[:10]] for row in scores]


def measure(bench: Bench, console: Console, share: float, stock: bool) -> None:
    """Prints the table."""
    table = Table(title=f"{len(bench.texts)} phrasings, {len(bench.asked)} questions", title_justify="left")
    for heading in ("classifier", "hit@1", "hit@3", "out of scope held back", "questions held back", "training s"):
        table.add_column(heading, justify="left" if heading == "classifier" else "right")
    made: dict[str, Scores] = {}

    def timed(name: str, make: Callable[[], Scores]) -> None:
        began = time.perf_counter()
        made[name] = make()
        taken = time.perf_counter() - began
        shares = hits(bench.asked, _ranked(bench.labels, made[name]))
        held: tuple[float, ...] = ()
        if name == "linear SVM (ours)":
            held = caught(bench.asked, [ours().judge(ranking)[0] is not None for ranking in bench.rankings])
        cells = [f"{value:.3f}" for value in (*shares, *held)]
        table.add_row(name, *cells, *[""] * (4 - len(cells)), f"{taken:.0f}")

    timed("linear SVM (ours)", bench.linear)
    timed("logistic regression", lambda: bench.fitted(LogisticRegression(solver="liblinear", C=20.0)))
    timed("complement naive Bayes", lambda: bench.fitted(ComplementNB(alpha=0.3)))
    timed("BM25 over the answers, alone", bench.retrieval)
    both = (made["linear SVM (ours)"], made["BM25 over the answers, alone"])
    timed("linear SVM and BM25", lambda: beside(*both))
    if stock:
        model, told = _stock(share, bench.questions)
        ranked = [one["labels"] for one in told]
        cells = [*hits(bench.asked, ranked), *caught(bench.asked, [one["refused"] for one in told])]
        table.add_row("Rasa's default pipeline (DIET)", *(f"{value:.3f}" for value in cells), f"{model.seconds:.0f}")
    console.print(table)
    console.print("Held back: asked about, or said to be unknown. Naive Bayes, regression and BM25 have no judge here.")


def _stock(share: float, questions: Sequence[str]) -> tuple[default.Model, list[dict[str, Any]]]:
    def say(text: str) -> None:
        print(f"bench: {text}", file=sys.stderr, flush=True)

    python = default.environment(say)
    model = default.train(python, say, share=share)
    texts, report = default.HOME / "questions.json", default.HOME / "quality.json"
    texts.write_text(json.dumps(list(questions), ensure_ascii=False), encoding="utf-8")
    default.run([str(python), "-m", "bench.default_quality", str(model.path), str(texts), str(report)], "quality")
    return model, json.loads(report.read_text(encoding="utf-8"))


def main() -> None:
    """Trains and asks."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--share", type=float, default=1.0, help="of each label's phrasings, 0 to 1")
    arguments.add_argument("--stock", action="store_true", help="Rasa's default pipeline as well")
    chosen = arguments.parse_args()
    logs.configure()
    measure(Bench(chosen.share), Console(width=110), chosen.share, chosen.stock)


if __name__ == "__main__":
    main()
