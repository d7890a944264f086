"""From words to an answer of the kind that an item asks for. A doubtful answer is never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dialogues.walkthrough import choosing, dates, grades, numbers, sayings, spans, words
from dialogues.walkthrough.choosing import pick
from dialogues.walkthrough.state import Value
from dialogues.walkthrough.values import LONGEST_NAME, LONGEST_TEXT, broken_limit, clean, valid, visible
from dialogues.walkthrough.words import yes_or_no
from knowledge.schema import Choice, Item

__all__ = [
    "LONGEST_TEXT",
    "MYSELF",
    "NEEDLESS",
    "UNKNOWN",
    "Misunderstood",
    "parse",
    "pick",
    "valid",
    "with_note",
    "yes_or_no",
]

UNKNOWN, NEEDLESS = "not-known", "not-needed"
"""Reasons that are no misunderstanding: the answer isn't known yet, or the question doesn't apply."""
MYSELF = "myself"
"""The reason where a person is asked for and "me" is said: a paper needs the name."""
_LONGEST_OTHER, _LONGEST_READ = 200, 10 * LONGEST_TEXT
_NOT = {"scale": "not-choice", "money": "not-number", "group": "not-yesno"}
_FREE = ("text", "person")


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
        return _too_long(text) if item.kind == "text" else Misunderstood(_reason(item.kind))
    text = clean(text)
    if not visible(text):
        return Misunderstood("not-empty")
    if item.kind == "text":
        return _text(text)
    if len(text) > _LONGEST_OTHER:
        return Misunderstood(_reason(item.kind))
    if item.kind in ("choice", "scale"):
        return choosing.choose(choices, text) or _gives_none(text) or _unsettled(text) or _not(item.kind, text)
    if item.kind == "several":
        return _several(item, choices, text)
    if _gives_none(text):
        return _gives_none(text)
    if item.kind == "yesno":
        return (
            yes_or_no(text)
            or choosing.yes_or_no_by_place(text)
            or grades.agrees(text)
            or _unsettled(text)
            or _not("yesno", text)
        )
    if _unsettled(text):
        return _unsettled(text)
    if item.kind == "person":
        if sayings.myself(text):
            return Misunderstood(MYSELF)
        return _not("person", text) if _is_a_day(text, today) else _person(text)
    return _date(text, today) if item.kind == "date" else _number(item, text)


def with_note(
    item: Item, choices: Sequence[Choice], text: str, today: date
) -> tuple[Value | Misunderstood, str | None]:
    """The answer, and what else was said about it: "nej, men vi er i gang med det" is a no with a note.

    Only where the answer is a choice, stands first, and the rest doesn't sound like another answer.
    """
    outcome = parse(item, choices, text, today)
    match = _REMARK.fullmatch(clean(text)) if item.kind in ("yesno", "choice", "scale") else None
    if match is None or words.is_question(text):
        return outcome, None
    head = parse(item, choices, match["head"], today)
    tail = match["tail"].strip()
    listed = match["head"].isdecimal() and tail[:1].isdecimal()  # "1, 3 og 4"
    contrary = listed or not isinstance(parse(item, choices, tail, today), Misunderstood) or words.partly(tail)
    if isinstance(head, Misunderstood) or contrary or len(tail.split()) < 2:
        return outcome, None
    if not isinstance(outcome, Misunderstood) and outcome != head:
        return outcome, None
    if item.kind != "yesno" and _HEDGE.match(words.fold(tail)):
        return Misunderstood(_reason(item.kind)), None
    return head, tail


_HEDGE = re.compile(r"(?:men |but )?(?:kun|bare|only|just|undtagen|except)\b")
"""Of a grade, "ja, men kun træneren" is no whole yes: it is asked which."""
_REMARK = re.compile(
    r"(?P<head>[^,;:.(–-]{1,40}?)\s*(?:[,;:.(–-]+\s*|\s+(?=(?:men|fordi|for|da|but|because|since)\s))"
    r"(?P<tail>.{4,})",
    re.IGNORECASE | re.DOTALL,
)


def _text(text: str) -> Value | Misunderstood:
    if len(text) > LONGEST_TEXT:
        return _too_long(text)
    none = _gives_none(text) or _unsettled(text)
    return none or (text if _tells(text) else Misunderstood("not-empty"))


def _tells(text: str) -> bool:
    """Whether there is more in a text than strokes and dots: a letter, a figure or a sign such as 👍."""
    return any(sign.isalnum() or unicodedata.category(sign) == "So" for sign in text)


def _reason(kind: str) -> str:
    return _NOT.get(kind, f"not-{kind}")


def _not(kind: str, text: str) -> Misunderstood:
    return Misunderstood("not-question" if words.is_question(text) else _reason(kind))


def _too_long(text: str) -> Misunderstood:
    return Misunderstood("not-short", {"length": len(text.strip()), "longest": LONGEST_TEXT})


def _gives_none(text: str) -> Misunderstood | None:
    """That there is no answer yet, or that none is needed, where the words say so."""
    if words.knows_not(text):
        return Misunderstood(UNKNOWN)
    return Misunderstood(NEEDLESS) if words.irrelevant(text) else None


def _unsettled(text: str) -> Misunderstood | None:
    """That it isn't settled yet: no more of an answer than "don't know", but where "not yet" isn't a no."""
    return Misunderstood(UNKNOWN) if words.unsettled(text) else None


def _several(item: Item, choices: Sequence[Choice], text: str) -> Value | Misunderstood:
    chosen = choosing.choose_several(choices, text)
    if chosen is None:
        return _gives_none(text) or _unsettled(text) or _not("several", text)
    if len(chosen) > item.at_most:
        return Misunderstood("not-so-many", {"limit": item.at_most})
    return chosen


def _is_a_day(text: str, today: date) -> bool:
    """Whether the words tell a day rather than a name: "om 14 dage"."""
    return not isinstance(_date(text, today), Misunderstood)


def _person(text: str) -> Value | Misunderstood:
    """A name, or a few. A yes, a number, an order or a question is none; "ja, det er Anna" names Anna."""
    name = _PRESENTED.sub("", " ".join(text.split())) or text
    folded = words.fold(name)
    said = set(folded.split())
    no_name = said <= words.YES | words.NO | _NO_NAMES or folded.startswith(_NOBODY) or words.control(text)
    if no_name or words.is_question(text) or not re.search(r"[^\W\d_]{2}", name) or len(name) > LONGEST_NAME:
        return _not("person", text)
    return name


_NO_NAMES = words.bag("mere more andet other ingenting nothing test hej hello ingen none nobody")
_NOBODY = ("ikke ", "not ")
_PRESENTED = re.compile(
    r"^(?:(?:ja|jo|ok|okay|yes)\s*,\s*)?(?:(?:det|that|it)\s+(?:er|bliver|må være|is|will be)\s+(?:nok\s+|vist\s+)?"
    r"|(?:it|that)['’]s\s+)?",
    re.IGNORECASE,
)


# --- numbers and dates -------------------------------------------------------------------------


def _number(item: Item, text: str) -> Value | Misunderstood:
    unit = f"{item.unit.da} {item.unit.en}" if item.unit else ""
    units = frozenset(words.fold(f"{unit} kr kroner dkk" if item.kind == "money" else unit).split())
    value = None if words.is_question(text) else numbers.parse(text, units)
    if not words.is_question(text) and spans.per_another(text, unit):
        return Misunderstood("not-unit")
    if not words.is_question(text) and spans.names_other(text, unit):
        value = spans.counted_in(text, unit)
        if value is None:
            return Misunderstood("not-unit")
    share = item.kind == "money" and ("%" in text or re.search(r"\b(procent|pct|percent)\b", text, re.IGNORECASE))
    if value is None or share or _names_a_day(text):
        return _not(item.kind, text)
    broken = broken_limit(item, value)
    return Misunderstood(f"not-{broken[0]}", {"limit": broken[1]}) if broken else value


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
