"""Where a walkthrough stands, as data."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, Literal

Status = Literal["open", "paused", "done"]
Mode = Literal["quick", "full"]
Value = str | int | float | date | tuple[str, ...] | None


@dataclass(frozen=True)
class Answer:
    """What was answered at a step: a choice id or several, "yes" or "no", a text, a number, a date; None: skipped."""

    value: Value


@dataclass(frozen=True)
class Run:
    """One walkthrough of one checklist by one owner.

    `answers` holds what was answered, by step (see `dialogues.walkthrough.steps`), also at steps that a condition has
    hidden since; for a group, how many entries it has. `at` is the step on the screen, None at the end.
    """

    id: str  # 8 characters
    checklist: str
    language: str = "da"
    mode: Mode = "full"
    status: Status = "open"
    answers: dict[str, Answer] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)  # remarks on answers, by step
    by: dict[str, str] = field(default_factory=dict)  # who answered, by step, where the walkthrough is a group's
    at: str | None = None
    last: str | None = None  # the step answered last, for "no, I meant …"
    failures: int = 0  # how often in a row an answer to `at` wasn't understood
    asking: str | None = None  # what the screen asks instead of `at`: see `dialogues.walkthrough.moves`
    plan: tuple[str, ...] = ()  # the items whose low answers are planned: who does it, and when
    known: tuple[str, ...] = ()  # the items that the checklist had at the last move: editors may change it meanwhile
    edition: int = 0  # how often its documents have been made …
    made: str | None = None  # … and the fingerprint of what they were last made from
    started: date | None = None
    finished: date | None = None
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)  # used in earlier runs, by item
    me: str | None = None  # the name of whoever answers, once it was asked for
    came: str | None = field(
        default=None, compare=False
    )  # by what it was changed last: the id under which that came in

    def with_(self, **changes: Any) -> Run:
        return replace(self, **changes)


def to_dict(run: Run) -> dict[str, Any]:
    """The run as JSON-ready data; a date is written as `{"date": "2027-03-01"}`."""
    data = {entry.name: _packed(getattr(run, entry.name)) for entry in fields(run)}
    data["answers"] = {step: _packed(answer.value) for step, answer in run.answers.items()}
    return data


def from_dict(data: dict[str, Any]) -> Run:
    """The run that `to_dict` described, also after a round through JSON. Unknown fields are left out.

    Raises KeyError where `id` or `checklist` is missing, ValueError for a date that is none.
    """
    plain = {"id", "checklist", "language", "mode", "status", "at", "last", "failures", "asking", "edition"}
    plain |= {"made", "me", "came"}
    given = {name: value for name, value in data.items() if name in plain}
    return Run(
        **{**given, "id": data["id"], "checklist": data["checklist"]},
        answers={step: Answer(_unpacked(value)) for step, value in data.get("answers", {}).items()},
        notes=dict(data.get("notes") or {}),
        by=dict(data.get("by") or {}),
        names={item_id: tuple(names) for item_id, names in (data.get("names") or {}).items()},
        plan=tuple(data.get("plan") or ()),
        known=tuple(data.get("known") or ()),
        started=_unpacked(data.get("started")),
        finished=_unpacked(data.get("finished")),
    )


def fingerprint(run: Run) -> str:
    """What the run's documents are made from, in 16 characters: the same as long as nothing in them would change."""
    answers = {step: _packed(answer.value) for step, answer in run.answers.items()}
    parts = (run.mode, run.language, answers, run.notes, run.plan)
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def _packed(value: Any) -> Any:
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return list(value) if isinstance(value, tuple) else value


def _unpacked(value: Any) -> Any:
    if isinstance(value, dict):
        return date.fromisoformat(value["date"])
    return tuple(value) if isinstance(value, list) else value
