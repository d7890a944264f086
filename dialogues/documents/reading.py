"""A document to be read in a chat: the whole of it in light markup, or as much as fits a message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dialogues.documents.model import Block, Bullets, Document, Numbered, Paragraph, Picture, Span, Spans, Table, plain
from knowledge.templates import Trusted, escape


def paragraphs(document: Document) -> Iterator[Trusted]:
    """The document from title to end, paragraph by paragraph. A gap is bold, in the brackets that it has on paper."""
    yield Trusted(f"**{escape(document.title)}**")
    if document.subtitle:
        yield Trusted(f"_{escape(document.subtitle)}_")
    yield from (_block(block) for block in document.lead if not isinstance(block, Picture))
    for heading, section in zip(document.headings(), document.sections, strict=True):
        yield Trusted(f"**{escape(heading)}**")
        yield from (_block(block) for block in section.blocks if not isinstance(block, Picture))


def cut(told: Sequence[Trusted], longest: int) -> tuple[list[Trusted], bool]:
    """The paragraphs that fit in `longest` characters, and whether any were left out. A heading isn't left alone."""
    kept: list[Trusted] = []
    room = longest
    for paragraph in told:
        room -= len(paragraph) + 2
        if room < 0 and kept:
            break
        kept.append(paragraph)
    whole = len(kept) == len(told)
    while not whole and len(kept) > 1 and _is_heading(kept[-1]):
        kept.pop()
    return kept, not whole


def _is_heading(paragraph: str) -> bool:
    return "\n" not in paragraph and paragraph.startswith("**") and paragraph.find("**", 2) == len(paragraph) - 2


def _block(block: Block) -> Trusted:
    if isinstance(block, Paragraph):
        return _line(block.spans)
    if isinstance(block, Bullets | Numbered):
        signs = (f"{place}." if isinstance(block, Numbered) else "-" for place in range(1, len(block.items) + 1))
        return Trusted("\n".join(f"{sign} {_one_line(item)}" for sign, item in zip(signs, block.items, strict=True)))
    if isinstance(block, Table):
        return Trusted("\n".join(f"- {row}" for row in map(_row, block.rows) if row))
    return escape(block.caption)


def _row(cells: Sequence[Spans]) -> str:
    """A table's row on one line: what it is about, and what is said of it."""
    told = [cell for cell in cells if plain(cell).strip()]
    if not told:
        return ""
    first, *others = told
    about = _one_line(tuple(replace(span, bold=True) for span in first))
    return f"{about}: {' · '.join(map(_one_line, others))}" if others else about


def _one_line(spans: Spans) -> Trusted:
    return _line(tuple(replace(span, text=" ".join(span.text.split("\n"))) for span in spans))


def _line(spans: Spans) -> Trusted:
    joined = list(_joined(spans))
    texts = ["", *(span.text for span in joined), ""]
    return Trusted("".join(_span(span, texts[at], texts[at + 2]) for at, span in enumerate(joined)))


def _joined(spans: Spans) -> Iterator[Span]:
    """Neighbours of one style as one: marks that touch would be read as text."""
    before: Span | None = None
    for span in spans:
        if before and replace(before, text="") == replace(span, text=""):
            before = replace(before, text=before.text + span.text)
            continue
        if before:
            yield before
        before = span
    if before:
        yield before


def _span(span: Span, before: str, after: str) -> str:
    """A span with its marks: blanks at its ends stay outside of them, and within a word there are none."""
    inner = span.text.strip()
    if not inner:
        return span.text
    start = span.text[: len(span.text) - len(span.text.lstrip())]
    end = span.text[len(span.text.rstrip()) :]
    mark = "**" if span.bold or span.gap else "_" if span.italic else ""
    if (not start and before[-1:].isalnum()) or (not end and after[:1].isalnum()):
        mark = ""
    told = f"{mark}{escape(inner)}{mark}"
    return f"{start}{f'[{told}]({span.link})' if span.link else told}{end}"
