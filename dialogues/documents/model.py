"""A document as data: what it says, free of any file format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

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

    @property
    def introduces(self) -> bool:
        """Whether it leads on to what follows, and must not be parted from it by a page break."""
        return plain(self.spans).rstrip().endswith(":")


@dataclass(frozen=True)
class Bullets:
    items: tuple[Spans, ...]


@dataclass(frozen=True)
class Numbered:
    items: tuple[Spans, ...]


@dataclass(frozen=True)
class Table:
    """Rows below a header, each as long as `header`; `widths` holds a share for each column.

    The rows of a `tall` table leave room to write by hand.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[Spans, ...], ...]
    widths: tuple[int, ...]
    tall: bool = False


Block = Paragraph | Bullets | Numbered | Table


@dataclass(frozen=True)
class Section:
    """A heading with what stands below it. `notes` are for those who work on the draft, not for its readers."""

    heading: str
    blocks: tuple[Block, ...]
    notes: tuple[Spans, ...] = ()


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
    note: str  # the label above a note
    author: str  # who signs the notes


@dataclass(frozen=True)
class Document:
    """Everything that a file is written from.

    `stem` is the name of the file without date and ending; `numbered` says whether headings carry numbers;
    `version` names the content that the texts came from; `next_step` is for the chat, once nothing is missing.
    """

    title: str
    language: str
    today: date
    subtitle: str
    date_line: str
    footer: str
    stem: str
    next_step: str
    version: str
    words: Words
    sections: tuple[Section, ...]
    lead: tuple[Block, ...] = ()  # before the first heading
    notes: tuple[Spans, ...] = ()
    gaps: tuple[Gap, ...] = ()
    numbered: bool = True
    template: str = "makker.docx"

    def without_notes(self) -> Document:
        """The document as it may go to others: without the notes for those who work on it."""
        return replace(self, notes=(), sections=tuple(replace(section, notes=()) for section in self.sections))

    def headings(self) -> tuple[str, ...]:
        """The headings as a reader sees them, with their numbers."""
        if not self.numbered:
            return tuple(section.heading for section in self.sections)
        return tuple(f"{number}. {section.heading}" for number, section in enumerate(self.sections, 1))


def plain(spans: Spans) -> str:
    """The text of the spans without their style."""
    return "".join(span.text for span in spans)
