"""Where a walkthrough stands, as data."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, Literal

Status = Literal["open", "paused", "done"]
Mode = Literal["quick", "full"]
Value = str | int | float | date | None


@dataclass(frozen=True)
class Answer:
    """What was answered to an item: a choice id, "yes" or "no", a text, a number, a date; None: skipped."""

    value: Value


@dataclass(frozen=True)
class Run:
    """One walkthrough of one checklist by one owner.

    `answers` holds what was answered, by item id, also to items that a condition has hidden since;
    `at` is the item on the screen, None at the end.
    """

    id: str  # 8 characters
    checklist: str
    language: str = "da"
    mode: Mode = "full"
    status: Status = "open"
    answers: dict[str, Answer] = field(default_factory=dict)
    at: str | None = None
    failures: int = 0  # how often in a row an answer to `at` wasn't understood
    asking: str | None = None  # what the screen asks instead of `at`: "restart" (shall I?), "review" (what to change?)

    def with_(self, **changes: Any) -> Run:
        return replace(self, **changes)


def to_dict(run: Run) -> dict[str, Any]:
    """The run as JSON-ready data; a date is written as `{"date": "2027-03-01"}`."""
    data = {entry.name: getattr(run, entry.name) for entry in fields(run)}
    data["answers"] = {item: _packed(answer.value) for item, answer in run.answers.items()}
    return data


def from_dict(data: dict[str, Any]) -> Run:
    """The run that `to_dict` described, also after a round through JSON. Unknown fields are left out.

    Raises KeyError where `id` or `checklist` is missing, ValueError for a date that is none.
    """
    known = {entry.name for entry in fields(Run)}
    given = {name: value for name, value in data.items() if name in known}
    answers = {item: Answer(_unpacked(value)) for item, value in data.get("answers", {}).items()}
    return Run(**{**given, "id": data["id"], "checklist": data["checklist"], "answers": answers})


def _packed(value: Value) -> Any:
    return {"date": value.isoformat()} if isinstance(value, date) else value


def _unpacked(value: Any) -> Value:
    return date.fromisoformat(value["date"]) if isinstance(value, dict) else value
