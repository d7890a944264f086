"""What can stand as an answer, whatever words it came in."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any

from dialogues.walkthrough.state import Value
from knowledge.schema import Choice, Item

LONGEST_TEXT = 2000
LONGEST_NAME = 120
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def valid(item: Item, choices: Sequence[Choice], value: Value) -> bool:
    """Whether `value` can stand as an answer to the item as the checklist is now."""
    if item.kind == "yesno":
        return value in ("yes", "no")
    if item.kind in ("choice", "scale"):
        return any(value == choice.id for choice in choices)
    if item.kind == "several":
        ids = {choice.id for choice in choices}
        return isinstance(value, tuple) and len(value) <= item.at_most and set(value) <= ids
    if item.kind in ("text", "person"):
        longest = LONGEST_TEXT if item.kind == "text" else LONGEST_NAME
        return isinstance(value, str) and bool(value) and len(value) <= longest
    if item.kind == "date":
        return isinstance(value, date)
    if item.kind == "group":
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return _is_number(value) and broken_limit(item, value) is None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def broken_limit(item: Item, value: Any) -> tuple[str, float] | None:
    """Which limit the number breaks, "less" or "more", and the limit; None if it keeps within both."""
    least = 0.0 if item.kind == "money" and item.minimum is None else item.minimum
    if least is not None and value < least:
        return "less", least
    if item.maximum is not None and value > item.maximum:
        return "more", item.maximum
    return None


def clean(text: str) -> str:
    """`text` without control characters and signs that turn the writing direction; line ends stay."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = (s for s in text if s == "\n" or (unicodedata.category(s) not in ("Cc", "Cs") and s not in _DIRECTIONS))
    return "".join(kept).strip()


def visible(text: str) -> bool:
    """Whether there is anything in `text` that shows."""
    return any(unicodedata.category(sign)[0] not in "ZC" for sign in text)
