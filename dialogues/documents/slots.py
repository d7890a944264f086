"""The values in a document's markup.

What a user typed is not in the markup that is parsed. The markup holds a mark for each value, and the mark gives
way to the value once the parsing is done. So no value can become markup, whatever stands in it or beside it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from dialogues.documents.model import Block, Gap, Span, in_words
from knowledge.templates import Trusted

_OPEN, _CLOSE = "\ue000", "\ue001"  # private use: they mean nothing to markdown, and `clean` takes them from values
_MARK = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_BREAKS = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # could show text in another order


def clean(text: str) -> str:
    """`text` without what no file can hold or show: control characters, halves of characters, private marks."""
    text = _BREAKS.sub("\n", text).replace("\t", " ")
    kept = "".join(char for char in text if char == "\n" or _shows(char))
    return re.sub(r"\n{3,}", "\n\n", kept).strip()


def _shows(char: str) -> bool:
    if unicodedata.category(char) in ("Cc", "Cs", "Co"):
        return False
    return char not in _DIRECTIONS and ord(char) & 0xFFFE != 0xFFFE and not 0xFDD0 <= ord(char) <= 0xFDEF


@dataclass(frozen=True)
class SigningPlace:
    """A table to sign in: its header, and as markup each party with who signs for it ("" if that is not known)."""

    header: tuple[str, ...]
    parties: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Placed:
    """Blocks that stand where their mark does."""

    blocks: tuple[Block, ...]


class Slots:
    """The values of one document, by the marks that stand for them."""

    def __init__(self) -> None:
        self._values: list[Span | SigningPlace | Placed] = []
        self._gaps: dict[int, Gap] = {}
        self.gaps: list[Gap] = []  # those that stand in the text, each once, in reading order

    def text(self, text: str) -> Trusted:
        """A mark for a value that is shown as it is."""
        return self._mark(Span(clean(text)))

    def gap(self, gap: Gap, shown: str) -> Trusted:
        """A mark for a value that is missing; `shown` stands in its place."""
        self._gaps[len(self._values)] = gap
        return self._mark(Span(shown, gap=True))

    def note_gap(self, gap: Gap) -> None:
        """Counts a gap that stands in a table."""
        if gap not in self.gaps:
            self.gaps.append(gap)

    def sign(self, place: SigningPlace) -> Trusted:
        """A mark that becomes a place to sign where it stands in a paragraph of its own."""
        return self._mark(place)

    def blocks(self, blocks: tuple[Block, ...]) -> Trusted:
        """A mark that becomes the blocks where it stands in a paragraph of its own."""
        return self._mark(Placed(blocks))

    def _mark(self, value: Span | SigningPlace | Placed) -> Trusted:
        self._values.append(value)
        return Trusted(f"{_OPEN}{len(self._values) - 1}{_CLOSE}")

    def fill(self, text: str, style: Span) -> list[Span]:
        """`text` as spans in the given style, with the values in the places of their marks."""
        spans: list[Span] = []
        for position, part in enumerate(_MARK.split(text)):
            if position % 2 == 0:
                spans.append(replace(style, text=part))
            else:
                spans.extend(self._value(int(part), style))
        return [span for span in spans if span.text]

    def _value(self, number: int, style: Span) -> list[Span]:
        value = self._values[number]
        if isinstance(value, Placed):
            return [replace(style, text=in_words(value.blocks))]
        if isinstance(value, SigningPlace):
            return self.fill(", ".join(part for party in value.parties for part in party if part), style)
        gap = self._gaps.get(number)
        if gap is not None and gap not in self.gaps:
            self.gaps.append(gap)
        return [replace(style, text=value.text, gap=value.gap)]

    def missing(self, text: str) -> bool:
        """Whether `text` is nothing but the mark of a missing value."""
        match = _MARK.fullmatch(text.strip())
        return match is not None and int(match[1]) in self._gaps

    def signing_place(self, text: str) -> SigningPlace | None:
        """The place to sign that `text` consists of, if it does."""
        value = self._alone(text)
        return value if isinstance(value, SigningPlace) else None

    def placed(self, text: str) -> tuple[Block, ...] | None:
        """The blocks that `text` stands for, if it is nothing but their mark."""
        value = self._alone(text)
        return value.blocks if isinstance(value, Placed) else None

    def _alone(self, text: str) -> Span | SigningPlace | Placed | None:
        match = _MARK.fullmatch(text.strip())
        return self._values[int(match[1])] if match else None
