"""What is written behind the command that begins a team check: a checklist, how thoroughly, and what it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dialogues.walkthrough.state import Mode
from dialogues.walkthrough.values import LONGEST_NAME, clean
from dialogues.walkthrough.words import fold
from knowledge.schema import LANGUAGES, Checklist

_WAYS: dict[str, Mode] = {
    **dict.fromkeys(("quick", "quickly", "hurtig", "hurtigt"), "quick"),
    **dict.fromkeys(("full", "fuld", "fuldt", "grundig", "grundigt", "thorough", "thoroughly"), "full"),
}
_QUOTES = " \t\n\"'”“’«».,:;–-"


@dataclass(frozen=True)
class Wish:
    """`rest` is what is neither a checklist nor a way: a name, or something unknown."""

    checklist: Checklist | None = None
    mode: Mode | None = None
    rest: str | None = None


def read(text: str, eligible: Sequence[Checklist]) -> Wish:
    """The wish that the words say: "health-check hurtigt Netværk Nord", "Er vi klar til partnerskaber?"."""
    words = clean(text).split()
    checklist, length = _checklist(words, eligible)
    rest = words[length:]
    mode: Mode | None = None
    for place in (0, -1):
        if rest and mode is None and (mode := _WAYS.get(fold(rest[place]))):
            del rest[place]
    if checklist is None and mode:  # the way may stand first
        checklist, length = _checklist(rest, eligible)
        rest = rest[length:]
    return Wish(checklist, mode, name(" ".join(rest)))


def name(text: str) -> str | None:
    """The words as a name; None where they say nothing."""
    named = " ".join(clean(text).split()).strip(_QUOTES)[:LONGEST_NAME].strip()
    return named or None


def _checklist(words: Sequence[str], eligible: Sequence[Checklist]) -> tuple[Checklist | None, int]:
    """The checklist that the first words name, and how many those are."""
    for length in range(len(words), 0, -1):
        said = _plain(" ".join(words[:length]))
        for one in eligible:
            if said in {_plain(one.id), *(_plain(one.text(language).title) for language in LANGUAGES)}:
                return one, length
    return None, 0


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))
