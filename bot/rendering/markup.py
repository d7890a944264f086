"""Light markup, read into spans: pieces of text with the marks that lie on them.

Every renderer starts here, so all doors agree on what a text says. Markup is paragraphs, `**bold**`,
`_emphasis_`, `[label](https://…)` and lists; everything else is text. As in Markdown, a single line
break inside a paragraph is a space, and two spaces or a backslash before it make it a real one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

Kind = Literal["bold", "italic", "link"]

_parser = MarkdownIt("zero").enable(["emphasis", "link", "list", "escape", "newline"])
_MARKS: dict[str, Kind] = {"strong_open": "bold", "em_open": "italic"}
_WEB = re.compile(r"https?://", re.IGNORECASE)
_UNPRINTABLE = re.compile("[\ud800-\udfff]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = frozenset("\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u2800\u3164\ufeff\uffa0")
BULLET, INDENT = "• ", "  "


@dataclass(frozen=True)
class Mark:
    kind: Kind
    url: str = ""


@dataclass(frozen=True)
class Span:
    """A piece of text and the marks on it, outermost first."""

    text: str
    marks: tuple[Mark, ...] = ()


def clean(text: str) -> str:
    """`text` without what no screen can show: null bytes, other control characters, half surrogates,
    and marks that turn the direction of the text around."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNPRINTABLE.sub(lambda m: "\ufffd" if "\ud800" <= m[0] <= "\udfff" else "", text)


def is_blank(text: str) -> bool:
    """Whether nothing in `text` can be seen."""
    return all(c.isspace() or c in _INVISIBLE or unicodedata.category(c) in ("Cf", "Cc") for c in text)


def parse(text: str) -> list[Span]:
    """The spans of a text in light markup. Their texts, put together, are its plain text; neighbours differ in
    their marks. Never fails: what is not markup is text."""
    reader = _Reader()
    reader.blocks(_parser.parse(clean(text)))
    return list(_merged(reader.spans))


def _merged(spans: list[Span]) -> Iterator[Span]:
    held: Span | None = None
    for span in spans:
        if not span.text:
            continue
        if held and held.marks == span.marks:
            held = Span(held.text + span.text, held.marks)
            continue
        if held:
            yield held
        held = span
    if held:
        yield held


@dataclass
class _Level:
    """A list that is being read."""

    number: int | None  # of the next item; None: bullets

    def marker(self) -> str:
        if self.number is None:
            return BULLET
        self.number += 1
        return f"{self.number - 1}. "


@dataclass
class _Reader:
    """Walks markdown-it's tokens and writes spans down."""

    spans: list[Span] = field(default_factory=list)
    levels: list[_Level] = field(default_factory=list)
    marker: str | None = None  # of the list item that has just begun
    in_list: bool = False  # whether the block before belongs to the same list

    def blocks(self, tokens: list[Token]) -> None:
        for token in tokens:
            if token.type == "bullet_list_open":
                self.levels.append(_Level(None))
            elif token.type == "ordered_list_open":
                self.levels.append(_Level(int(token.attrGet("start") or 1)))
            elif token.type in ("bullet_list_close", "ordered_list_close"):
                self._pending_marker()
                self.levels.pop()
                self.in_list = bool(self.levels)
            elif token.type == "list_item_open":
                self._pending_marker()
                self.marker = self.levels[-1].marker()
            elif token.type == "inline":
                self._begin_block()
                self._inline(token.children or [])
        self._pending_marker()

    def _pending_marker(self) -> None:
        if self.marker is not None:  # an item without text of its own
            self._begin_block()

    def _begin_block(self) -> None:
        depth = max(len(self.levels) - 1, 0)
        if self.marker is not None:
            gap, lead = ("\n" if self.in_list else "\n\n"), INDENT * depth + self.marker
        elif self.levels:
            gap, lead = "\n", INDENT * (depth + 1)
        else:
            gap, lead = "\n\n", ""
        self.spans.append(Span((gap if self.spans else "") + lead))
        self.in_list = bool(self.levels)
        self.marker = None

    def _inline(self, tokens: list[Token]) -> None:
        marks: list[Mark] = []
        for token in tokens:
            if token.type in _MARKS:
                marks.append(Mark(_MARKS[token.type]))
            elif token.type == "link_open":
                marks.append(Mark("link", str(token.attrGet("href") or "")))
            elif token.type in ("strong_close", "em_close"):
                marks.pop()
            elif token.type == "link_close":
                self._close_link(marks)
            elif token.type == "softbreak":
                self._write(" ", marks)
            elif token.type == "hardbreak":
                self._write("\n" + INDENT * len(self.levels), marks)
            else:
                self._write(token.content, marks)

    def _write(self, text: str, marks: list[Mark]) -> None:
        shown = tuple(mark for mark in marks if mark.kind != "link" or _WEB.match(mark.url))
        self.spans.append(Span(text, shown))

    def _close_link(self, marks: list[Mark]) -> None:
        link = marks.pop()
        if not _WEB.match(link.url):  # only the web is linked; where else it points is told
            self._write(f" ({unquote(link.url)})" if link.url else "", marks)
        elif not (self.spans and link in self.spans[-1].marks):  # no label
            self._write(link.url, [*marks, link])
