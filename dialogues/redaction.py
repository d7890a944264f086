"""Takes what may point at a person out of a text that is kept for the editors.

Numbers of five digits and more, addresses of mail and web, streets, user names, what follows "jeg hedder" and the like,
and every capitalised word that the knowledge base doesn't use: in Danish and English, mostly names. Another name in
lower case can't be told from a word, and stays.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from knowledge.loader import Knowledge
from knowledge.schema import LANGUAGES
from knowledge.spelling import normalise

GONE = "[…]"
LONGEST = 300  # characters of a question that are kept
_ADDRESSES = re.compile(r"\S+@\S+|https?://\S+|www\.\S+|(?<!\w)@\w+")
_NUMBERS = re.compile(r"\+?\d(?:[\s.\-/]?\d){4,}")
_STREETS = re.compile(r"\b\w+(?:vej|gade|allé|alle|stræde|vænge|toften|street|road)\s+\d+\w?\b", re.IGNORECASE)
_TOLD = re.compile(  # what follows says who somebody is, or is a secret
    r"\b((?:hedder|navn er|name is|called|kodeord(?:et)? er|adgangskode(?:n)? er|password(?:et)?(?: er| is)?)\s+)\S+"
    r"(?:\s+(?!og\b|and\b|er\b|is\b)[^\W\d]+\b)?",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(r"\b[^\W\d_a-zæøå]\w+(?:[-'’]\w+)*")
_REPEATED = re.compile(rf"{re.escape(GONE)}(?:\s+{re.escape(GONE)})+")


def redact(text: str, known: Collection[str]) -> str:
    """The text in one line without what may point at a person, at most `LONGEST` characters of it.

    `known` holds the normalised words that are no names, as `common_words` gives them.
    """
    text = _TOLD.sub(rf"\1{GONE}", " ".join(text.split())[:LONGEST])
    text = _STREETS.sub(GONE, _NUMBERS.sub(GONE, _ADDRESSES.sub(GONE, text)))
    text = _CAPITALISED.sub(lambda found: found[0] if normalise(found[0]) in known else GONE, text)
    return _REPEATED.sub(GONE, text)


def common_words(knowledge: Knowledge) -> frozenset[str]:
    """The words of the knowledge base that stand in lower case somewhere, or are titles and terms, normalised."""
    found: set[str] = set()
    for topic in knowledge.topics.values():
        for language in LANGUAGES:
            text = topic.text(language)
            prose = " ".join((text.short, text.more, text.do_now))
            found.update(word for word in re.findall(r"\w+", prose) if word.islower())
            found.update(text.title.split())
    for term in knowledge.terms.values():
        found.update(word for language in LANGUAGES for word in term.text(language).term.split())
    return frozenset(map(normalise, found))
