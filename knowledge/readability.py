"""How hard a text is to read."""

from __future__ import annotations

import re

LONG = 6  # letters; a word of more is a long one
_WORD = re.compile(r"[^\W_]+(?:[-'’.,][^\W_]+)*")
_END = re.compile(r"[.!?:]+(?=[\s”\"*)]|$)")


def lix(text: str) -> float:
    """The readability index of a Danish text: words a sentence plus long words in a hundred; 40 is plain, 50 is hard.

    Source: Björnsson, "Läsbarhet", 1968. A sentence ends with a full stop, question mark, exclamation mark or colon.
    """
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = sum(bool(_WORD.search(part)) for part in _END.split(text))
    return len(words) / sentences + 100 * sum(len(word) > LONG for word in words) / len(words)
