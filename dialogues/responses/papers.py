"""What a finished walkthrough leaves in one's hands: files, stored and attached."""

from __future__ import annotations

from collections.abc import Iterator

from dialogues.documents import docx, names, pdf
from dialogues.documents.build import build
from dialogues.documents.model import Document
from dialogues.documents.plan import action_plan
from dialogues.documents.preview import preview
from dialogues.reply import Attachment, Reply
from dialogues.turn import Outcome, Turn
from dialogues.walkthrough import scoring
from dialogues.walkthrough.state import Run


def papers(turn: Turn, run: Run) -> Outcome:
    """One reply a document: what it holds and what is missing, with the Word file and the PDF."""
    return Outcome(tuple(_handed_out(turn, run, document) for document in _documents(turn, run)))


def _documents(turn: Turn, run: Run) -> Iterator[Document]:
    knowledge, today = turn.knowledge, turn.services.today()
    checklist = knowledge.checklists[run.checklist]
    if checklist.result.document:
        text = knowledge.documents[checklist.result.document]
        yield build(text, checklist, run, today=today, version=knowledge.version, say=knowledge.say)
    if checklist.result.bands:
        result = scoring.score(checklist, run)
        if result.empty:
            return
        yield action_plan(checklist, run, result, today=today, version=knowledge.version, say=knowledge.say)


def _handed_out(turn: Turn, run: Run, document: Document) -> Reply:
    template = turn.knowledge.word_template(document.template)
    files = (
        (names.file_name(document, "docx"), docx.MIME, docx.write(document, template)),
        (names.file_name(document, "pdf"), pdf.MIME, pdf.write(document)),
    )
    attachments = tuple(
        Attachment(turn.store.add_document(turn.owner, run.id, name, mime, content), name, mime)
        for name, mime, content in files
    )
    return Reply(
        preview(document, turn.knowledge.say), attachments=attachments, language=run.language, checklist=run.checklist
    )
