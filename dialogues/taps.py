"""Taps: what a button means, as a short text that a door can carry, sign and give back.

A tap is `kind:part:part`, in ASCII, at most 52 bytes, and needs no memory of the process: a door adds
version and signature and stays below the 64 bytes that Telegram allows. A door signs what it hands out
and refuses what it didn't sign, so a tap that reaches the engine was offered by the advisor itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_BYTES = 52
_PART = re.compile(r"[A-Za-z0-9._-]*")

TOPIC, MORE, EXAMPLE = "t", "m", "e"  # topic id
START = "c"  # checklist id [, "quick" or "full"]
ANSWER = "a"  # run id, item id, choice id
CONTROL = "w"  # run id, control
COMMAND = "k"  # command name [, argument]
DOCUMENT = "d"  # document id
VOTE = "v"  # topic id, "up" or "down" [, "quiet"]: whether its answer helped
TEAM = "s"  # team id, what is to be done
REMINDER = "r"  # verb, reminder id or run id [, when, or step id]
COURSE = "l"  # verb, and what it is about: see `dialogues.course.buttons`
KINDS = {
    TOPIC: 1,
    MORE: 1,
    EXAMPLE: 1,
    START: 1,
    ANSWER: 3,
    CONTROL: 2,
    COMMAND: 1,
    DOCUMENT: 1,
    VOTE: 2,
    TEAM: 2,
    REMINDER: 2,
    COURSE: 1,
}


@dataclass(frozen=True)
class Tap:
    kind: str
    parts: tuple[str, ...]

    def __str__(self) -> str:
        return ":".join((self.kind, *self.parts))


def tap(kind: str, *parts: str) -> str:
    """The tap as text. ValueError for a kind or a part that a button cannot carry."""
    text = str(Tap(kind, parts))
    if parse(text) is None:
        raise ValueError(f"not a tap: {text!r}")
    return text


def parse(text: str) -> Tap | None:
    """The tap that `text` describes, or None where it is none."""
    kind, *parts = text.split(":")
    well_formed = all(_PART.fullmatch(part) for part in parts)
    if kind not in KINDS or len(parts) < KINDS[kind] or not well_formed or len(text.encode()) > MAX_BYTES:
        return None
    return Tap(kind, tuple(parts))
