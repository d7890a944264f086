"""Words that choose: which way through a checklist, which language, whose checklists. In both languages, whatever is
spoken."""

from __future__ import annotations

import re

from dialogues.walkthrough.state import Mode
from dialogues.walkthrough.words import bag, fold

_WAYS: dict[str, Mode] = {
    **dict.fromkeys(("hurtig", "kort", "kvik", "quick", "short", "fast"), "quick"),
    **dict.fromkeys(("grundig", "fuld", "lang", "hele", "thorough", "full", "long", "whole"), "full"),
}
_LANGUAGES = {"engelsk": "en", "english": "en", "dansk": "da", "danish": "da"}
_WISH = bag(
    "paa in i til to tak please venligst gerne kan vi du jeg vil tage tag det skriv svar switch change skift tal bytte"
    " let's lad os can we you could i want would like it i'd speak write answer language sprog sproget hellere instead"
    " stedet nu now bare lige the my mit om continue fortsaet ja ok"
)
_OWN = re.compile(
    r"(?:(?:maa|kan) jeg |vis (?:mig )?|se |hvor er |show (?:me )?|see |where are |list )*(?:alle |all )?"
    r"(?:(?:mine|vores|my|our) (?:egne |own )?"
    r"(?:tjeklister|tjekliste|gennemgange|gennemloeb|forloeb|checklists?|walkthroughs?)"
    r"|(?:de |the )?(?:tjeklister|checklists) (?:jeg|vi|i|we)(?: har| er| have| am| are)?"
    r" (?:i gang med|gang i|begyndt(?: paa)?|taget|lavet|started|begun|under way|done))"
    r"|hvad (?:har|er) (?:jeg|vi)(?: egentlig)? (?:gang i|i gang med)|hvad har (?:jeg|vi) liggende"
    r"|what (?:am i|are we) (?:in the middle of|working on|doing)"
    r"|what (?:have i|have we|do i have|do we have) (?:started|begun|under way|going|going on)"
)
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


def language_wish(text: str) -> str | None:
    """The language that is wished for, where the words say nothing else: "dansk", "in English please"."""
    said = fold(text).split()
    asked = {_LANGUAGES[word] for word in said if word in _LANGUAGES}
    alone = len(asked) == 1 and set(said) <= _WISH | _LANGUAGES.keys()
    return asked.pop() if alone else None


def own_checklists(text: str) -> bool:
    """Whether the words ask for the checklists that one has begun oneself, rather than for all there are."""
    return bool(_OWN.fullmatch(fold(text)))
