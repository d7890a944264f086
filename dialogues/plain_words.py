"""Words that choose: which way through a checklist, which language. In both languages, whatever is spoken."""

from __future__ import annotations

from dialogues.walkthrough.state import Mode
from dialogues.walkthrough.words import fold

_WAYS: dict[str, Mode] = {
    **dict.fromkeys(("hurtig", "kort", "kvik", "quick", "short", "fast"), "quick"),
    **dict.fromkeys(("grundig", "fuld", "lang", "hele", "thorough", "full", "long", "whole"), "full"),
}
_LANGUAGES = {"engelsk": "en", "english": "en", "dansk": "da", "danish": "da"}
LONGEST = 5  # words; in a longer message they mean something else


def way(text: str) -> Mode | None:
    """The way through a checklist that the words choose, or None."""
    said = fold(text).split()
    chosen = {way for word in said for start, way in _WAYS.items() if word.startswith(start)}
    return chosen.pop() if len(chosen) == 1 and len(said) <= LONGEST else None


def language(text: str) -> str | None:
    """The language that the words name, or None."""
    named = {code for word in fold(text).split() for start, code in _LANGUAGES.items() if word.startswith(start)}
    return named.pop() if len(named) == 1 else None
