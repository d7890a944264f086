"""The names that a document's templates may use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

from dialogues.documents import markup
from dialogues.documents.answers import Answers
from dialogues.documents.findings import Findings
from dialogues.documents.model import Block, Bullets, Gap, Say, Span, Spans, Table
from dialogues.documents.slots import SigningPlace, Slots, clean
from dialogues.walkthrough.naming import name
from dialogues.walkthrough.state import Run, Value
from dialogues.written import date_words
from knowledge.schema import CHOSEN, Checklist, Item
from knowledge.templates import Trusted, escape

_OWN_WORDS = ("choice", "scale", "yesno", "several")  # our own: a template may put them through `lower` and the like
_WIDTHS = {
    "text": 5,
    "choice": 3,
    "scale": 3,
    "several": 4,
    "person": 3,
    "date": 3,
    "number": 2,
    "money": 2,
    "yesno": 2,
}
_FEW_WORDS = 6


def context(
    checklist: Checklist, run: Run, slots: Slots, say: Say, *, today: date, version: str, others: Sequence[Run] = ()
) -> dict[str, Any]:
    """All the names by which a template is filled; see docs/content.md.

    `others` are further runs of the same checklist, to compare a result with.
    """
    answers = Answers(checklist, run, say)
    telling = _Telling(answers, slots, say)
    found = Findings(answers, say, others)
    named = name(checklist, run)
    return {
        "a": SimpleNamespace(**{item.id.replace("-", "_"): telling.answer(item) for item in checklist.items}),
        "given": answers.given,
        "is_": answers.is_,
        "sign": telling.sign,
        "listed": telling.listed,
        "table": telling.table,
        "entries": telling.entries,
        "count": lambda group: len(answers.entries(answers.group(group))),
        "unused": telling.unused,
        "today": slots.text(date_words(today, run.language, say)),
        "version": version,
        "edition": max(run.edition, 1),
        "name": slots.text(named) if named else "",
        "full": run.mode == "full",
        **{called: _placed(slots, tell) for called, tell in found.blocks.items()},
    }


def _placed(slots: Slots, tell: Any) -> Any:
    """The function whose blocks stand where its mark does."""

    def place(*arguments: Any) -> str:
        blocks = tell(*arguments)
        return slots.blocks(blocks) if blocks else Trusted("")

    return place


class _Telling:
    """Answers as a template's marks."""

    def __init__(self, answers: Answers, slots: Slots, say: Say) -> None:
        self._answers, self._slots, self._say = answers, slots, say
        self._language = answers.run.language

    def answer(self, item: Item) -> str:
        return self._shown(item, item.id, self._answers.value(item.id))

    def _shown(self, item: Item, gap: str, value: Value) -> str:
        words = self._answers.words(item, value) if item.kind != "group" else None
        if words is not None:
            return words if item.kind in _OWN_WORDS else self._slots.text(words)
        return self._gap(item, gap)

    def _gap(self, item: Item, gap: str) -> str:
        label = item.text(self._language).label
        return self._slots.gap(Gap(gap, label), markup.text(self._say(self._language, "documents.gap", label=label)))

    def sign(self, *parties: str | Sequence[str]) -> str:
        header = markup.text(self._say(self._language, "documents.signature-table")).split(" / ")
        pairs = ((party, "") if isinstance(party, str) else party for party in parties)
        signing = tuple((_as_markup(party), "" if self._slots.missing(by) else _as_markup(by)) for party, by in pairs)
        return self._slots.sign(SigningPlace(tuple(header), signing))

    def listed(self, path: str) -> str:
        item, value = self._answers.item(path), self._answers.value(path)
        if value is None or value == ():
            return self._gap(item, path)
        parts = self._answers.labels(item, value) if item.kind in CHOSEN else split(str(value))
        return self._slots.blocks((Bullets(tuple((Span(clean(_capital(part))),) for part in parts)),))

    def table(self, group_id: str, *field_ids: str) -> str:
        group = self._answers.group(group_id)
        entries = self._answers.entries(group)
        if not entries:
            return self._gap(group, group_id)
        answered = [one for one in group.fields if any(entry.get(one.id) is not None for entry in entries)]
        fields = [self._answers.item(f"{group_id}.{one}") for one in field_ids] or answered
        entries = _by_day(entries, fields)
        header = tuple(one.text(self._language).label for one in fields)
        rows = tuple(tuple(self._cell(one, entry.get(one.id)) for one in fields) for entry in entries)
        widths = tuple(_WIDTHS.get(one.kind, 3) for one in fields)
        block: Block = Table(header, rows, widths)
        return self._slots.blocks((block,))

    def _cell(self, field: Item, value: Value) -> Spans:
        words = self._answers.words(field, value)
        if words is None and field.kind == "person" and value is not None:  # "mig selv", and nobody knows who that is
            label = field.text(self._language).label
            self._slots.note_gap(Gap(field.id, label))
            return (Span(markup.text(self._say(self._language, "documents.gap", label=label)), gap=True),)
        return (Span(clean(words)),) if words else ()

    def entries(self, group_id: str) -> list[SimpleNamespace]:
        group = self._answers.group(group_id)
        return [self._entry(group, number, entry) for number, entry in enumerate(self._answers.entries(group))]

    def _entry(self, group: Item, number: int, entry: dict[str, Value]) -> SimpleNamespace:
        def given(field: str) -> bool:
            item = self._answers.item(f"{group.id}.{field}")
            return self._answers.words(item, entry.get(item.id)) is not None

        def is_(field: str, *choices: str) -> bool:
            item = self._answers.item(f"{group.id}.{field}")
            self._answers.check_choices(item, choices)
            return self._answers.is_one_of(entry.get(item.id), choices)

        shown = {
            field.id.replace("-", "_"): self._shown(field, f"{group.id}.{number}.{field.id}", entry.get(field.id))
            for field in group.fields
        }
        return SimpleNamespace(given=given, is_=is_, **shown)

    def unused(self, group_id: str, field_id: str) -> str:
        group = self._answers.group(group_id)
        return self._answers.joined(self._answers.unused(group, self._answers.item(f"{group_id}.{field_id}")))


def _by_day(entries: list[dict[str, Value]], fields: Sequence[Item]) -> list[dict[str, Value]]:
    """The entries in the order of their first date; those without one stay behind the others."""
    dated = next((one.id for one in fields if one.kind == "date"), None)

    def day(entry: dict[str, Value]) -> date:
        found = entry.get(dated) if dated else None
        return found if isinstance(found, date) else date.max

    return sorted(entries, key=day)


def split(text: str) -> list[str]:
    """The parts of a text that lists things: by lines or semicolons, else by commas where each part is short."""
    parts = [part.strip(" \t-–•*·") for part in re.split(r"[\n;]+", text)]
    parts = [part for part in parts if part]
    if len(parts) > 1:
        return parts
    by_comma = [part.strip() for part in re.split(r",(?![0-9])", text) if part.strip()]
    short = all(len(part.split()) <= _FEW_WORDS for part in by_comma) and not re.search(r"[.!?]\s", text)
    if len(by_comma) < 2 or not short:
        return parts
    *heads, last = by_comma
    pair = re.split(r"\s+(?:og|and|samt)\s+", last, maxsplit=1) if len(heads) > 1 else [last]
    return [*heads, *pair]


def _capital(part: str) -> str:
    """An entry of a list with a capital; a name such as iPad keeps its own."""
    return part[:1].upper() + part[1:] if part[1:2].islower() or part[1:2] == " " else part


def _as_markup(value: str) -> str:
    return value if isinstance(value, Trusted) else escape(str(value))
