"""Light markup to the blocks of a document."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from dialogues.documents.model import Block, Bullets, Numbered, Paragraph, Span, Spans, Table, plain
from dialogues.documents.slots import SigningPlace, Slots

_LINKS = ("https://", "http://", "mailto:")


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    return MarkdownIt("zero").enable(["emphasis", "link", "list", "escape", "newline"])


def blocks(markup: str, slots: Slots | None = None) -> tuple[Block, ...]:
    """The blocks that light markup describes, with values from `slots`. Empty blocks are left out."""
    reader = _Reader(slots or Slots())
    for token in _markdown().parse(markup):
        reader.take(token)
    return tuple(reader.blocks)


def line(markup: str, slots: Slots | None = None) -> Spans:
    """One line of light markup as spans: no lists, whatever it begins with."""
    return tuple(span for token in _markdown().parseInline(markup) for span in _spans(token, slots or Slots()))


def text(markup: str, slots: Slots | None = None) -> str:
    """One line of light markup as plain text."""
    return plain(line(markup, slots))


class _Reader:
    """Takes markdown's tokens one by one. A list within a list joins the outer one: light markup has one level."""

    def __init__(self, slots: Slots) -> None:
        self.blocks: list[Block] = []
        self._slots = slots
        self._lists: list[list[Spans]] = []
        self._item: list[Span] = []

    def take(self, token: Token) -> None:
        if token.type == "inline":
            self._inline(token)
        elif token.type.endswith("list_open"):
            self._end_item()
            self._lists.append([])
        elif token.type == "list_item_close":
            self._end_item()
        elif token.type.endswith("list_close"):
            self._end_list(numbered=token.type.startswith("ordered"))

    def _end_item(self) -> None:
        if self._item:
            self._lists[-1].append(tuple(self._item))
        self._item = []

    def _end_list(self, numbered: bool) -> None:
        items = self._lists.pop()
        if self._lists:
            self._lists[-1].extend(items)
        elif items:
            self.blocks.append(Numbered(tuple(items)) if numbered else Bullets(tuple(items)))

    def _inline(self, token: Token) -> None:
        place = self._slots.signing_place(token.content)
        if place:
            self.blocks.append(_signing_table(place, self._slots))
            return
        placed = self._slots.placed(token.content)
        if placed is not None and not self._lists:
            self.blocks.extend(placed)
            return
        spans = _spans(token, self._slots)
        if not plain(tuple(spans)).strip():
            return
        if self._lists:
            self._item = [*self._item, Span("\n"), *spans] if self._item else spans
        else:
            self.blocks.append(Paragraph(tuple(spans)))


def _signing_table(place: SigningPlace, slots: Slots) -> Table:
    columns = len(place.header)
    blank: tuple[Spans, ...] = ((),) * columns
    rows = tuple((line(party, slots), (), line(signer, slots), *blank)[:columns] for party, signer in place.parties)
    return Table(place.header, rows, widths=(4, 3, *(4 for _ in blank))[:columns], tall=True)


def _spans(token: Token, slots: Slots) -> list[Span]:
    style = Span("")
    spans: list[Span] = []
    for child in token.children or ():
        if child.type == "text":
            spans.extend(slots.fill(child.content, style))
        elif child.type in ("softbreak", "hardbreak"):
            spans.append(replace(style, text=" " if child.type == "softbreak" else "\n"))
        else:
            style = _restyled(style, child)
    return spans


def _restyled(style: Span, token: Token) -> Span:
    opens = token.type.endswith("_open")
    if token.type.startswith("strong"):
        return replace(style, bold=opens)
    if token.type.startswith("em"):
        return replace(style, italic=opens)
    address = str(token.attrs.get("href", ""))
    return replace(style, link=address if address.startswith(_LINKS) else None)
