"""A document as a Word file, over a template that a library can restyle.

The template holds the title, the furniture and the styles; `{{ body }}` in it is where the sections go. A style
that a restyled template lacks is passed over. Notes become Word comments, so that they don't go out with the text.
"""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from dialogues.documents import pictures, slots, word_xml
from dialogues.documents.model import (
    Block,
    Bullets,
    Document,
    Numbered,
    Paragraph,
    Picture,
    Section,
    Span,
    Spans,
    Table,
    introduces,
    is_short,
)

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table as WordTable
    from docx.table import _Row
    from docx.text.paragraph import Paragraph as WordParagraph

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LOCALES = {"da": "da-DK", "en": "en-GB"}
_PICTURE_WIDTH, _COMPACT_PICTURE, _PICTURE_HEIGHT = 15, 12.5, 20  # centimetres, at most
_PICTURE_PIXELS = 1700  # some 290 to the inch at that width
_BODY = "\ue000body\ue001"  # stands for {{ body }} until the sections take its place; `clean` keeps it out of texts


def write(document: Document, template: Path) -> bytes:
    """The document as the bytes of a Word file.

    Raises jinja2.TemplateError for a template that uses names other than those of `makker.docx`, and what
    python-docx raises for a file that is no Word file.
    """
    # late, like all of python-docx: who asks for no document doesn't wait for it to be imported
    from docxtpl import DocxTemplate

    from dialogues.documents import word_compact

    tpl = DocxTemplate(template)
    tpl.init_docx()
    if document.compact:
        word_compact.tighten(tpl.docx)
    strict = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    tpl.render(_furniture(document), jinja_env=strict)
    word = tpl.docx
    _Writer(word, document).write()
    _set_properties(word, document)
    file = BytesIO()
    tpl.save(file)
    return file.getvalue()


def _furniture(document: Document) -> dict[str, str]:
    words = document.words
    texts = {
        "title": document.title,
        "subtitle": document.subtitle,
        "date_line": document.date_line,
    }
    one_line = {name: re.sub(r"\s+", " ", text) for name, text in texts.items()}
    return {**one_line, "page": words.page, "of": words.of, "body": _BODY}


def _set_properties(word: WordDocument, document: Document) -> None:
    properties = word.core_properties
    properties.title, properties.language = document.title[:255], LOCALES[document.language]
    properties.author = properties.last_modified_by = document.words.author
    properties.version, properties.comments = document.version[:255], document.origin[:255]
    properties.revision = 1
    properties.created = properties.modified = datetime(document.today.year, document.today.month, document.today.day)
    word_xml.set_language(word, LOCALES[document.language])


class _Writer:
    """Writes the sections of one document in place of the body mark."""

    def __init__(self, word: WordDocument, document: Document) -> None:
        self._word, self._document = word, document
        self._mark = next((p for p in word.paragraphs if _BODY in p.text), None)
        self._written: list[WordParagraph] = []  # in the order of the text, with those in tables

    def write(self) -> None:
        self._comment_on_title()
        self._blocks(self._document.lead)
        for section in self._document.sections:
            self._section(section)
        written = [block for section in self._document.sections for block in section.blocks]
        if written and isinstance(written[-1], Table):
            self._paragraph(()).paragraph_format.space_after = 0  # Word wants one after a table
        if self._mark is not None:
            word_xml.remove(self._mark._p)

    def _comment_on_title(self) -> None:
        title = next((p for p in self._word.paragraphs if p.style and p.style.name == "Title"), None)
        if self._document.has_notes():
            self._comment(title, (Span(self._document.words.notes_comments),))
        for note in self._document.notes:
            self._comment(title, self._labelled(note))

    def _section(self, section: Section) -> None:
        heading = self._paragraph((Span(section.heading),), "Heading 1")
        if not self._document.numbered:
            word_xml.unnumber(heading)
        for note in section.notes:
            self._comment(heading, self._labelled(note))
        self._blocks(section.blocks, together=section.signed)

    def _labelled(self, note: Spans) -> Spans:
        return Span(f"{self._document.words.note}: ", bold=True), *note

    def _comment(self, paragraph: WordParagraph | None, note: Spans) -> None:
        if paragraph is None or not paragraph.runs:
            return
        author = self._document.words.author
        comment = self._word.add_comment(paragraph.runs, author=author, initials=author[:1])
        self._runs(comment.paragraphs[0], note, links=False)

    def _blocks(self, blocks: tuple[Block, ...], together: bool = False) -> None:
        first = len(self._written)
        for block, following in zip_longest(blocks, blocks[1:]):
            begun = len(self._written)
            self._block(block)
            for paragraph in self._written[begun:-1] if is_short(block) else ():
                paragraph.paragraph_format.keep_with_next = True
            if introduces(block, following):
                self._written[-1].paragraph_format.keep_with_next = True
            if isinstance(block, Table) and following:
                self._paragraph(())
        for paragraph in self._written[first:-1] if together else ():
            paragraph.paragraph_format.keep_with_next = True

    def _block(self, block: Block) -> None:
        if isinstance(block, Paragraph):
            self._paragraph(block.spans)
        elif isinstance(block, Bullets):
            for item in block.items:
                self._paragraph(item, "List Bullet")
        elif isinstance(block, Numbered):
            number = word_xml.fresh_list(self._word, self._style("List Number"))
            for item in block.items:
                word_xml.number(self._paragraph(item, "List Number"), number)
        elif isinstance(block, Picture):
            self._picture(block)
        else:
            self._table(block)

    def _style(self, name: str) -> Any:
        return self._word.styles[name] if name in self._word.styles else None  # noqa: SIM401, it has no `get`

    def _place(self, element: Any) -> None:
        if self._mark is not None:
            self._mark._p.addprevious(element)

    def _paragraph(self, spans: Spans, style: str = "Normal") -> WordParagraph:
        paragraph = self._word.add_paragraph(style=self._style(style))
        self._runs(paragraph, spans)
        self._place(paragraph._p)
        self._written.append(paragraph)
        return paragraph

    def _runs(self, paragraph: WordParagraph, spans: Spans, links: bool = True) -> None:
        from docx.enum.text import WD_COLOR_INDEX

        for span in spans:
            run = paragraph.add_run(span.text)
            run.bold, run.italic = span.bold or None, span.italic or None
            if span.gap:
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW
            if span.link and links:
                run.style = self._style("Hyperlink")
                word_xml.link(paragraph, run, span.link)

    def _picture(self, picture: Picture) -> None:
        from docx.shared import Cm

        width = _COMPACT_PICTURE if self._document.compact else _PICTURE_WIDTH
        drawn = pictures.png(
            picture.content, width_px=_PICTURE_PIXELS, width_cm=width, language=self._document.language
        )
        paragraph = self._paragraph(())
        shape = paragraph.add_run().add_picture(BytesIO(drawn), width=min(self._text_width(), Cm(width)))
        if shape.height > Cm(_PICTURE_HEIGHT):
            shape.width, shape.height = shape.width * Cm(_PICTURE_HEIGHT) // shape.height, Cm(_PICTURE_HEIGHT)
        shape._inline.docPr.set("descr", slots.clean(picture.content.alt))
        if picture.caption:
            paragraph.paragraph_format.keep_with_next = True
            self._paragraph((Span(slots.clean(picture.caption), italic=True),), "Caption")

    def _text_width(self) -> int:
        section = self._word.sections[0]
        return (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)

    def _table(self, table: Table) -> None:
        word_table = self._word.add_table(0, len(table.header), self._style("Makker Table"))
        self._row(word_table, tuple((Span(text),) for text in table.header), "Makker Column")
        for cells in table.rows:
            row = self._row(word_table, cells, "Makker Cell")
            if table.tall:
                word_xml.set_height(row, centimetres=1.7)
        width = self._text_width()
        word_xml.lay_out(word_table, [width * share // sum(table.widths) for share in table.widths])
        self._place(word_table._tbl)

    def _row(self, table: WordTable, texts: tuple[Spans, ...], style: str) -> _Row:
        row = table.add_row()
        for cell, spans in zip(row.cells, texts, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.style = self._style(style)
            self._runs(paragraph, spans)
            self._written.append(paragraph)
        word_xml.keep_whole(row)
        return row
