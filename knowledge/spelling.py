"""One spelling for what people write in many: Unicode, case, and æ, ø, å typed as ae, oe, aa."""

from __future__ import annotations

import re
import unicodedata

_FOLDS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "é": "e", "è": "e", "ü": "u"})
_NOT_WORDS = re.compile(r"(?:[^\w?%§]|_)+")


def normalise(text: str) -> str:
    """`text` in lower case, composed, folded to one spelling, with single spaces between the words.

    Question marks stay, as do % and §: they tell a question from an order, and a law from a rule.
    """
    folded = unicodedata.normalize("NFKC", text).lower().translate(_FOLDS)
    return _NOT_WORDS.sub(" ", folded.replace("?", " ? ")).strip()
