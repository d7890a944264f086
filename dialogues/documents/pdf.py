"""A document as a PDF: tagged, so that a screen reader reads it in order, and the same text as the Word file.

The page is designed in `document.typ`, which gets the document as JSON: no text of a user is ever typst's source.
"""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from dialogues.documents.model import Block, Bullets, Document, Numbered, Paragraph, Spans

MIME = "application/pdf"
_TEMPLATE = Path(__file__).with_name("document.typ")


def write(document: Document, design: Path = _TEMPLATE) -> bytes:
    """The document as the bytes of a PDF that keeps to PDF/UA-1.

    Where that cannot be had (a script that no font at hand can show), it is an ordinary tagged PDF.
    Raises typst.TypstError for a design that is broken.
    """
    import typst  # a big library: only who asks for a PDF pays for it

    options: dict[str, Any] = {
        "format": "pdf",
        "sys_inputs": {"document": json.dumps(_data(document))},
        "timestamp": datetime(document.today.year, document.today.month, document.today.day, tzinfo=timezone.utc),
    }
    source = design.read_bytes()
    try:
        return bytes(typst.compile(source, pdf_standards=["ua-1"], **options))
    except typst.TypstError:
        return bytes(typst.compile(source, **options))


def _data(document: Document) -> dict[str, Any]:
    region = {"da": "dk", "en": "gb"}[document.language]
    words = document.words
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "date_line": document.date_line,
        "footer": document.footer,
        "language": document.language,
        "region": region,
        "author": words.author,
        "numbered": document.numbered,
        "words": {"page": words.page, "of": words.of, "note": words.note},
        "notes": [_spans(note) for note in document.notes],
        "lead": [_block(block) for block in document.lead],
        "sections": [
            {
                "heading": section.heading,
                "blocks": [_block(block) for block in section.blocks],
                "notes": [_spans(note) for note in section.notes],
            }
            for section in document.sections
        ],
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "spans": _spans(block.spans), "introduces": block.introduces}
    if isinstance(block, (Bullets, Numbered)):
        kind = "bullets" if isinstance(block, Bullets) else "numbered"
        return {"kind": kind, "items": [_spans(item) for item in block.items]}
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
