"""Whether conditions hold: the same rule for what is asked, what a document says, and what is advised."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from dialogues.walkthrough.state import Value
from knowledge.schema import IRRELEVANT, UNSURE, Condition


class Count(int):
    """How many entries a group has; no answer where there are none."""


Look = Callable[[str], Sequence[Value]]
"""The answers that count for an item (`goal`), in all entries for a field of a group (`contacts.sector`), or the
count of entries for a group."""
Share = Callable[[str], float | None]
"""The share of a section's points that was reached; None where nothing counts."""


def hold(conditions: Iterable[Condition], look: Look, share: Share = lambda section: None) -> bool:
    """Whether all the conditions hold."""
    return all(_holds(condition, look, share) for condition in conditions)


def _holds(condition: Condition, look: Look, share: Share) -> bool:
    if condition.section is not None:
        part = share(condition.section)
        return part is not None and _within(condition, [part])
    values = [one for value in look(condition.item or "") for one in (value if isinstance(value, tuple) else (value,))]
    said = {str(value) for value in values if value is not None and not (isinstance(value, Count) and value == 0)}
    tells = bool(said - {UNSURE, IRRELEVANT})
    demands = (
        not condition.any_of or bool(said & set(condition.any_of)),
        not condition.none_of or (bool(said) and not said & set(condition.none_of)),
        condition.given is None or condition.given == tells,
        (condition.at_least is None and condition.below is None) or _within(condition, values),
    )
    return all(demands)


def _within(condition: Condition, values: Sequence[Value]) -> bool:
    """Whether the one number there is lies within the condition's limits; sums may fall short by a hair."""
    number = next((value for value in values if isinstance(value, int | float)), None)
    if number is None:
        return False
    enough = condition.at_least is None or number >= condition.at_least - 1e-9
    return enough and (condition.below is None or number < condition.below - 1e-9)
