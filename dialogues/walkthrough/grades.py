"""Everyday words for a grade: "helt enig", "midt imellem", "sort of". The nearest grade is meant, where it is clear."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogues.walkthrough import words
from knowledge.schema import IRRELEVANT, UNSURE, Choice

BETWEEN = "between"
"""What `grade` gives where the words are a grade, and lie between two of the choices."""
_SAYS = {
    "full": "helt enig|meget enig|fuldstaendig enig|fuldt enig|ganske enig|fuldt ud|fuldstaendig|helt sikkert"
    "|helt klart|helt|fuldt|i meget hoej grad"
    "|i allerhoejeste grad|i hoejeste grad|hundrede procent|100 procent"
    "|100 pct|altid|helt og aldeles|strongly agree|totally agree|completely agree|fully agree|agree completely"
    "|completely|totally"
    "|entirely|fully|to a very high degree|100 percent|always|absolutely|definitely",
    "agree": "enig|er enig|jeg er enig|vi er enige|enige|det passer|passer|passer godt|passer fint"
    "|passer ret godt|passer meget godt|passer rigtig godt|passer rigtigt godt|ret enig|i hoej grad|meget"
    "|ret meget|rigtig meget|rigtig godt|agree|i agree|we agree|quite agree|to a high degree|to a great extent"
    "|very much|a lot|that's true|true",
    "mostly": "for det meste|naesten|stort set|overvejende|overvejende enig|for stoerstedelen|mest|tit|ofte|det meste"
    "|mostly|mostly agree|largely|nearly|almost|for the most part|often|most of it",
    "middle": "midt imellem|midtimellem|lige midt imellem|et sted midt imellem|et sted midt i|midt i|i midten"
    "|nogenlunde|saadan nogenlunde|saadan cirka|saadan ca|cirka|saadan da|saa som saa|tja|tjo|tja bum|baade og"
    "|baade ja og nej|ja og nej|hverken eller|hverken det ene eller det andet|hverken enig eller uenig|fifty fifty"
    "|50 50|halvt|halvt om halvt|halvt halvt|halv halv|halvdelen|i nogen grad|til en vis grad|middel"
    "|sort of|kind of|kinda|so so|neither|neither nor|neither agree nor disagree|in between|somewhere in between"
    "|in the middle|halfway|half and half|half|to some degree|to some extent|yes and no|medium|average|meh|both",
    "partly": "delvist enig|delvis enig|lidt enig|nogenlunde enig|til dels|til dels enig|delvist|delvis|noget"
    "|partly agree|somewhat agree|somewhat|partly|in part|partially|partially agree|ikke helt|ikke altid|ikke alle"
    "|not quite|not always|not entirely|not completely|not fully",
    "little": "lidt|en smule|en anelse|kun lidt|i ringe grad|i mindre grad|i lav grad|ikke saa meget|ikke ret meget"
    "|ikke meget|sjaeldent|naesten ikke|knap nok|a little|a bit|slightly|only a little|not much|not very much|hardly"
    "|barely|to a small degree|to a low degree|rarely|seldom",
    "hardly": "ikke rigtig|ikke rigtigt|ikke saerlig|ikke saerligt|not really|not particularly|delvist uenig|lidt uenig"
    "|overvejende uenig|partly disagree|somewhat disagree|mostly disagree|mostly not",
    "disagree": "uenig|er uenig|jeg er uenig|vi er uenige|uenige|passer ikke|det passer ikke|ret uenig|ikke enig"
    "|jeg er ikke enig|vi er ikke enige|disagree|i disagree|we disagree|don't agree|i don't agree|not true",
    "none": "slet ikke|overhovedet ikke|ikke spor|paa ingen maade|helt uenig|meget uenig|fuldstaendig uenig"
    "|bestemt ikke|absolut ikke|aldrig|intet|not at all|in no way|strongly disagree|totally disagree"
    "|completely disagree|fully disagree|never|absolutely not|definitely not|nul procent|0 procent|0 percent",
}  # fmt: skip
_BY_PHRASE = {phrase: says for says, phrases in _SAYS.items() for phrase in phrases.split("|")}
_PLACES: dict[str, dict[int, int]] = {
    "full": {2: 1, 3: 2, 4: 3, 5: 4},
    "agree": {2: 1, 3: 2, 4: 2, 5: 3},
    "mostly": {4: 2, 5: 3},
    "middle": {3: 1, 5: 2},
    "partly": {3: 1, 5: 2},
    "little": {3: 1, 4: 1, 5: 1},
    "hardly": {2: 0, 5: 1},
    "disagree": {2: 0, 3: 0, 5: 1},
    "none": {2: 0, 3: 0, 4: 0, 5: 0},
}
"""Which grade is meant, counted from the lowest, by how many there are; none where the words lie between two."""
_AROUND = re.compile(
    r"^(?:(?:det|den|vi|jeg|man|it|that|we|i) (?:er|ligger|goer vi|goer|passer|is|are|am|would say)|saadan|lige|vel"
    r"|nok|bare|i'm|we're|it's|det) (?=.)|(?: (?:i det|i det hele taget|med det|det|er vi|er det|goer vi|har vi"
    r"|with that|with it|i think))$"
)


def grade(choices: Sequence[Choice], folded: str) -> str | None:
    """The id of the grade that the folded words mean; `BETWEEN` where they lie between two; None for other words.

    Only where the choices are grades: each scores more than the one below it, and the lowest scores nothing.
    """
    steps = sorted((c for c in choices if c.id not in (UNSURE, IRRELEVANT)), key=lambda choice: choice.score or 0)
    scores = [choice.score for choice in steps]
    if len(steps) < 2 or None in scores or scores[0] != 0 or len(set(scores)) < len(scores):
        return None
    says = _says(folded)
    if says is None:
        return None
    decided = {"agree": "yes", "disagree": "no"}.get(says, "")
    if {"yes", "no"} <= {choice.id for choice in steps} and decided:
        return decided
    place = _PLACES[says].get(len(steps))
    return BETWEEN if place is None else steps[place].id


def agrees(text: str) -> str | None:
    """Yes or no where the words agree or disagree; None for anything between."""
    return {"full": "yes", "agree": "yes", "disagree": "no", "none": "no"}.get(_says(words.fold(text)) or "")


def _says(folded: str) -> str | None:
    folded = re.sub(r"enige\b", "enig", folded)
    while folded:
        if folded in _BY_PHRASE:
            return _BY_PHRASE[folded]
        shorter = _AROUND.sub("", folded, count=1)
        if shorter == folded:
            return None
        folded = shorter
    return None
