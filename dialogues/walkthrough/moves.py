"""What a user can do at a step: say something, choose a button, steer the walkthrough."""

from __future__ import annotations

from dataclasses import dataclass

from dialogues import taps
from dialogues.walkthrough.state import Value


@dataclass(frozen=True)
class Say:
    """An answer in words."""

    text: str


@dataclass(frozen=True)
class Choose:
    """An answer by button: a choice id, "yes" or "no". The step may be another than the one on the screen."""

    step: str
    choice: str


@dataclass(frozen=True)
class Correct:
    """Another answer to a step that was answered before: "nej, jeg mente to år"."""

    step: str
    value: Value


@dataclass(frozen=True)
class Remark:
    """A note on the step on the screen: "note: spørg Bodil"."""

    text: str


@dataclass(frozen=True)
class Control:
    """A wish about the walkthrough itself, by one of the names below."""

    name: str
    argument: str | None = None


@dataclass(frozen=True)
class Doubt:
    """Words that are taken for nothing before it is asked what they are: `asks` is WHICH, MEANT or ME."""

    asks: str
    text: str = ""


Move = Say | Choose | Correct | Remark | Control | Doubt

BACK, SKIP, WHY, PAUSE, CONTINUE, RESTART = "back", "skip", "why", "pause", "continue", "restart"
CONFIRM, CANCEL = "confirm", "cancel"  # the answers to what `ASKING` holds, and the way out of it
DONE = "done"  # show the result, as far as it goes [, WHOLE: all of a draft, however long]
WHOLE = "whole"
CLOSE = "close"  # the result has been read
REVIEW = "review"  # show the answers to choose one to change [, number of the section, or an entry: `contacts.0`]
EDIT = "edit"  # go to a step: its id
FULL = "full"  # after the quick way: the remaining questions as well
NEXT = "next"  # the choosing of several has ended
ADD = "add"  # one entry more of a group: its id
DROP = "drop"  # leave out an entry of a group: `contacts.0`
SECTIONS = "sections"  # show the sections to choose one to go to
JUMP = "jump"  # go to a section: its id
NOTE = "note"  # write a note on a step: its id
PLAN = "plan"  # say who does what when
STATUS = "status"  # how far along it is
REMOVE = "remove"  # show what can be deleted [: the step whose answer is meant]
CLEAR = "clear"  # delete the answer to a step: its id
WHICH = "which"  # choose the answer that a correction is about: its step's id
MEANT = "meant"  # asks whether the words are the answer
ME = "me"  # asks for the name of whoever answers
SAME = "same"  # asks whether the name is one that was used before
WHERE = "where"  # asks which answer a note is for

ASKING = (RESTART, REVIEW, SECTIONS, DROP, NOTE, REMOVE, WHICH, MEANT, ME, SAME, WHERE)
"""What the screen may ask instead of the step, in `Run.asking`; some with their argument, `note:goal`."""
LIGHT = (REMOVE, WHICH, MEANT, ME, SAME)
"""Those that what is typed may leave aside: then it is taken as an answer to the step."""


def asks(asking: str | None) -> tuple[str | None, str]:
    """What the screen asks, and its argument."""
    name, _, argument = (asking or "").partition(":")
    return name or None, argument


def from_tap(tap: taps.Tap) -> tuple[str, Move] | None:
    """The run id and the move that a tap means; None for a tap that isn't about a walkthrough's step."""
    if tap.kind == taps.ANSWER:
        return tap.parts[0], Choose(tap.parts[1], tap.parts[2])
    if tap.kind == taps.CONTROL:
        return tap.parts[0], Control(tap.parts[1], tap.parts[2] if len(tap.parts) > 2 else None)
    return None
