"""Checks what pieces say of each other: every id that one names must be there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from knowledge.faults import Fault, did_you_mean, listed
from knowledge.pieces import Piece, Pieces
from knowledge.reading import Place
from knowledge.schema import IRRELEVANT, LANGUAGES, UNSURE, Checklist, Condition, DocumentText, Facet, Item, Term, Topic
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
    for language in LANGUAGES:
        yield from _claimed_twice(pieces["term"].values(), language, _term_words)
        for group in sorted({piece.value.group for piece in pieces["facet"].values()}):
            facets = [piece for piece in pieces["facet"].values() if piece.value.group == group]
            yield from _claimed_twice(facets, language, _facet_words)


def checklists_of(pieces: Pieces, document_id: str) -> list[Piece]:
    """The checklists that end with the document."""
    return [piece for piece in pieces["checklist"].values() if piece.value.result.document == document_id]


def _unknown(
    pieces: Pieces, piece: Piece, kind: str, ids: Iterable[str], place: Place, purpose: str = "to refer to"
) -> Iterator[Fault]:
    """Faults for those of `ids`, a list at `place`, that name no piece of the kind, or name it again."""
    seen = set()
    for number, id_ in enumerate(ids):
        if pieces.is_missing(kind, id_):
            said = pieces.missing(kind, id_, purpose, f"Remove it, or add the {kind}.")
            yield piece.fault((*place, number), *said)
        elif id_ in seen:
            yield piece.fault((*place, number), f'The {kind} "{id_}" is named twice.', "Remove one of them.")
        seen.add(id_)


def _topic(pieces: Pieces, piece: Piece) -> Iterator[Fault]:
    topic: Topic = piece.value
    yield from _unknown(pieces, piece, "topic", topic.related, ("related",), "to relate to")
    if topic.id in topic.related:
        place = ("related", topic.related.index(topic.id))
        yield piece.fault(place, f'The topic "{topic.id}" is related to itself.', "Remove it from the list.")
    yield from _unknown(pieces, piece, "checklist", topic.checklists, ("checklists",))
    yield from _unknown(pieces, piece, "facet", topic.facets, ("facets",))
    for number, facet in enumerate(topic.facets):
        group = pieces["facet"][facet].value.group if facet in pieces["facet"] else topic.group
        if group != topic.group:
            problem = f'The facet "{facet}" is one of the group `{group}`.'
            yield piece.fault(("facets", number), problem, f"Name one of the group `{topic.group}`.")
    yield from _unknown(pieces, piece, "source", topic.sources, ("sources",))


def _term(pieces: Pieces, piece: Piece) -> Iterator[Fault]:
    term: Term = piece.value
    return _unknown(pieces, piece, "topic", term.topics, ("topics",))


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


def _checklist(pieces: Pieces, piece: Piece) -> Iterator[Fault]:
    checklist: Checklist = piece.value
    yield from _unknown(pieces, piece, "topic", checklist.topics, ("topics",))
    yield from _unknown(pieces, piece, "source", checklist.sources, ("sources",))
    yield from _result(pieces, piece, checklist)
    section_ids = ((("sections", number, "id"), section.id) for number, section in enumerate(checklist.sections))
    yield from _twice(piece, "section", section_ids)
    items = list(_items(checklist))
    yield from _twice(piece, "item", (((*place, "id"), item.id) for place, item in items))
    for name, choices in checklist.scales.items():
        choice_ids = ((("scales", name, number), choice.id) for number, choice in enumerate(choices))
        yield from _twice(piece, "choice", choice_ids)
    before: dict[str, Item] = {}
    for place, item in items:
        yield from _item(pieces, piece, item, place)
        if item.when:
            yield from _condition(piece, checklist, item.when, (*place, "when"), before)
        before[item.id] = item


def _items(checklist: Checklist) -> Iterator[tuple[Place, Item]]:
    for section_number, section in enumerate(checklist.sections):
        for number, item in enumerate(section.items):
            yield ("sections", section_number, "items", number), item


def _result(pieces: Pieces, piece: Piece, checklist: Checklist) -> Iterator[Fault]:
    document = checklist.result.document
    if not checklist.result.bands and not document:
        mend = "Write `bands:` for a score, `document:` for a document, or both."
        yield piece.fault(("result",), "The checklist ends with nothing: no score and no document.", mend)
    if document and pieces.is_missing("document", document):
        said = pieces.missing("document", document, "to end with", f"Write it as documents/{document}.yml.")
        yield piece.fault(("result", "document"), *said)


def _twice(piece: Piece, what: str, placed: Iterable[tuple[Place, str]]) -> Iterator[Fault]:
    counts: Counter[str] = Counter()
    for place, id_ in placed:
        counts[id_] += 1
        if counts[id_] == 2:
            yield piece.fault(place, f'The {what} "{id_}" stands here a second time.', "Give one of them another id.")


def _item(pieces: Pieces, piece: Piece, item: Item, place: Place) -> Iterator[Fault]:
    scales = piece.value.scales
    if item.scale and item.scale not in scales:
        mend = did_you_mean(item.scale, scales, "Add it under `scales:` at the top of the checklist.")
        yield piece.fault((*place, "scale"), f'There is no scale "{item.scale}".', mend)
    choice_ids = (((*place, "choices", number), choice.id) for number, choice in enumerate(item.choices))
    yield from _twice(piece, "choice", choice_ids)
    yield from _unknown(pieces, piece, "topic", item.topics, (*place, "topics"))
    yield from _unknown(pieces, piece, "source", item.sources, (*place, "sources"))
    for key in ("minimum", "maximum", "unit"):
        if item.kind != "number" and getattr(item, key) is not None:
            yield piece.fault((*place, key), f"`{key}` says nothing for kind `{item.kind}`.", "Remove it.")
    if item.minimum is not None and item.maximum is not None and item.minimum > item.maximum:
        yield piece.fault((*place, "maximum"), "`maximum` is less than `minimum`.", "Swap them.")


def _condition(
    piece: Piece, checklist: Checklist, condition: Condition, place: Place, items: dict[str, Item]
) -> Iterator[Fault]:
    """Faults of a condition that may name the `items`: those that were asked when it counts."""
    item = items.get(condition.item)
    if item is None:
        later = any(condition.item == other.id for other in checklist.items)
        problem = f'The condition names the item "{condition.item}", which '
        mend = (
            "Move that item up." if later else did_you_mean(condition.item, items, "Name an item that comes earlier.")
        )
        yield piece.fault((*place, "item"), problem + ("comes later." if later else "isn't there."), mend)
        return
    values = answers_to(checklist, item)
    if values is None:
        problem = f'The item "{item.id}" is answered with a {item.kind}, which no condition can ask for.'
        yield piece.fault((*place, "item"), problem, "Name an item of kind `yesno`, `choice` or `scale`.")
        return
    for number, value in enumerate(condition.any_of):
        if values and value not in values:
            mend = did_you_mean(value, values, f"It can be answered with {listed(sorted(values), 'or')}.")
            problem = f'The item "{item.id}" can\'t be answered with "{value}".'
            yield piece.fault((*place, "any_of", number), problem, mend)


def answers_to(checklist: Checklist, item: Item) -> set[str] | None:
    """The answers that an item can have, none where its scale is missing; None where they are without number."""
    if item.kind == "yesno":
        return {"yes", "no", UNSURE, IRRELEVANT}
    if item.kind not in ("choice", "scale"):
        return None
    return {choice.id for choice in (item.choices or checklist.scales.get(item.scale or "", ()))}


def _document(pieces: Pieces, piece: Piece) -> Iterator[Fault]:
    document: DocumentText = piece.value
    clause_ids = ((("clauses", number, "id"), clause.id) for number, clause in enumerate(document.clauses))
    yield from _twice(piece, "clause", clause_ids)
    if not checklists_of(pieces, document.id) and not any(kind == "checklist" for kind, _ in pieces.broken):
        mend = f"Name it in a checklist, under `result:`, as `document: {document.id}`."
        if any(kind == "checklist" for kind, _ in pieces.left_out):
            mend = "A checklist is left out because of a fault of its own. Mend that first."
        yield piece.fault(("id",), f'No checklist ends with the document "{document.id}".', mend)


def _document_conditions(pieces: Pieces, document: Piece) -> Iterator[Found]:
    for owner in checklists_of(pieces, document.id):
        checklist: Checklist = owner.value
        items = {item.id: item for item in checklist.items}
        for number, clause in enumerate(document.value.clauses):
            if clause.when:
                place = ("clauses", number, "when")
                for fault in _condition(document, checklist, clause.when, place, items):
                    yield Found(to_blame(document, owner), fault)


def to_blame(document: Piece, checklist: Piece) -> Piece:
    """Which of the two doesn't fit the other: the one that was laid over, or else the document."""
    return checklist if checklist.overlaid and not document.overlaid else document


_CHECKS = {"topic": _topic, "term": _term, "checklist": _checklist, "document": _document}
