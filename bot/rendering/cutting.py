"""Cuts a text into parts that fit a limit, where a reader would: between paragraphs, else lines, else
sentences, else words. Only white space is lost at a cut."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bot.rendering.markup import Span

_SENTENCE_END = re.compile(r"[.!?…:;][\"”’»)\]]*\s+")
_SEPARATORS = (re.compile(r"\n\s*\n"), re.compile(r"\n"), _SENTENCE_END, re.compile(r"\s+"))
_LEAST = 3  # a part is filled to at least a third before a lesser place to cut is tried
_JOINERS = frozenset("\u200d\ufe0e\ufe0f\u20e3")


def units(text: str) -> int:
    """How long Telegram counts `text`: in UTF-16 code units."""
    return len(text) + sum(char > "\uffff" for char in text)


def fitting(text: str, start: int, limit: int) -> int:
    """The end of the longest piece of `text` from `start` that is at most `limit` units long."""
    end = min(len(text), start + limit)
    over = units(text[start:end]) - limit
    while over > 0:  # what is over is taken back from the end
        end -= 1
        over -= units(text[end])
    return end


def cut(text: str, limit: int) -> Iterator[tuple[int, int]]:
    """Where the parts of `text` begin and end, each at most `limit` units, none blank at its ends."""
    start = _skip_space(text, 0)
    stop = len(text.rstrip())
    while start < stop:
        end = fitting(text, start, limit)
        end = stop if end >= stop else _good_place(text, start, end)
        yield start, start + len(text[start:end].rstrip())
        start = _skip_space(text, end)


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _good_place(text: str, start: int, end: int) -> int:
    """The best place to cut `text` between `start` and `end`."""
    earliest = start + (end - start) // _LEAST
    window = text[start : end + 1]
    for separator in _SEPARATORS:
        places = [start + m.end() for m in separator.finditer(window) if start + m.start() <= end]
        if places and places[-1] >= earliest:
            return min(places[-1], _skip_space(text, end))
    return _between_characters(text, start, end)


def _between_characters(text: str, start: int, end: int) -> int:
    """The last place up to `end` that does not tear an accent or an emoji from what it belongs to."""
    for place in range(end, max(start, end - 32), -1):
        torn = unicodedata.combining(text[place]) or text[place] in _JOINERS or text[place - 1] == "\u200d"
        if not torn and not "\U0001f3fb" <= text[place] <= "\U0001f3ff":
            return place
    return end


def parts(spans: list[Span], limit: int) -> Iterator[list[Span]]:
    """The spans of each part of a text that is cut to `limit` units."""
    text = "".join(span.text for span in spans)
    for start, end in cut(text, limit):
        yield _between(spans, start, end)


def _between(spans: list[Span], start: int, end: int) -> list[Span]:
    found, at = [], 0
    for span in spans:
        begin, at = at, at + len(span.text)
        piece = span.text[max(start - begin, 0) : max(end - begin, 0)]
        if piece:
            found.append(Span(piece, span.marks))
    return found
