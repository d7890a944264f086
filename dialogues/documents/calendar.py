"""Dates to remember as a calendar file that any calendar can read (RFC 5545).

Texts go in as data: the library escapes and folds them, so that nothing that was typed can become a line of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    import icalendar

MIME = "text/calendar"
PRODUCT = "-//Makker//Makker//DA"
ZONE = ZoneInfo("Europe/Copenhagen")
_REMINDER = timedelta(days=-7, hours=9)  # from the midnight that the day begins with: nobody wants it in the night
_REMINDER_OF_MEETING = timedelta(days=-1)


@dataclass(frozen=True)
class Event:
    """Something on a day, or from an hour of it in Danish time, for so many minutes.

    The same `uid` with a higher sequence replaces it in a calendar that holds it already.
    """

    uid: str
    title: str
    day: date
    note: str = ""
    begins: time | None = None
    minutes: int = 60
    place: str = ""


def ics(events: Iterable[Event], *, name: str, stamp: datetime, sequence: int) -> bytes:
    """The events as the bytes of a calendar file: whole days that block no time, each with a reminder at nine
    a week before, and meetings with a reminder a day before.

    `name` is the calendar's; `stamp` says when it was made (UTC if it names no zone); `sequence` rises with each file
    that is to replace an earlier one.
    """
    import icalendar  # late: who asks for no calendar doesn't wait for it to be imported

    made = icalendar.Calendar()
    for field, value in (
        ("prodid", PRODUCT),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("method", "PUBLISH"),
        ("x-wr-calname", _one_line(name)),
    ):
        made.add(field, value)
    zoned = stamp if stamp.tzinfo else stamp.replace(tzinfo=timezone.utc)
    for event in events:
        made.add_component(_event(event, zoned.astimezone(timezone.utc), sequence))
    made.add_missing_timezones()
    written: bytes = made.to_ical()
    return written


def _event(event: Event, stamp: datetime, sequence: int) -> icalendar.Event:
    import icalendar

    title = _one_line(event.title)
    entry = icalendar.Event()
    entry.add("uid", _one_line(event.uid))
    entry.add("dtstamp", stamp)
    entry.add("last-modified", stamp)
    entry.add("sequence", sequence)
    entry.add("summary", title)
    if event.note:
        entry.add("description", _clean(event.note))
    if event.place:
        entry.add("location", _one_line(event.place))
    begins, ends = _span(event)
    entry.add("dtstart", begins)
    entry.add("dtend", ends)
    entry.add("transp", "OPAQUE" if event.begins else "TRANSPARENT")
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", _REMINDER_OF_MEETING if event.begins else _REMINDER)
    entry.add_component(alarm)
    return entry


def _span(event: Event) -> tuple[date, date]:
    """When it begins and ends; of whole days the end is the first that is no longer part of it."""
    if event.begins is None:
        return event.day, event.day + timedelta(days=1)
    begins = datetime.combine(event.day, event.begins, ZONE)
    return begins, begins + timedelta(minutes=event.minutes)


def _one_line(text: str) -> str:
    return " ".join(_clean(text).split())


def _clean(text: str) -> str:
    from dialogues.documents.slots import clean

    return clean(text)
