"""What was answered, in the words of the document's language, and the names that a clause's template may use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

from jinja2 import UndefinedError

from dialogues.documents import markup
from dialogues.documents.model import Gap, Say
from dialogues.documents.slots import SigningPlace, Slots, clean
from dialogues.walkthrough.path import counted
from dialogues.walkthrough.state import Run, Value
from knowledge.schema import IRRELEVANT, UNSURE, Checklist, Choice, Condition, Item
from knowledge.templates import Trusted, escape

_OWN_WORDS = ("choice", "scale", "yesno")  # the project's own: a template may put them through `lower` and the like


class Answers:
    """The answers of one run that count for its document: valid ones, to items that are asked."""

    def __init__(self, checklist: Checklist, run: Run, say: Say) -> None:
        self._checklist, self._run, self._say = checklist, run, say
        self._items = {item.id: item for item in checklist.items}
        self._values = counted(checklist, run)

    def item(self, item_id: str) -> Item:
        """The item of that id; UndefinedError, which names it, if the checklist has none."""
        try:
            return self._items[item_id]
        except KeyError:
            raise UndefinedError(f"the checklist {self._checklist.id} has no item '{item_id}'") from None

    def value(self, item_id: str) -> Value:
        """What was answered to the item; None for nothing, skipped, hidden, or text without a visible character."""
        value = self._values.get(self.item(item_id).id)
        return None if isinstance(value, str) and not clean(value) else value

    def holds(self, condition: Condition | None) -> bool:
        """Whether the condition holds, with the answers that count."""
        return condition is None or str(self.value(condition.item)) in condition.any_of

    def given(self, item_id: str) -> bool:
        """Whether the item has an answer that a clause can use: neither "don't know yet" nor "not relevant"."""
        return self.value(item_id) not in (None, UNSURE, IRRELEVANT)

    def is_(self, item_id: str, *choices: str) -> bool:
        """Whether one of the choices (ids, or yes/no) was answered; UndefinedError for one that is not offered."""
        item = self.item(item_id)
        offered = {choice.id for choice in self._checklist.choices(item)} or {"yes", "no", UNSURE, IRRELEVANT}
        for choice in choices:
            if choice not in offered:
                raise UndefinedError(f"the item '{item_id}' has no choice '{choice}'")
        return self.value(item_id) in choices

    def words(self, item_id: str) -> str | None:
        """The answer as the document says it; None where a gap belongs."""
        item, value = self.item(item_id), self.value(item_id)
        if value is None or value == UNSURE:
            return None
        if item.kind in ("choice", "scale"):
            choice = self._choice(item, value)
            return getattr(choice, self._run.language) if choice else None
        if item.kind == "yesno" and value in ("yes", "no"):
            return markup.text(self._say(self._run.language, f"documents.{value}"))
        if isinstance(value, date):
            return date_words(value, self._run.language, self._say)
        if item.kind == "number" and isinstance(value, (int, float)):
            number = number_words(value, self._run.language)
            return f"{number}\u00a0{item.unit[self._run.language]}" if item.unit else number
        return str(value)

    def _choice(self, item: Item, value: Value) -> Choice | None:
        return next((choice for choice in self._checklist.choices(item) if choice.id == value), None)


def _as_markup(value: str) -> str:
    return value if isinstance(value, Trusted) else escape(str(value))


def date_words(day: date, language: str, say: Say) -> str:
    """A date as the language writes it: "3. marts 2027"."""
    month = markup.text(say(language, "documents.months")).split()[day.month - 1]
    return markup.text(say(language, "documents.date", day=day.day, month=month, year=day.year))


def number_words(value: int | float, language: str) -> str:
    """A number with the language's separators: 1.234,5 in Danish, 1,234.5 in English."""
    written = f"{value:,.0f}" if value == int(value) else f"{value:,.2f}".rstrip("0")
    return written.translate(str.maketrans(",.", ".,")) if language == "da" else written


def context(checklist: Checklist, run: Run, answers: Answers, slots: Slots, say: Say) -> dict[str, Any]:
    """The names that a clause's template may use.

    `a.<item id with - as _>` is the answer, or a visible gap; `given(item)` and `is_(item, choice, …)` test it;
    `sign(party, …)`, in a paragraph of its own, becomes a place to sign for each party; for `[party, signer]` it says
    who signs, or leaves that open where it isn't known. Who calls adds `today` and `version`.
    """
    language = run.language

    def shown(item: Item) -> str:
        words = answers.words(item.id)
        if words is not None:
            return words if item.kind in _OWN_WORDS else slots.text(words)
        label = item.text(language).label
        return slots.gap(Gap(item.id, label), markup.text(say(language, "documents.gap", label=label)))

    def sign(*parties: str | Sequence[str]) -> str:
        header = markup.text(say(language, "documents.signature-table")).split(" / ")
        pairs = ((party, "") if isinstance(party, str) else party for party in parties)
        signing = tuple((_as_markup(party), "" if slots.missing(by) else _as_markup(by)) for party, by in pairs)
        return slots.sign(SigningPlace(tuple(header), signing))

    functions: dict[str, Callable[..., Any]] = {"given": answers.given, "is_": answers.is_, "sign": sign}
    values = {item.id.replace("-", "_"): shown(item) for item in checklist.items}
    return {"a": SimpleNamespace(**values), **functions}
