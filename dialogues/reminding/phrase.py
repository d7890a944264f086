"""A message as words that can be taken out one by one, while the rest stays as it was written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dialogues.walkthrough.words import latin


class Phrase:
    """The words of a message. Patterns are matched against them folded: small letters, æ ø å spelt out."""

    def __init__(self, text: str) -> None:
        self.words = text.split()
        self.folded = [latin(word) for word in self.words]

    def __len__(self) -> int:
        return len(self.words)

    def __str__(self) -> str:
        return " ".join(self.words)

    @property
    def line(self) -> str:
        """All of it, folded, with single blanks."""
        return " ".join(self.folded)

    def found(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Where the pattern matches the folded words."""
        return pattern.finditer(self.line)

    def without(self, match: re.Match[str]) -> Phrase:
        """The phrase without the words that a match touches."""
        start, places = 0, []
        for place, word in enumerate(self.folded):
            end = start + len(word)
            if start < match.end() and end > match.start():
                places.append(place)
            start = end + 1
        return self.less(places)

    def less(self, places: Iterable[int]) -> Phrase:
        """The phrase without the words at those places."""
        gone = set(places)
        return Phrase(" ".join(word for place, word in enumerate(self.words) if place not in gone))
