"""The content's own documents: every clause can be written, from no answers and from all of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import docx as python_docx
import pytest
from pypdf import PdfReader

from dialogues.documents import docx, pdf
from dialogues.documents.build import build
from dialogues.documents.model import Document, plain
from dialogues.documents.names import file_name
from dialogues.documents.plan import action_plan
from dialogues.documents.preview import preview
from dialogues.walkthrough.scoring import score
from dialogues.walkthrough.state import Answer, Run, Value
from knowledge.loader import load
from knowledge.schema import Checklist, Item

knowledge = load()
TODAY = date(2026, 11, 22)
WRITTEN = sorted(name for name, checklist in knowledge.checklists.items() if checklist.result.document)
SCORED = sorted(name for name, checklist in knowledge.checklists.items() if checklist.result.bands)


def values(checklist: Checklist, item: Item) -> list[Value]:
    if item.kind in ("choice", "scale"):
        return [choice.id for choice in checklist.choices(item)]
    if item.kind == "yesno":
        return ["yes", "no"]
    plain_values: dict[str, Value] = {"number": item.minimum or 3, "date": TODAY, "text": "Noget & <andet>"}
    return [plain_values[item.kind]]


def runs(checklist: Checklist, language: str) -> Iterator[Run]:
    """Runs that among them give every answer on offer, and one with none."""
    most = max(len(values(checklist, item)) for item in checklist.items)
    yield Run("12345678", checklist.id, language)
    for turn in range(most):
        answers = {item.id: Answer(nth(values(checklist, item), turn)) for item in checklist.items}
        yield Run("12345678", checklist.id, language, answers=answers)


def nth(offered: list[Value], turn: int) -> Value:
    return offered[turn % len(offered)]


def written(run: Run) -> Document:
    checklist = knowledge.checklists[run.checklist]
    document = knowledge.documents[checklist.result.document or ""]
    return build(document, checklist, run, today=TODAY, version=knowledge.version, say=knowledge.say)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", WRITTEN)
def test_every_document_can_be_written_from_every_answer(name: str, language: str) -> None:
    for run in runs(knowledge.checklists[name], language):
        document = written(run)
        assert document.sections and all(section.blocks for section in document.sections)
        assert len(preview(document, knowledge.say)) < 2500
        assert file_name(document, "pdf").endswith("2026-11-22.pdf")


@pytest.mark.parametrize("name", WRITTEN)
def test_an_unanswered_document_names_what_is_missing(name: str) -> None:
    document = written(Run("12345678", name))
    assert document.gaps
    assert all(gap.label in plain(document.notes[0]) for gap in document.gaps)


@pytest.mark.parametrize("name", WRITTEN)
def test_both_files_hold_every_heading(name: str) -> None:
    document = written(list(runs(knowledge.checklists[name], "da"))[1])
    made = python_docx.Document(BytesIO(docx.write(document, knowledge.word_template(document.template))))
    headings = [p.text for p in made.paragraphs if p.style and p.style.name == "Heading 1"]
    assert headings == [section.heading for section in document.sections]
    outline = PdfReader(BytesIO(pdf.write(document))).outline
    assert [item["/Title"] for item in outline] == list(document.headings())


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", SCORED)
def test_every_score_makes_a_plan(name: str, language: str) -> None:
    checklist = knowledge.checklists[name]
    for run in runs(checklist, language):
        result = score(checklist, run)
        plan = action_plan(checklist, run, result, today=TODAY, version=knowledge.version, say=knowledge.say)
        tables = [block for section in plan.sections for block in section.blocks if hasattr(block, "rows")]
        assert sum(len(table.rows) for table in tables if len(table.header) == 4) == len(result.actions)
        assert all(len(row) == len(table.header) for table in tables for row in table.rows)
        assert pdf.write(plan).startswith(b"%PDF")
        made = python_docx.Document(BytesIO(docx.write(plan, knowledge.word_template(plan.template))))
        assert len(made.tables) == len(tables)
