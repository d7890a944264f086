"""The day within a message: "mødet på fredag", "a week before the 3rd of March". Dates alone: `walkthrough.dates`."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from dialogues.reminding.phrase import Phrase
from dialogues.walkthrough import dates, numbers
from dialogues.walkthrough.words import bag

LONGEST = 8  # words that name a day
_ALONE = bag(
    "idag imorgen today tomorrow tomorow overmorgen iovermorgen mandag tirsdag onsdag torsdag fredag loerdag soendag "
    "monday tuesday wednesday thursday friday saturday sunday igaar forgaars yesterday"
)
_HINTS = _ALONE | bag(
    "dag morgen uge uges uger week weeks day days dage maaned maaneder maned maneder mdr month months aar year years "
    "naeste next udgangen aarsskiftet gaar"
)
_LEADS = bag("den d dn paa fra til senest on the by i in naeste next denne this kommende coming")  # part of a date
_MONTHS_IN_SHORT = bag("jan feb mar apr maj may jun jul aug sep sept okt oct nov dec")  # Jan, May and Sep are names too
_WITHIN = bag("i in primo medio ultimo start slut early mid late")
_IN_SHORT = {
    "tirs": "tirsdag",
    "ons": "onsdag",
    "tors": "torsdag",
    "fre": "fredag",
    "tues": "tuesday",
    "wed": "wednesday",
}
_SOME = re.compile(r"\b(?:et par|a couple of)(?= (?:dage|uger|måneder|maaneder|days|weeks|months)\b)", re.IGNORECASE)
_QUARTER = re.compile(
    r"(?:\b(?:til|i|in|from|fra) )?(?:\b(?:start(?:en)? af|beginning of) )?\b(?:det )?(?:naeste kvartal|next quarter)\b"
)
_SOME_QUARTERS = re.compile(r"\b(?:om|in) (?P<amount>\d|et|a|to|two|tre|three) (?:kvartal(?:er)?|quarters?)\b")
_DAY_OF_MONTH = re.compile(
    r"(?:\b(?:paa |on )?[a-z]+da[gy] )?\b(?:den|d\.|the) (?P<day>\d{1,2})(?:\.|st|nd|rd|th|')?"
    r"(?=$|,|[.!?]*$| (?:om|about)\b)"
)
_BEFORE = re.compile(
    r"\b(?:(?P<one>dagen|ugen|maaneden|the day|the week|the month)"
    r"|(?P<amount>\d{1,3}|en|et|to|tre|fire|a|one|two|three|four) (?P<unit>[a-z]+)) "
    r"(?:foer|inden|forinden|i forvejen|before|ahead|in advance|earlier|tidligere)\b"
)
_ONE = {"dagen": "days", "ugen": "weeks", "maaneden": "months", "the day": "days", "the week": "weeks"}
_EDGES = " \t\n.!,?;:()\"'”“"


@dataclass(frozen=True)
class Day:
    """A day; `wrong`: what was written is one that the calendar doesn't have."""

    day: date | None = None
    wrong: bool = False


def take_day(phrase: Phrase, today: date, base: date | None = None) -> tuple[Day, Phrase]:
    """The day that the phrase names, and the phrase without it. "En uge før" counts from the day that is named, or
    from `base`."""
    earlier, phrase = _take_before(phrase)
    for take in (_take_quarter, _take_day_of_month, _take_date):
        found, rest = take(phrase, today)
        if found.day:
            break
    if earlier is None:
        return found, rest
    start = found.day or base
    try:
        return Day(start - earlier if start else None, found.wrong), rest
    except (ValueError, OverflowError):  # before there were years
        return Day(wrong=True), rest


def _take_before(phrase: Phrase) -> tuple[relativedelta | None, Phrase]:
    for match in phrase.found(_BEFORE):
        said, unit = match["amount"], _ONE.get(match["one"] or "", "months")
        amount: float | None = 1
        if said:
            amount, unit = (float(said) if said.isdigit() else numbers.word(said)), numbers.UNITS.get(match["unit"], "")
        if amount and unit in ("days", "weeks", "months"):
            return _offset(unit, int(amount)), phrase.without(match)
    return None, phrase


def _offset(unit: str, amount: int) -> relativedelta:
    if unit == "months":
        return relativedelta(months=amount)
    return relativedelta(days=amount * (7 if unit == "weeks" else 1))


def _take_quarter(phrase: Phrase, today: date) -> tuple[Day, Phrase]:
    for match in phrase.found(_QUARTER):
        return Day(next_quarter(today)), phrase.without(match)
    for match in phrase.found(_SOME_QUARTERS):
        said = match["amount"]
        amount = int(said) if said.isdigit() else int(numbers.word(said) or 1)
        return Day(today + relativedelta(months=3 * amount)), phrase.without(match)
    return Day(), phrase


def _take_day_of_month(phrase: Phrase, today: date) -> tuple[Day, Phrase]:
    """ "Den 3.", with nothing behind it that there might be three of: the next 3rd."""
    for match in phrase.found(_DAY_OF_MONTH):
        for months in range(0, 4):
            with suppress(ValueError):
                found = (today.replace(day=1) + relativedelta(months=months)).replace(day=int(match["day"]))
                if found >= today:
                    return Day(found), phrase.without(match)
    return Day(), phrase


def next_quarter(today: date) -> date:
    """The first working day of the quarter after this one."""
    first = today.replace(day=1) + relativedelta(months=3 - (today.month - 1) % 3)
    return first + timedelta(days=max(0, 7 - first.weekday()) if first.weekday() > 4 else 0)


def _take_date(phrase: Phrase, today: date) -> tuple[Day, Phrase]:
    """The longest run of words that names a date, the last of several."""
    phrase = Phrase(_SOME.sub("2", str(phrase)))
    words = [_IN_SHORT.get(word, word) for word in (folded.strip(_EDGES) for folded in phrase.folded)]
    hints = [_is_hint(word, today) for word in words]
    wrong: range | None = None
    for length in range(min(LONGEST, len(words)), 0, -1):
        for start in range(len(words) - length, -1, -1):
            run = words[start : start + length]
            if not any(hints[start : start + length]) or not _may_be_date(run, start + length == len(words)):
                continue
            day, bad = _parsed(" ".join(run), today)
            wrong = wrong or (range(start, start + length) if bad and length > 1 else None)
            if day:
                idle = _idle(run, hints[start : start + length], day, today)
                return Day(day), phrase.less(range(start + idle, start + length))
    return Day(wrong=wrong is not None), phrase.less(wrong or ())


def _idle(run: list[str], hints: list[bool], day: date, today: date) -> int:
    """How many of the first words name no part of the date: of "er den 3. marts", one."""
    for idle, word in enumerate(run):
        if word in _LEADS or hints[idle] or _parsed(" ".join(run[idle + 1 :]), today)[0] != day:
            return idle
    return 0


def _parsed(text: str, today: date) -> tuple[date | None, bool]:
    try:
        return dates.parse(text, today), False
    except ValueError:
        return None, True


def _is_hint(word: str, today: date) -> bool:
    """Whether the word can be what makes a date of its neighbours."""
    return bool(re.search(r"\d", word)) or word in _HINTS or (len(word) > 2 and _parsed(word, today)[0] is not None)


def _may_be_date(run: list[str], last: bool) -> bool:
    """Whether the words may be meant as a date, rather than be a name, or a number of something."""
    digits = any(re.search(r"\d", word) for word in run)
    if len(run) == 1:
        return (
            run[0] in _ALONE or bool(re.search(r"\d\D+\d", run[0])) or (last and run[0].endswith(("dag", "day", "ag")))
        )
    return digits or run[-1] not in _MONTHS_IN_SHORT or run[-2] in _WITHIN
