"""A document as a PDF: tagged, so that a screen reader reads it in order, and the same text as the Word file.

The notes stand together on a last page of their own, which can be left out when the document goes to others.

The page is designed in `document.typ`, which gets the document as JSON: no text of a user is ever typst's source.
"""

from __future__ import annotations

import json
from itertools import zip_longest
from pathlib import Path
from typing import Any

from dialogues.documents import pictures, slots, typesetter
from dialogues.documents.model import (
    Block,
    Bullets,
    Document,
    Numbered,
    Paragraph,
    Picture,
    Spans,
    introduces,
    is_short,
)

MIME = "application/pdf"
_TEMPLATE = Path(__file__).with_name("document.typ")


class PdfError(RuntimeError):
    """The PDF could not be set; the message is the typesetter's."""


def write(document: Document, design: Path = _TEMPLATE) -> bytes:
    """The document as the bytes of a PDF that keeps to PDF/UA-1 where its fonts can show it.

    Raises PdfError for a design that is broken.
    """
    try:
        return typesetter.run(design, json.dumps(_data(document)), document.today)
    except typesetter.TypesettingError as error:
        raise PdfError(str(error)) from error


def _data(document: Document) -> dict[str, Any]:
    region = {"da": "dk", "en": "gb"}[document.language]
    words = document.words
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "date_line": document.date_line,
        "origin": document.origin,
        "version": document.version,
        "language": document.language,
        "region": region,
        "author": words.author,
        "numbered": document.numbered,
        "compact": document.compact,
        "words": {"page": words.page, "of": words.of, "notes_title": words.notes_title, "notes_page": words.notes_page},
        "lead": _blocks(document.lead),
        "sections": [
            {
                "heading": section.heading,
                "signed": section.signed,
                "blocks": _blocks(section.blocks),
            }
            for section in document.sections
        ],
        "notes": _notes(document) if document.notes_in_pdf else [],
    }


def _notes(document: Document) -> list[dict[str, Any]]:
    """The notes in the order of the text, each with the heading that it is about."""
    notes: list[tuple[str, Spans]] = [("", note) for note in document.notes]
    for heading, section in zip(document.headings(), document.sections, strict=True):
        notes += [(heading, note) for note in section.notes]
    return [{"heading": _ended(heading), "spans": _spans(note)} for heading, note in notes]


def _ended(heading: str) -> str:
    """The heading as a sentence of its own."""
    return heading if not heading or heading.endswith((".", "?", "!", "…")) else f"{heading}."


def _blocks(blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
    pairs = zip_longest(blocks, blocks[1:])
    return [{**_block(block), "introduces": introduces(block, following)} for block, following in pairs]


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "spans": _spans(block.spans)}
    if isinstance(block, (Bullets, Numbered)):
        kind = "bullets" if isinstance(block, Bullets) else "numbered"
        return {"kind": kind, "items": [_spans(item) for item in block.items], "short": is_short(block)}
    if isinstance(block, Picture):
        return {"kind": "picture", "picture": pictures.to_data(block.content), "caption": slots.clean(block.caption)}
    return {
        "kind": "table",
        "header": block.header,
        "rows": [[_spans(cell) for cell in row] for row in block.rows],
        "widths": block.widths,
        "tall": block.tall,
    }


def _spans(spans: Spans) -> list[dict[str, Any]]:
    return [
        {"text": span.text, "bold": span.bold, "italic": span.italic, "link": span.link, "gap": span.gap}
        for span in spans
    ]
