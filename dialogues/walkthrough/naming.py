"""What tells a run from others of the same kind."""

from __future__ import annotations

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


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rsplit(' ', 1)[0]}…"


def title(checklist: Checklist, run: Run, language: str | None = None) -> str:
    """The checklist's title with the run's name, if it has one: "Samarbejdsaftale: Musikskolen"."""
    kind = checklist.text(language or run.language).title
    named = name(checklist, run)
    return f"{kind} – {named}" if named and kind.endswith("?") else f"{kind}: {named}" if named else kind
