"""Checks what the parts of a checklist say of each other: conditions, scales, fields, what it ends with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from knowledge.date_links import date_links
from knowledge.faults import Fault, did_you_mean, listed
from knowledge.mentions import twice, unknown
from knowledge.pieces import Piece, Pieces
from knowledge.reading import Place
from knowledge.schema import CHOSEN, IRRELEVANT, UNSURE, Checklist, Condition, Item

_ONLY_FOR = {
    "minimum": ("number", "money"),
    "maximum": ("number", "money"),
    "unit": ("number",),
    "calendar": ("date",),
}
_OF_SECTIONS = "Only the advice of a result can ask for the score of a section."


def checklist_links(pieces: Pieces, piece: Piece) -> Iterator[Fault]:
    """Every fault in what the checklist's parts name."""
    checklist: Checklist = piece.value
    yield from unknown(pieces, piece, "topic", checklist.topics, ("topics",))
    yield from unknown(pieces, piece, "source", checklist.sources, ("sources",))
    section_ids = ((("sections", number, "id"), section.id) for number, section in enumerate(checklist.sections))
    yield from twice(piece, "section", section_ids)
    items = list(_items(checklist))
    yield from twice(piece, "item", (((*place, "id"), item.id) for place, item in items))
    for name, choices in checklist.scales.items():
        choice_ids = ((("scales", name, number), choice.id) for number, choice in enumerate(choices))
        yield from twice(piece, "choice", choice_ids)
    before: dict[str, Item] = {}
    for place, item in items:
        yield from _item(pieces, piece, item, place)
        yield from conditions(piece, checklist, item.when, (*place, "when"), before)
        yield from _fields(pieces, piece, item, place, before)
        before[item.id] = item
    yield from date_links(piece, checklist)
    yield from _result(pieces, piece, checklist, before)


def _items(checklist: Checklist) -> Iterator[tuple[Place, Item]]:
    for section_number, section in enumerate(checklist.sections):
        for number, item in enumerate(section.items):
            yield ("sections", section_number, "items", number), item


def _item(pieces: Pieces, piece: Piece, item: Item, place: Place) -> Iterator[Fault]:
    scales = piece.value.scales
    if item.scale and item.scale not in scales:
        mend = did_you_mean(item.scale, scales, "Add it under `scales:` at the top of the checklist.")
        yield piece.fault((*place, "scale"), f'There is no scale "{item.scale}".', mend)
    choice_ids = (((*place, "choices", number), choice.id) for number, choice in enumerate(item.choices))
    yield from twice(piece, "choice", choice_ids)
    yield from unknown(pieces, piece, "topic", item.topics, (*place, "topics"))
    yield from unknown(pieces, piece, "checklist", item.checklists, (*place, "checklists"))
    yield from unknown(pieces, piece, "source", item.sources, (*place, "sources"))
    for key, kinds in _ONLY_FOR.items():
        if item.kind not in kinds and getattr(item, key) is not None:
            yield piece.fault((*place, key), f"`{key}` says nothing for kind `{item.kind}`.", "Remove it.")
    for least, most in (("minimum", "maximum"), ("at_least", "at_most")):
        low, high = getattr(item, least), getattr(item, most)
        if low is not None and high is not None and low > high:
            yield piece.fault((*place, most), f"`{most}` is less than `{least}`.", "Swap them.")


def _fields(pieces: Pieces, piece: Piece, group: Item, place: Place, before: Mapping[str, Item]) -> Iterator[Fault]:
    """Faults of a group's fields; their conditions may name earlier items and earlier fields."""
    yield from twice(piece, "field", (((*place, "fields", n, "id"), one.id) for n, one in enumerate(group.fields)))
    known = dict(before)
    for number, field in enumerate(group.fields):
        at = (*place, "fields", number)
        yield from _item(pieces, piece, field, at)
        yield from conditions(piece, piece.value, field.when, (*at, "when"), known)
        known[field.id] = field


# --- the result --------------------------------------------------------------------------------


def _result(pieces: Pieces, piece: Piece, checklist: Checklist, items: Mapping[str, Item]) -> Iterator[Fault]:
    result = checklist.result
    if not result.bands and not result.document:
        mend = "Write `bands:` for a score, `document:` for a document, or both."
        yield piece.fault(("result",), "The checklist ends with nothing: no score and no document.", mend)
    if result.document and pieces.is_missing("document", result.document):
        said = pieces.missing(
            "document", result.document, "to end with", f"Write it as documents/{result.document}.yml."
        )
        yield piece.fault(("result", "document"), *said)
    yield from unknown(pieces, piece, "checklist", result.follow, ("result", "follow"))
    advice_ids = ((("result", "advice", number, "id"), one.id) for number, one in enumerate(result.advice))
    yield from twice(piece, "advice", advice_ids)
    for number, advice in enumerate(result.advice):
        place: Place = ("result", "advice", number)
        yield from unknown(pieces, piece, "topic", advice.topics, (*place, "topics"))
        yield from unknown(pieces, piece, "checklist", advice.checklists, (*place, "checklists"))
        yield from conditions(piece, checklist, advice.when, (*place, "when"), items, of_sections=True)
    named: list[tuple[Place, str]] = [(("named_by", number), id_) for number, id_ in enumerate(checklist.named_by)]
    if result.compare:
        named.append((("result", "compare", "across"), result.compare.across))
        named += [(("result", "compare", "same", number), id_) for number, id_ in enumerate(result.compare.same)]
    for at, id_ in named:
        if id_ not in items:
            yield piece.fault(at, f'There is no item "{id_}".', did_you_mean(id_, items, "Write an item's id."))
    yield from _picture(piece, checklist, items)


def _picture(piece: Piece, checklist: Checklist, items: Mapping[str, Item]) -> Iterator[Fault]:
    picture = checklist.result.picture
    if picture is None or picture.group is None:
        return
    group = items.get(picture.group)
    if group is None or group.kind != "group":
        mend = did_you_mean(picture.group, items, "Write the id of an item of kind `group`.")
        yield piece.fault(("result", "picture", "group"), f'There is no group "{picture.group}".', mend)
        return
    fields = {field.id: field for field in group.fields}
    for key in ("label", "sector", "ring"):
        id_ = str(getattr(picture, key))
        if id_ not in fields:
            mend = did_you_mean(id_, fields, "Write a field's id.")
            yield piece.fault(("result", "picture", key), f'The group "{group.id}" has no field "{id_}".', mend)
        elif key != "label" and fields[id_].kind not in ("choice", "scale"):
            yield piece.fault(
                ("result", "picture", key), f'The field "{id_}" offers no choices.', "Name one that does."
            )


# --- conditions --------------------------------------------------------------------------------


def conditions(
    piece: Piece,
    checklist: Checklist,
    them: tuple[Condition, ...],
    place: Place,
    items: Mapping[str, Item],
    *,
    of_sections: bool = False,
) -> Iterator[Fault]:
    """Faults of conditions that may name the `items`: those that were asked when they count."""
    for number, condition in enumerate(them):
        at = (*place, number)
        if condition.section is None:
            yield from _condition(piece, checklist, condition, at, items)
        elif not of_sections:
            yield piece.fault((*at, "section"), _OF_SECTIONS, "Name an `item`.")
        elif condition.section not in {section.id for section in checklist.sections}:
            mend = did_you_mean(condition.section, [section.id for section in checklist.sections])
            yield piece.fault((*at, "section"), f'There is no section "{condition.section}".', mend)


def _condition(
    piece: Piece, checklist: Checklist, condition: Condition, place: Place, items: Mapping[str, Item]
) -> Iterator[Fault]:
    item = find(items, condition.item or "")
    if item is None:
        known = {path for id_, one in items.items() for path in (id_, *(f"{id_}.{field.id}" for field in one.fields))}
        later = any(condition.item == other.id for other in checklist.items)
        problem = f'The condition names the item "{condition.item}", which '
        mend = did_you_mean(condition.item or "", known, "Name an item that comes earlier.")
        mend = "Move that item up." if later else mend
        yield piece.fault((*place, "item"), problem + ("comes later." if later else "isn't there."), mend)
        return
    values = answers_to(checklist, item)
    if values is None and (condition.any_of or condition.none_of):
        problem = f'The item "{item.id}" is answered with a {item.kind}, whose values no condition can name.'
        mend = "Name an item with choices, or ask with `given`, `at_least` or `below`."
        yield piece.fault((*place, "item"), problem, mend)
        return
    counted = item.kind in ("number", "money", "group")
    if not counted and (condition.at_least is not None or condition.below is not None):
        problem = f'The item "{item.id}" is a {item.kind}: it is neither more nor less.'
        yield piece.fault(place, problem, "Name its choices with `any_of`.")
    for key in ("any_of", "none_of"):
        for number, value in enumerate(getattr(condition, key)):
            if values and value not in values:
                mend = did_you_mean(value, values, f"It can be answered with {listed(sorted(values), 'or')}.")
                problem = f'The item "{item.id}" can\'t be answered with "{value}".'
                yield piece.fault((*place, key, number), problem, mend)


def find(items: Mapping[str, Item], path: str) -> Item | None:
    """The item of that id, or the field of a group (`contacts.sector`); None if there is none."""
    id_, _, field_id = path.partition(".")
    item = items.get(id_)
    if item is None or not field_id:
        return item
    return next((field for field in item.fields if field.id == field_id), None)


def answers_to(checklist: Checklist, item: Item) -> set[str] | None:
    """The answers that an item can have, none where its scale is missing; None where they are without number."""
    if item.kind == "yesno":
        return {"yes", "no", UNSURE, IRRELEVANT}
    if item.kind not in CHOSEN:
        return None
    return {choice.id for choice in (item.choices or checklist.scales.get(item.scale or "", ()))}
