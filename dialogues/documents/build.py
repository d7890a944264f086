"""A walkthrough's answers to the document that it writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from dialogues.documents import markup
from dialogues.documents.answers import Answers
from dialogues.documents.date_note import date_note
from dialogues.documents.findings import Findings
from dialogues.documents.functions import context
from dialogues.documents.model import Document, Say, Section, Spans, Words, plain
from dialogues.documents.slots import Slots
from dialogues.walkthrough.state import Run
from dialogues.written import date_words
from knowledge.schema import Checklist, Clause, DocumentText
from knowledge.templates import escape, render, uses


def build(
    document: DocumentText,
    checklist: Checklist,
    run: Run,
    *,
    today: date,
    version: str,
    say: Say,
    others: Sequence[Run] = (),
) -> Document:
    """The document that the answers of `run` make, in the run's language.

    `today` dates it, `version` names the content that it was made from, `say` gives the texts of the area
    `documents`, `others` are further runs of the same checklist to compare a result with. Clauses whose conditions do
    not hold, or whose body comes out empty, are left out. Raises jinja2.TemplateError for a template that is broken or
    names an item or choice that the checklist does not have.
    """
    language, slots = run.language, Slots()
    answers = Answers(checklist, run, say)
    values = context(checklist, run, slots, say, today=today, version=version, others=others)
    title = markup.text(render(document.title[language], **values), slots)
    subtitle = markup.text(render(document.subtitle[language], **values), slots) if document.subtitle else ""
    lead = markup.blocks(render(document.preamble[language], **values), slots) if document.preamble else ()
    sections = tuple(
        section
        for clause in document.clauses
        if answers.holds(clause.when) and (section := _section(clause, language, values, slots))
    )
    gaps = tuple(slots.gaps)
    signed = any(section.signed for section in sections)
    dates = date_note(answers, say, today)
    next_step = "dates-clash" if dates else "complete" if signed else "plan-next"
    day = date_words(today, language, say)
    edition = max(run.edition, 1)
    return Document(
        title=title,
        language=language,
        today=today,
        subtitle=subtitle,
        date_line=markup.text(
            say(language, "documents.date-line" if signed else "documents.plan-date-line", date=day, edition=edition)
        ),
        stem=_stem(document, language, values, slots) or title,
        next_step=markup.text(say(language, f"documents.{next_step}")),
        version=version,
        edition=edition,
        origin=markup.text(say(language, "documents.made-with", version=version)),
        words=words(language, say, signed=signed),
        sections=sections,
        lead=lead,
        notes=(
            *((_gaps_note([gap.label for gap in gaps], language, say),) if gaps else ()),
            *((dates,) if dates else ()),
            *(Findings(answers, say, others).remarks() if run.notes and not _tells_notes(document, language) else ()),
        ),
        gaps=gaps,
        numbered=document.numbered,
        notes_in_pdf=document.notes_in_pdf,
        template=document.template,
    )


def _tells_notes(document: DocumentText, language: str) -> bool:
    """Whether the document has a place of its own for the notes on answers."""
    return any(("notes", ()) in uses(clause.body[language]).calls for clause in document.clauses)


def words(language: str, say: Say, *, signed: bool = True) -> Words:
    """The words of a file's furniture, from the texts; notes on a paper that nobody signs are called otherwise."""
    names = {field.name: field.name.replace("_", "-") for field in fields(Words)}
    if not signed:
        names = {**names, "note": "plan-note", "notes_title": "plan-notes-title"}
    return Words(**{name: markup.text(say(language, f"documents.{key}")) for name, key in names.items()})


def _section(clause: Clause, language: str, values: dict[str, Any], slots: Slots) -> Section | None:
    blocks = markup.blocks(render(clause.body[language], **values), slots)
    if not blocks:
        return None
    heading = markup.text(render(clause.heading[language], **values), slots)
    note = markup.line(render(clause.caution[language], **values), slots) if clause.caution else ()
    return Section(heading, blocks, (note,) if note else ())


def _stem(document: DocumentText, language: str, values: dict[str, Any], slots: Slots) -> str:
    """The name for the file; empty if something that it names is missing."""
    spans = markup.line(render(document.file_name[language], **values), slots)
    return "" if any(span.gap for span in spans) else plain(spans)


def _gaps_note(labels: list[str], language: str, say: Say) -> Spans:
    return markup.line(say(language, "documents.gaps", n=len(labels), labels=escape("; ".join(labels))))
