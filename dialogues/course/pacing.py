"""One lesson on each working day: when the reminder comes, and when it gives up."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, tzinfo

from dialogues.course import deck, moves
from dialogues.course.state import Course
from dialogues.reminding.phrase import Phrase
from dialogues.reminding.times import take_clock
from dialogues.reminding.zones import to_utc

HOURS = ("08:00", "09:00", "10:00", "12:00", "14:00", "15:30")  # offered as buttons
PATIENCE = 3  # reminders in a row that lead to nothing: then no more come until the learner does something
_SATURDAY = 5
_IN_WORDS = ("", "et", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv")
_SHIFTED = re.compile(r"\b(halv|kvart over|kvart i|half past|quarter past|quarter to) (1[0-2]|[1-9])\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(?:(?:ved|omkring|cirka|ca\.?|about|around) (\d{1,2})(?![\w.:])(?: tiden)?|(\d{1,2})[ -]?(?:tiden|ish)\b)",
    re.IGNORECASE,
)
_BARE = re.compile(r"([01]?\d|2[0-3])(?:[.:]?([0-5]\d))?")


def hour(text: str) -> str | None:
    """The hour that a text says, "9", "kl. 9.30" or "halv ti", as `09:30`; None where it says none."""
    bare = _BARE.fullmatch(text.strip(" .!"))
    if bare:
        return f"{int(bare[1]):02}:{bare[2] or '00'}"
    said = _SHIFTED.sub(lambda found: f"{found[1]} {_IN_WORDS[int(found[2])]}", text.strip())
    said = _ABOUT.sub(lambda found: f"kl. {found[1] or found[2]}", said)
    clock, _ = take_clock(Phrase(said))
    return f"{clock.at:%H:%M}" if clock else None


def next_reminder(
    course: Course, lessons: moves.Lessons, moment: datetime, zone: tzinfo, *, after_today: bool
) -> datetime | None:
    """When the next reminder comes, in UTC; None where the learner goes at their own pace, or nothing is left to do.

    It comes at the course's hour on the next working day: today's where that hour is to come, unless `after_today`.
    Once the course is finished, it waits for the day on which a question comes back.
    """
    if course.hour is None:
        return None
    hour_, day = time.fromisoformat(course.hour), moment.astimezone(zone).date()
    if after_today or to_utc(day, hour_, zone) <= moment:
        day += timedelta(days=1)
    if only_repeats(course, lessons):
        back = _back(course, lessons)
        if back is None:
            return None
        day = max(day, back)
    return to_utc(_working(day), hour_, zone)


def unheeded(course: Course, lessons: moves.Lessons, today: date) -> int:
    """How many reminders have come up to `today` since the learner did something: they have led to nothing."""
    first = course.touched + timedelta(days=1)
    back = _back(course, lessons) if only_repeats(course, lessons) else None
    day = max(first, back) if back else first
    days = (day + timedelta(days=number) for number in range((today - day).days + 1))
    return sum(one.weekday() < _SATURDAY for one in days)


def gives_up(course: Course, lessons: moves.Lessons, today: date) -> bool:
    """Whether the reminder of today is the last one, as long as the learner does nothing."""
    return unheeded(course, lessons, today) >= PATIENCE


def only_repeats(course: Course, lessons: moves.Lessons) -> bool:
    """Whether nothing is left to do but what comes back."""
    return course.finished is not None and moves.next_lesson(course, lessons) is None


def _back(course: Course, lessons: moves.Lessons) -> date | None:
    """The day on which a question comes back, past or to come; None where none does."""
    return deck.next_due({key: card for key, card in course.cards.items() if moves.find(lessons, key)})


def _working(day: date) -> date:
    """The day, or the Monday after it."""
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    return day
