"""A lesson on each working day: when the reminder comes, when it gives up, and when it comes again."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.course import deck, moves, pacing
from dialogues.course.state import Course
from tests.dialogues.course_example import HOME, MONDAY, a_course, at, days, utc

LESSONS = a_course()
FRIDAY, SATURDAY, NEXT_MONDAY = date(2027, 3, 5), date(2027, 3, 6), date(2027, 3, 8)


def paced(hour: str = "09:00", touched: date = MONDAY) -> Course:
    return Course(started=touched, touched=touched, hour=hour)


def finished(*wrong: str, on: date = MONDAY) -> Course:
    """A course that ended on that day, with questions that were wrong then."""
    cards: deck.Cards = {}
    for question in wrong:
        cards = deck.reviewed(cards, question, False, at(on))
    done = dict.fromkeys(LESSONS, on)
    return paced(touched=on).with_(done=done, right=dict.fromkeys(LESSONS, 3), cards=cards, finished=on, tested=(6, 6))


def known(course: Course, *on: int) -> Course:
    """The course after the question that comes back has been known on these days."""
    pot = LESSONS["pot"]
    for day in on:
        course = moves.repeated(course, pot, pot.quiz[0], "a", days(day))
    return course


def following(course: Course, moment: datetime, *, after_today: bool = False, where: ZoneInfo = HOME) -> str | None:
    due = pacing.next_reminder(course, LESSONS, moment, where, after_today=after_today)
    return due and f"{due.astimezone(where):%a %d.%m. %H:%M}"


@pytest.mark.parametrize(
    ("moment", "after_today", "said"),
    [
        (at(MONDAY, 8), False, "Mon 01.03. 09:00"),
        (at(MONDAY, 9), False, "Tue 02.03. 09:00"),
        (at(MONDAY, 8), True, "Tue 02.03. 09:00"),
        (at(FRIDAY, 10), False, "Mon 08.03. 09:00"),
        (at(FRIDAY, 8), True, "Mon 08.03. 09:00"),
        (at(SATURDAY, 8), False, "Mon 08.03. 09:00"),
        (at(date(2027, 3, 7), 8), True, "Mon 08.03. 09:00"),
    ],
)
def test_it_comes_on_working_days(moment: datetime, after_today: bool, said: str) -> None:
    assert following(paced(), moment, after_today=after_today) == said


def test_at_ones_own_pace_none_comes() -> None:
    assert following(paced().with_(hour=None), at(MONDAY)) is None


def test_summer_time_begins_and_ends_between_two_reminders() -> None:
    spring, autumn = at(date(2027, 3, 26), 10), at(date(2027, 10, 29), 10)
    assert pacing.next_reminder(paced(), LESSONS, spring, HOME, after_today=False) == utc(2027, 3, 29, 7)
    assert pacing.next_reminder(paced(), LESSONS, autumn, HOME, after_today=False) == utc(2027, 11, 1, 8)


@pytest.mark.parametrize("name", ["America/Nuuk", "Europe/London", "Pacific/Auckland"])
def test_the_hour_is_the_learners(name: str) -> None:
    where = ZoneInfo(name)
    assert following(paced(), at(MONDAY, 8, 59, where), where=where) == "Mon 01.03. 09:00"
    assert following(paced(), at(FRIDAY, 9, 1, where), where=where) == "Mon 08.03. 09:00"


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)),
    st.times(),
    st.sampled_from(["Europe/Copenhagen", "America/Nuuk", "Pacific/Auckland", "Asia/Kathmandu", "UTC"]),
    st.booleans(),
)
def test_it_always_comes_later_soon_and_never_at_a_weekend(
    moment: datetime, hour: object, name: str, after_today: bool
) -> None:
    where = ZoneInfo(name)
    now = moment.replace(tzinfo=where)
    due = pacing.next_reminder(paced(f"{hour:%H:%M}"), LESSONS, now, where, after_today=after_today)
    assert due is not None and due > now.astimezone(due.tzinfo) and due - now <= timedelta(days=5)
    assert due.astimezone(where).weekday() < 5


# --- giving up ------------------------------------------------------------------------------------


def reminders(course: Course, start: datetime, most: int = 9) -> list[date]:
    """The days on which reminders come while the learner does nothing."""
    found: list[date] = []
    due = pacing.next_reminder(course, LESSONS, start, HOME, after_today=True)
    while due and len(found) < most:
        day = due.astimezone(HOME).date()
        found.append(day)
        if pacing.gives_up(course, LESSONS, day):
            break
        due = pacing.next_reminder(course, LESSONS, due, HOME, after_today=True)
    return found


def test_it_gives_up_after_three() -> None:
    assert reminders(paced(), at(MONDAY)) == [date(2027, 3, day) for day in (2, 3, 4)]


def test_a_weekend_is_nothing_to_be_unheeded() -> None:
    friday = paced(touched=FRIDAY)
    assert reminders(friday, at(FRIDAY)) == [date(2027, 3, day) for day in (8, 9, 10)]
    assert reminders(paced(touched=SATURDAY), at(SATURDAY)) == [date(2027, 3, day) for day in (8, 9, 10)]


def test_whoever_does_something_has_three_more() -> None:
    course = paced().with_(touched=date(2027, 3, 4))
    assert not pacing.gives_up(course, LESSONS, date(2027, 3, 4))
    assert reminders(course, at(date(2027, 3, 4))) == [FRIDAY, NEXT_MONDAY, date(2027, 3, 9)]


# --- after the end ----------------------------------------------------------------------------------


def test_after_the_end_it_comes_only_when_a_question_does() -> None:
    assert following(finished(), at(MONDAY)) is None
    assert following(finished("pot/q1"), at(MONDAY)) == "Tue 02.03. 09:00"
    assert following(finished("pot/q1", on=FRIDAY), at(FRIDAY)) == "Mon 08.03. 09:00"
    course = known(finished("pot/q1"), 1)
    assert following(course, days(1)) == "Thu 04.03. 09:00"
    assert following(known(course, 3), days(3)) == "Wed 10.03. 09:00"
    assert following(known(course, 3, 9, 26), days(26)) is None


def test_days_without_a_reminder_are_none_that_was_unheeded() -> None:
    course = known(finished("pot/q1"), 1, 3, 9)  # comes back on a Saturday, the 27th
    assert reminders(course, days(9)) == [date(2027, 3, day) for day in (29, 30, 31)]


def test_the_question_that_would_come_back_was_removed() -> None:
    assert pacing.next_reminder(finished("pot/q1"), a_course("leaf"), at(MONDAY), HOME, after_today=False) is None
    assert following(finished("gone/q1"), at(MONDAY)) is None


def test_a_lesson_that_was_added_after_the_end_is_reminded_of() -> None:
    more = a_course("pot", "leaf", "milk", "cup")
    due = pacing.next_reminder(finished(), more, at(MONDAY), HOME, after_today=True)
    assert due == utc(2027, 3, 2, 8)
    assert not pacing.gives_up(finished(), more, date(2027, 3, 3))


# --- the hour in words ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "hour"),
    [
        ("9", "09:00"), ("9.30", "09:30"), ("kl. 9", "09:00"), ("kl 10.15", "10:15"), ("930", "09:30"),
        ("09:00", "09:00"),
        ("halv ti", "09:30"), ("14", "14:00"), ("at 9 am", "09:00"), ("half past nine", "09:30"), ("23:59", "23:59"),
        ("kl halv 10", "09:30"), ("kvart over 8", "08:15"), ("quarter to 9", "08:45"), ("ved 9 tiden", "09:00"),
        ("around 9", "09:00"), ("9-ish", "09:00"), ("kl 10:30 tak", "10:30"), ("hver dag kl. 14.15", "14:15"),
        ("jeg har 2 spørgsmål", None), ("3 lektioner om dagen", None), ("halv 13", None),
        ("24", None), ("25:00", None), ("9.75", None), ("nej tak", None), ("", None), ("i morgen", None),
        ("hvornår", None),
    ],
)  # fmt: skip
def test_an_hour_in_words(said: str, hour: str | None) -> None:
    assert pacing.hour(said) == hour


@given(st.text(max_size=20))
def test_any_words_are_an_hour_or_none(said: str) -> None:
    hour = pacing.hour(said)
    assert hour is None or datetime.strptime(hour, "%H:%M")
