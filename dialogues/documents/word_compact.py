"""Sets a short paper in Word closer than an agreement: it should lie on the table as one sheet where it can.

All is relative to the template, so that a library's own template keeps its look.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Length, Pt

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.section import Section

SIDES, TOP = 0.82, 0.76  # of the template's margins
BETWEEN = 0.6  # of its spacing between paragraphs
LINES = 1.05  # at most, between lines
LARGE, SMALLER = Pt(12), 0.86  # headings above that size become smaller
SMALLEST = Pt(9.5)  # other texts lose half a point, down to this


def tighten(word: WordDocument) -> None:
    """Narrows the margins of `word`, and the room in and between its paragraphs."""
    for section in word.sections:
        _widen(section)
    for style in word.styles:
        if style.type != WD_STYLE_TYPE.PARAGRAPH:
            continue
        layout, size = style.paragraph_format, style.font.size
        for side in ("space_before", "space_after"):
            room = getattr(layout, side)
            if room:
                setattr(layout, side, Length(int(room * BETWEEN)))
        if isinstance(layout.line_spacing, float):
            layout.line_spacing = min(layout.line_spacing, LINES)
        if size and size > LARGE:
            style.font.size = Pt(round(size.pt * SMALLER * 2) / 2)
        elif size and size > SMALLEST:
            style.font.size = Length(max(size - Pt(0.5), SMALLEST))


def _widen(section: Section) -> None:
    before = _text_width(section)
    for side, share in (("left", SIDES), ("right", SIDES), ("top", TOP), ("bottom", TOP)):
        margin = getattr(section, f"{side}_margin") or 0
        setattr(section, f"{side}_margin", Length(int(margin * share)))
    wider = _text_width(section) - before
    for foot in (section.footer, section.first_page_footer, section.header, section.first_page_header):
        for paragraph in foot.paragraphs:
            for stop in paragraph.paragraph_format.tab_stops:
                if stop.alignment == WD_TAB_ALIGNMENT.RIGHT:
                    stop.position = Length(stop.position + wider)


def _text_width(section: Section) -> int:
    return (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
