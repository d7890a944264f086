"""Checks what the dates of a checklist say of each other, and of their entries in a calendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from knowledge.faults import Fault, did_you_mean
from knowledge.pieces import Piece
from knowledge.reading import Place
from knowledge.schema import IRRELEVANT, UNSURE, Checklist, Item

_ORDER = ("after", "before", "future")
_ENTRY = {"time": ("text",), "minutes": ("number", "choice"), "place": ("text",)}
"""What a calendar entry may name, and the kinds of item that can tell it."""


def date_links(piece: Piece, checklist: Checklist) -> Iterator[Fault]:
    """Every fault in what dates are to come after or before, and in what their calendar entries name.

    A date may name dates that stand outside of groups, and a field of a group those of its own group as well.
    """
    outside = {item.id: item for item in checklist.items if item.kind != "group"}
    for place, item, near in _dated(checklist, outside):
        yield from _order(piece, item, place, near)
        yield from _entry(piece, checklist, item, place, near)


def _dated(checklist: Checklist, outside: Mapping[str, Item]) -> Iterator[tuple[Place, Item, Mapping[str, Item]]]:
    """Each item and field, with those that it may name."""
    for section_number, section in enumerate(checklist.sections):
        for number, item in enumerate(section.items):
            place: Place = ("sections", section_number, "items", number)
            yield place, item, outside
            near = {**outside, **{field.id: field for field in item.fields}}
            for field_number, field in enumerate(item.fields):
                yield (*place, "fields", field_number), field, near


def _order(piece: Piece, item: Item, place: Place, near: Mapping[str, Item]) -> Iterator[Fault]:
    for key in _ORDER if item.kind != "date" else ():
        if getattr(item, key):
            yield piece.fault((*place, key), f"`{key}` says nothing for kind `{item.kind}`.", "Remove it.")
    dates = [id_ for id_, one in near.items() if one.kind == "date" and one is not item]
    for key in ("after", "before") if item.kind == "date" else ():
        for id_ in getattr(item, key):
            mend = did_you_mean(id_, dates, "Write the id of an item of kind `date`.")
            if id_ == item.id and near.get(id_) is item:
                yield piece.fault((*place, key), f'The date "{id_}" can\'t come {key} itself.', mend)
            elif id_ not in near:
                yield piece.fault((*place, key), f'There is no date "{id_}".', mend)
            elif near[id_].kind != "date":
                yield piece.fault((*place, key), f'The item "{id_}" is a {near[id_].kind}, not a date.', mend)
    for id_ in set(item.after) & set(item.before):
        yield piece.fault((*place, "before"), f'The date can\'t come both after and before "{id_}".', "Remove one.")


def _entry(piece: Piece, checklist: Checklist, item: Item, place: Place, near: Mapping[str, Item]) -> Iterator[Fault]:
    for key, kinds in _ENTRY.items() if item.calendar else ():
        id_ = getattr(item.calendar, key)
        fitting = [other for other, one in near.items() if one.kind in kinds]
        if id_ is None:
            continue
        at = (*place, "calendar", key)
        mend = did_you_mean(id_, fitting, "Write an item's id.")
        if id_ not in near:
            yield piece.fault(at, f'There is no item "{id_}".', mend)
        elif near[id_].kind not in kinds:
            yield piece.fault(at, f'The item "{id_}" is a {near[id_].kind}: it can\'t tell the {key}.', mend)
        elif key == "minutes" and not all(one.isdigit() for one in _choices(checklist, near[id_])):
            said = f'The choices of "{id_}" don\'t say how many minutes.'
            yield piece.fault(at, said, 'Give them numbers of minutes as ids, say "45".')


def _choices(checklist: Checklist, item: Item) -> list[str]:
    offered = item.choices or checklist.scales.get(item.scale or "", ())
    return [choice.id for choice in offered if choice.id not in (UNSURE, IRRELEVANT)]
