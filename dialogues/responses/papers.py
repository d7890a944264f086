"""What a finished walkthrough leaves in one's hands: files, stored and attached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timezone

from dialogues.documents import calendar, docx, markup, names, pdf, pictures
from dialogues.documents.appointments import events
from dialogues.documents.build import build
from dialogues.documents.model import Document, Picture
from dialogues.documents.preview import preview
from dialogues.reply import Attachment, Reply
from dialogues.turn import Outcome, Turn
from dialogues.walkthrough import engine, scoring
from dialogues.walkthrough.state import Run

File = tuple[str, str, bytes]
"""The name of a file, its MIME type, and what is in it."""


def papers(turn: Turn, run: Run) -> Outcome:
    """What the document holds and what is missing, with its files: for Word, as PDF, its picture, its dates.

    That they are made is noted in the run once they are stored: where the process dies meanwhile, they are made later.
    """
    run = engine.with_papers(run)
    outcome = _made(turn, run)
    turn.store.save_run(turn.owner, run)
    return outcome


def _made(turn: Turn, run: Run) -> Outcome:
    checklist = turn.knowledge.checklists[run.checklist]
    if checklist.result.document is None or (checklist.result.bands and scoring.score(checklist, run).empty):
        return Outcome()
    document = _document(turn, run, checklist.result.document)
    files = [*_texts(turn, document), *_picture(turn, document), *_dates(turn, run, document)]
    attachments = tuple(
        Attachment(turn.store.add_document(turn.owner, run.id, name, mime, content), name, mime)
        for name, mime, content in files
    )
    text = preview(document, turn.knowledge.say)
    return Outcome((Reply(text, attachments=attachments, language=run.language, checklist=run.checklist),))


def _document(turn: Turn, run: Run, document_id: str) -> Document:
    knowledge = turn.knowledge
    others = [other for other in turn.store.runs(turn.owner) if other.checklist == run.checklist]
    return build(
        knowledge.documents[document_id],
        knowledge.checklists[run.checklist],
        run,
        today=turn.services.today(),
        version=knowledge.version,
        say=knowledge.say,
        others=others,
    )


def _texts(turn: Turn, document: Document) -> Iterator[File]:
    template = turn.knowledge.word_template(document.template)
    yield names.file_name(document, "docx"), docx.MIME, docx.write(document, template)
    yield names.file_name(document, "pdf"), pdf.MIME, pdf.write(document)


def _picture(turn: Turn, document: Document) -> Iterator[File]:
    drawn = next(
        (block for section in document.sections for block in section.blocks if isinstance(block, Picture)), None
    )
    if drawn:
        named = _named(turn, document, "picture-file", "png")
        alone = replace(drawn.content, title=document.title)
        yield named, pictures.MIME, pictures.png(alone, language=document.language)


def _dates(turn: Turn, run: Run, document: Document) -> Iterator[File]:
    dates = events(turn.knowledge.checklists[run.checklist], run, turn.services.today())
    if dates:
        named = _named(turn, document, "calendar-file", "ics")
        made = datetime.now(timezone.utc)
        yield named, calendar.MIME, calendar.ics(dates, name=document.stem, stamp=made, sequence=run.edition)


def _named(turn: Turn, document: Document, key: str, ending: str) -> str:
    stem = markup.text(turn.knowledge.say(document.language, f"documents.{key}", stem=document.stem))
    return names.file_name(document, ending, stem)
