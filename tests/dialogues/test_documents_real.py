"""The content's own documents: every clause can be written, from no answers and from all of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import docx as python_docx
import pytest
from documents_example import without_notes
from pypdf import PdfReader

from dialogues.documents import docx, markup, pdf
from dialogues.documents.build import build
from dialogues.documents.model import Document, Paragraph, Table, plain
from dialogues.documents.names import file_name
from dialogues.documents.preview import preview
from dialogues.walkthrough.scoring import score
from dialogues.walkthrough.state import Answer, Run, Value
from knowledge.loader import load
from knowledge.schema import Checklist, Item

knowledge = load()
TODAY = date(2026, 11, 22)
WRITTEN = sorted(name for name, checklist in knowledge.checklists.items() if checklist.result.document)
DAY = {"da": "22. november 2026", "en": "22 November 2026"}
SCORED = sorted(name for name, checklist in knowledge.checklists.items() if checklist.result.bands)


def values(checklist: Checklist, item: Item) -> list[Value]:
    if item.kind in ("choice", "scale"):
        return [choice.id for choice in checklist.choices(item)]
    if item.kind == "several":
        ids = [choice.id for choice in checklist.choices(item)]
        return [tuple(ids[: item.at_most]), tuple(ids[-1:]), ()]
    if item.kind == "yesno":
        return ["yes", "no"]
    plain_values: dict[str, Value] = {
        "number": item.minimum or 3, "money": item.minimum or 2500, "date": TODAY, "text": "Noget & <andet>",
        "person": "Anna & <Bo>", "group": min(item.at_least + 1, item.at_most),
    }  # fmt: skip
    return [plain_values[item.kind]]


def answered(checklist: Checklist, turn: int) -> dict[str, Answer]:
    """An answer to every item, and to every field of every entry; `turn` varies them."""
    found: dict[str, Answer] = {}
    for item in checklist.items:
        value = nth(values(checklist, item), turn)
        found[item.id] = Answer(value)
        for entry in range(value if item.kind == "group" and isinstance(value, int) else 0):
            for field in item.fields:
                found[f"{item.id}.{entry}.{field.id}"] = Answer(nth(values(checklist, field), turn + entry))
    return found


def runs(checklist: Checklist, language: str) -> Iterator[Run]:
    """Runs that among them give every answer on offer, and one with none."""
    asked = [*checklist.items, *(field for item in checklist.items for field in item.fields)]
    yield Run("12345678", checklist.id, language)
    for turn in range(max(len(values(checklist, item)) for item in asked)):
        yield Run("12345678", checklist.id, language, answers=answered(checklist, turn))


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


@pytest.mark.parametrize("name", sorted(set(WRITTEN) - set(SCORED)))
def test_an_unanswered_document_names_what_is_missing(name: str) -> None:
    document = written(Run("12345678", name))
    assert document.gaps
    assert all(gap.label in plain(document.notes[0]) for gap in document.gaps)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", SCORED)
def test_an_unanswered_score_gives_no_figure(name: str, language: str) -> None:
    document = written(Run("12345678", name, language))
    told = " ".join(
        plain(block.spans) for part in document.sections for block in part.blocks if isinstance(block, Paragraph)
    )
    assert "%" not in told and markup.text(knowledge.say(language, "documents.plan-nothing")) in told


@pytest.mark.parametrize("name", WRITTEN)
def test_both_files_hold_every_heading(name: str) -> None:
    document = written(list(runs(knowledge.checklists[name], "da"))[1])
    made = python_docx.Document(BytesIO(docx.write(document, knowledge.word_template(document.template))))
    headings = [p.text for p in made.paragraphs if p.style and p.style.name == "Heading 1"]
    assert headings == [section.heading for section in document.sections]
    outline = PdfReader(BytesIO(pdf.write(without_notes(document)))).outline
    assert [item["/Title"] for item in outline] == list(document.headings())


# What the agreement stands without: it says what applies as long as nothing else is agreed, or leaves room for a pen.
DEFAULTS = {
    "our-signer", "partner-signer", "meetings", "disputes", "exit", "tasks", "first-evaluation",
}  # fmt: skip
AGREED: dict[str, Value] = {
    "involves": ("money", "income", "data", "material", "volunteers"), "decisions": "steering", "duration": "fixed",
}  # fmt: skip


@pytest.mark.parametrize("item", knowledge.checklists["agreement"].items, ids=lambda item: item.id)
def test_a_skipped_question_is_missing_from_an_agreement_unless_something_applies_without_it(item: Item) -> None:
    checklist = knowledge.checklists["agreement"]
    answers = {**answered(checklist, 0), **{one: Answer(value) for one, value in AGREED.items()}}
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
    document = written(Run("12345678", name, language))  # nothing answered: no other has as many gaps
    assert pages(document) == pages(without_notes(document)) + (document.has_notes() and document.notes_in_pdf)


def pages(document: Document) -> int:
    return len(PdfReader(BytesIO(pdf.write(document))).pages)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", SCORED)
def test_every_score_names_its_actions_with_who_and_when(name: str, language: str) -> None:
    checklist = knowledge.checklists[name]
    for run in runs(checklist, language):
        low = [action.item.id for action in score(checklist, run).actions]
        plan = {f"p.{item}.{part}": Answer(value) for item in low for part, value in (("who", "Ida"), ("when", TODAY))}
        document = written(run.with_(plan=tuple(low), answers={**run.answers, **plan}))
        tables = [block for section in document.sections for block in section.blocks if isinstance(block, Table)]
        assert all(len(row) == len(table.header) for table in tables for row in table.rows)
        planned = [
            row for table in tables for row in table.rows if [plain(cell) for cell in row[2:]] == ["Ida", DAY[language]]
        ]
        assert len(planned) in (len(low), min(5, len(low)))  # a paper may name only the five that weigh most


@pytest.mark.parametrize("name", SCORED)
def test_both_files_of_a_score_hold_its_tables(name: str) -> None:
    document = written(list(runs(knowledge.checklists[name], "da"))[2])
    tables = [block for section in document.sections for block in section.blocks if isinstance(block, Table)]
    assert pdf.write(document).startswith(b"%PDF")
    made = python_docx.Document(BytesIO(docx.write(document, knowledge.word_template(document.template))))
    assert len(made.tables) == len(tables)
