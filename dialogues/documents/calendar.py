"""Dates to remember as a calendar file that any calendar can read (RFC 5545).

Texts go in as data: the library escapes and folds them, so that nothing that was typed can become a line of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import icalendar

MIME = "text/calendar"
PRODUCT = "-//Makker//Makker//DA"
_REMINDER = timedelta(days=-7, hours=9)  # from the midnight that the day begins with: nobody wants it in the night


@dataclass(frozen=True)
class Event:
    """Something on a day. The same `uid` with a higher sequence replaces it in a calendar that holds it already."""

    uid: str
    title: str
    day: date
    note: str = ""


def ics(events: Iterable[Event], *, name: str, stamp: datetime, sequence: int) -> bytes:
    """The events as the bytes of a calendar file: whole days that block no time, each with a reminder at nine
    a week before.

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
    entry.add("dtstart", event.day)
    entry.add("dtend", event.day + timedelta(days=1))  # the first day that is no longer part of it
    entry.add("transp", "TRANSPARENT")
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", _REMINDER)
    entry.add_component(alarm)
    return entry


def _one_line(text: str) -> str:
    return " ".join(_clean(text).split())


def _clean(text: str) -> str:
    from dialogues.documents.slots import clean

    return clean(text)
