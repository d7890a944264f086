"""What somebody wants to be reminded of, and when, out of one message."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from dialogues.reminding.clauses import as_clause
from dialogues.reminding.days import take_day
from dialogues.reminding.phrase import Phrase
from dialogues.reminding.times import take_clock, take_soon
from dialogues.reminding.zones import to_utc
from dialogues.walkthrough.words import bag

NINE = time(9)
LONGEST, LONGEST_TEXT = 600, 300  # characters that are read, and that are kept of what it is about
_POLITE = (
    r"hej|hey|hi|hello|makker|ok|okay|og|saa|vil|kan|kunne|gider|maa|skal|skulle|could|can|would|will|please|du|you"
    r"|gerne|lige|venligst|jeg|vi|i|want|need|like|i'd|to|at|bede|om|have|faa|en|et|a|ny|new|be|blive|also|ogsaa|don't|forget|let"
)
_ASK = (
    r"mindes?|mindet|mind|mindmig|huskmig|huske?|paaminde?|remind(?:ed)?|remember"
    r"|sig til(?= mig| os)|(?:giv|send|faa) (?:mig |os )?besked"
    r"|(?:saet|lav|opret|set(?: up)?|create|make|add) (?:en |et |a |an )?(?:ny |new )?(?:paamindelse|reminder)"
    r"|paamindelse|reminder"
)
_LEAD = re.compile(
    rf"(?:(?:{_POLITE})[,.!]? )*(?:{_ASK})\b(?: (?:mig|mi|os|me|us|til|lige|ogsaa|venligst|please|igen|again)\b)*"
)
_JOINS = bag("om paa about of for til")  # between the asking and what it is about
_LOOSE = bag(
    "den paa til om on by the inden foer before kl kl. klokken at - – senest hver hvert every each tak please thanks"
)
_POINTING = bag("det dette den denne her this that it her herom tjeklisten checklisten the checklist")
_EVERY = re.compile(r"\b(?:hver|hvert|every|each)\b|\b(?:ugentlig|maanedlig|daglig|weekly|monthly|daily)t?\b")
_EDGES = " \t\n.,;:!?–-"


@dataclass(frozen=True)
class Wish:
    """What was asked for.

    `pointing`: what it is about is only pointed at ("det her"); `asked`: it is put as a wish to be reminded, not as a
    mere date or subject; `wrong_day`: a day that the calendar doesn't have; `repeats`: every week, say.
    """

    about: str = ""
    pointing: bool = False
    asked: bool = False
    day: date | None = None
    at: time | None = None
    soon: timedelta | None = None
    wrong_day: bool = False
    repeats: bool = False

    @property
    def has_time(self) -> bool:
        """Whether the words say when."""
        return bool(self.day or self.at or self.soon)

    def due(self, now: datetime, day: date | None = None, at: time = NINE) -> datetime | None:
        """The moment that is meant, in UTC, to the minute; None where the words name none.

        A day alone means `at`; a time alone that of `day`, or else the next such. `now` is on the writer's own clock.
        """
        if self.soon:
            return (now.astimezone(timezone.utc) + self.soon).replace(second=0, microsecond=0)
        if self.wrong_day or not self.has_time:
            return None
        found, clock = self.day or day, self.at or at
        if found is None:
            found = now.date() if clock > now.time() else now.date() + timedelta(days=1)
        return to_utc(found, clock, now.tzinfo or timezone.utc)


def read(text: str, now: datetime, language: str = "da", base: date | None = None) -> Wish:
    """The wish in a message, seen from `now`, a time on the writer's own clock. `base` is what "en uge før" counts from
    where no other day is named."""
    phrase = Phrase(text[:LONGEST])
    repeats = bool(_EVERY.search(phrase.line))
    soon, rest = take_soon(phrase)
    clock, rest = take_clock(rest)
    day, rest = take_day(rest, now.date(), base)
    about, asked = _about(rest, language)
    pointing = bool(about) and all(word in _POINTING for word in Phrase(about).folded)
    return Wish(
        about="" if pointing else about,
        pointing=pointing,
        asked=asked,
        day=day.day or (now.date() if clock and clock.today else None),
        at=clock.at if clock else None,
        soon=soon,
        wrong_day=day.wrong and soon is None,
        repeats=repeats,
    )


def _about(phrase: Phrase, language: str) -> tuple[str, bool]:
    """What is left when the asking is taken away, said from the reminder's side: "mit møde" as "dit møde"."""
    lead = _LEAD.match(phrase.line)
    rest = phrase.without(lead) if lead else phrase
    words = rest.words
    while words and rest.folded[len(rest) - len(words)].strip(_EDGES) in _JOINS | {""}:
        words = words[1:]
    while words and Phrase(words[-1]).folded[0].strip(",;!?") in _LOOSE:
        words = words[:-1]
    turned = as_clause(words, language).strip(_EDGES)
    return (turned if len(turned) <= LONGEST_TEXT else f"{turned[: LONGEST_TEXT - 1]}…"), bool(lead)
