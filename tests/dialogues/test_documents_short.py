"""Papers that should lie on the table as one or two sheets: how closely they are set, and what they leave out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import docx as python_docx
import pytest
from documents_example import FULL, TEMPLATE, make, without_notes
from docx.enum.text import WD_TAB_ALIGNMENT
from pypdf import PdfReader

from dialogues.documents import docx, pdf
from dialogues.documents.build import build
from dialogues.documents.model import Bullets, Document, Paragraph, Section, Span, Table, is_short, plain
from dialogues.walkthrough.engine import start
from dialogues.walkthrough.state import Answer, Mode, Run
from dialogues.walkthrough.steps import MORE, Walk
from knowledge.loader import load
from knowledge.schema import Checklist, Item

KNOWLEDGE = load()
TODAY = date(2026, 11, 23)
WORDS = {
    "da": "Vi vil nå flere børnefamilier i byens nye kvarter",
    "en": "We want to reach more families with children",
}


def value(checklist: Checklist, item: Item, language: str, low: bool) -> object:
    offered = [choice for choice in checklist.choices(item) if choice.id not in ("unsure", "na", "none")]
    if item.kind in ("choice", "scale"):
        return (min(offered, key=lambda one: one.score or 0) if low else offered[0]).id
    if item.kind == "several":
        return tuple(choice.id for choice in offered[: min(item.at_most, 4)])
    short = {"number": int(item.minimum or 6), "money": 24000, "date": date(2027, 3, 3), "yesno": "yes"}
    return short.get(item.kind, "Bodil Krogh" if item.kind == "person" else WORDS[language])


def answered(name: str, language: str, mode: Mode = "full", *, low: bool = False, entries: int = 3) -> Run:
    """A run with an answer to everything, and so many entries in each group."""
    checklist = KNOWLEDGE.checklists[name]
    run = start(checklist, "abcd1234", language, mode, started=TODAY)
    groups = {item.id: Answer(max(item.at_least, entries)) for item in checklist.items if item.kind == "group"}
    run = run.with_(answers={**run.answers, **groups})
    for _ in range(4):  # answers open questions
        told = {
            s.id: Answer(value(checklist, s.item, language, low)) for s in Walk(checklist, run) if s.item is not MORE
        }
        run = run.with_(answers={**told, **run.answers})
    return run.with_(status="done", at=None)


def written(run: Run) -> Document:
    checklist = KNOWLEDGE.checklists[run.checklist]
    document = KNOWLEDGE.documents[checklist.result.document or ""]
    made = build(document, checklist, run, today=TODAY, version=KNOWLEDGE.version, say=KNOWLEDGE.say)
    return replace(made, notes_in_pdf=False)


def sheets(run: Run) -> int:
    return len(PdfReader(BytesIO(pdf.write(written(run)))).pages)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", ["partnership-strategy", "first-meeting", "asset-map"])
def test_what_is_promised_on_one_page_is_one_page(name: str, language: str) -> None:
    assert sheets(answered(name, language)) == 1


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", ["partner-choice", "agreement-review", "readiness", "health-check", "competences"])
def test_bad_results_take_two_pages_at_most(name: str, language: str) -> None:
    assert sheets(answered(name, language, low=True)) <= 2


def test_only_the_costliest_answers_are_told_at_length() -> None:
    document = written(answered("health-check", "da", low=True))
    section = next(one for one in document.sections if one.heading == "Det kan vi gøre")
    table, rest = section.blocks
    assert isinstance(table, Table) and len(table.rows) == 5
    assert isinstance(rest, Paragraph) and plain(rest.spans).startswith("Her er svarene også lave: ")
    told = {plain(row[0]) for row in table.rows}
    items = [one for one in KNOWLEDGE.checklists["health-check"].items if one.da.action and one.kind == "scale"]
    for item in items:
        assert (item.da.action in told) is not (item.da.label in plain(rest.spans)), item.id


def word_margins(document: Document) -> tuple[float, float, float]:
    made = python_docx.Document(BytesIO(docx.write(document, TEMPLATE)))
    section = made.sections[0]
    edge = section.page_width - section.left_margin - section.right_margin
    stops = [
        stop.position
        for foot in (section.footer, section.first_page_footer)
        for paragraph in foot.paragraphs
        for stop in paragraph.paragraph_format.tab_stops
        if stop.alignment == WD_TAB_ALIGNMENT.RIGHT
    ]
    assert stops and all(abs(stop - edge) < 2000 for stop in stops), "the page number stands at the edge of the text"
    return section.left_margin.cm, made.styles["Normal"].font.size.pt, made.styles["Title"].font.size.pt


def test_a_short_paper_is_set_closer_than_an_agreement() -> None:
    agreement = make(FULL)
    wide, close = word_margins(agreement), word_margins(replace(agreement, numbered=False))
    assert all(small < large for small, large in zip(close, wide, strict=True))
    template = python_docx.Document(str(TEMPLATE))
    assert wide[1] == template.styles["Normal"].font.size.pt


def test_a_short_list_is_not_parted_by_a_page_break() -> None:
    lines = tuple((Span(f"Bilag {number}"),) for number in range(1, 6))
    assert is_short(Bullets(lines)) and not is_short(Bullets(lines * 2))
    assert not is_short(Bullets(((Span("ord " * 200),),)))
    base = without_notes(make(FULL))
    for filling in range(24, 40):
        filler = tuple(Paragraph((Span("Fyld."),)) for _ in range(filling))
        document = replace(base, lead=(), sections=(Section("Aftalen", filler), Section("Bilag", (Bullets(lines),))))
        pages = [page.extract_text() for page in PdfReader(BytesIO(pdf.write(document))).pages]
        holding = [sum(f"Bilag {number}" in page for number in range(1, 6)) for page in pages]
        assert sorted(holding)[-1] == 5, f"{filling}: {holding}"
