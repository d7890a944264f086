"""The files that are written: a Word file that opens and can be restyled, a PDF that reads aloud."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx as python_docx
import pytest
from documents_example import DOCUMENT, FULL, TEMPLATE, make, without_notes
from docx.document import Document as WordDocument
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import TemplateError
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from dialogues.documents import docx, pdf, word_template
from dialogues.documents.model import Bullets, Document, Paragraph, Section, Span, Table

EVIL = "A & B <b>x</b> {{7*7}} {% if %} #x $y$ @z *b* _i_ \\ `k` [l](http://e.dk) ]]> &amp; © //c /*d*/ <w:p/>"
EVIL_TEXTS = {
    "markup": EVIL,
    "lines": "1. et\n- to\n\n\n= tre",
    "a long word": "x" * 500,
    "many words": "ord " * 400,
    "right to left": "שלום العربية",
    "no font": "😀 \u0378 日本",
    "control characters": "\x00\ud800\u202e.",
    "what the template says": "{{ body }}",
}


def word(document: Document, template: Path = TEMPLATE) -> WordDocument:
    return python_docx.Document(BytesIO(docx.write(document, template)))


def word_text(document: Document) -> str:
    made = word(document)
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in made.paragraphs), *cells])


def read_pdf(document: Document) -> PdfReader:
    return PdfReader(BytesIO(pdf.write(document)))


def pdf_text(document: Document) -> str:
    return squeezed("".join(page.extract_text() for page in read_pdf(document).pages))


def squeezed(text: str) -> str:
    """Without spaces, breaks and hyphens, which a page sets where it must."""
    return re.sub(r"[\s\u200b\u00ad\u2010-]+", "", text)


def tags(reader: PdfReader) -> Counter[str]:
    """How often each tag stands in the tree that a screen reader follows."""
    found: Counter[str] = Counter()
    waiting = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop()
        if isinstance(node, IndirectObject):
            node = node.get_object()
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            found[str(node.get("/S"))] += 1
            waiting.append(node.get("/K"))
    return found


def all_texts(document: Document) -> list[str]:
    parts = [document.title, document.date_line]
    for section in document.sections:
        parts.append(section.heading)
        for block in section.blocks:
            rows = block.rows if isinstance(block, Table) else (getattr(block, "items", None) or (block.spans,),)
            parts.extend(span.text for row in rows for spans in row for span in spans)
    return parts


@pytest.mark.parametrize("answers", [FULL, {"money": "yes"}, {**FULL, "money": "no", "purpose": EVIL}])
@pytest.mark.parametrize("language", ["da", "en"])
def test_both_files_say_all_of_it(answers: dict, language: str) -> None:
    document = make(answers, language)
    in_word, in_pdf = word_text(document), pdf_text(document)
    for text in all_texts(document):
        assert text in in_word
        assert squeezed(text) in in_pdf


@pytest.mark.parametrize("language", ["da", "en"])
def test_both_files_have_the_same_numbered_headings(language: str) -> None:
    document = make(FULL, language)
    headings = [p for p in word(document).paragraphs if p.style and p.style.name == "Heading 1"]
    assert [p.text for p in headings] == [section.heading for section in document.sections]
    assert [item["/Title"] for item in read_pdf(without_notes(document)).outline] == list(document.headings())


def test_headings_without_numbers_have_none_in_either_file() -> None:
    document = replace(without_notes(make(FULL)), numbered=False)
    headings = [p for p in word(document).paragraphs if p.style and p.style.name == "Heading 1"]
    assert {p._p.pPr.numPr.numId.val for p in headings} == {0}
    assert [item["/Title"] for item in read_pdf(document).outline] == ["Formål", "Økonomi", "Løbetid", "Underskrifter"]


def test_word_says_its_language_and_title() -> None:
    for language, locale in (("da", "da-DK"), ("en", "en-GB")):
        made = word(make(FULL, language))
        assert made.core_properties.language == locale
        assert made.core_properties.title == make(FULL, language).title
        assert {tag.get(qn("w:val")) for tag in made.styles.element.iter(qn("w:lang"))} == {locale}


def test_pdf_is_tagged_and_says_its_language_title_and_standard() -> None:
    for language, locale in (("da", "da-DK"), ("en", "en-GB")):
        catalog = read_pdf(make(FULL, language)).trailer["/Root"]
        assert catalog["/Lang"] == locale
        assert catalog["/MarkInfo"]["/Marked"]
        assert b"pdfuaid" in catalog["/Metadata"].get_data()
    found = tags(read_pdf(without_notes(make(FULL))))
    assert found["/H1"] == 4 and found["/L"] == 3 and found["/Link"] == 1
    assert read_pdf(make(FULL)).metadata.title == "Samarbejdsaftale"


def test_gaps_are_marked_in_yellow_in_word_and_named_in_pdf() -> None:
    document = make({"money": "yes"})
    marked = [
        run.text
        for paragraph in word(document).paragraphs
        for run in paragraph.runs
        if run.font.highlight_color == WD_COLOR_INDEX.YELLOW
    ]
    assert set(marked) == {f"[udfyldes: {gap.label}]" for gap in document.gaps}
    assert all(squeezed(f"[udfyldes: {gap.label}]") in pdf_text(document) for gap in document.gaps)


def test_notes_are_comments_in_word() -> None:
    document = make({"money": "yes"})
    comments = [comment.text for comment in word(document).comments]
    assert "slet dem" in comments[0]
    assert comments[1].startswith("Før underskrift: Der mangler 5 ting")
    assert comments[2] == "Før underskrift: Afklar moms med økonomi."
    assert "Afklar moms" not in word_text(document)
    assert len(word(without_notes(document)).comments) == 0


@pytest.mark.parametrize("numbered", [True, False])
def test_notes_are_a_last_page_of_their_own_in_pdf(numbered: bool) -> None:
    document = replace(make({"money": "yes"}), numbered=numbered)
    *pages, last = (squeezed(page.extract_text()) for page in read_pdf(document).pages)
    assert squeezed("Før I skriver under") in last and squeezed("Denne side er ikke en del af dokumentet.") in last
    assert squeezed("Der mangler 5 ting: partnerens navn;") in last
    assert squeezed(f"{'2. ' if numbered else ''}Økonomi. Afklar moms med økonomi.") in last
    assert not [page for page in pages if "Afklarmoms" in page or "Dermangler" in page]


def test_the_page_of_notes_is_not_counted() -> None:
    pages = [squeezed(page.extract_text()) for page in read_pdf(make(FULL)).pages]
    assert "Side1af1" in pages[0] and "Side" not in pages[1].replace("Denneside", "")
    assert len(read_pdf(without_notes(make(FULL))).pages) == 1


@pytest.mark.parametrize("lines", range(0, 40, 3))
def test_a_place_to_sign_stays_on_the_page_of_its_heading(lines: int) -> None:
    filler = Section(
        "Fyld",
        (
            Paragraph(
                (Span("\n".join("linje" for _ in range(lines))),),
            ),
        ),
    )
    document = without_notes(make({**FULL, "partner-name": "Foreningen " * 12}))
    filled = replace(document, lead=(), sections=(filler, *document.sections))
    pages = [page.extract_text() for page in read_pdf(filled).pages]
    (page,) = [page for page in pages if "Underskrifter" in page]
    assert squeezed(page).count("Foreningen") == 12 and "Hver får ét" in page and "Ali" in page


def test_a_place_to_sign_stays_together_in_word() -> None:
    made = word(make(FULL))
    (table,) = made.tables
    assert all(p.paragraph_format.keep_with_next for row in table.rows[:-1] for c in row.cells for p in c.paragraphs)
    assert next(p for p in made.paragraphs if p.text == "Hver får ét.").paragraph_format.keep_with_next


def test_what_content_a_file_came_from_stands_in_its_properties_and_not_on_its_pages() -> None:
    document = make(FULL)
    assert "abc123" in word(document).core_properties.comments
    assert "abc123" in str(read_pdf(document).metadata.subject)
    with zipfile.ZipFile(BytesIO(docx.write(document, TEMPLATE))) as file:
        shown = [file.read(name).decode() for name in file.namelist() if name.startswith("word/")]
    assert "abc123" not in "".join(shown) and "abc123" not in pdf_text(document)


def test_the_footer_of_later_pages_says_which_draft_it_is() -> None:
    pages = [squeezed(page.extract_text()) for page in read_pdf(make({**FULL, "purpose": "ord\n" * 60})).pages]
    assert len(pages) > 2
    assert all(page.count(squeezed("Udkast af 22. november 2026")) == 1 for page in pages[:-1])
    footer = word(make(FULL)).sections[0].footer.paragraphs[0].text
    assert footer.startswith("Udkast af 22. november 2026, version 1\t")


def test_tables_have_header_rows_and_columns_that_stay() -> None:
    (table,) = word(make(FULL)).tables
    assert [cell.text for cell in table.rows[0].cells] == ["Part", "Sted og dato", "Navn og titel", "Underskrift"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.style is not None and table.style.name == "Makker Table"
    assert table.autofit is False
    assert tags(read_pdf(make(FULL)))["/TH"] == 4


def test_every_numbered_list_begins_at_one() -> None:
    items = [p for p in word(make(FULL)).paragraphs if p.style and p.style.name == "List Number"]
    numbers = [p._p.pPr.numPr.numId.val for p in items]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]


def test_what_introduces_a_list_stays_with_it() -> None:
    kept = [p.text for p in word(make(FULL)).paragraphs if p.paragraph_format.keep_with_next]
    before = [line for line in kept if line.endswith((":", "ét."))]  # the lines of short lists are kept together too
    assert before == ["Vi arbejder for:", "Først:", "Så:", "Hver får ét."]


def test_a_paragraph_before_a_list_stays_with_it_whatever_it_ends_with() -> None:
    (section, *_) = make(FULL).sections
    blocks = (Paragraph((Span("Parterne sørger for at"),)), Bullets(((Span("rydde op"),),)))
    document = replace(make(FULL), sections=(replace(section, blocks=blocks),))
    assert [p.text for p in word(document).paragraphs if p.paragraph_format.keep_with_next] == [
        "Parterne sørger for at"
    ]


def test_links_work_in_both_files() -> None:
    document = make(FULL)
    (link,) = [link for p in word(document).paragraphs for link in p.hyperlinks]
    assert (link.text, link.address) == ("vejledningen", "https://example.org/vejledning")
    annotations = [note.get_object() for page in read_pdf(document).pages for note in page.get("/Annots", [])]
    assert [note["/A"]["/URI"] for note in annotations] == ["https://example.org/vejledning"]


def test_pages_are_numbered_and_nothing_of_the_template_is_left() -> None:
    with zipfile.ZipFile(BytesIO(docx.write(make(FULL), TEMPLATE))) as file:
        parts = {name: file.read(name).decode() for name in file.namelist() if name.endswith(".xml")}
    footers = [text for name, text in parts.items() if "footer" in name]
    assert len(footers) == 2 and all("NUMPAGES" in text and "Side" in text for text in footers)
    assert not [name for name, text in parts.items() if "{{" in text or "{%" in text or docx._BODY in text]
    assert "Side1af1" in pdf_text(make(FULL))


@pytest.mark.parametrize("text", EVIL_TEXTS.values(), ids=EVIL_TEXTS.keys())
def test_no_text_breaks_a_file(text: str) -> None:
    document = make({**FULL, "partner-name": text, "purpose": text})
    assert "Underskrifter" in word_text(document)
    assert squeezed("Underskrifter") in pdf_text(document)


def test_hostile_text_is_literal_even_in_the_title() -> None:
    data = {**DOCUMENT.dict(), "title": {"da": "Aftale med {{ a.partner_name }}", "en": "x"}}
    document = make({**FULL, "partner-name": EVIL}, document=type(DOCUMENT).parse_obj(data))
    made = word(document)
    assert made.paragraphs[0].text == f"Aftale med {EVIL}"
    assert made.sections[0].header.paragraphs[0].text == f"Aftale med {EVIL}"
    assert squeezed(EVIL) in pdf_text(document)


def test_a_long_word_stays_on_the_page() -> None:
    page = read_pdf(make({**FULL, "purpose": "ø" * 2000})).pages[0]
    lines = [line for line in page.extract_text().splitlines() if line.startswith("øøø")]
    assert max(map(len, lines)) < 120 and sum(map(len, lines)) >= 2000


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=60))
def test_whatever_is_typed_is_shown_literally(text: str) -> None:
    document = make({**FULL, "partner-name": text, "purpose": text})
    shown = document.sections[0].blocks[0].spans[0].text
    assert shown in word_text(document)
    assert pdf.write(document).startswith(b"%PDF")


def test_a_script_without_a_font_still_gives_a_pdf() -> None:
    document = make({**FULL, "purpose": "\u0378"})
    assert b"pdfuaid" not in read_pdf(document).trailer["/Root"]["/Metadata"].get_data()
    assert squeezed("Underskrifter") in pdf_text(document)


def test_a_document_of_nothing_but_a_heading_and_a_table_is_written() -> None:
    table = Table(("A", "B"), (((Span("1"),), ()),), widths=(3, 1))
    document = replace(make(FULL), lead=(), notes=(), subtitle="Under", sections=(Section("Et", (table,)),))
    assert [p.text for p in word(document).paragraphs][:2] == ["Samarbejdsaftale", "Under"]
    assert "Under" in pdf_text(document)


def test_a_restyled_template_keeps_its_look_and_may_lack_styles(tmp_path: Path) -> None:
    own = word_template.make()
    own.styles["Heading 1"].font.name = "Comic Sans MS"
    for name in ("List Bullet", "List Number", "Makker Table", "Makker Cell", "Hyperlink"):
        element = own.styles[name].element
        element.getparent().remove(element)
    own.save(str(tmp_path / "own.docx"))
    made = word(make(FULL), tmp_path / "own.docx")
    assert made.styles["Heading 1"].font.name == "Comic Sans MS"
    assert "æbler, øl og ål" in [p.text for p in made.paragraphs]


def test_a_template_with_a_name_that_is_not_there_is_an_error_not_a_blank(tmp_path: Path) -> None:
    own = word_template.make()
    own.add_paragraph("{{ nobody }}")
    own.save(str(tmp_path / "own.docx"))
    with pytest.raises(TemplateError, match="nobody"):
        docx.write(make(FULL), tmp_path / "own.docx")


def test_the_template_in_the_repository_is_the_one_that_the_script_makes(tmp_path: Path) -> None:
    word_template.make().save(str(tmp_path / "made.docx"))
    with zipfile.ZipFile(tmp_path / "made.docx") as made, zipfile.ZipFile(TEMPLATE) as kept:
        assert made.namelist() == kept.namelist()
        assert {n: made.read(n) for n in made.namelist()} == {n: kept.read(n) for n in kept.namelist()}


def test_nobody_pays_for_documents_before_asking_for_one() -> None:
    code = (
        "import sys; import dialogues.documents.build, dialogues.documents.docx, dialogues.documents.pdf; "
        "print([m for m in ('docx', 'docxtpl', 'typst', 'rasa', 'lxml') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
