"""Checks how texts are written: their length, how hard they are, their links, and that they keep to light markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from markdown_it import MarkdownIt

from knowledge.course_prose import check_course_prose, course_limits
from knowledge.faults import Fault
from knowledge.pieces import Piece, Pieces
from knowledge.proofs import document_templates
from knowledge.readability import lix
from knowledge.reading import Place
from knowledge.schema import LANGUAGES, Checklist, Choice, Item

TITLE_LIMIT = 60  # it is a button's label
HARDEST = 50  # LIX of a Danish short answer
GUIDE_CHOICE_LIMIT = 34  # of a choice of the guide: a phone shows so much of a button
TEXT_LIMITS = {"title": TITLE_LIMIT, "short": 600, "more": 1800, "example": 700, "do_now": 250}

_MARKDOWN = MarkdownIt("zero").enable(["emphasis", "link", "list", "escape", "newline"]).disable("text_join", True)
_VALUE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_CONTROL = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_RUN_TOGETHER = re.compile(r"- .* - (?!(?s:.*)\n *- )")
_LINK = "A link is written [label](https://…), with no blank between ] and (."
_FOREIGN = (
    (re.compile(r"!\["), "A picture can't stand in a text.", "Remove it, or link to it: [label](https://…)."),
    (re.compile(r"\](\(|\s+\((https?:|www\.))"), "A link here is broken.", _LINK),
    (re.compile(r"\]\["), "A link here has no address.", _LINK),
    (re.compile(r"\*\*|__"), "A ** or __ here isn't closed.", "Bold is **bold**, with no blank within the stars."),
    (re.compile(r"(?<![\w_])_\w|\w_(?![\w_])"), "A _ here isn't closed.", "Write _emphasis_, with no blank within."),
    (re.compile(r"(?m)^#{1,6}\s"), "Headings can't stand in a text.", "Write it in **bold** instead."),
    (re.compile(r"</?[A-Za-z][^<>\n]*>"), "HTML can't stand in a text.", "Use **bold**, _emphasis_ and [label](https://…)."),
    (re.compile(r"`"), "Code marks (`) can't stand in a text.", "Use **bold** or quotation marks."),
    (re.compile(r"(?m)^\s*\|.*\|\s*$"), "Tables can't stand in a text.", "Write a list instead."),
    (re.compile(r"(?m)^[*+•]\s"), "A list here isn't written with hyphens.", "Begin each entry with `- `."),
    (re.compile(r"(?m)^>\s"), "Quotes with > can't stand in a text.", "Write it in _emphasis_ instead."),
)  # fmt: skip


_ITEM_LIMITS = {"question": 180, "label": 48, "why": 320, "help": 480, "action": 240, "another": 100, "entry": 24}
_CHOICE_LIMIT = 40  # a phone shows some 34 characters of a button


def check_prose(pieces: Pieces) -> Iterator[Fault]:
    """Every text that is too long, or holds markup that no door shows."""
    for piece in pieces:
        texts = list(_texts(piece))
        for place, text in texts:
            yield from (piece.fault(place, *found) for found in markup_faults(text))
        yield from check_course_prose(piece)
        for place, text, limit in _limited(piece):
            if len(text) > limit:
                problem = f"`{place[-1]}` has {len(text)} characters; {limit} is the most."
                yield piece.fault(place, problem, f"Shorten it by {len(text) - limit}.")
        if piece.kind == "topic" and (found := lix(piece.value.da.short)) > HARDEST:
            problem = f"`short` is hard to read: its LIX is {found:.0f}; {HARDEST} is the most."
            yield piece.fault(("da", "short"), problem, "Use shorter sentences and fewer long words.")
    for language in LANGUAGES:
        yield from _titled_alike(pieces["topic"].values(), language)


def _titled_alike(topics: Iterable[Piece], language: str) -> Iterator[Fault]:
    """Titles that two topics have: they are buttons that nobody could tell apart."""
    owners: dict[str, Piece] = {}
    for piece in sorted(topics, key=lambda piece: piece.overlaid):
        title = piece.value.text(language).title
        owner = owners.setdefault(" ".join(title.casefold().split()), piece)
        if owner is not piece:
            problem = f'The topic "{owner.id}" has the title "{title}" already.'
            yield piece.fault((language, "title"), problem, "Give it another one.")


def markup_faults(text: str) -> Iterator[tuple[str, str]]:
    """What is wrong with the markup of a text: problem and mend."""
    left, addresses, lists = _leftover(_CONTROL.sub("", _VALUE.sub("x", text)))
    for form, problem, mend in _FOREIGN:
        if form.search(left):
            yield problem, mend
    if _RUN_TOGETHER.match(text):
        yield "A list here has run together.", "Write `|` instead of `>-` before it."
    if "*" in lists or "+" in lists:
        yield "A list here isn't written with hyphens.", "Begin each entry with `- `."
    for address in addresses:
        if not re.match(r"https?://\S+\.\S|x$", address):
            yield f"A link goes to `{address}`, which isn't a web address.", "Begin it with https://."


def _leftover(text: str) -> tuple[str, list[str], set[str]]:
    """What remains as text once markup is read, the addresses of links, and the marks of lists."""
    left, addresses, marks = [], [], set()
    for token in _MARKDOWN.parse(text):
        if token.type == "list_item_open":
            marks.add(token.markup)
        for child in token.children or ():
            if child.type == "text_special":
                left.append("\u00b7")  # escaped: meant literally
            elif child.type == "link_open":
                addresses.append(str(child.attrs.get("href", "")))
                left.append("[" if left and left[-1].endswith("!") else "")
            elif child.type == "text":
                left.append(child.content)
            else:
                left.append("\n" if child.type.endswith("break") else "")
        if token.type == "inline":
            left.append("\n")
    return "".join(left), addresses, marks


def _texts(piece: Piece) -> Iterator[tuple[Place, str]]:
    """The texts of a piece that people read, and where they stand."""
    if piece.kind == "document":
        yield from ((place, text) for place, text in document_templates(piece.value) if place[0] != "file_name")
    elif piece.kind != "source":
        yield from _below_languages(piece.value.dict(), ())


def _below_languages(value: Any, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _below_languages(part, (*place, key))
    elif isinstance(value, (list, tuple)):
        for number, part in enumerate(value):
            yield from _below_languages(part, (*place, number))
    elif isinstance(value, str) and any(step in LANGUAGES for step in place):
        yield place, value


def _limited(piece: Piece) -> Iterator[tuple[Place, str, int]]:
    yield from course_limits(piece)
    for language in LANGUAGES:
        if piece.kind == "topic":
            text = piece.value.text(language)
            yield from (((language, key), getattr(text, key) or "", limit) for key, limit in TEXT_LIMITS.items())
        if piece.kind == "checklist":
            yield (language, "title"), piece.value.text(language).title, TITLE_LIMIT
            yield from _limited_items(piece.value, language)
        if piece.kind == "question":
            for number, choice in enumerate(piece.value.choices):
                yield ("choices", number, language), choice[language], GUIDE_CHOICE_LIMIT


def _limited_items(checklist: Checklist, language: str) -> Iterator[tuple[Place, str, int]]:
    for name, choices in checklist.scales.items():
        yield from _limited_choices(choices, ("scales", name), language)
    for number, section in enumerate(checklist.sections):
        for place, item in enumerate(section.items):
            yield from _limited_item(item, ("sections", number, "items", place), language)


def _limited_item(item: Item, place: Place, language: str) -> Iterator[tuple[Place, str, int]]:
    text = item.text(language)
    yield from (((*place, language, key), getattr(text, key) or "", limit) for key, limit in _ITEM_LIMITS.items())
    yield from _limited_choices(item.choices, (*place, "choices"), language)
    for number, field in enumerate(item.fields):
        yield from _limited_item(field, (*place, "fields", number), language)


def _limited_choices(choices: Iterable[Choice], place: Place, language: str) -> Iterator[tuple[Place, str, int]]:
    yield from (((*place, n, language), getattr(one, language), _CHOICE_LIMIT) for n, one in enumerate(choices))
