"""What was answered, in the words of the document's language."""

from __future__ import annotations

from datetime import date

from jinja2 import UndefinedError

from dialogues.documents import markup
from dialogues.documents.model import Say
from dialogues.documents.slots import clean
from dialogues.walkthrough.conditions import hold
from dialogues.walkthrough.sayings import myself
from dialogues.walkthrough.state import Run, Value
from dialogues.walkthrough.steps import Walk
from dialogues.written import date_words, number_words
from knowledge.schema import IRRELEVANT, UNSURE, Checklist, Condition, Item

_CATCH_ALL = ("other", UNSURE, IRRELEVANT)
"""Choices that stand for whatever the others leave out: nothing is missing where nobody took them."""


class Answers:
    """The answers of one run that count for its document: valid ones, to items that are asked.

    A path is an item's id, or for the first answer in any entry of a group, `contacts.name`.
    """

    def __init__(self, checklist: Checklist, run: Run, say: Say) -> None:
        self.checklist, self.run = checklist, run
        self.walk = Walk(checklist, run)
        self._say = say

    def item(self, path: str) -> Item:
        """The item, or the field of a group, of that path; UndefinedError, which names it, if there is none."""
        item_id, _, field_id = path.partition(".")
        try:
            item = self.checklist.item(item_id)
            return item.field(field_id) if field_id else item
        except KeyError:
            raise UndefinedError(f"the checklist {self.checklist.id} has no item '{path}'") from None

    def group(self, item_id: str) -> Item:
        """The group of that id; UndefinedError if there is none."""
        item = self.item(item_id)
        if item.kind != "group":
            raise UndefinedError(f"the item '{item_id}' is no group")
        return item

    def entries(self, group: Item) -> list[dict[str, Value]]:
        """The entries of a group that hold anything visible, as answers by field."""
        return [
            entry
            for entry in self.walk.entries(group.id)
            if any(_visible(value) is not None for value in entry.values())
        ]

    def value(self, path: str) -> Value:
        """What was answered; None for nothing, skipped, hidden, or text without a visible character."""
        self.item(path)
        return next((value for one in self.walk.look(path) if (value := _visible(one)) is not None), None)

    def holds(self, conditions: tuple[Condition, ...]) -> bool:
        """Whether the conditions hold, with the answers that count."""
        return hold(conditions, self.walk.look)

    def given(self, path: str) -> bool:
        """Whether there is an answer that a clause can use: neither "don't know yet" nor "not relevant"."""
        item = self.item(path)
        if item.kind == "group":
            return bool(self.entries(item))
        value = self.value(path)
        said = set(value) if isinstance(value, tuple) else {value}
        return bool(said - {None, UNSURE, IRRELEVANT})

    def is_(self, path: str, *choices: str) -> bool:
        """Whether one of the choices (ids, or yes/no) was answered; UndefinedError for one that is not offered."""
        self.check_choices(self.item(path), choices)
        return any(self.is_one_of(value, choices) for value in self.walk.look(path))

    def check_choices(self, item: Item, choices: tuple[str, ...]) -> None:
        """UndefinedError for a choice that the item doesn't offer."""
        offered = {choice.id for choice in self.checklist.choices(item)} or {"yes", "no", UNSURE, IRRELEVANT}
        for choice in choices:
            if choice not in offered:
                raise UndefinedError(f"the item '{item.id}' has no choice '{choice}'")

    @staticmethod
    def is_one_of(value: Value, choices: tuple[str, ...]) -> bool:
        """Whether an answer is one of the choices, or among several holds one."""
        return bool(set(value) & set(choices)) if isinstance(value, tuple) else value in choices

    def words(self, item: Item, value: Value) -> str | None:
        """An answer as the document says it; None where a gap belongs."""
        language = self.run.language
        value = _visible(value)
        if value in (None, UNSURE, ()):
            return None
        if item.kind == "person":
            return self.person(str(value))
        if item.kind in ("choice", "scale", "several"):
            return self.joined(self.labels(item, value)) or None
        if item.kind == "yesno" and value in ("yes", "no"):
            return markup.text(self._say(language, f"documents.{value}"))
        if isinstance(value, date):
            return date_words(value, language, self._say)
        if item.kind == "money" and isinstance(value, int | float):
            return f"{number_words(value, language)}\u00a0kr."
        if item.kind == "number" and isinstance(value, int | float):
            number = number_words(value, language)
            return f"{number}\u00a0{item.unit[language]}" if item.unit else number
        return str(value)

    def person(self, said: str) -> str | None:
        """A name as others can read it: for "myself" the name that was asked for, None where there is none."""
        if not myself(said):
            return said
        return self.run.me if not self.run.by else None  # in a group, "me" is somebody else each time

    def labels(self, item: Item, value: Value) -> list[str]:
        """The labels of the choices in an answer."""
        chosen = value if isinstance(value, tuple) else (value,)
        return [getattr(choice, self.run.language) for choice in self.checklist.choices(item) if choice.id in chosen]

    def unused(self, group: Item, field: Item) -> list[str]:
        """The labels of the choices that no entry of the group has."""
        used = {str(entry.get(field.id)) for entry in self.entries(group)}
        left = (one for one in self.checklist.choices(field) if one.id not in used and one.id not in _CATCH_ALL)
        return [getattr(choice, self.run.language) for choice in left]

    def joined(self, parts: list[str]) -> str:
        """ "a, b og c"."""
        if len(parts) < 2:
            return "".join(parts)
        both = markup.text(self._say(self.run.language, "documents.and"))
        return f"{', '.join(parts[:-1])} {both} {parts[-1]}"


def _visible(value: Value) -> Value:
    return None if isinstance(value, str) and not clean(value) else value
