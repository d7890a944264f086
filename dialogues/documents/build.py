"""A walkthrough's answers to the document that it writes."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from dialogues.documents import markup
from dialogues.documents.answers import Answers, context, date_words
from dialogues.documents.model import Document, Say, Section, Spans, Words, plain
from dialogues.documents.slots import Slots
from dialogues.walkthrough.state import Run
from knowledge.schema import Checklist, Clause, DocumentText
from knowledge.templates import escape, render


def build(document: DocumentText, checklist: Checklist, run: Run, *, today: date, version: str, say: Say) -> Document:
    """The document that the answers of `run` make, in the run's language.

    `today` dates it, `version` names the content that it was made from, `say` gives the texts of the area
    `documents`. Clauses whose condition does not hold, or whose body comes out empty, are left out. Raises
    jinja2.TemplateError for a template that is broken or names an item or choice that the checklist does not have.
    """
    language, slots = run.language, Slots()
    answers = Answers(checklist, run, say)
    day = date_words(today, language, say)
    values = {**context(checklist, run, answers, slots, say), "today": slots.text(day), "version": version}
    title = markup.text(render(document.title[language], **values), slots)
    lead = markup.blocks(render(document.preamble[language], **values), slots) if document.preamble else ()
    sections = tuple(
        section
        for clause in document.clauses
        if answers.holds(clause.when) and (section := _section(clause, language, values, slots))
    )
    gaps = tuple(slots.gaps)
    return Document(
        title=title,
        language=language,
        today=today,
        subtitle="",
        date_line=markup.text(say(language, "documents.date-line", date=day)),
        stem=_stem(document, language, values, slots) or title,
        next_step=markup.text(say(language, "documents.complete")),
        version=version,
        origin=markup.text(say(language, "documents.made-with", version=version)),
        words=words(language, say),
        sections=sections,
        lead=lead,
        notes=(_gaps_note([gap.label for gap in gaps], language, say),) if gaps else (),
        gaps=gaps,
        template=document.template,
    )


def words(language: str, say: Say) -> Words:
    """The words of a file's furniture, from the texts."""
    names = {field.name: field.name.replace("_", "-") for field in fields(Words)}
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
