"""Makes the Word template `makker.docx`: `python -m dialogues.documents.word_template`.

The template is an ordinary Word file that a library may restyle by hand: fonts, colours, a logo in the header.
What it needs to keep are the names of its styles and the words in double braces. This script is how the one in
the repository came to be, so that a change to it can be read.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from knowledge.loader import CONTENT

FONT = "Calibri"
WIDTH, SIDE = Cm(21), Cm(2.7)  # of the page, and of its margins
INK, ACCENT, GREY = RGBColor(0x1F, 0x23, 0x28), RGBColor(0x12, 0x4E, 0x5C), RGBColor(0x5A, 0x63, 0x6B)
_KEPT_STYLES = {
    "Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "List Bullet", "List Number", "Header",
    "Footer", "Default Paragraph Font", "Normal Table", "No List", "Table Grid",
}  # fmt: skip

_DROPPED_PARTS = {"stylesWithEffects", "thumbnail", "customXml"}  # of python-docx's own template: nothing needs them

_NUMBERING = f"""
<w:numbering {nsdecls("w")}>
  <w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>
    <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading1"/>
      <w:lvlText w:val="%1."/><w:lvlJc w:val="left"/>
      <w:pPr><w:tabs><w:tab w:val="num" w:pos="510"/></w:tabs><w:ind w:left="510" w:hanging="510"/></w:pPr></w:lvl>
  </w:abstractNum>
  <w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="hybridMultilevel"/>
    <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/>
      <w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="454" w:hanging="284"/></w:pPr></w:lvl>
  </w:abstractNum>
  <w:abstractNum w:abstractNumId="2"><w:multiLevelType w:val="hybridMultilevel"/>
    <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="ListNumber"/>
      <w:lvlText w:val="%1."/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="567" w:hanging="397"/></w:pPr></w:lvl>
  </w:abstractNum>
  <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
  <w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
  <w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
</w:numbering>"""

_TABLE_STYLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="MakkerTable">
  <w:name w:val="Makker Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>
  <w:pPr><w:spacing w:before="40" w:after="40" w:line="252" w:lineRule="auto"/></w:pPr>
  <w:tblPr><w:tblBorders>
      <w:top w:val="single" w:sz="8" w:color="124E5C"/><w:bottom w:val="single" w:sz="8" w:color="124E5C"/>
      <w:insideH w:val="single" w:sz="4" w:color="C3CCD1"/></w:tblBorders>
    <w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="100" w:type="dxa"/>
      <w:bottom w:w="40" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="E8F0F2"/></w:tcPr></w:tblStylePr>
</w:style>"""


def make() -> WordDocument:
    """The template, as a Word document in memory."""
    document = docx.Document()
    _tidy(document)
    _modernise(document)
    _page(document)
    _number(document)
    _style(document)
    _fill(document)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = "Makker", "Makker", ""
    properties.created = properties.modified = datetime(2026, 1, 1)
    return document


def _tidy(document: WordDocument) -> None:
    for part in (document.part, document.part.package):
        for name, relation in list(part.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in _DROPPED_PARTS:
                part.rels.pop(name)
    for style in list(document.styles):
        if style.name not in _KEPT_STYLES:
            style.element.getparent().remove(style.element)
        for link in style.element.findall(qn("w:link")):  # to a style that has just gone
            style.element.remove(link)
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for tag in ("w:rFonts", "w:lang"):
        defaults.remove(defaults.find(qn(tag)))
    defaults.insert(0, _fonts())
    language = OxmlElement("w:lang")
    for name, value in (("w:val", "da-DK"), ("w:eastAsia", "en-US"), ("w:bidi", "ar-SA")):
        language.set(qn(name), value)
    defaults.append(language)


def _modernise(document: WordDocument) -> None:
    """Without this Word opens the file in compatibility mode, and moves tables out into the margin."""
    settings = document.settings.element
    compat = settings.find(qn("w:compat"))
    compat.remove(compat.find(qn("w:useFELayout")))
    for setting in compat:
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), "da-DK")


def _fonts() -> Any:
    fonts = OxmlElement("w:rFonts")
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    return fonts


def _page(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = WIDTH, Cm(29.7)
    section.left_margin = section.right_margin = SIDE
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2.3)
    section.header_distance = section.footer_distance = Cm(1.2)
    section.different_first_page_header_footer = True


def _number(document: WordDocument) -> None:
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    for child in list(parse_xml(_NUMBERING)):
        numbering.append(child)


def _style(document: WordDocument) -> None:
    _set(document, "Normal", size=11, after=7, line=1.15)
    _set(document, "Title", size=26, colour=ACCENT, bold=True, after=2, line=1.0, keep=True)
    _set(document, "Subtitle", size=13, colour=GREY, after=2, keep=True)
    _set(document, "Makker Date", size=10, colour=GREY, after=16)
    _set(document, "Heading 1", size=14, colour=ACCENT, bold=True, before=16, after=4, line=1.05, keep=True, number=1)
    _set(document, "Heading 2", size=12, colour=ACCENT, bold=True, before=10, after=3, keep=True)
    _set(document, "Heading 3", size=11, colour=INK, bold=True, before=8, after=2, keep=True)
    _set(document, "List Bullet", size=11, after=7, line=1.15, number=2, tight=True)
    _set(document, "List Number", size=11, after=7, line=1.15, number=3, tight=True)
    _set(document, "Makker Cell", size=10, line=1.05)
    _set(document, "Makker Column", size=10, line=1.05, colour=ACCENT, bold=True, keep=True)
    _set(document, "Header", size=9, colour=GREY)
    _set(document, "Footer", size=9, colour=GREY)
    _set(document, "annotation text", size=10)
    mark = document.styles.add_style("annotation reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
    mark.font.size = Pt(8)
    link = document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    link.font.color.rgb, link.font.underline = ACCENT, True
    for name, known_as in (("annotation text", "CommentText"), ("annotation reference", "CommentReference")):
        document.styles[name].element.set(qn("w:styleId"), known_as)  # by which comments look for them
    document.styles.element.append(parse_xml(_TABLE_STYLE))


def _set(
    document: WordDocument,
    name: str,
    *,
    size: float,
    colour: RGBColor = INK,
    bold: bool = False,
    before: float = 0,
    after: float = 0,
    line: float = 1.0,
    keep: bool = False,
    number: int | None = None,
    tight: bool = False,
) -> None:
    style = _paragraph_style(document, name)
    for element in (style.element.rPr, style.element.pPr):
        if element is not None:
            style.element.remove(element)
    style.element.get_or_add_rPr().insert(0, _fonts())
    style.font.size, style.font.bold, style.font.color.rgb = Pt(size), bold or None, colour
    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(before), Pt(after), line
    layout.line_spacing_rule = WD_LINE_SPACING.MULTIPLE if line != 1.0 else WD_LINE_SPACING.SINGLE
    layout.keep_with_next, layout.widow_control = keep or None, True
    if number is not None:
        style.element.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number
    if tight:  # no room between neighbours of the same style
        style.element.pPr.append(OxmlElement("w:contextualSpacing"))
    if name.startswith("Heading"):
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(int(name[-1]) - 1))
        style.element.pPr.append(level)


def _paragraph_style(document: WordDocument, name: str) -> ParagraphStyle:
    try:
        return document.styles[name]
    except KeyError:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=not name.startswith("Makker"))
        style.base_style = document.styles["Normal"]
        return style


def _fill(document: WordDocument) -> None:
    for text, style in (
        ("{{ title }}", "Title"),
        ("{%p if subtitle %}", "Normal"),
        ("{{ subtitle }}", "Subtitle"),
        ("{%p endif %}", "Normal"),
        ("{{ date_line }}", "Makker Date"),
        ("{{ body }}", "Normal"),
    ):
        document.add_paragraph(text, style=style)
    section = document.sections[0]
    header = section.header.paragraphs[0]
    header.text = "{{ title }}"
    _foot(section.first_page_footer.paragraphs[0], "")  # the date stands at the top of that page
    _foot(section.footer.paragraphs[0], "{{ date_line }}")


def _foot(footer: Paragraph, text: str) -> None:
    footer.paragraph_format.tab_stops.add_tab_stop(WIDTH - 2 * SIDE, WD_TAB_ALIGNMENT.RIGHT)
    footer.add_run(f"{text}\t{{{{ page }}}} ")
    _field(footer, "PAGE")
    footer.add_run(" {{ of }} ")
    _field(footer, "NUMPAGES")


def _field(paragraph: Paragraph, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


if __name__ == "__main__":
    make().save(str(Path(sys.argv[1]) if sys.argv[1:] else CONTENT / "documents" / "makker.docx"))
