"""Times on people's clocks: summer time begins and ends, zones have many names."""

from __future__ import annotations

from datetime import date, datetime, time, timezone
from zoneinfo import ZoneInfo

import pytest

from dialogues.reminding.request import read
from dialogues.reminding.wording import moment
from dialogues.reminding.zones import find, to_utc, zone
from knowledge.loader import Knowledge, load

HERE = ZoneInfo("Europe/Copenhagen")
SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)  # the nights in which clocks are changed


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


@pytest.mark.parametrize(
    ("day", "hour"),
    [
        (date(2027, 3, 27), 8),  # the day before: winter
        (SPRING, 7),
        (date(2027, 3, 29), 7),
        (date(2027, 10, 30), 7),  # the day before: summer
        (AUTUMN, 8),
        (date(2027, 11, 1), 8),
    ],
)
def test_nine_is_nine_on_the_wall_on_both_sides_of_the_change(day: date, hour: int) -> None:
    assert to_utc(day, time(9), HERE) == datetime(day.year, day.month, day.day, hour, tzinfo=timezone.utc)


def test_a_time_that_the_spring_skips_moves_on_an_hour() -> None:
    there = to_utc(SPRING, time(2, 30), HERE).astimezone(HERE)
    assert (there.hour, there.minute) == (3, 30)


def test_a_time_that_the_autumn_repeats_is_the_first_of_the_two() -> None:
    assert to_utc(AUTUMN, time(2, 30), HERE) == datetime(2027, 10, 31, 0, 30, tzinfo=timezone.utc)


def test_in_some_weeks_means_nine_also_across_the_change() -> None:
    now = datetime(2027, 3, 20, 12, tzinfo=HERE)
    due = read("mind mig om mødet om 3 uger", now).due(now)
    assert due is not None
    assert due.astimezone(HERE).strftime("%d %H:%M") == "10 09:00"


def test_in_some_hours_means_so_many_hours_also_across_the_change() -> None:
    now = datetime(2027, 3, 27, 22, tzinfo=HERE)
    due = read("mind mig om maden om 6 timer", now).due(now)
    assert due is not None
    assert due.astimezone(HERE).strftime("%d %H:%M") == "28 05:00"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Europe/London", "Europe/London"),
        ("london", "Europe/London"),
        ("København", "Europe/Copenhagen"),
        ("New York", "America/New_York"),
        ("Tórshavn", "Atlantic/Faroe"),
        ("grønland", "America/Nuuk"),
        ("europe/berlin", "Europe/Berlin"),
        ("../../etc/passwd", None),
        ("Bogby", None),
        ("", None),
    ],
)
def test_zones_are_known_by_many_names(said: str, name: str | None) -> None:
    assert find(said) == name


def test_a_zone_that_is_not_known_any_more_is_the_usual_one() -> None:
    assert zone("Atlantis/Bogby").key == zone(None).key == "Europe/Copenhagen"


def test_the_moment_is_told_with_its_weekday_and_a_zone_that_is_not_the_usual_one(knowledge: Knowledge) -> None:
    due = datetime(2027, 3, 3, 8, tzinfo=timezone.utc)
    assert moment(knowledge, "da", due, HERE) == "onsdag den 3. marts 2027 kl. 9.00"
    assert moment(knowledge, "en", due, ZoneInfo("Europe/London")) == "Wednesday 3 March 2027 at 8:00 (London)"
