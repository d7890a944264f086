"""The content's own documents: every clause can be written, from no answers and from all of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import docx as python_docx
import pytest
from documents_example import without_notes
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
    outline = PdfReader(BytesIO(pdf.write(without_notes(document)))).outline
    assert [item["/Title"] for item in outline] == list(document.headings())


# What the agreement stands without: it says what applies as long as nothing else is agreed, or leaves room for a pen.
DEFAULTS = {"our-signer", "partner-signer", "volunteers", "material", "meetings", "evaluation", "disputes", "exit"}
AGREED: dict[str, Value] = {
    "volunteers": "yes", "decisions": "steering", "money": "yes", "material": "yes", "personal-data": "yes",
    "duration": "fixed",
}  # fmt: skip


@pytest.mark.parametrize("item", knowledge.checklists["agreement"].items, ids=lambda item: item.id)
def test_a_skipped_question_is_missing_from_an_agreement_unless_something_applies_without_it(item: Item) -> None:
    checklist = knowledge.checklists["agreement"]
    answers = {one.id: Answer(AGREED.get(one.id, values(checklist, one)[0])) for one in checklist.items}
    assert written(Run("12345678", "agreement", answers=answers, mode="full")).gaps == ()
    answers[item.id] = Answer(None)
    document = written(Run("12345678", "agreement", answers=answers, mode="full"))
    assert [gap.item for gap in document.gaps] == ([] if item.id in DEFAULTS else [item.id])
    label = item.text("da").label
    assert (f"- {label}\n" in preview(document, knowledge.say)) is (item.id not in DEFAULTS)


@pytest.mark.parametrize("status", [None, "unsure"])
def test_an_agreement_says_that_it_is_not_settled_how_binding_it_is(status: Value) -> None:
    answers = {"status": Answer(status)}
    document = written(Run("12345678", "agreement", answers=answers))
    headings = [section.heading for section in document.sections]
    assert "Hvor bindende det er" in headings and "Opsigelse og misligholdelse" in headings
    assert "status" in [gap.item for gap in document.gaps]
    letter = written(Run("12345678", "agreement", answers={"status": Answer("intent")}))
    headings = [section.heading for section in letter.sections]
    assert not {"Hvor bindende det er", "Opsigelse og misligholdelse", "Ansvar og forsikring"} & set(headings)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", WRITTEN)
def test_the_notes_fit_on_one_page(name: str, language: str) -> None:
    for run in runs(knowledge.checklists[name], language):
        with_notes, without = written(run), without_notes(written(run))
        assert pages(with_notes) == pages(without) + 1


def pages(document: Document) -> int:
    return len(PdfReader(BytesIO(pdf.write(document))).pages)


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
