"""Answers, sources and notices in words, in the run's language."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from dialogues.walkthrough.engine import Notice
from dialogues.walkthrough.path import position
from dialogues.walkthrough.state import Run, Value
from knowledge.schema import Item
from knowledge.templates import Trusted, escape

if TYPE_CHECKING:
    from knowledge.loader import Knowledge

LONGEST_SHOWN = 120
_CONTENT = ("label", "other", "why", "choice")  # values that editors wrote


def say(knowledge: Knowledge, run: Run, key: str, **values: Any) -> Trusted:
    """The text `walkthrough.<key>` in the run's language."""
    return knowledge.say(run.language, f"walkthrough.{key}", **values)


def number(value: float, language: str) -> str:
    """A number as the language writes it: 1.500,5 in Danish, 1,500.5 in English."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"
    return text.translate(str.maketrans(",.", ".,")) if language == "da" else text


def shortened(text: str, longest: int = LONGEST_SHOWN) -> str:
    """`text` on one line, cut at a word where it is longer than `longest`."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    return f"{line[: longest - 1].rsplit(' ', 1)[0]}…"


def shown(knowledge: Knowledge, run: Run, item: Item, value: Value) -> Trusted:
    """An answer as people write it, on one line; a long text is cut."""
    checklist = knowledge.checklists[run.checklist]
    if value is None:
        return say(knowledge, run, "answer-skipped" if item.id in run.answers else "answer-open")
    if item.kind == "yesno" and value in ("yes", "no"):
        return say(knowledge, run, f"answer-{value}")
    if item.kind == "number" and isinstance(value, int | float):
        unit = Trusted(item.unit[run.language]) if item.unit else None
        return say(knowledge, run, "answer-number", number=Trusted(number(value, run.language)), unit=unit)
    if isinstance(value, date):
        parts = {"day": value.day, "month": value.month, "year": Trusted(value.year), "weekday": value.weekday()}
        return say(knowledge, run, "answer-date", **parts)
    labels = {choice.id: getattr(choice, run.language) for choice in checklist.choices(item)}
    return escape(labels[str(value)] if value in labels else shortened(str(value)))


def notice_line(knowledge: Knowledge, run: Run, notice: Notice) -> str:
    """The notice as a line. An answer that wasn't understood gets a way out the second time."""
    checklist = knowledge.checklists[run.checklist]
    values: dict[str, Any] = {
        name: Trusted(value) if name in _CONTENT and value else value for name, value in notice.values.items()
    }
    if "limit" in values:
        values["limit"] = Trusted(number(values["limit"], run.language))
    if "value" in values:
        values["value"] = shown(knowledge, run, checklist.item(values["item"]), values["value"])
    if notice.key == "welcome-back":
        values["n"], values["total"] = position(checklist, run)
    line = say(knowledge, run, notice.key, **values)
    if "remark" in values:
        return f"{line} {say(knowledge, run, values['remark'], other=values.get('other'))}"
    if not values.get("again") or "can_skip" not in values:
        return line
    return f"{line} {say(knowledge, run, 'way-out-skip' if values['can_skip'] else 'way-out-pause')}"
