"""Which of the answers on the screen a typed text names: by letter, place or words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from dialogues.walkthrough.words import bag, fold, is_question

_LETTER = re.compile(r"\W*([a-f])\W*", re.IGNORECASE)
_PLACES = (
    "en et een foerste 1 one first",
    "to anden andet 2 two second",
    "tre tredje 3 three third",
    "fire fjerde 4 four fourth",
    "fem femte 5 five fifth",
    "seks sjette 6 six sixth",
)
_PLACE = {word: place for place, words in enumerate(_PLACES) for word in words.split()}
_LAST = bag("sidste nederste last")
_AROUND = bag(
    "nr nummer no number svar svaret valg jeg vi siger vaelger tager tror det den er maa vaere nok vist tak "
    "the answer option choice i we say choose take think it is its that please"
)
_SAYS_NOTHING = _AROUND | bag("en et og i at de der som for til paa med a an and to of in on for with you they")
_WHOLE = bag("ja nej maaske yes no maybe")
_MOST = 10  # words: a longer text is about something else
_STEM, _TYPO = 4, 5  # letters that are enough for a beginning, or for a slip of the finger
_ALIKE = 0.84


def picked(options: Sequence[str], text: str) -> int | None:
    """The place of the one option that the text names; None where it names none, or might mean several."""
    letter = _LETTER.fullmatch(text)
    if letter:
        lettered = "abcdef".index(letter[1].lower())
        return lettered if lettered < len(options) else None
    said = fold(text).split() if len(text.split()) <= _MOST else []
    place = _place(said, len(options))
    return place if place is not None or is_question(text) else _named(options, said)


def beyond(options: Sequence[str], text: str) -> bool:
    """Whether the text is a number, and there are fewer options."""
    number = text.strip(" .!)")
    return number.isascii() and number.isdigit() and not 1 <= int(number) <= len(options)


def _place(said: list[str], count: int) -> int | None:
    left = [word for word in said if word not in _AROUND]
    if len(left) > 1 and left[-1] in ("one", "en"):  # "the second one"
        left = left[:-1]
    if len(left) != 1:
        return None
    place = count - 1 if left[0] in _LAST else _PLACE.get(left[0], count)
    return place if place < count else None


def _named(options: Sequence[str], said: list[str]) -> int | None:
    telling = [word for word in said if word in _WHOLE or word not in _SAYS_NOTHING]
    if not any(word in _WHOLE or len(word) >= _STEM for word in telling):
        return None
    found = [place for place, option in enumerate(options) if _has(fold(option).split(), telling)]
    return found[0] if len(found) == 1 else None


def _has(words: list[str], said: list[str]) -> bool:
    return all(any(_same(one, word) for word in words) for one in said)


def _same(said: str, word: str) -> bool:
    if said == word or (len(said) >= _STEM and word.startswith(said)):
        return True
    return len(said) >= _TYPO and SequenceMatcher(None, said, word).ratio() >= _ALIKE
