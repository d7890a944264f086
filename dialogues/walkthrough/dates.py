"""Dates as people write them, in Danish and English."""

from __future__ import annotations

import calendar
import difflib
import re
from collections.abc import Callable
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from dialogues.walkthrough import numbers, words

_MONTHS = {
    "januar": 1, "january": 1, "jan": 1, "februar": 2, "february": 2, "feb": 2, "marts": 3, "march": 3, "mar": 3,
    "april": 4, "apr": 4, "maj": 5, "may": 5, "juni": 6, "june": 6, "jun": 6, "juli": 7, "july": 7, "jul": 7,
    "august": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9, "oktober": 10, "october": 10, "okt": 10, "oct": 10,
    "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip
_WEEKDAYS = {
    "mandag": 0, "monday": 0, "tirsdag": 1, "tuesday": 1, "onsdag": 2, "wednesday": 2, "torsdag": 3, "thursday": 3,
    "fredag": 4, "friday": 4, "loerdag": 5, "saturday": 5, "soendag": 6, "sunday": 6,
}  # fmt: skip
_UNITS = {name: unit for name, unit in numbers.UNITS.items() if unit in ("days", "weeks", "months", "years")}
_DAYS = {
    phrase: offset
    for offset, phrases in {
        -2: "i forgaars|forgaars",
        -1: "i gaar|igaar|yesterday",
        0: "i dag|idag|today|nu|now|med det samme|straks",
        1: "i morgen|imorgen|tomorrow|tomorow",
        2: "i overmorgen|iovermorgen|overmorgen|day after tomorrow",
    }.items()
    for phrase in phrases.split("|")
}
_PARTS = {
    "primo": 0, "start": 0, "starten af": 0, "begyndelsen af": 0, "early": 0, "start of": 0, "beginning of": 0,
    "medio": 1, "midt i": 1, "midten af": 1, "mid": 1, "middle of": 1,
    "ultimo": 2, "slut": 2, "slutningen af": 2, "sidst i": 2, "sidst paa": 2, "udgangen af": 2, "late": 2, "end of": 2,
}  # fmt: skip
_PLACES = {"foerste": 0, "first": 0, "anden": 1, "second": 1, "tredje": 2, "third": 2, "sidste": -1, "last": -1}
_YEAR_ENDS = r"aarets udgang|udgangen af aaret|slutningen af aaret|aarsskiftet|end of (?:the|this) year|year end"
_BEFORE = words.bag(
    "den d dn det paa fra til senest inden ca cirka omkring bliver er skal vaere vi siger starter slutter start "
    "allerede foerst virkning maaske vist nok lad os sige ok ja aaret pr per engang tidligst "
    "i in on the by sometime from around about it will be is we let's say at starts starting ends before approximately"
)
_AFTER = words.bag("tak ca cirka please tror jeg think maybe maaske nok vist agtig ish tidlig formiddag")
_YEAR_SAID = re.compile(
    r"\b(?:(?P<next>(?:(?:i|til|in) )?(?:(?:det )?naeste aa?r|next year))|(?P<this>i aa?r|this year)"
    r"|(?P<last>(?:i )?(?:sidste|forrige) aa?r|last year))\b"
)
_LONGEST = 80
_CLOSE, _MARGIN = 0.81, 0.05  # how near a misspelt name must be, and how much nearer than any other
_YEARS = range(1950, 2101)


def parse(text: str, today: date) -> date | None:
    """The date that the words name, seen from `today`; None where they name none.

    A date without a year is the next of its kind. "Fredag" is the next Friday, "næste fredag" the one of next week.
    Raises ValueError for a date that the calendar doesn't have (31 February, a year beyond reach).
    """
    if len(text) > _LONGEST:
        return None
    cleaned = re.sub(r"\bkl\.? ?[0-9]{1,2}(?:[.:][0-9]{2})?$", "", words.latin(text).strip(" \t\n.!,"))
    tokens = _with_year(re.sub(r"[\s,;()]+", " ", cleaned).strip(), today).split(" ")
    while tokens and tokens[-1].strip(".") in _AFTER:
        tokens.pop()
    while tokens:
        found = _read(" ".join(tokens), today)
        if found is not None:
            if found.year not in _YEARS:
                raise ValueError(f"year {found.year} is out of reach")
            return found
        if tokens[0].strip(".'") not in _BEFORE:
            return _after_weekday(tokens, today)
        tokens.pop(0)
    return None


def _with_year(text: str, today: date) -> str:
    """ "1. sept. næste år" as "1. sept. 2027"; a lone "næste år", and words that name two years, stay."""
    said = list(_YEAR_SAID.finditer(text))
    rest = " ".join(_YEAR_SAID.sub(" ", text).split())
    if len(said) != 1 or all(token.strip(".'") in _BEFORE | _AFTER for token in rest.split()):
        return text
    offset = {"next": 1, "this": 0, "last": -1}[said[0].lastgroup or "this"]
    return f"{rest} {today.year + offset}"


def _after_weekday(tokens: list[str], today: date) -> date | None:
    """Of "fredag den 3. marts", the date; the weekday is an ornament."""
    if len(tokens) > 1 and _weekday(tokens[0].strip(".")) is not None:
        return parse(" ".join(tokens[1:]), today)
    return None


def _read(text: str, today: date) -> date | None:
    for pattern, reader in _READERS:
        match = pattern.fullmatch(text)
        found = reader(match, today) if match else None
        if found is not None:
            return found
    return None


# --- the parts of a date -----------------------------------------------------------------------


def _named(table: dict[str, int], name: str) -> int | None:
    """The number of a month or weekday, also when it is misspelt."""
    if name in table or len(name) < 4:
        return table.get(name)
    nearness: dict[int, float] = {}
    for known, value in table.items():
        ratio = difflib.SequenceMatcher(None, name, known).ratio()
        nearness[value] = max(ratio, nearness.get(value, 0))
    nearest, second = sorted(nearness.values(), reverse=True)[:2]
    clear = nearest >= _CLOSE and nearest - second >= _MARGIN
    return next(value for value, ratio in nearness.items() if ratio == nearest) if clear else None


def month_number(name: str) -> int | None:
    """The number of the month that a folded word names, also misspelt or shortened; else None."""
    return _named(_MONTHS, name)


def _weekday(name: str) -> int | None:
    return _named(_WEEKDAYS, name)


def _date(day: int, month: int, year: str | None, today: date) -> date:
    """That day; without a year the next such day from today on. ValueError where the calendar has none."""
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    for candidate in range(today.year, today.year + 9):
        leap = calendar.isleap(candidate)
        if (day, month) == (29, 2) and not leap:
            continue
        found = date(candidate, month, day)
        if found >= today:
            return found
    raise ValueError("no such day")


def _amount(said: str) -> float | None:
    return float(said) if said.isdigit() else numbers.word(said)


def _from_now(amount: float, unit: str, today: date) -> date:
    if unit == "years" and amount % 1:
        amount, unit = amount * 12, "months"
    try:
        if unit in ("days", "weeks"):
            return today + timedelta(days=round(amount * (7 if unit == "weeks" else 1)))
        return today + relativedelta(months=round(amount * (12 if unit == "years" else 1)))
    except OverflowError as error:
        raise ValueError("out of reach") from error


# --- readers: a pattern, and the date that a match means (None: it isn't one after all) ---------

Reader = Callable[["re.Match[str]", date], "date | None"]


def _iso(match: re.Match[str], today: date) -> date:
    return date(int(match[1]), int(match[2]), int(match[3]))


def _day_month_numbers(match: re.Match[str], today: date) -> date:
    return _date(int(match[1]), int(match[2]), match[3], today)


def _day_month(match: re.Match[str], today: date) -> date | None:
    month = month_number(match["month"])
    day = int(match["day"]) if match["day"].isdigit() else numbers.ordinal(match["day"])
    return _date(day, month, match["year"], today) if month and day is not None else None


def _part_of_month(match: re.Match[str], today: date) -> date | None:
    month = month_number(match["month"]) if match["month"] != "jul" else None  # Christmas in Danish
    if month is None:
        return None
    first = date(int(match["year"]), month, 1) if match["year"] else _date(1, month, None, today.replace(day=1))
    return _part(first, match["part"])


def _part(first: date, part: str | None) -> date:
    """The first, the middle or the last day of the month that begins with `first`."""
    return first.replace(day=(1, 15, calendar.monthrange(first.year, first.month)[1])[_PARTS[part] if part else 0])


def _part_of_this_month(match: re.Match[str], today: date) -> date:
    found = _part(today.replace(day=1), match["part"])
    return found if found >= today else _part(today.replace(day=1) + relativedelta(months=1), match["part"])


def _weekday_of_month(match: re.Match[str], today: date) -> date | None:
    """The first or the last Monday, say, of a month."""
    month, weekday = month_number(match["month"]), _weekday(match["day"])
    if month is None or weekday is None:
        return None
    year = int(match["year"]) if match["year"] else today.year
    place = _PLACES[match["place"]]

    def found(year: int) -> date:
        month_days = [day for day in calendar.Calendar().itermonthdates(year, month) if day.month == month]
        return [day for day in month_days if day.weekday() == weekday][place]

    return found(year) if match["year"] or found(year) >= today else found(year + 1)


def _day_phrase(match: re.Match[str], today: date) -> date | None:
    return today + timedelta(days=_DAYS[match[0]]) if match[0] in _DAYS else None


def _in_some_time(match: re.Match[str], today: date) -> date | None:
    amount = _amount(match["amount"]) if match["amount"] else None
    amount = 0.5 if match["half"] else amount
    unit = _UNITS.get(match["unit"])
    return None if amount is None or unit is None else _from_now(amount, unit, today)


def _next(match: re.Match[str], today: date) -> date | None:
    unit = _UNITS.get(match["unit"])
    monday = today + timedelta(days=7 - today.weekday())
    if unit == "weeks":
        return monday
    if unit == "months":
        return today.replace(day=1) + relativedelta(months=1)
    if unit == "years":
        return date(today.year + 1, 1, 1)
    weekday = _weekday(match["unit"])
    return None if weekday is None else monday + timedelta(days=weekday)


def _next_week(match: re.Match[str], today: date) -> date | None:
    weekday = _weekday(match["day"])
    return None if weekday is None else today + timedelta(days=7 - today.weekday() + weekday)


def _coming_weekday(match: re.Match[str], today: date) -> date | None:
    weekday = _weekday(match["day"])
    return None if weekday is None else today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _week(match: re.Match[str], today: date) -> date:
    week = int(match[1])
    if match[2]:
        return date.fromisocalendar(int(match[2]), week, 1)
    year, present, _ = today.isocalendar()
    return date.fromisocalendar(year if week >= present else year + 1, week, 1)


def _year_end(match: re.Match[str], today: date) -> date:
    return date(int(match["year"] or match["annum"] or today.year), 12, 31)


_ORDINAL = r"(?:\.|st|nd|rd|th|te|de|')?"
_WHICH_YEAR = r"(?:[ -]*'?(?P<year>[0-9]{4}|[0-9]{2}))?"
_PART = "|".join(sorted(_PARTS, key=len, reverse=True))
_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})", _iso),
        (r"([0-9]{1,2})\.? ?[./-] ?([0-9]{1,2})(?:(?: ?[./-] ?|\.? )([0-9]{4}|[0-9]{2}))?\.?", _day_month_numbers),
        (rf"(?P<day>[0-9]{{1,2}}){_ORDINAL} ?(?:of )?(?P<month>[a-z]+)\.?{_WHICH_YEAR}", _day_month),
        (rf"(?P<day>[a-z]+) (?:of )?(?P<month>[a-z]+)\.?{_WHICH_YEAR}", _day_month),
        (r"(?P<month>[a-z]+)\.? (?:the )?(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?: (?P<year>[0-9]{4}))?", _day_month),
        (rf"(?:(?P<part>{_PART}) )?(?P<month>[a-z]+)\.?(?: (?P<year>[0-9]{{4}}))?", _part_of_month),
        (rf"(?P<part>{_PART}) (?:maaneden|denne maaned|the month|this month)", _part_of_this_month),
        (
            rf"(?P<place>{'|'.join(_PLACES)}) (?P<day>[a-z]+) (?:i|in|of) (?P<month>[a-z]+)\.?"
            r"(?: (?P<year>[0-9]{4}))?",
            _weekday_of_month,
        ),
        (r"[a-z ]+", _day_phrase),
        (
            r"(?:om|in|within|inden for) (?:(?:ca|cirka|omkring|about)\.? )?(?:(?P<half>et halvt|en halv|half a)"
            r"|(?P<amount>[0-9]{1,4}|[a-z]+)) (?P<unit>[a-z]+?)(?:s tid)?",
            _in_some_time,
        ),
        (
            r"(?P<half>et halvt|half a)?(?P<amount>[0-9]{1,4}|[a-z]+)? ?(?P<unit>[a-z]+) (?:fra nu|from now|frem)",
            _in_some_time,
        ),
        (r"(?P<day>[a-z]+) (?:i |in )?(?:naeste uge|next week)", _next_week),
        (r"(?:naeste|next|kommende|foelgende) (?P<unit>[a-z]+)", _next),
        (r"(?:this |denne |coming |nu paa )?(?P<day>[a-z]+)", _coming_weekday),
        (r"(?:uge|week) ([0-9]{1,2})(?: (?:i |in |of )?([0-9]{4}))?", _week),
        (
            rf"(?:ved )?(?:{_YEAR_ENDS}|(?:udgangen|slutningen) af (?P<year>[0-9]{{4}})|end of (?P<annum>[0-9]{{4}}))",
            _year_end,
        ),
    )
)
