"""A document as data: what it says, free of any file format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from dialogues.documents import pictures

Say = Callable[..., str]
"""`say(language, key, **values)` gives a text of the project's own, in light markup; see `Knowledge.say`."""


@dataclass(frozen=True)
class Span:
    """A run of text in one style. A line break within is `\\n`; a `gap` is still to be filled in."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str | None = None
    gap: bool = False


Spans = tuple[Span, ...]


@dataclass(frozen=True)
class Paragraph:
    spans: Spans


@dataclass(frozen=True)
class Bullets:
    items: tuple[Spans, ...]


@dataclass(frozen=True)
class Numbered:
    items: tuple[Spans, ...]


@dataclass(frozen=True)
class Table:
    """Rows below a header, each as long as `header`; `widths` holds a share for each column.

    The rows of a `tall` table, one in which people sign, leave room to write by hand.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[Spans, ...], ...]
    widths: tuple[int, ...]
    tall: bool = False


@dataclass(frozen=True)
class Picture:
    """A picture of results with its caption. Its `alt` is what a screen reader says in its place."""

    content: pictures.Content
    caption: str


_SHORT_LIST, _SHORT_TEXT = 8, 600  # lines, and characters

Block = Paragraph | Bullets | Numbered | Table | Picture


def introduces(block: Block, following: Block | None) -> bool:
    """Whether the block leads on to the one that follows, and must not be parted from it by a page break."""
    if not isinstance(block, Paragraph) or following is None:
        return False
    return isinstance(following, Bullets | Numbered | Table | Picture) or plain(block.spans).rstrip().endswith(":")


def is_short(block: Block) -> bool:
    """Whether it is a list so short that no page break should part it."""
    if not isinstance(block, Bullets | Numbered):
        return False
    return len(block.items) <= _SHORT_LIST and sum(len(plain(item)) for item in block.items) <= _SHORT_TEXT


@dataclass(frozen=True)
class Section:
    """A heading with what stands below it. `notes` are for those who work on the draft, not for its readers."""

    heading: str
    blocks: tuple[Block, ...]
    notes: tuple[Spans, ...] = ()

    @property
    def signed(self) -> bool:
        """Whether people sign in it: what they sign below then stays on the page with the place to sign."""
        return any(isinstance(block, Table) and block.tall for block in self.blocks)


@dataclass(frozen=True)
class Gap:
    """What is still to be filled in. `item` is the question whose answer is missing."""

    item: str
    label: str


@dataclass(frozen=True)
class Words:
    """The few words that a file's furniture needs, in the document's language."""

    page: str
    of: str
    note: str  # the label of a note that stands beside the text
    author: str  # who signs the notes
    notes_title: str  # the heading of the notes' own page
    notes_page: str  # that this page is no part of the document
    notes_comments: str  # that the comments are no part of it


@dataclass(frozen=True)
class Document:
    """Everything that a file is written from.

    `stem` is the name of the file without date and ending; `numbered` says whether headings carry numbers;
    `version` names the content that the texts came from, and `origin` says so in words: both are for the file's
    properties, not for its pages; `edition` counts how often it has been made anew; `next_step` is for the chat, once
    nothing is missing.
    """

    title: str
    language: str
    today: date
    subtitle: str
    date_line: str
    stem: str
    next_step: str
    version: str
    origin: str
    words: Words
    sections: tuple[Section, ...]
    lead: tuple[Block, ...] = ()  # before the first heading
    notes: tuple[Spans, ...] = ()
    gaps: tuple[Gap, ...] = ()
    edition: int = 1
    numbered: bool = True
    notes_in_pdf: bool = True
    template: str = "makker.docx"

    @property
    def compact(self) -> bool:
        """Whether it is set closely, so that it takes as few sheets as it can: papers without numbered clauses are."""
        return not self.numbered

    def has_notes(self) -> bool:
        """Whether it holds notes for those who work on it."""
        return bool(self.notes) or any(section.notes for section in self.sections)

    def headings(self) -> tuple[str, ...]:
        """The headings as a reader sees them, with their numbers."""
        if not self.numbered:
            return tuple(section.heading for section in self.sections)
        return tuple(f"{number}. {section.heading}" for number, section in enumerate(self.sections, 1))


def in_words(blocks: tuple[Block, ...]) -> str:
    """The text of blocks in one line, for a place where no blocks can stand."""
    told: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            told.append(plain(block.spans))
        elif isinstance(block, Bullets | Numbered):
            told += [plain(item) for item in block.items]
        elif isinstance(block, Table):
            told += [", ".join(filter(None, map(plain, row))) for row in block.rows]
    return "; ".join(told)


def plain(spans: Spans) -> str:
    """The text of the spans without their style."""
    return "".join(span.text for span in spans)
