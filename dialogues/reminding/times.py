"""Times of day as people write them, in Danish and English: "kl. 14", "halv ni", "at 9.30", "in the afternoon"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time, timedelta

from dialogues.reminding.phrase import Phrase
from dialogues.walkthrough import numbers

_PARTS = {
    "tidlig": 8, "tidligt": 8, "morgen": 9, "morgenen": 9, "morning": 9, "formiddag": 10, "formiddagen": 10,
    "middag": 12, "middagen": 12, "middagstid": 12, "noon": 12, "midday": 12, "eftermiddag": 14, "eftermiddagen": 14,
    "afternoon": 14, "aften": 19, "aftenen": 19, "evening": 19, "night": 19, "tonight": 19,
}  # fmt: skip
_NAMED = "|".join(sorted(_PARTS, key=len, reverse=True))
_BORDER = r"(?=$|[\s,.!?)])"
_PART = re.compile(
    rf"(?P<now>\bi (?:formiddag|eftermiddag|aften)|\bthis (?:morning|afternoon|evening)|\btonight){_BORDER}"
    r"|\b(?:om|in the|ved|at) "
    rf"(?:morgenen|formiddagen|middagen|middagstid|eftermiddagen|aftenen|morning|noon|midday|afternoon|evening){_BORDER}"
    rf"|(?<=(?:dag|day|gen|row) )(?:{_NAMED}){_BORDER}"
)
_SUFFIX = r"(?: ?(?P<half>a\.?m\.?|p\.?m\.?)(?![a-z]))?"
_STANDS_ALONE = r"(?= (?:on|the|next|this|in|tomorrow|today|o'?clock|i|om|paa|den|tak|please)\b|[,.!?]*$|,)"
_CLOCKS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:kl|klokken|klok)\.? ?(?P<hour>\d{{1,2}})(?:[.:](?P<minute>\d{{2}}))?(?!\d){_SUFFIX}",
        rf"(?:\bat |@ ?|\b)(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?!\d){_SUFFIX}",
        rf"\bat (?P<hour>\d{{1,2}})\.(?P<minute>\d{{2}})(?!\d){_SUFFIX}",
        r"(?:\bat )?\b(?P<hour>\d{1,2})(?:[.:](?P<minute>\d{2}))? ?(?P<half>a\.?m\.?|p\.?m\.?)(?![a-z])",
        rf"\bat (?P<hour>\d{{1,2}})(?: ?o'?clock)?{_STANDS_ALONE}",
        r"(?<![\d.:/-])(?P<hour>[01]?\d|2[0-3])\.(?P<minute>1[3-9]|[2-5]\d|00)(?![\d./-])",
        r"\b(?:kl\.?|klokken|at) (?:(?P<shift>halv|half past|kvart over|kvart i|quarter past|quarter to) )?"
        rf"(?P<word>[a-z]+){_BORDER}",
        rf"\b(?P<shift>halv|half past|kvart over|kvart i|quarter past|quarter to) (?P<word>[a-z]+){_BORDER}",
    )
)
_SHIFTS = {
    "halv": -30,
    "half past": 30,
    "kvart over": 15,
    "quarter past": 15,
    "kvart i": -15,
    "quarter to": -15,
    None: 0,
}
_SOON = re.compile(
    r"\b(?:om|in) (?:ca\.? |about )?(?:(?P<half>en halv time|half an hour)|(?P<quarter>et kvarter|a quarter of an hour)"
    r"|(?P<amount>\d{1,4}|[a-z]+) (?P<unit>timer?|t|hours?|hrs?|min|mins|minut|minutter|minutes?))"
    r"(?:s tid)?(?=$|[\s,.!?])"
)
_AFTERNOON = range(1, 7)  # hours that mean the afternoon unless something else is said: nobody is at work at four


@dataclass(frozen=True)
class Clock:
    """A time of day, and whether the words mean that of today ("i aften")."""

    at: time
    today: bool = False


def take_clock(phrase: Phrase) -> tuple[Clock | None, Phrase]:
    """The time of day that the phrase names, if it does, and the phrase without it."""
    part, rest = _take_part(phrase)
    for pattern in _CLOCKS:
        for match in rest.found(pattern):
            at = _read(match, part)
            if at is not None:
                return Clock(at, part is not None and part.today), rest.without(match)
    return part, rest


def take_soon(phrase: Phrase) -> tuple[timedelta | None, Phrase]:
    """How long from now, of "om en time" or "in 20 minutes", and the phrase without it."""
    for match in phrase.found(_SOON):
        if match["half"] or match["quarter"]:
            return timedelta(minutes=30 if match["half"] else 15), phrase.without(match)
        said = match["amount"]
        amount = float(said) if said.isdigit() else numbers.word(said)
        if amount:
            unit = "minutes" if match["unit"].startswith("min") else "hours"
            return timedelta(**{unit: amount}), phrase.without(match)
    return None, phrase


def _take_part(phrase: Phrase) -> tuple[Clock | None, Phrase]:
    match = next(phrase.found(_PART), None)
    if match is None:
        return None, phrase
    hour = _PARTS[match[0].split()[-1]]
    return Clock(time(hour), bool(match["now"])), phrase.without(match)


def _read(match: re.Match[str], part: Clock | None) -> time | None:
    """The time that a match means; None where no clock shows it."""
    said = match.groupdict()
    written = said.get("hour") or ""
    named = numbers.word(said["word"]) if said.get("word") else None
    if named is not None and named % 1:
        return None
    hour = int(written) if written else int(named) if named else None
    if hour is None or hour > 23 or not (written or 1 <= hour <= 12):
        return None
    minute = int(said.get("minute") or 0) + _SHIFTS[said.get("shift")]
    half = (said.get("half") or "")[:1]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    elif (part and part.at.hour >= 14 and hour < 12) or (
        hour in _AFTERNOON and not written.startswith("0") and not (part and part.at.hour < 12)
    ):
        hour += 12
    hour, minute = hour + minute // 60, minute % 60
    return time(hour, minute) if said.get("minute") is None or int(said["minute"]) < 60 else None
