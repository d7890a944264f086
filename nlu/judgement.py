"""Answer, ask, or say that one doesn't know: three outcomes by confidence and margin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nlu.labels import CHECKLIST, OUT_OF_SCOPE, TOPIC, UNCLEAR, split


@dataclass(frozen=True)
class Thresholds:
    """Probabilities between 0 and 1."""

    answer: float = 0.50  # at least this sure: answer
    margin: float = 0.10  # … and this far ahead of the next
    ask: float = 0.15  # no topic or checklist as likely as this: say so, rather than ask
    doubt: float = 0.50  # at least this likely out of scope: not known, whatever comes next


def judge(ranking: Sequence[tuple[str, float]], thresholds: Thresholds) -> str | None:
    """`unclear` or `out_of_scope` where the best label must not be taken as it is; else None.

    `ranking` holds labels with probabilities, best first; an empty one is left alone. To ask makes sense only where
    a topic or a checklist is likely enough to be offered.
    """
    outside = sum(chance for label, chance in ranking if label == OUT_OF_SCOPE)
    inside = [(label, chance) for label, chance in ranking if label != OUT_OF_SCOPE]
    if not ranking or (inside and _is_sure([chance for _, chance in inside], outside, thresholds)):
        return None
    if outside >= thresholds.doubt:
        return OUT_OF_SCOPE
    offered = max((chance for label, chance in inside if split(label)[0] in (TOPIC, CHECKLIST)), default=0.0)
    return UNCLEAR if offered >= thresholds.ask else OUT_OF_SCOPE


def _is_sure(chances: Sequence[float], outside: float, thresholds: Thresholds) -> bool:
    runner_up = max([outside, *chances[1:2]])
    return chances[0] >= thresholds.answer and chances[0] - runner_up >= thresholds.margin
