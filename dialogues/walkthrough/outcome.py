"""What a move led to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from dialogues.walkthrough.state import Run

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


def present(run: Run, notice: Notice | None = None, *, understood: bool = True) -> Turn:
    """The step on the screen, or the result at the end, after the notice."""
    show: Show = "result" if run.status == "done" else "step"
    return Turn(run if show == "result" else run.with_(status="open"), notice, show=show, understood=understood)
