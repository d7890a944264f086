"""Time zones: whose they are by name, and what a time on somebody's clock is in UTC."""

from __future__ import annotations

from datetime import date, datetime, time, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from dialogues.walkthrough.words import fold

HOME = "Europe/Copenhagen"
_ALSO = {  # what people call places, folded, where the tz database calls them something else
    "koebenhavn": HOME, "danmark": HOME, "denmark": HOME, "aarhus": HOME, "odense": HOME, "aalborg": HOME,
    "dansk tid": HOME, "faeroeerne": "Atlantic/Faroe", "faroe islands": "Atlantic/Faroe", "faroes": "Atlantic/Faroe",
    "torshavn": "Atlantic/Faroe", "thorshavn": "Atlantic/Faroe", "groenland": "America/Nuuk",
    "greenland": "America/Nuuk", "godthaab": "America/Nuuk", "norge": "Europe/Oslo", "norway": "Europe/Oslo",
    "sverige": "Europe/Stockholm", "sweden": "Europe/Stockholm", "goeteborg": "Europe/Stockholm",
    "malmoe": "Europe/Stockholm", "finland": "Europe/Helsinki", "helsingfors": "Europe/Helsinki",
    "island": "Atlantic/Reykjavik", "england": "Europe/London", "storbritannien": "Europe/London",
    "united kingdom": "Europe/London", "uk": "Europe/London", "edinburgh": "Europe/London",
    "tyskland": "Europe/Berlin", "germany": "Europe/Berlin", "hamborg": "Europe/Berlin", "hamburg": "Europe/Berlin",
    "flensborg": "Europe/Berlin", "frankrig": "Europe/Paris", "france": "Europe/Paris", "rom": "Europe/Rome",
    "bruxelles": "Europe/Brussels", "wien": "Europe/Vienna", "prag": "Europe/Prague", "lissabon": "Europe/Lisbon",
    "athen": "Europe/Athens", "warszawa": "Europe/Warsaw", "utc": "UTC", "gmt": "UTC",
}  # fmt: skip


def zone(name: str | None) -> ZoneInfo:
    """The zone of that name; Copenhagen's where there is none, or it isn't known here (any more)."""
    try:
        return ZoneInfo(name or HOME)
    except (KeyError, ValueError, OSError):
        return ZoneInfo(HOME)


def find(said: str) -> str | None:
    """The name of the zone that somebody means: "Europe/London", "london", "New York", "København". None if unknown."""
    folded = fold(said.replace("/", " ").replace("_", " "))
    return _ALSO.get(folded) or _by_name().get(folded)


@cache
def _by_name() -> dict[str, str]:
    """Zones by their folded names, in full, and by their cities, where only one has it."""
    names = sorted(name for name in available_timezones() if not name.startswith(("posix", "right", "Etc")))
    full = {fold(name.replace("/", " ")): name for name in names}
    cities: dict[str, str] = {}
    for name in names:
        if "/" in name:
            cities.setdefault(fold(name.rpartition("/")[2]), name)
    return {**cities, **full}


def to_utc(day: date, at: time, where: tzinfo) -> datetime:
    """The moment at which clocks in `where` show that time: a time that the spring skips is as much later as clocks
    jump, and of one that the autumn repeats it is the first."""
    return datetime.combine(day, at, where).astimezone(timezone.utc)
