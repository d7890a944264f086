"""How hard a text is to read."""

from __future__ import annotations

import re

LONG = 6  # letters; a word of more is a long one
_WORD = re.compile(r"[^\W_]+(?:[-'’.,][^\W_]+)*")
_END = re.compile(r"(?<![.!?:])[.!?:]+(?=[\s”\"*)]|$)")


def words(text: str) -> list[str]:
    """The words of a text."""
    return _WORD.findall(text)


def lix(text: str) -> float:
    """The readability index of a Danish text: words a sentence plus long words in a hundred; 40 is plain, 50 is hard.

    Source: Björnsson, "Läsbarhet", 1968. A sentence ends with a full stop, question mark, exclamation mark or colon.
    """
    found = words(text)
    if not found:
        return 0.0
    sentences = sum(bool(_WORD.search(part)) for part in _END.split(text))
    return len(found) / sentences + 100 * sum(len(word) > LONG for word in found) / len(found)
