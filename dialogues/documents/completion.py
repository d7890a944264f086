"""The sheet that says that somebody has done the course, as a tagged PDF of one page.

The page is designed in `completion.typ`, which gets the sheet as JSON: no text of a user is ever typst's source.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from dialogues.documents import typesetter
from dialogues.documents.pdf import MIME, PdfError

__all__ = ["MIME", "Completion", "Fact", "Furniture", "PdfError", "write"]

_DESIGN = Path(__file__).with_name("completion.typ")
_REGIONS = {"da": "dk", "en": "gb"}

Fact = tuple[str, str]
"""A figure and what it counts: "8", "lessons"."""


@dataclass(frozen=True)
class Furniture:
    """The headings of the sheet, and of its columns."""

    lessons: str
    scenes: str
    lesson: str
    day: str


@dataclass(frozen=True)
class Completion:
    """All that the sheet says, in its language and as plain text. What was right or wrong is no part of it.

    `file_title`, `author`, `origin` and `version` are for the file's properties, not for its page.
    """

    language: str
    finished: date
    title: str
    name: str
    completed: tuple[str, ...]  # the sentence below the name, in lines: what was completed, on which day
    facts: tuple[Fact, ...]
    lessons: tuple[tuple[str, str], ...]  # title and day
    scenes: tuple[str, ...]
    about: tuple[str, ...]  # what the course is, in paragraphs
    words: Furniture
    file_title: str
    author: str
    origin: str
    version: str
    stem: str  # the name of the file without date and ending


def write(sheet: Completion) -> bytes:
    """The sheet as the bytes of a PDF that keeps to PDF/UA-1 where its fonts can show it, dated the day on which the
    course was finished.

    Raises PdfError where the typesetter fails.
    """
    data = {**asdict(sheet), "finished": sheet.finished.isoformat(), "region": _REGIONS[sheet.language]}
    try:
        return typesetter.run(_DESIGN, json.dumps(data), sheet.finished)
    except typesetter.TypesettingError as error:
        raise PdfError(str(error)) from error
