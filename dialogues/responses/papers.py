"""What a finished walkthrough leaves in one's hands: files, stored and attached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timezone
from itertools import count

from dialogues.documents import calendar, docx, markup, names, pdf, pictures
from dialogues.documents.appointments import events
from dialogues.documents.build import build
from dialogues.documents.date_note import left_out
from dialogues.documents.model import Document, Picture
from dialogues.documents.preview import draft, preview
from dialogues.ports import File
from dialogues.reply import Attachment, Reply
from dialogues.turn import Outcome, Turn
from dialogues.walkthrough import engine, scoring
from dialogues.walkthrough.state import Run


def papers(turn: Turn, run: Run, *, corrected: bool = False) -> Outcome:
    """What the document holds and what is missing, with its files: for Word, as PDF, its picture, its dates. After a
    correction only that they are new.

    They are stored together with the run, which says that they are made: where the process dies before, none of them
    is there, and they are made later.
    """
    return _made(turn, engine.with_papers(run), corrected=corrected)


def _made(turn: Turn, run: Run, *, corrected: bool) -> Outcome:
    checklist = turn.knowledge.checklists[run.checklist]
    nothing = checklist.result.bands and scoring.score(checklist, run).empty
    document = None if nothing else document_of(turn, run)
    if document is None:
        turn.store.save_run(turn.owner, run)
        return Outcome()
    files = list(_files(turn, run, document))
    stored = turn.store.save_with_papers(turn.owner, run, files)
    attachments = tuple(Attachment(one, name, mime) for one, (name, mime, _) in zip(stored, files, strict=True))
    new = turn.knowledge.say(run.language, "documents.papers-new", title=document.title, edition=run.edition)
    told = (
        new if corrected else preview(document, turn.knowledge.say),
        left_out(checklist, run, turn.knowledge.say, turn.services.today()),
    )
    text = "\n\n".join(filter(None, told))
    return Outcome((Reply(text, attachments=attachments, language=run.language, checklist=run.checklist),))


def again(turn: Turn, run: Run, *, heard: bool = True) -> Outcome | None:
    """What the run left in one's hands last, handed out once more; None where there is nothing. `heard`: whether one
    knows of it.

    Who answered alone for a team gets theirs here for the first time.
    """
    mine = [one for one in turn.store.documents(turn.owner) if one.run == run.id]
    edition = max((names.edition_of(one.file_name) for one in mine), default=1)
    latest = {one.mime: one for one in reversed(mine) if names.edition_of(one.file_name) == edition}
    document = document_of(turn, run)
    if not latest and document and run.edition:
        made = _made(turn, run, corrected=False)
        return made if made.replies else None
    if not latest or document is None:
        return None
    attachments = tuple(Attachment(one.id, one.file_name, one.mime) for one in latest.values())
    told = turn.knowledge.say(run.language, "documents.papers-again", title=document.title, edition=edition)
    shown = preview(document, turn.knowledge.say)
    text = f"{told}\n\n{shown}" if heard else shown
    return Outcome((Reply(text, attachments=attachments, language=run.language, checklist=run.checklist),))


def never_heard_of(turn: Turn, run: Run) -> Outcome:
    """What the run left behind where a process died before it could say so: handed out as if for the first time."""
    return again(turn, run, heard=False) or Outcome()


def so_far(turn: Turn, run: Run, *, whole: bool = False) -> tuple[str, bool] | None:
    """The draft that the answers make by now, to be read, and whether it was cut; None for a checklist that gives a
    score instead, or no document."""
    checklist = turn.knowledge.checklists[run.checklist]
    document = None if checklist.result.bands else document_of(turn, run)
    return draft(document, turn.knowledge.say, whole=whole) if document else None


def document_of(turn: Turn, run: Run) -> Document | None:
    """The document that the run's answers make; None for a checklist without one."""
    knowledge = turn.knowledge
    document_id = knowledge.checklists[run.checklist].result.document
    if document_id is None:
        return None
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


def _files(turn: Turn, run: Run, document: Document) -> Iterator[File]:
    number = _number(turn, run, document)
    yield from _texts(turn, document, number)
    yield from _picture(turn, document, number)
    yield from _dates(turn, run, document, number)


def _number(turn: Turn, run: Run, document: Document) -> int:
    """What tells the files from those of other walkthroughs that would be called the same; kept over editions."""
    stored = turn.store.documents(turn.owner)
    others = {one.file_name for one in stored if one.run != run.id}
    first = max((names.number_of(one.file_name) for one in stored if one.run == run.id), default=1)
    return next(number for number in count(first) if names.file_name(document, "docx", number=number) not in others)


def _texts(turn: Turn, document: Document, number: int) -> Iterator[File]:
    template = turn.knowledge.word_template(document.template)
    write = turn.services.write
    yield names.file_name(document, "docx", number=number), docx.MIME, write(docx.write, document, template)
    yield names.file_name(document, "pdf", number=number), pdf.MIME, write(pdf.write, document)


def _picture(turn: Turn, document: Document, number: int) -> Iterator[File]:
    drawn = next(
        (block for section in document.sections for block in section.blocks if isinstance(block, Picture)), None
    )
    if drawn:
        named = _named(turn, document, "picture-file", "png", number)
        alone = replace(drawn.content, title=document.title)
        yield named, pictures.MIME, turn.services.write(pictures.png, alone, language=document.language)


def _dates(turn: Turn, run: Run, document: Document, number: int) -> Iterator[File]:
    dates = events(turn.knowledge.checklists[run.checklist], run, turn.services.today())
    if dates:
        named = _named(turn, document, "calendar-file", "ics", number)
        made = datetime.now(timezone.utc)
        yield named, calendar.MIME, calendar.ics(dates, name=document.stem, stamp=made, sequence=run.edition)


def _named(turn: Turn, document: Document, key: str, ending: str, number: int) -> str:
    stem = markup.text(turn.knowledge.say(document.language, f"documents.{key}", stem=document.stem))
    return names.file_name(document, ending, stem, number)
