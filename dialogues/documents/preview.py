"""What a document holds, said in a chat."""

from __future__ import annotations

from dialogues.documents import reading
from dialogues.documents.model import Document, Say
from knowledge.templates import Trusted, escape

LONGEST = 3000  # characters of a draft, so that it fits one message with what is said around it
_MOST_GAPS = 8


def preview(document: Document, say: Say) -> Trusted:
    """The document in light markup: its title, its headings, what is still missing, and where its notes stand."""
    headings = tuple(escape(section.heading) for section in document.sections)
    if document.numbered:
        listed = "\n".join(f"{number}. {heading}" for number, heading in enumerate(headings, 1))
    else:
        listed = "\n".join(f"- {heading}" for heading in headings)
    parts = [f"**{escape(document.title)}**", listed, _missing(document, say)]
    if document.has_notes():
        signed = any(section.signed for section in document.sections)
        parts.append(say(document.language, "documents.notes-where", signed=signed, in_pdf=document.notes_in_pdf))
    return Trusted("\n\n".join(parts))


def draft(document: Document, say: Say, *, whole: bool = False) -> tuple[Trusted, bool]:
    """The document itself, in light markup, then what is missing; and whether it was cut to fit a message."""
    told = list(reading.paragraphs(document))
    kept, more = (told, False) if whole else reading.cut(told, LONGEST)
    if more:
        kept.append(Trusted(say(document.language, "documents.draft-goes-on")))
    labels = [gap.label for gap in document.gaps]
    if labels:
        shown, rest = labels[:_MOST_GAPS], len(labels[_MOST_GAPS:])
        kept.append(Trusted(say(document.language, "documents.draft-missing", n=len(labels), labels=shown, more=rest)))
    return Trusted("\n\n".join(kept)), more


def _missing(document: Document, say: Say) -> str:
    labels = [gap.label for gap in document.gaps]
    if not labels:
        return escape(document.next_step)
    shown, more = labels[:_MOST_GAPS], len(labels[_MOST_GAPS:])
    return say(document.language, "documents.missing", n=len(labels), labels=shown, more=more)
