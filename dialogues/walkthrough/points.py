"""What an answer to an item brings, before it is weighted."""

from __future__ import annotations

from dialogues.walkthrough.state import Value
from knowledge.schema import IRRELEVANT, UNSURE, Checklist, Item


def points(checklist: Checklist, item: Item) -> dict[str, float]:
    """The scores on offer, by answer; none for an item that isn't scored.

    Yes is 1 and no is 0; "don't know" is 0 where anything is scored, "not relevant" doesn't count.
    """
    if item.weight == 0:
        return {}
    if item.kind == "yesno":
        return {"yes": 1.0, "no": 0.0}
    if item.kind not in ("choice", "scale"):
        return {}
    special = (UNSURE, IRRELEVANT)
    scores = {c.id: c.score for c in checklist.choices(item) if c.id not in special and c.score is not None}
    return {**scores, UNSURE: 0.0} if scores else {}


def best(checklist: Checklist, item: Item) -> float:
    """The most that an answer to the item can bring; 0 for one that isn't scored."""
    return max(points(checklist, item).values(), default=0.0)


def is_low(checklist: Checklist, item: Item, value: Value) -> bool:
    """Whether the answer brings half of the best or less, and isn't "don't know": it calls for an action."""
    offered = points(checklist, item)
    return str(value) in offered and value != UNSURE and 2 * offered[str(value)] <= best(checklist, item)
