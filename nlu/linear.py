"""A linear text classifier that is small, quick and stored without pickles.

Features are TF-IDF weights of word 1–3-grams and in-word character n-grams; on top stands one linear
support-vector machine per label. Its margins become probabilities by a softmax whose temperature is fitted
on the margins of texts that were held out (temperature scaling: Guo et al., "On Calibration of Modern Neural
Networks", 2017).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import StratifiedShuffleSplit
from sklearn.svm import LinearSVC

from knowledge.spelling import normalise

HELD_OUT = 0.2  # the share of the texts that the temperature is fitted on
FEWEST = 4  # texts that a label needs to have some held out
STEPS = 127  # in which a weight is kept, to either side, of the largest of its n-gram: a byte rather than four


@dataclass(frozen=True)
class Shape:
    """Which n-grams are counted, and how firmly the margins are held."""

    words: tuple[int, int] = (1, 3)
    characters: tuple[int, int] = (2, 5)
    rarest: int = 2  # a character n-gram seen in fewer texts is left out
    rarest_word: int = 1  # … and a word, or two or three
    most_words: int = 60_000  # of the words and their groups, the most frequent are kept: the others cost memory
    c: float = 1.0


class Features:
    """TF-IDF of words and of characters side by side."""

    def __init__(self, shape: Shape) -> None:
        self._parts = (
            TfidfVectorizer(
                preprocessor=normalise,
                token_pattern=r"(?u)\w+|[?%§]",  # noqa: S106 – no password
                ngram_range=shape.words,
                min_df=shape.rarest_word,
                max_features=shape.most_words,
                sublinear_tf=True,
                dtype=np.float32,
            ),
            TfidfVectorizer(
                preprocessor=normalise,
                analyzer="char_wb",
                ngram_range=shape.characters,
                min_df=shape.rarest,
                sublinear_tf=True,
                dtype=np.float32,
            ),
        )

    def fit(self, texts: Sequence[str]) -> csr_matrix:
        return hstack([part.fit_transform(texts) for part in self._parts], format="csr")

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        return hstack([part.transform(texts) for part in self._parts], format="csr")

    def vocabularies(self) -> list[list[str]]:
        """The n-grams of each part, in column order."""
        return [list(part.get_feature_names_out()) for part in self._parts]

    def weights(self) -> list[np.ndarray]:
        """The inverse document frequencies of each part."""
        return [part.idf_.astype(np.float32) for part in self._parts]

    def restore(self, vocabularies: list[list[str]], weights: list[np.ndarray]) -> None:
        for part, names, idf in zip(self._parts, vocabularies, weights, strict=True):
            part.vocabulary = part.vocabulary_ = {name: column for column, name in enumerate(names)}
            part.fixed_vocabulary_ = True  # as scikit-learn itself would set it, after copying the vocabulary
            part.idf_ = idf


class LinearModel:
    """Texts in, labels with probabilities out."""

    def __init__(self, shape: Shape | None = None) -> None:
        self.shape = shape or Shape()
        self.labels: list[str] = []
        self._features = Features(self.shape)
        self._coefficients = np.zeros((0, 0), np.int8)  # features × labels: a text gathers few rows
        self._scales = np.zeros(0, np.float32)  # of each feature: what a step of its coefficients is worth
        self._intercepts = np.zeros(0, np.float32)
        self._temperature = 1.0

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> LinearModel:
        """Learns from texts and their labels, two labels at least."""
        matrix = self._features.fit(texts)
        with ThreadPoolExecutor(1) as beside:  # the machines let go of the interpreter: two learn at once
            temperature = beside.submit(_temperature, self._machine(), matrix, np.asarray(labels))
            machine = self._machine().fit(matrix, labels)
            self._temperature = temperature.result()
        self._features.restore(self._features.vocabularies(), self._features.weights())  # exactly as it is stored
        self.labels = [str(label) for label in machine.classes_]
        self._coefficients, self._scales = _in_steps(_both_sides(machine.coef_.T))
        self._intercepts = _both_sides(machine.intercept_[None, :])[0].astype(np.float32)
        return self

    @property
    def size(self) -> int:
        """Bytes of the weights."""
        return int(self._coefficients.nbytes + self._scales.nbytes + self._intercepts.nbytes)

    def _machine(self) -> LinearSVC:
        return LinearSVC(C=self.shape.c, class_weight="balanced", random_state=0)

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Every label with its probability, best first. A text without a known n-gram gets even odds."""
        row = self._features.transform([text])
        if not row.nnz:
            return [(label, 1 / len(self.labels)) for label in self.labels]
        values = row.data * self._scales[row.indices]
        margins = values @ self._coefficients[row.indices].astype(np.float32) + self._intercepts
        chances = _softmax(margins / self._temperature)
        order = np.argsort(-chances)
        return [(self.labels[position], float(chances[position])) for position in order]

    def save(self, folder: Path) -> None:
        np.savez(
            folder / "model.npz",
            coefficients=self._coefficients,
            scales=self._scales,
            intercepts=self._intercepts,
            **{f"weights{number}": weights for number, weights in enumerate(self._features.weights())},
        )
        names = {
            "labels": self.labels,
            "temperature": self._temperature,
            "shape": vars(self.shape),
            "vocabularies": self._features.vocabularies(),
        }
        (folder / "model.json").write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> LinearModel:
        names = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        shape = names["shape"]
        model = cls(Shape(**{**shape, "words": tuple(shape["words"]), "characters": tuple(shape["characters"])}))
        model.labels = names["labels"]
        model._temperature = names["temperature"]
        with np.load(folder / "model.npz", allow_pickle=False) as arrays:
            model._coefficients = arrays["coefficients"]
            model._scales = arrays["scales"]
            model._intercepts = arrays["intercepts"]
            weights = [arrays[f"weights{number}"] for number in range(len(names["vocabularies"]))]
        model._features.restore(names["vocabularies"], weights)
        return model


def _in_steps(coefficients: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The coefficients as whole steps, features × labels, and what a step of each feature is worth."""
    scales = np.abs(coefficients).max(axis=1) / STEPS
    steps = np.rint(coefficients / np.where(scales > 0, scales, 1)[:, None])
    return np.ascontiguousarray(steps, np.int8), scales.astype(np.float32)


def _both_sides(columns: np.ndarray) -> np.ndarray:
    """A column for each label: of two labels, a machine gives only the second one's."""
    return np.hstack([-columns, columns]) if columns.shape[1] == 1 else columns


def _temperature(machine: LinearSVC, matrix: csr_matrix, labels: np.ndarray) -> float:
    """The temperature that makes the margins of held-out texts honest; labels with too few texts don't count."""
    names, counts = np.unique(labels, return_counts=True)
    frequent = names[counts >= FEWEST]
    rows = np.flatnonzero(np.isin(labels, frequent))
    if len(frequent) < 2 or HELD_OUT * len(rows) < len(frequent):
        return 1.0
    ((seen, unseen),) = StratifiedShuffleSplit(1, test_size=HELD_OUT, random_state=0).split(rows, labels[rows])
    machine.fit(matrix[rows[seen]], labels[rows[seen]])
    margins = machine.decision_function(matrix[rows[unseen]])
    margins = _both_sides(margins if margins.ndim == 2 else margins[:, None])
    return _best_temperature(margins, np.searchsorted(machine.classes_, labels[rows[unseen]]))


def _softmax(values: np.ndarray) -> np.ndarray:
    powers = np.exp(values - values.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def _best_temperature(margins: np.ndarray, positions: np.ndarray) -> float:
    def loss(log_temperature: float) -> float:
        chances = _softmax(margins / np.exp(log_temperature))
        return float(-np.log(chances[np.arange(len(positions)), positions] + 1e-12).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-4, 2), method="bounded").x))
