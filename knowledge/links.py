"""Checks what pieces say of each other: every id that one names must be there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from knowledge.checklist_links import checklist_links, conditions
from knowledge.course_links import lesson_links, scene_links
from knowledge.faults import Fault
from knowledge.guide_links import guide_links
from knowledge.mentions import twice, unknown
from knowledge.pieces import Piece, Pieces
from knowledge.reading import Place
from knowledge.schema import LANGUAGES, Checklist, DocumentText, Facet, Term, Topic
from knowledge.spelling import normalise


@dataclass(frozen=True)
class Found:
    """A fault, and the piece that is to blame."""

    piece: Piece
    fault: Fault


def check_links(pieces: Pieces) -> Iterator[Found]:
    """Every broken link between the pieces, and within each."""
    for piece in pieces:
        check = _CHECKS.get(piece.kind)
        if check:
            yield from (Found(piece, fault) for fault in check(pieces, piece))
    for document in pieces["document"].values():
        yield from _document_conditions(pieces, document)
    yield from (Found(piece, fault) for piece, fault in guide_links(pieces))
    for language in LANGUAGES:
        yield from _claimed_twice(pieces["term"].values(), language, _term_words)
        for group in sorted({piece.value.group for piece in pieces["facet"].values()}):
            facets = [piece for piece in pieces["facet"].values() if piece.value.group == group]
            yield from _claimed_twice(facets, language, _facet_words)


def checklists_of(pieces: Pieces, document_id: str) -> list[Piece]:
    """The checklists that end with the document."""
    return [piece for piece in pieces["checklist"].values() if piece.value.result.document == document_id]


def _topic(pieces: Pieces, piece: Piece) -> Iterator[Fault]:
    topic: Topic = piece.value
    yield from unknown(pieces, piece, "topic", topic.related, ("related",), "to relate to")
    if topic.id in topic.related:
        place = ("related", topic.related.index(topic.id))
        yield piece.fault(place, f'The topic "{topic.id}" is related to itself.', "Remove it from the list.")
    yield from unknown(pieces, piece, "checklist", topic.checklists, ("checklists",))
    yield from unknown(pieces, piece, "facet", topic.facets, ("facets",))
    for number, facet in enumerate(topic.facets):
        group = pieces["facet"][facet].value.group if facet in pieces["facet"] else topic.group
        if group != topic.group:
            problem = f'The facet "{facet}" is one of the group `{group}`.'
            yield piece.fault(("facets", number), problem, f"Name one of the group `{topic.group}`.")
    yield from unknown(pieces, piece, "source", topic.sources, ("sources",))


def _term(pieces: Pieces, piece: Piece) -> Iterator[Fault]:
    term: Term = piece.value
    return unknown(pieces, piece, "topic", term.topics, ("topics",))


Words = Callable[[Any, str], Iterable[tuple[Place, str]]]


def _term_words(term: Term, language: str) -> Iterator[tuple[Place, str]]:
    text = term.text(language)
    yield (language, "term"), text.term
    for key in ("also", "forms"):
        yield from (((language, key, number), word) for number, word in enumerate(getattr(text, key)))


def _facet_words(facet: Facet, language: str) -> Iterator[tuple[Place, str]]:
    yield from (((language, "words", number), word) for number, word in enumerate(facet.text(language).words))


def _claimed_twice(pieces: Iterable[Piece], language: str, words: Words) -> Iterator[Found]:
    """Words that stand for two things, or are said twice, in one language."""
    owners: dict[str, Piece] = {}
    for piece in pieces:
        for place, word in words(piece.value, language):
            owner = owners.setdefault(normalise(word), piece)
            if owner is not piece:
                problem = f'The word "{word}" stands for the {piece.kind} "{owner.id}" already.'
                yield Found(piece, piece.fault(place, problem, "Keep it where it belongs."))


def _document(pieces: Pieces, piece: Piece) -> Iterator[Fault]:
    document: DocumentText = piece.value
    clause_ids = ((("clauses", number, "id"), clause.id) for number, clause in enumerate(document.clauses))
    yield from twice(piece, "clause", clause_ids)
    if not checklists_of(pieces, document.id) and not any(kind == "checklist" for kind, _ in pieces.broken):
        mend = f"Name it in a checklist, under `result:`, as `document: {document.id}`."
        if any(kind == "checklist" for kind, _ in pieces.left_out):
            mend = "A checklist is left out because of a fault of its own. Mend that first."
        yield piece.fault(("id",), f'No checklist ends with the document "{document.id}".', mend)


def _document_conditions(pieces: Pieces, document: Piece) -> Iterator[Found]:
    for owner in checklists_of(pieces, document.id):
        checklist: Checklist = owner.value
        known = {item.id: item for item in checklist.items}
        for number, clause in enumerate(document.value.clauses):
            for fault in conditions(document, checklist, clause.when, ("clauses", number, "when"), known):
                yield Found(to_blame(document, owner), fault)


def to_blame(document: Piece, checklist: Piece) -> Piece:
    """Which of the two doesn't fit the other: the one that was laid over, or else the document."""
    return checklist if checklist.overlaid and not document.overlaid else document


_CHECKS: dict[str, Callable[[Pieces, Piece], Iterator[Fault]]] = {
    "topic": _topic,
    "term": _term,
    "checklist": checklist_links,
    "document": _document,
    "lesson": lesson_links,
    "scene": scene_links,
}
