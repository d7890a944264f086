"""Who says what in the bench: people with mixed conversations, dealt out from `turns.yml`, the same every time."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

PEOPLE = 18
DRAWN = ("question", "question", "question", "question", "smalltalk", "command", "out_of_scope", "out_of_scope")
ROUNDS = 4  # of the kinds above, shuffled, for each person
_WALKS = (  # a Danish one, an English one, and so on
    ("agreement", "quick", True),
    ("readiness", "quick", True),
    ("readiness", "full", False),
    ("agreement", "quick", False),
    ("agreement", "full", True),
    ("readiness", "quick", False),
)


@dataclass(frozen=True)
class Say:
    """A text that is typed."""

    kind: str
    text: str


@dataclass(frozen=True)
class Walk:
    """A whole walkthrough, by taps or in words."""

    checklist: str
    mode: str
    by_taps: bool


@dataclass(frozen=True)
class Person:
    """Somebody with a conversation of their own."""

    name: str
    language: str
    steps: list[Say | Walk] = field(default_factory=list)


class Deck:
    """Deals the sentences of a kind; from the second time round with a typing slip."""

    def __init__(self, sentences: list[str], luck: random.Random) -> None:
        self._sentences = [str(sentence) for sentence in sentences]
        self._luck = luck
        self._left: deque[str] = deque()
        self._rounds = 0

    def draw(self) -> str:
        """The next sentence."""
        if not self._left:
            self._rounds += 1
            self._left = deque(self._luck.sample(self._sentences, len(self._sentences)))
        sentence = self._left.popleft()
        return sentence if self._rounds == 1 else slip(sentence, self._luck)


def slip(sentence: str, luck: random.Random) -> str:
    """The sentence with two neighbouring letters swapped, one left out, or one typed twice."""
    if len(sentence) < 4:
        return sentence
    place = luck.randrange(1, len(sentence) - 2)
    before, one, two, after = sentence[:place], sentence[place], sentence[place + 1], sentence[place + 2 :]
    return before + luck.choice((two + one, two, one + one + two)) + after


@cache
def sentences() -> dict[str, Any]:
    """`turns.yml` as it stands."""
    return dict(yaml.safe_load((Path(__file__).parent / "turns.yml").read_text(encoding="utf-8")))


def people(count: int = PEOPLE) -> list[Person]:
    """The people of the script; every third speaks English, and two of three go through a walkthrough."""
    luck = random.Random(7)
    kinds = {*DRAWN, "followup"}
    decks = {(kind, lang): Deck(sentences()[kind][lang], luck) for kind in kinds for lang in ("da", "en")}
    return [_person(number, decks, luck) for number in range(count)]


def _person(number: int, decks: dict[tuple[str, str], Deck], luck: random.Random) -> Person:
    language = "en" if number % 3 == 2 else "da"
    steps: list[Say | Walk] = []
    for _ in range(ROUNDS):
        for kind in luck.sample(DRAWN, len(DRAWN)):
            steps.append(Say(kind, decks[kind, language].draw()))
            if kind == "question" and luck.random() < 0.3:
                steps.append(Say("followup", decks["followup", language].draw()))
    if number % 3 != 1:
        steps.insert(len(steps) // 2, Walk(*_WALKS[number // 3 * 2 % 6 + number % 3 // 2]))
    return Person(f"bench:{number}", language, steps)


def endless(language: str = "da") -> Iterator[Say]:
    """One long conversation: questions and the like, over and over in the same order."""
    kinds = ("question", "smalltalk", "question", "out_of_scope", "question", "followup")
    places = dict.fromkeys(kinds, 0)
    while True:
        for kind in kinds:
            told = sentences()[kind][language]
            yield Say(kind, str(told[places[kind] % len(told)]))
            places[kind] += 1
