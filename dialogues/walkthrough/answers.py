"""From words to an answer of the kind that an item asks for. A doubtful answer is never guessed."""

from __future__ import annotations

import difflib
import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dialogues.walkthrough import dates, numbers, words
from dialogues.walkthrough.state import Value
from dialogues.walkthrough.words import yes_or_no
from knowledge.schema import IRRELEVANT, UNSURE, Choice, Item

__all__ = ["LONGEST_TEXT", "NEEDLESS", "UNKNOWN", "Misunderstood", "parse", "pick", "valid", "yes_or_no"]

LONGEST_TEXT = 2000
UNKNOWN, NEEDLESS = "not-known", "not-needed"
"""Reasons that are no misunderstanding: the answer isn't known yet, or the question doesn't apply."""
_LONGEST_OTHER, _LONGEST_READ = 200, 10 * LONGEST_TEXT
PARTLY = "partly"  # the choice id that words such as "til dels" mean
_CLOSE, _MARGIN = 0.8, 0.1
_FEW = 6  # words
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class Misunderstood:
    """Why the words are no answer: a key of the texts under `walkthrough.`, and its values."""

    reason: str
    values: dict[str, Any] = field(default_factory=dict)


def parse(item: Item, choices: Sequence[Choice], text: str, today: date) -> Value | Misunderstood:
    """The answer to `item` that `text` gives, in Danish or English, or why it gives none.

    `choices` are those that the item offers; dates without a year, or "om to uger", count from `today`.
    """
    if len(text) > _LONGEST_READ:
        return _too_long(text) if item.kind == "text" else Misunderstood(_NOT[item.kind])
    text = clean(text)
    if not _visible(text):
        return Misunderstood("not-empty")
    if item.kind == "text":
        return _text(text)
    if len(text) > _LONGEST_OTHER:
        return Misunderstood(_NOT[item.kind])
    if item.kind in ("choice", "scale"):
        return _choice(choices, text, item.kind)
    if _gives_none(text):
        return _gives_none(text)
    if item.kind == "yesno":
        return yes_or_no(text) or _yes_or_no_by_place(text) or _not("yesno", text)
    return _number(item, text) if item.kind == "number" else _date(text, today)


def valid(item: Item, choices: Sequence[Choice], value: Value) -> bool:
    """Whether `value` can stand as an answer to the item as the checklist is now."""
    if item.kind == "yesno":
        return value in ("yes", "no")
    if item.kind in ("choice", "scale"):
        return any(value == choice.id for choice in choices)
    if item.kind == "text":
        return isinstance(value, str) and bool(value) and len(value) <= LONGEST_TEXT
    if item.kind == "date":
        return isinstance(value, date)
    return _is_number(value) and _within(item, value) is None  # type: ignore[arg-type]


def clean(text: str) -> str:
    """`text` without control characters and signs that turn the writing direction; line ends stay."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = (s for s in text if s == "\n" or (unicodedata.category(s) not in ("Cc", "Cs") and s not in _DIRECTIONS))
    return "".join(kept).strip()


def _visible(text: str) -> bool:
    return any(unicodedata.category(sign)[0] not in "ZC" for sign in text)


_NOT = {"yesno": "not-yesno", "choice": "not-choice", "scale": "not-choice", "number": "not-number", "date": "not-date"}


def _not(kind: str, text: str) -> Misunderstood:
    return Misunderstood("not-question" if words.is_question(text) else _NOT[kind])


def _too_long(text: str) -> Misunderstood:
    return Misunderstood("not-short", {"length": len(text.strip()), "longest": LONGEST_TEXT})


def _gives_none(text: str) -> Misunderstood | None:
    """That there is no answer yet, or that none is needed, where the words say so."""
    if words.knows_not(text):
        return Misunderstood(UNKNOWN)
    return Misunderstood(NEEDLESS) if words.irrelevant(text) else None


def _text(text: str) -> Value | Misunderstood:
    return _too_long(text) if len(text) > LONGEST_TEXT else _gives_none(text) or text


def _yes_or_no_by_place(text: str) -> str | None:
    """Yes and no by the place of their buttons; a number in words may count something else."""
    match = _PLACE.fullmatch(words.fold(text))
    place = match["place"] if match and not match["of"] else ""
    number = int(place) if re.fullmatch(r"[0-9]", place) else numbers.ordinal(place)
    return {1: "yes", 2: "no"}.get(number or 0)


# --- numbers and dates -------------------------------------------------------------------------


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _within(item: Item, value: float) -> Misunderstood | None:
    if item.minimum is not None and value < item.minimum:
        return Misunderstood("not-less", {"limit": item.minimum})
    if item.maximum is not None and value > item.maximum:
        return Misunderstood("not-more", {"limit": item.maximum})
    return None


def _number(item: Item, text: str) -> Value | Misunderstood:
    units = frozenset(words.fold(f"{item.unit.da} {item.unit.en}").split()) if item.unit else frozenset()
    value = None if words.is_question(text) else numbers.parse(text, units)
    if value is None or _names_a_day(text):
        return _not("number", text)
    return _within(item, value) or value


def _names_a_day(text: str) -> bool:
    """Whether the words name a day of a month, whose number would be misread."""
    return bool(re.search(r"[0-9][./ ]", text)) and any(dates.month_number(token) for token in words.fold(text).split())


def _date(text: str, today: date) -> Value | Misunderstood:
    if words.is_question(text):
        return _not("date", text)
    try:
        return dates.parse(text, today) or _not("date", text)
    except ValueError:
        return Misunderstood("not-a-day")


# --- choices -----------------------------------------------------------------------------------


def _choice(choices: Sequence[Choice], text: str, kind: str) -> Value | Misunderstood:
    folded = words.fold(text)
    labels = [(choice.id, words.fold(label)) for choice in choices for label in (choice.da, choice.en)]
    exact = _only({choice_id for choice_id, label in labels if label == folded and folded})
    if exact:
        return exact
    meant = {UNSURE: words.unsure, IRRELEVANT: words.irrelevant, PARTLY: words.partly}
    special = next((choice_id for choice_id, says in meant.items() if says(text)), None)
    if special and any(choice.id == special for choice in choices):
        return special
    if _gives_none(text):
        return _gives_none(text)
    if words.is_question(text):
        return Misunderstood("not-question")
    measures = {choice.id: numbers.measure(choice.da) for choice in choices}
    measured = numbers.measure(text)
    if measured and any(measures.values()):
        return _only({choice_id for choice_id, measure in measures.items() if measure == measured}) or _not(kind, text)
    found = _numbered(choices, text) or _beginning(labels, folded) or _yes_no_choice(choices, text)
    return found or pick(labels, text) or _not(kind, text)


def pick(labels: Sequence[tuple[str, str]], text: str) -> str | None:
    """The id whose label the words mean: its beginning, a part of it, it and little more, or a slip away from it.

    Labels are folded. None where no label, or more than one, may be meant.
    """
    if len(text) > _LONGEST_OTHER:
        return None
    folded = words.fold(text)
    labels = [(choice_id, label) for choice_id, label in labels if _same_numbers(label, folded)]
    readings = (_beginning, _label_within, _words_within, _misspelt)
    return next((found for reading in readings if (found := reading(labels, folded))), None)


def _same_numbers(label: str, folded: str) -> bool:
    """Whether a label with numbers has all those that the words name."""
    numerals = set(re.findall(r"[0-9]+", label))
    return not numerals or set(re.findall(r"[0-9]+", folded)) <= numerals


def _only(ids: set[str]) -> str | None:
    return next(iter(ids)) if len(ids) == 1 else None


_PLACE = re.compile(
    r"(?:(?:nr|nummer|no|number|svar|mulighed|option|answer|valg|punkt|den|the|jeg siger|vi er paa|vi er) ?)*"
    r"(?P<place>\w+)(?: ?(?:ud af|af|out of|of) ?(?P<of>\w+))?"
)


def _numbered(choices: Sequence[Choice], text: str) -> str | None:
    """The choice that a number means: the one whose label begins with it, else the one at that place.

    "3 ud af 4" counts from the choice that scores lowest, however they are laid out.
    """
    match = _PLACE.fullmatch(words.fold(re.sub(r"(?<=[0-9]) ?/ ?(?=[0-9])", " af ", text)))
    place = _count(match["place"]) if match else None
    if match is None or place is None:
        return None
    steps = [choice for choice in choices if choice.id not in (UNSURE, IRRELEVANT)]
    if match["of"]:
        steps.sort(key=lambda choice: choice.score or 0)  # stable: without scores the order stays
        return steps[place - 1].id if _count(match["of"]) == len(steps) and 0 < place <= len(steps) else None
    opening = [choice.id for choice in choices if re.match(rf"{place}\b(?![.,][0-9])", words.fold(choice.da))]
    if any(re.match(r"[0-9]", words.fold(choice.da)) for choice in steps):
        return _only(set(opening))
    return choices[place - 1].id if 0 < place <= len(choices) else None


def _count(token: str) -> int | None:
    if re.fullmatch(r"[0-9]{1,2}", token):
        return int(token)
    number = numbers.word(token)
    return int(number) if number is not None and number == int(number) else numbers.ordinal(token)


def _beginning(labels: Sequence[tuple[str, str]], folded: str) -> str | None:
    """The choice whose label alone begins with the words."""
    return _only({choice_id for choice_id, label in labels if label.startswith(folded)}) if len(folded) > 1 else None


def _label_within(labels: Sequence[tuple[str, str]], folded: str) -> str | None:
    """The choice whose label stands first, or among few other words ("kun delvist"), none of which turns it round."""
    held = [(choice_id, label) for choice_id, label in labels if f" {label} " in f" {folded} "]
    if not held:
        return None
    choice_id, longest = max(held, key=lambda pair: len(pair[1]))
    others = any(other != choice_id and f" {label} " not in f" {longest} " for other, label in held)
    rest = folded.replace(longest, "", 1).split()
    turned = bool((words.NEGATIONS | words.BUT) & set(rest))
    far = not folded.startswith(longest) and len(folded.split()) > _FEW
    return None if others or turned or far else choice_id


def _yes_no_choice(choices: Sequence[Choice], text: str) -> str | None:
    said = yes_or_no(text)
    return said if any(choice.id == said for choice in choices) else None


def _negated(folded: str) -> bool:
    return bool(words.NEGATIONS & set(folded.split()))


def _words_within(labels: Sequence[tuple[str, str]], folded: str) -> str | None:
    """The choice whose label alone holds all the words."""
    said = folded.split()
    if len(said) > _FEW or not any(len(token) > 3 for token in said):
        return None
    return _only({i for i, label in labels if set(said) <= set(label.split()) and _negated(label) == _negated(folded)})


def _misspelt(labels: Sequence[tuple[str, str]], folded: str) -> str | None:
    """The choice whose label is so near that only a slip lies between, and no other is near."""
    if len(folded) < 3:
        return None
    nearness: dict[str, float] = {}
    for choice_id, label in labels:
        if _negated(label) == _negated(folded):
            parts = (label, label[: len(folded)]) if len(folded) > 5 else (label,)
            ratio = max(difflib.SequenceMatcher(None, folded, part).ratio() for part in parts)
            nearness[choice_id] = max(ratio, nearness.get(choice_id, 0))
    ranked = sorted(nearness.items(), key=lambda pair: -pair[1])
    clear = len(ranked) < 2 or ranked[0][1] - ranked[1][1] >= _MARGIN
    return ranked[0][0] if ranked and ranked[0][1] >= _CLOSE and clear else None
