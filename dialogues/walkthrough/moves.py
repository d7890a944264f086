"""What a user can do at a step: say something, choose a button, steer the walkthrough."""

from __future__ import annotations

from dataclasses import dataclass

from dialogues import taps


@dataclass(frozen=True)
class Say:
    """An answer in words."""

    text: str


@dataclass(frozen=True)
class Choose:
    """An answer by button: a choice id, or "yes" or "no". The item may be another than the one on the screen."""

    item: str
    choice: str


@dataclass(frozen=True)
class Control:
    """A wish about the walkthrough itself, by one of the names below; `argument` belongs to EDIT and REVIEW."""

    name: str
    argument: str | None = None


Move = Say | Choose | Control

BACK, SKIP, WHY, PAUSE, CONTINUE, RESTART = "back", "skip", "why", "pause", "continue", "restart"
CONFIRM, CANCEL = "confirm", "cancel"  # the answers to RESTART's question
DONE = "done"  # show the result, as far as it goes
CLOSE = "close"  # the result has been read
REVIEW = "review"  # show the answers to choose one to change [, number of the section]
EDIT = "edit"  # go to an item: its id
FULL = "full"  # after the quick way: the remaining questions as well


def from_tap(tap: taps.Tap) -> tuple[str, Move] | None:
    """The run id and the move that a tap means; None for a tap that isn't about a walkthrough's step."""
    if tap.kind == taps.ANSWER:
        return tap.parts[0], Choose(tap.parts[1], tap.parts[2])
    if tap.kind == taps.CONTROL:
        return tap.parts[0], Control(tap.parts[1], tap.parts[2] if len(tap.parts) > 2 else None)
    return None
