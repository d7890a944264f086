"""Cuts a message with several questions: where one surely begins, and where one may.

"Hvem må skrive under, og hvor langt varsel?" has two questions, as the second begins with a word that asks. "Hvordan
laver man en SWOT og en RACI?" may have two, or be one about both: whoever ranks the parts can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

SHORTEST = 2  # words that a question has, beside the one that begins it
_GAP = r"[\s,:;.]"
_ADDS_WITHIN = 60  # characters before a piece in which a word that begins a question by itself is looked for
HALVES = 8  # places that are tried where a message may have two questions
LEAST = 2  # words of a half

Cut = list[tuple[str, str]]
"""Questions, each with what leads up to it."""


class Cutter:
    """Knows the words that a question begins with (`asks`), those that join it to what stands before (`joins`), those
    that begin one by themselves (`adds`), and those of a condition, which belongs to a question (`ifs`)."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        asks, joins, adds, ifs = (_any_of(words.get(name, ())) for name in ("asks", "joins", "adds", "ifs"))
        links = rf"(?:(?:{joins}|{adds})\b[\s,:]*)*"
        number = r"(?:^|\s)\d\s?[.):]\s*"
        added = rf"(?:^|[.?!:;,+]\s*|\s)(?:{adds})\b[\s,:]*|\?\s+(?=[^?]+\?)|{number}"
        joined = rf"(?:^|[.?!:;+]\s*|\s+(?=(?:{joins}|{adds})\b)){links}(?=\b(?:{asks})\b)"
        commas = rf",\s*{links}(?=\b(?:{asks})\b)"
        self._firmly = re.compile(rf"{joined}|{added}", re.IGNORECASE)
        self._also_at_commas = re.compile(rf"{joined}|{added}|{commas}", re.IGNORECASE)
        self._asks = re.compile(rf"(?:{asks})\b", re.IGNORECASE)
        self._adds = re.compile(rf"(?:.*\W)?(?:(?:{adds})\W*|{number})", re.IGNORECASE | re.DOTALL)
        # Each blank and mark belongs to one part of this only: else a long row of such words is tried in all ways.
        self._trailing = re.compile(
            rf"(?:(?:^|[\s,]+)(?:{joins}|{adds})\b|\s*\+|\s+\d\s?[.):])"
            rf"(?:{_GAP}*(?:(?<={_GAP})(?:{joins}|{adds})\b|\+|(?<=\s)\d\s?[.):]))*{_GAP}*$",
            re.IGNORECASE,
        )
        self._condition = re.compile(rf"{links}(?:{ifs})\b[^?]*\??", re.IGNORECASE)
        self._middle = re.compile(rf"(?<=[.?!;])\s+|,?\s+(?=(?:{joins})\b)|\s*\+\s*|,\s+", re.IGNORECASE)
        self._joined = re.compile(rf"(?:{joins})\b[\s,]*", re.IGNORECASE)
        self._can_cut = bool(words.get("asks"))

    def questions(self, text: str) -> Cut:
        """The questions of the text, at least two; none where no second one surely begins."""
        return self._cut(text, self._firmly)

    def guesses(self, text: str) -> list[Cut]:
        """Ways to cut the text where a question may begin: also at commas before a word that asks, which may be a mere
        clause, or in two parts, at any mark or word that joins."""
        if not self._can_cut:
            return []
        cut, firm = self._cut(text, self._also_at_commas), self._cut(text, self._firmly)
        halves: list[Cut] = []
        for place in self._middle.finditer(text):
            both = text[: place.start()].strip(), self._joined.sub("", text[place.end() :].strip(), count=1)
            if min(len(half.split()) for half in both) >= LEAST and len(halves) < HALVES:
                halves.append([("", half) for half in both])
        return ([cut] if cut and cut != firm else []) + halves

    def _cut(self, text: str, begins: re.Pattern[str]) -> Cut:
        cut = self._questions(text, [one.end() for one in begins.finditer(text)]) if self._can_cut else []
        return cut if len(cut) > 1 else []

    def _questions(self, text: str, starts: Sequence[int]) -> Cut:
        found: Cut = []
        before = ""
        for piece, asks in self._pieces(text, sorted({0, len(text), *starts})):
            follows = bool(self._condition.fullmatch(piece)) and not (found and found[-1][1].endswith("?"))
            if asks and not follows and len(piece.split()) > SHORTEST:
                found.append((before, piece))
                before = ""
            else:
                before = f"{before} {piece}".strip()
        if before and found:  # what follows the last question belongs to it
            led, last = found.pop()
            found.append((led, f"{last} {before}"))
        return found

    def _pieces(self, text: str, places: Sequence[int]) -> Iterator[tuple[str, bool]]:
        """What stands between the places, and whether it is a question."""
        for start, end in pairwise(places):
            piece = self._trailing.sub("", text[start:end].strip())
            asks = self._asks.match(piece) or piece.endswith("?") or self._is_added(text[:start])
            yield piece, bool(asks or (start == 0 and end < len(text) and self._is_added(text[:end])))

    def _is_added(self, before: str) -> bool:
        """Whether what comes after that begins a question by itself."""
        return bool(self._adds.fullmatch(before[-_ADDS_WITHIN:]))


def _any_of(words: Sequence[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or r"(?!)"
