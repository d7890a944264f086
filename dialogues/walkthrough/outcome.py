"""What a move led to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from dialogues.walkthrough.state import Run

ENOUGH = 2
"""Answers that weren't understood, after which it is offered to go on without one."""

Show = Literal["step", "why", "paused", "confirm", "drop", "review", "sections", "note", "status", "result", "closed"]


@dataclass(frozen=True)
class Notice:
    """One line to say before the step: a key under `walkthrough.` and its values.

    `step` among them is a step's id, of which rendering says the label, and `value` beside it an answer as stored,
    which rendering shows as people write it.
    """

    key: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Turn:
    """What a move led to. `finished`: the answers are complete, and others than when the result was last made."""

    run: Run
    notice: Notice | None = None
    finished: bool = False
    show: Show = "step"
    argument: str | None = None  # of REVIEW
    understood: bool = True  # False: the words fitted no answer
    changed: Notice | None = None  # that editors have changed the checklist since the last move


def present(run: Run, notice: Notice | None = None, *, understood: bool = True) -> Turn:
    """The step on the screen or what is asked instead, or the result at the end, after the notice."""
    show: Show = "result" if run.status == "done" and not run.asking else "step"
    done = run.status == "done"
    return Turn(run if done else run.with_(status="open"), notice, show=show, understood=understood)
