"""What to remark on an answer that is accepted and may yet be a slip, and on one that is missing and needed."""

from __future__ import annotations

from datetime import date
from typing import Any

from dialogues.walkthrough.clashes import first_clash
from dialogues.walkthrough.state import Run, Value
from dialogues.walkthrough.steps import Step, Walk
from knowledge.schema import UNSURE, Checklist, Item


def remark(checklist: Checklist, run: Run, step: Step, value: Value, today: date) -> dict[str, str]:
    """The remark on a date, as values for a notice: the key `remark`, and `other`, the step of a date that it collides
    with. What the checklist says of its dates comes first; beside that, dates of one section, or of one entry, follow
    each other as their items do. Empty where there is nothing to remark."""
    if not isinstance(value, date):
        return {}
    walk = Walk(checklist, run)
    clash = first_clash(walk, step, value, today)
    if clash:
        return {"remark": f"date-{clash.key}", **({"other": clash.other.id} if clash.other else {})}
    near = [
        other
        for other in walk
        if other.item.kind == "date" and _place(other) == _place(step) and other.section.id == step.section.id
    ]
    ids = [other.id for other in near]
    place = ids.index(step.id) if step.id in ids else len(near)
    for others, key in ((near[:place], "date-before"), (near[place + 1 :], "date-after")):
        for other in others:
            there = walk.value(other.id)
            if isinstance(there, date) and (value < there if key == "date-before" else value > there):
                return {"remark": key, "other": other.id}
    return {"remark": "date-past"} if value < today else {}


def _place(step: Step) -> tuple[str | None, int | None, str | None]:
    return step.group.id if step.group else None, step.entry, step.about.id if step.about else None


def needed(checklist: Checklist, run: Run, item: Item) -> dict[str, Any]:
    """Why the item is needed, and its choice "not settled yet" where it has one, as values for a notice."""
    undecided = next((choice for choice in checklist.choices(item) if choice.id == UNSURE), None)
    return {"why": item.text(run.language).why, "choice": getattr(undecided, run.language) if undecided else None}
