"""What to remark on an answer that is accepted and may yet be a slip, and on one that is missing and needed."""

from __future__ import annotations

from datetime import date
from typing import Any

from dialogues.walkthrough.path import asked, given
from dialogues.walkthrough.state import Run, Value
from knowledge.schema import UNSURE, Checklist, Item


def remark(checklist: Checklist, run: Run, item: Item, value: Value, today: date) -> dict[str, str]:
    """The remark on a date, as values for a notice: the key `remark`, and `other`, the label of a date that it collides
    with. Dates of one section follow each other as their items do. Empty where there is nothing to remark."""
    if not isinstance(value, date):
        return {}
    section = next(section.items for section in checklist.sections if item in section.items)
    dates = [other for other in asked(checklist, run) if other in section and other.kind == "date"]
    place = dates.index(item) if item in dates else len(dates)
    for others, key in ((dates[:place], "date-before"), (dates[place + 1 :], "date-after")):
        for other in others:
            there = given(checklist, run, other)
            if isinstance(there, date) and (value < there if key == "date-before" else value > there):
                return {"remark": key, "other": other.text(run.language).label}
    return {"remark": "date-past"} if value < today else {}


def needed(checklist: Checklist, run: Run, item: Item) -> dict[str, Any]:
    """Why the item is needed, and its choice "not settled yet" where it has one, as values for a notice."""
    undecided = next((choice for choice in checklist.choices(item) if choice.id == UNSURE), None)
    return {"why": item.text(run.language).why, "choice": getattr(undecided, run.language) if undecided else None}
