"""What python-docx has no words for: a handful of touches to a Word file's XML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table, _Row
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run


def _element(tag: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement  # late, like all of python-docx
    from docx.oxml.ns import qn

    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _name(tag: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(tag))


def remove(element: Any) -> None:
    """Takes an element out of the document."""
    element.getparent().remove(element)


def set_language(word: WordDocument, locale: str) -> None:
    """Makes `locale` the language of all text that names no other."""
    for language in word.styles.element.iter(_name("w:lang")):
        language.set(_name("w:val"), locale)


def link(paragraph: Paragraph, run: Run, address: str) -> None:
    """Turns the run, the last of its paragraph, into a link."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    hyperlink = _element("w:hyperlink", history="1")
    hyperlink.set(_name("r:id"), relation)
    run._r.addprevious(hyperlink)
    hyperlink.append(run._r)


def unnumber(paragraph: Paragraph) -> None:
    """Takes the number off a paragraph whose style has one, and the room that it took."""
    number(paragraph, 0)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.first_line_indent = 0


def number(paragraph: Paragraph, list_number: int | None) -> None:
    """Puts the paragraph into the list of that number; does nothing for None."""
    if list_number is not None:
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = list_number


def fresh_list(word: WordDocument, style: Any) -> int | None:
    """A new list in the form that the style has, beginning at 1; None if the style has no numbers."""
    found = style.element.find(f".//{_name('w:numId')}") if style is not None else None
    if found is None:
        return None
    numbering = word.part.numbering_part.element
    form = next((num.abstractNumId.val for num in numbering.num_lst if num.numId == found.val), None)
    if form is None:
        return None
    fresh = numbering.add_num(form)
    fresh.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(fresh.numId)


def lay_out(table: Table, widths: list[int]) -> None:
    """Fixes the columns' widths, so that the table can't outgrow the page, and marks the first row as header."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))
    look = table._tbl.tblPr.find(_name("w:tblLook"))
    if look is not None:
        remove(look)
    table._tbl.tblPr.append(_element("w:tblLook", val="0020", firstRow="1", noHBand="1", noVBand="1"))


def keep_whole(row: _Row) -> None:
    """Keeps the row from breaking over two pages."""
    row._tr.get_or_add_trPr().append(_element("w:cantSplit"))


def set_height(row: _Row, centimetres: float) -> None:
    """Gives the row at least that height, and puts its text in the middle of it."""
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
    from docx.shared import Cm

    row.height, row.height_rule = Cm(centimetres), WD_ROW_HEIGHT_RULE.AT_LEAST
    for cell in row.cells:
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
