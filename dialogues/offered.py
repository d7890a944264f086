"""Words that press a button: what is typed below buttons, where it is what one of them says.

Answers are left out: `dialogues.walkthrough.answers` knows more of what people call a choice than its label.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from dialogues import taps
from dialogues.reply import Choice
from dialogues.walkthrough.words import fold

LONGEST = 120  # characters; no label is longer
BEGINNING = 3  # words that are enough of a longer label
_NUMBER = re.compile(r"\W*(?:(?:nr|nummer|no|number)\W*)?([0-9]{1,2})\W*", re.IGNORECASE)
_WAY = re.compile(
    r"(?:(?:ja|ok|yes|tag|lad os tage|jeg tager|vi tager|take|let's take|i'll take|the|den|saa|en|a) )*"
    r"(?:(?P<quick>hurtigt?e?|kvikke?|quick(?:ly)?|fast)|(?P<full>grundigt?e?|thorough(?:ly)?))"
    r"(?: (?:tak|please|vej|udgave|one|way|gennemgang|tjekliste|checklist|version))*"
)
_TAIL = re.compile(r"\s*[(:].*", re.DOTALL)
_KIND = re.compile(r".{1,20}?:\s+", re.DOTALL)


def pressed(choices: Sequence[Choice], text: str) -> str | None:
    """The tap of the one button that the words name; None where they name none, or might mean several.

    A label is named in full, without what stands in brackets or around its colon, or by its first words.
    """
    said = fold(text) if len(text) <= LONGEST else ""
    ways: tuple[Callable[[str], Iterable[str]], ...] = (_whole, _short, _first_words)
    for way in ways if said else ():
        found = {choice.tap for choice in choices if _is_open(choice) and said in way(choice.label)}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def numbered(choices: Sequence[Choice], text: str) -> str | None:
    """The tap of the button whose number is all that the text says."""
    number = _NUMBER.fullmatch(text)
    place = int(number[1]) if number else 0
    return choices[place - 1].tap if 0 < place <= len(choices) else None


def way_through(choices: Sequence[Choice], text: str) -> str | None:
    """The tap that begins the only checklist on offer in the way that the words choose: "hurtigt", "den grundige". What
    may be about the length of an answer chooses none."""
    said = _WAY.fullmatch(fold(text))
    offered = {choice.tap for choice in choices if choice.tap.startswith(f"{taps.START}:")}
    if said is None or len(offered) != 1:
        return None
    tap = taps.parse(offered.pop())
    mode = "quick" if said["quick"] else "full"
    return taps.tap(taps.START, tap.parts[0], mode) if tap and len(tap.parts) == 1 else None


def _is_open(choice: Choice) -> bool:
    tap = taps.parse(choice.tap)
    return tap is not None and tap.kind != taps.ANSWER


def _whole(label: str) -> Iterable[str]:
    return (fold(label),)


def _short(label: str) -> Iterable[str]:
    """ "Tag resten med (8 spørgsmål)" is "tag resten med"; "Næste: Lav en aftale" is either side of its colon."""
    return filter(None, (fold(_TAIL.sub("", label)), fold(_KIND.sub("", label, count=1))))


def _first_words(label: str) -> Iterable[str]:
    words = fold(label).split()
    return (" ".join(words[:count]) for count in range(BEGINNING, len(words)))
