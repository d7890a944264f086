"""Which of the choices the words mean. A doubtful one is never guessed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from dialogues.walkthrough import grades, numbers, words
from dialogues.walkthrough.words import yes_or_no
from knowledge.schema import IRRELEVANT, UNSURE, Choice

LONGEST = 200
PARTLY = "partly"  # the choice id that words such as "til dels" mean
_CLOSE, _MARGIN = 0.8, 0.1
_FEW = 6  # words
_ALL = re.compile(r"(?:dem |de |det )?(?:alle|alt|allesammen|det hele)(?: sammen| af dem)?|all(?: of them)?|everything")
_ALL_BUT = re.compile(
    r"(?:dem |de |det )?(?:alle|alt|allesammen|all|everything)(?: sammen| af dem| of them)?"
    r" (?:paa naer|undtagen|bortset fra|foruden|uden|minus|men ikke|except(?: for)?|but(?: not)?) (?P<rest>.+)"
)
_BOTH = re.compile(r"(?:dem )?begge(?: to| dele)?|both(?: of them)?")
_NONE = re.compile(r"ingen(?: af dem| af delene)?|none(?: of them)?|nothing|intet|ingenting")
_FIRST = words.bag("foerste oeverste first top")
_LAST = words.bag("sidste nederste last bottom")
_MIDDLE = words.bag("midterste mellemste middle")
_FEW_OF = re.compile(
    rf"(?:de|the) (?:(?P<count>\w+) )?(?P<which>{'|'.join(sorted(_FIRST | _LAST))})(?: (?P<number>\w+))?"
)
_PARTED = re.compile(r"[,;+&\n]| og | and | samt | plus |/")


def choose(choices: Sequence[Choice], text: str) -> str | None:
    """The id of the choice that the words mean, or None."""
    folded = words.fold(text)
    labels = [(choice.id, words.fold(label)) for choice in choices for label in (choice.da, choice.en)]
    exact = _only({choice_id for choice_id, label in labels if folded and label in (folded, _for_all(folded))})
    if exact:
        return exact
    meant = {UNSURE: words.unsure, IRRELEVANT: words.irrelevant, PARTLY: words.partly}
    special = next((choice_id for choice_id, says in meant.items() if says(text)), None)
    if special and any(choice.id == special for choice in choices):
        return special
    plain = words.unhedged(folded)
    if words.knows_not(text) or words.irrelevant(text) or words.is_question(text):
        return None
    grade = grades.grade(choices, plain)
    if grade:
        return grade if grade != grades.BETWEEN else None
    measures = {choice.id: numbers.measure(choice.da) for choice in choices}
    measured = numbers.measure(plain)
    if measured and any(measures.values()):
        return _only({choice_id for choice_id, measure in measures.items() if measure == measured})
    found = {_choice(choices, labels, said) for said in {text, plain}} - {None}
    doubted = bool(words.BUT & set(folded.split()) - set(plain.split()))
    if found and not (doubted and found & {"yes", "no"}):
        return _only({choice_id for choice_id in found if choice_id})
    return UNSURE if not found and words.unsettled(text) and any(choice.id == UNSURE for choice in choices) else None


def _for_all(folded: str) -> str:
    """ "Ja, det tror jeg" is the button "Det tror vi"."""
    bare = re.sub(r"^(?:ja|jo|jep|tja|yes|yeah) ", "", folded)
    return re.sub(r"\bi\b(?= think| know)", "we", re.sub(r"\bjeg\b", "vi", bare))


def _choice(choices: Sequence[Choice], labels: Sequence[tuple[str, str]], text: str) -> str | None:
    found = _numbered(choices, text) or _beginning(labels, words.fold(text)) or _yes_no_choice(choices, text)
    return found or pick(labels, text)


def choose_several(choices: Sequence[Choice], text: str) -> tuple[str, ...] | None:
    """The ids of all the choices that the words mean, in the order of the choices; None where a part is in doubt.

    "1, 3 og 4", "plakat og hjemmeside", "de to første", "alle undtagen 2", "ingen af dem".
    """
    folded = words.fold(text)
    ordinary = [choice for choice in choices if choice.id not in (UNSURE, IRRELEVANT)]
    ids = [choice.id for choice in ordinary]
    but = _ALL_BUT.fullmatch(folded)
    if but:
        left_out = choose_several(ordinary, but["rest"])
        return tuple(one for one in ids if one not in left_out) if left_out else None
    if _ALL.fullmatch(folded) or (len(ids) == 2 and _BOTH.fullmatch(folded)):
        return tuple(ids)
    if _NONE.fullmatch(folded):
        return ()
    row = _in_a_row(ids, text)
    if row:
        return row
    if re.fullmatch(r"[0-9 ]+", text.strip()):
        text = ",".join(text.split())
    said = [part.strip() for part in _PARTED.split(text) if part.strip()]
    chosen = [choose(choices, part) for part in said]
    if len(said) > 1 and None not in chosen:
        return tuple(choice.id for choice in choices if choice.id in chosen)
    alone = choose(choices, text)
    whole = len(said) < 2 or any(choice.id == alone and _holds(choice, folded) for choice in choices)
    return (alone,) if alone is not None and whole else None


def _holds(choice: Choice, folded: str) -> bool:
    """Whether all the words are in one label: "naboer og foreninger" is one choice, not two."""
    return any(set(folded.split()) <= set(words.fold(label).split()) for label in (choice.da, choice.en))


def _in_a_row(ids: Sequence[str], text: str) -> tuple[str, ...]:
    """Those that "2-4" or "de to første" mean; empty where the words mean no such row."""
    span = re.fullmatch(r"\s*([0-9]{1,2})\s*(?:[-–]|til|to)\s*([0-9]{1,2})\s*", text)
    if span:
        first, last = int(span[1]), int(span[2])
        return tuple(ids[first - 1 : last]) if 0 < first < last <= len(ids) else ()
    few = _FEW_OF.fullmatch(words.fold(text))
    count = _count(few["count"] or few["number"] or "") if few else None
    if few is None or count is None or not 1 < count <= len(ids):
        return ()
    return tuple(ids[-count:] if few["which"] in _LAST else ids[:count])


def yes_or_no_by_place(text: str) -> str | None:
    """Yes and no by the place of their buttons; a number in words may count something else."""
    match = _PLACE.fullmatch(words.fold(text))
    place = match["place"] if match and not match["of"] else ""
    number = int(place) if re.fullmatch(r"[0-9]", place) else numbers.ordinal(place)
    return {1: "yes", 2: "no"}.get(number or 0)


def pick(labels: Sequence[tuple[str, str]], text: str) -> str | None:
    """The id whose label the words mean: its beginning, a part of it, it and little more, or a slip away from it.

    Labels are folded. None where no label, or more than one, may be meant.
    """
    if len(text) > LONGEST:
        return None
    folded = words.fold(text)
    labels = [(choice_id, label) for choice_id, label in labels if _same_numbers(label, folded)]
    readings = (_beginning, _label_within, _words_within, _misspelt, _inflected)
    return next((found for reading in readings if (found := reading(labels, folded))), None)


def _same_numbers(label: str, folded: str) -> bool:
    """Whether a label with numbers has all those that the words name."""
    numerals = set(re.findall(r"[0-9]+", label))
    return not numerals or set(re.findall(r"[0-9]+", folded)) <= numerals


def _only(ids: set[str]) -> str | None:
    return next(iter(ids)) if len(ids) == 1 else None


_PLACE = re.compile(
    r"(?:(?:nr|nummer|no|number|svar|(?P<lettered>mulighed|option|answer|valg)|punkt|den|det|the|jeg siger|vi er paa"
    r"|vi er) ?)*(?P<place>\w+)(?: ?(?:ud af|af|out of|of) ?(?P<of>\w+))?"
    r"(?: (?:mulighed|svar|option|answer|choice|one))?"
)


def _numbered(choices: Sequence[Choice], text: str) -> str | None:
    """The choice that a number means: the one whose label begins with it, else the one at that place.

    "3 ud af 4" counts from the choice that scores lowest, however they are laid out. Where the choices are a scale,
    only its steps are numbered: with four of them, a 5 may be meant as the best of five.
    """
    if re.match(r"\s*[-\u2212]\s*[0-9]", text):
        return None  # less than nothing is no place
    match = _PLACE.fullmatch(words.fold(re.sub(r"(?<=[0-9]) ?/ ?(?=[0-9])", " af ", text)))
    if match is None:
        return None
    steps = [choice for choice in choices if choice.id not in (UNSURE, IRRELEVANT)]
    place = _place(choices, steps, match)
    if place is None:
        return None
    if match["of"]:
        steps.sort(key=lambda choice: choice.score or 0)  # stable: without scores the order stays
        return steps[place - 1].id if _count(match["of"]) == len(steps) and 0 < place <= len(steps) else None
    opening = [choice.id for choice in choices if re.match(rf"{place}\b(?![.,][0-9])", words.fold(choice.da))]
    if match["place"].isdecimal() and any(re.match(r"[0-9]", words.fold(choice.da)) for choice in steps):
        return _only(set(opening))
    there = steps if _is_scale(steps) and match["place"].isdecimal() else choices
    return there[place - 1].id if 0 < place <= len(there) else None


def _is_scale(steps: Sequence[Choice]) -> bool:
    return any(choice.score is not None for choice in steps)


def _place(choices: Sequence[Choice], steps: Sequence[Choice], match: re.Match[str]) -> int | None:
    """Which place a number, an ordinal, "den nederste" or "mulighed b" names."""
    said = match["place"]
    if said in _FIRST:
        return 1
    if said in _LAST:  # on a scale it may be its last step or what stands below it
        return len(choices) if not _is_scale(steps) or len(steps) == len(choices) else None
    if said in _MIDDLE:  # of the steps or of the whole list: where both have one, neither is meant for sure
        middles = {(len(shown) + 1) // 2 for shown in (steps, () if _is_scale(steps) else choices) if len(shown) % 2}
        return middles.pop() if len(middles) == 1 else None
    if match["lettered"] and re.fullmatch(r"[a-j]", said):
        return ord(said) - ord("a") + 1
    return _count(said)


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


_ENDING = re.compile(r"(?:erne|ene|er|en|et|ne|e)$")


def _inflected(labels: Sequence[tuple[str, str]], folded: str) -> str | None:
    """The choice whose label alone has the one word in another form: "naboerne" is "Naboer og foreninger"."""
    if " " in folded or len(folded) <= _FEW or not folded.isalpha():
        return None
    stem = _ENDING.sub("", folded)
    return _only({i for i, label in labels if stem in (_ENDING.sub("", one) for one in label.split())})
