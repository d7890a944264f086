"""What tells a run from others of the same kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dialogues.walkthrough.steps import Walk

if TYPE_CHECKING:
    from dialogues.walkthrough.state import Run
    from knowledge.schema import Checklist

LONGEST = 80  # characters of an answer that say enough of it


def name(checklist: Checklist, run: Run) -> str | None:
    """The answers that the checklist names its runs by, as they were written: "Musikskolen, Anna". None without any."""
    walk = Walk(checklist, run)
    said: list[str] = []
    for item_id in checklist.named_by:
        value = walk.value(item_id)
        labels = {choice.id: getattr(choice, run.language) for choice in checklist.choices(checklist.item(item_id))}
        if value is not None and not isinstance(value, tuple):
            said.append(_shortened(" ".join(str(labels.get(str(value), value)).split())))
    return ", ".join(said) or None


def _shortened(text: str, longest: int = LONGEST) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rsplit(' ', 1)[0]}…"


def title(checklist: Checklist, run: Run, language: str | None = None, longest: int | None = None) -> str:
    """The checklist's title with the run's name, if it has one: "Samarbejdsaftale: Musikskolen".

    Where that is more than `longest` characters, the title is cut before the name: that tells runs apart.
    """
    kind, named = checklist.text(language or run.language).title, name(checklist, run)
    between = " – " if kind.endswith("?") else ": "
    if longest and len(kind) + len(between) + len(named or "") > longest:
        named = _shortened(named, longest // 2) if named else None
        kind = _shortened(kind, longest - len(between) - len(named) if named else longest)
    return f"{kind}{between}{named}" if named else kind


def told_apart(labels: Sequence[str]) -> list[str]:
    """The labels, those that are there already with a number: "Fortsæt: Musikskolen (2)"."""
    seen: Counter[str] = Counter()
    told = []
    for label in labels:
        seen[label] += 1
        told.append(label if seen[label] == 1 else f"{label} ({seen[label]})")
    return told
