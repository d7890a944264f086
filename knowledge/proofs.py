"""Checks that templates render: those of topics, of the interface's texts, and of documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jinja2 import TemplateError, TemplateSyntaxError

from knowledge.checklist_links import answers_to, find
from knowledge.faults import Fault, did_you_mean, listed
from knowledge.links import Found, checklists_of, to_blame
from knowledge.pieces import Piece, Pieces
from knowledge.reading import Place
from knowledge.schema import LANGUAGES, Bilingual, Checklist, DocumentText, Topic
from knowledge.templates import Uses, is_template, render, uses
from knowledge.wording import LANGUAGE_NAMES

TOPIC_TEMPLATES = ("short", "more", "example", "do_now", "ask")
OF_ITEMS = frozenset({"given", "is_", "listed"})
OF_GROUPS = frozenset({"table", "entries", "count", "unused"})
DOCUMENT_NAMES = OF_ITEMS | OF_GROUPS | {
    "a", "sign", "today", "version", "edition", "name", "full",
    "score", "themes", "picture", "actions", "unknowns", "advice", "answers", "notes", "comparison",
}  # fmt: skip
"""What a document's templates may use; `dialogues.documents` provides it."""


def check_templates(pieces: Pieces) -> Iterator[Found]:
    """Every template that wouldn't render, with the piece that is to blame."""
    for topic in pieces["topic"].values():
        yield from (Found(topic, fault) for fault in _topic(pieces, topic))
    for text in pieces["text"].values():
        yield from (Found(text, fault) for fault in _text(text))
    for document in pieces["document"].values():
        yield from _document(pieces, document)
    for kind in ("term", "checklist", "source", "facet", "question", "lesson", "scene"):
        for piece in pieces[kind].values():
            yield from (Found(piece, fault) for fault in _plain(piece, piece.value.dict(), ()))


def topic_values(topics: Mapping[str, Topic], checklists: Mapping[str, Checklist], language: str) -> dict[str, Any]:
    """What a topic's templates may use: how many `topics` and `checklists` there are, and `title("topic.id")`."""

    def title(topic_id: str) -> str:
        if topic_id not in topics:
            raise TemplateError(f'there is no topic "{topic_id}". {did_you_mean(topic_id, topics)}'.strip())
        return topics[topic_id].text(language).title

    return {"topics": len(topics), "checklists": len(checklists), "title": title}


def _topic(pieces: Pieces, piece: Piece) -> Iterator[Fault]:
    texts: list[tuple[Place, str]] = []
    for language in LANGUAGES:
        text = piece.value.text(language)
        texts += [((language, name), getattr(text, name) or "") for name in TOPIC_TEMPLATES]
        yield from _plain(piece, text.title, (language, "title"))
    for place, source in texts:
        if is_template(source):
            if unread := _titles_unread(pieces, piece, place, source):
                named = (id_ for id_ in unread if ("topic", id_) in pieces.left_out)
                yield from (piece.fault(place, *pieces.missing("topic", id_)) for id_ in named)
                continue
            values = topic_values(pieces.values("topic"), pieces.values("checklist"), place[0])
            yield from _broken(piece, place, lambda: render(source, **values), sorted(values))  # noqa: B023


def _titles_unread(pieces: Pieces, piece: Piece, place: Place, source: str) -> list[str]:
    """The topics whose title a template names, and which have faults of their own: it can't be rendered."""
    calls = _uses(piece, place, source, []).calls
    named = sorted({str(arguments[0]) for function, arguments in calls if function == "title" and arguments})
    faulty = pieces.broken | pieces.left_out
    return [id_ for id_ in named if id_ not in pieces["topic"] and ("topic", id_) in faulty]


def _broken(piece: Piece, place: Place, attempt: Callable[[], object], known: list[str]) -> Iterator[Fault]:
    try:
        attempt()
    except TemplateSyntaxError as error:
        yield _syntax(piece, place, error)
    except Exception as error:  # a template is a program: it may fail in any way
        mend = f"A template here may use {listed(known)}."
        yield piece.fault(place, f"The text doesn't render: {_sentence(error)}", mend)


def _sentence(error: Exception) -> str:
    said = str(error) or type(error).__name__
    return said if said.endswith((".", "?")) else f"{said}."


def _syntax(piece: Piece, place: Place, error: TemplateSyntaxError) -> Fault:
    mend = "Look for {{ }} and {% %} that aren't closed, or misspelt words within them."
    return piece.fault(place, f"The template can't be read: {_sentence(Exception(error.message))}", mend)


def _uses(piece: Piece, place: Place, source: str, faults: list[Fault]) -> Uses:
    try:
        return uses(source)
    except TemplateSyntaxError as error:
        faults.append(_syntax(piece, place, error))
        return Uses()


def _text(piece: Piece) -> Iterator[Fault]:
    faults: list[Fault] = []
    names = {language: _uses(piece, (language,), piece.value[language], faults).names for language in LANGUAGES}
    yield from faults
    if faults:
        return
    for language, other in (LANGUAGES, LANGUAGES[::-1]):
        lacking = names[other] - names[language]
        if lacking:
            problem = (
                f"The {LANGUAGE_NAMES[language]} text doesn't use {listed(sorted(lacking))}, "
                f"which the {LANGUAGE_NAMES[other]} one does."
            )
            yield piece.fault((language,), problem, "Let both use the same names in {{ }}.")


def _plain(piece: Piece, value: Any, place: Place) -> Iterator[Fault]:
    """Faults of texts that are shown as they stand."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _plain(piece, part, (*place, key))
    elif isinstance(value, (list, tuple)):
        for number, part in enumerate(value):
            yield from _plain(piece, part, (*place, number))
    elif isinstance(value, str) and is_template(value):
        problem = "Nothing is filled in here: {{ }}, {% %} and {# #} would be shown as they stand."
        yield piece.fault(place, problem, "Write the text out.")


# --- documents ---------------------------------------------------------------------------------


def document_templates(document: DocumentText) -> Iterator[tuple[Place, str]]:
    """Every template of a document, and where it stands."""
    texts: list[tuple[Place, Bilingual | None]] = [
        (("file_name",), document.file_name),
        (("title",), document.title),
        (("subtitle",), document.subtitle),
        (("preamble",), document.preamble),
    ]
    for number, clause in enumerate(document.clauses):
        place: Place = ("clauses", number)
        texts += [((*place, key), getattr(clause, key)) for key in ("heading", "body", "caution")]
    for place, text in texts:
        if text:
            yield from (((*place, language), text[language]) for language in LANGUAGES)


def _document(pieces: Pieces, piece: Piece) -> Iterator[Found]:
    owners = checklists_of(pieces, piece.id)
    for place, source in document_templates(piece.value):
        faults: list[Fault] = []
        used = _uses(piece, place, source, faults)
        for name in sorted(used.names - DOCUMENT_NAMES):
            mend = did_you_mean(name, DOCUMENT_NAMES, f"Known are {listed(sorted(DOCUMENT_NAMES))}.")
            faults.append(piece.fault(place, f"There is nothing named `{name}` to fill in.", mend))
        yield from (Found(piece, fault) for fault in faults)
        for owner in owners:
            found = _answers_used(piece, place, used, owner.value)
            yield from (Found(to_blame(piece, owner), fault) for fault in found)


def _answers_used(piece: Piece, place: Place, used: Uses, checklist: Checklist) -> Iterator[Fault]:
    """Faults for the answers that a template uses and the checklist doesn't ask for."""
    items = {item.id: item for item in checklist.items}
    written = {id_.replace("-", "_"): id_ for id_ in items}
    for name, attribute in sorted(used.attributes):
        if name == "a" and attribute not in written:
            problem = f'The checklist "{checklist.id}" has no item for `a.{attribute}`.'
            near = did_you_mean(attribute, written)
            yield piece.fault(place, problem, near or "Write an item's id after `a.`, with _ for -.")
    for function, arguments in sorted(used.calls, key=str):
        if function in OF_ITEMS | OF_GROUPS and arguments:
            yield from _call(piece, place, checklist, function, tuple(map(str, arguments)))


def _call(
    piece: Piece, place: Place, checklist: Checklist, function: str, arguments: tuple[str, ...]
) -> Iterator[Fault]:
    """Faults of what a template asks of an item, or of a group and its fields."""
    items = {item.id: item for item in checklist.items}
    named, *rest = arguments
    item = items.get(named) if function in OF_GROUPS else find(items, named)
    if item is None or (function in OF_GROUPS and item.kind != "group"):
        what = "group" if function in OF_GROUPS else "item"
        problem = f'The checklist "{checklist.id}" has no {what} "{named}".'
        yield piece.fault(place, problem, did_you_mean(named, items, f"Write the id of one {what}."))
        return
    if function in OF_GROUPS:
        fields = {field.id for field in item.fields}
        for field in (one for one in rest if one not in fields):
            problem = f'The group "{item.id}" has no field "{field}".'
            yield piece.fault(place, problem, did_you_mean(field, fields, f"It has {listed(sorted(fields))}."))
        return
    values = answers_to(checklist, item)
    for value in rest:
        if values is None or (values and value not in values):
            problem = f'The item "{item.id}" can\'t be answered with "{value}".'
            mend = did_you_mean(value, values or (), "Write the id of one of its choices.")
            yield piece.fault(place, problem, mend)
