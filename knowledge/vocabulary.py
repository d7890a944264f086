"""Finds words that stand for something in what people write: inflected, joined to others, a letter wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from knowledge.spelling import normalise

LONGEST = 4  # words in a row that may be one entry
ENDINGS = ("s", "e", "n", "t", "r", "en", "et", "er", "ene", "erne", "ens", "ets", "ernes", "es", "ing")
COMPOUND = 5  # a word of this many letters is found within a compound, and when it is misspelt
NEAR = 0.87  # as alike as this (Ratcliff and Obershelp's measure, 0 to 1) a misspelt word must be


class Vocabulary:
    """Words, each with the id of what it stands for. Of two ids that claim a word, the first has it."""

    def __init__(self, words: Iterable[tuple[str, str]]) -> None:
        self._ids: dict[str, str] = {}
        for word, id_ in words:
            self._ids.setdefault(_plain(word), id_)

    def named(self, text: str) -> str | None:
        """The id of the word that the whole text is, or None."""
        plain = _plain(text)
        return self._inflected(plain) or self._misspelt(plain)

    def mentioned(self, text: str) -> list[str]:
        """The ids of all words that occur in the text, in their order, each once."""
        return list(dict.fromkeys(self._found(_plain(text).split())))

    def _found(self, words: list[str]) -> Iterator[str]:
        start = 0
        while start < len(words):
            for length in range(min(LONGEST, len(words) - start), 0, -1):
                run = " ".join(words[start : start + length])
                id_ = self._inflected(run) or (length == 1 and (self._compounded(run) or self._misspelt(run)))
                if id_:
                    yield id_
                    start += length
                    break
            else:
                start += 1

    def _inflected(self, text: str) -> str | None:
        stems = (text[: -len(ending)] for ending in ENDINGS if text.endswith(ending) and len(text) > len(ending) + 2)
        return next((self._ids[stem] for stem in (text, *stems) if stem in self._ids), None)

    def _compounded(self, word: str) -> str | None:
        parts = (known for known in self._ids if len(known) >= COMPOUND and _is_part(known, word))
        longest = max(parts, key=len, default=None)
        return self._ids[longest] if longest else None

    def _misspelt(self, text: str) -> str | None:
        near = get_close_matches(text, self._ids, n=1, cutoff=NEAR) if len(text) >= COMPOUND else []
        return self._ids[near[0]] if near else None


def _is_part(known: str, word: str) -> bool:
    return word.startswith(known) or word.endswith(known)


def _plain(text: str) -> str:
    return " ".join(normalise(text).replace("?", " ").split())
