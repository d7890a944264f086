"""Answer, ask, or say that one doesn't know: three outcomes by calibrated confidence.

Two probabilities are told from the classifier's: that its best label is right, and that the message is about anything
that is known at all. Each is a logistic function of the logarithms of two chances, that of the best label and that of
`out_of_scope` (Platt, "Probabilistic Outputs for Support Vector Machines", 1999, with a second input): with these two,
far fewer messages that are out of scope are answered than with the best label's chance alone. `bench/fit.py` fits the
weights on questions that nothing else has learnt from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

from nlu.labels import CHECKLIST, FOLLOWUP, KINDS, OUT_OF_SCOPE, SMALLTALK, TOPIC, UNCLEAR, split

LEAST = 1e-3  # a chance below this counts as this: its logarithm would go on to fall without meaning
OFFERED = 0.05  # a topic or checklist at least as likely as this can be offered

Ranking = Sequence[tuple[str, float]]


@dataclass(frozen=True)
class Weights:
    """A logistic function of the best label's chance and that of `out_of_scope`."""

    best: float
    outside: float
    bias: float

    def probability(self, signs: tuple[float, float]) -> float:
        """Of what `signs` tells, between 0 and 1."""
        best, outside = signs
        return 1 / (1 + exp(-(self.best * best + self.outside * outside + self.bias)))


@dataclass(frozen=True)
class Judgement:
    """The weights, and the probabilities (0 to 1) from which the bot answers, from which it asks, and from which it
    takes what costs little if it is wrong: more of what was answered before, small talk, one of several questions."""

    right: Weights
    inside: Weights
    answer: float
    ask: float
    lightly: float

    @classmethod
    def from_config(cls, config: Mapping[str, Mapping[str, float]]) -> Judgement:
        """The judgement that the pipeline's configuration describes."""
        ask, answer = config["inside"], config["right"]
        bounds = (answer["answer_from"], ask["ask_from"], answer["lightly_from"])
        return cls(_weights(answer), _weights(ask), *bounds)

    def judge(self, ranking: Ranking) -> tuple[str | None, float]:
        """`unclear` or `out_of_scope` where the best label must not be taken as it is, else None; and how probably
        that label is right.

        `ranking` holds labels with chances, best first, `out_of_scope` among them. A plain intent, which has no kind,
        can't be offered: it is taken where it is known at all.
        """
        told = signs(ranking)
        label, right = best_inside(ranking), self.right.probability(told)
        if label is None:
            return OUT_OF_SCOPE, right
        if right >= (self.lightly if split(label)[0] in (FOLLOWUP, SMALLTALK) else self.answer):
            return None, right
        if self.inside.probability(told) < self.ask:
            return OUT_OF_SCOPE, right
        if split(label)[0] not in KINDS:
            return None, right
        offered = any(chance >= OFFERED for name, chance in ranking if split(name)[0] in (TOPIC, CHECKLIST))
        return (UNCLEAR if offered else OUT_OF_SCOPE), right

    def one_of_several(self, ranking: Ranking) -> tuple[str | None, float]:
        """The topic of one of several questions, or None where none is sure enough; and its probability."""
        label, right = best_inside(ranking), self.right.probability(signs(ranking))
        return (label if label and right >= self.lightly and split(label)[0] == TOPIC else None), right


def best_inside(ranking: Ranking) -> str | None:
    """The best label but for `out_of_scope`."""
    return next((label for label, _ in ranking if label != OUT_OF_SCOPE), None)


def signs(ranking: Ranking) -> tuple[float, float]:
    """The logarithms of the chance of the best label, and of that of `out_of_scope`."""
    best = next((chance for label, chance in ranking if label != OUT_OF_SCOPE), 0.0)
    outside = next((chance for label, chance in ranking if label == OUT_OF_SCOPE), 0.0)
    return log(max(best, LEAST)), log(max(outside, LEAST))


def _weights(config: Mapping[str, float]) -> Weights:
    return Weights(config["best"], config["outside"], config["bias"])
