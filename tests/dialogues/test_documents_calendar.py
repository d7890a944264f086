"""Calendar files: whole days, read again by another program's eyes."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.documents.calendar import Event, ics
from dialogues.documents.slots import clean

STAMP = datetime(2026, 11, 22, 13, 30, tzinfo=timezone(timedelta(hours=1)))
TEXTS = {
    "commas and semicolons": "Møde, aftale; og mere: \\ «x» \"y\" 'z'",
    "lines": "første\nanden\n\ntredje",
    "emoji": "👩‍👩‍👧 fest 🎉",
    "long": "æøå " * 75,
    "one long word": "ø" * 300,
    "an end": "x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:andet",
    "a header": "x\nATTENDEE:mailto:a@b.dk",
}


def made(*events: Event, sequence: int = 0) -> bytes:
    return ics(events, name="Samarbejdsaftale", stamp=STAMP, sequence=sequence)


def read(content: bytes) -> list[icalendar.Event]:
    found: list[icalendar.Event] = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return found


def unfolded(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_an_event_is_a_whole_day_that_blocks_no_time() -> None:
    lines = unfolded(made(Event("a@makker", "Evaluering", date(2026, 12, 31), "Ring først")))
    for line in (
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        "TRANSP:TRANSPARENT",
        "UID:a@makker",
        "SUMMARY:Evaluering",
        "DESCRIPTION:Ring først",
        "DTSTAMP:20261122T123000Z",
    ):
        assert lines.count(line) == 1


def test_the_calendar_says_who_made_it_and_that_it_is_published() -> None:
    calendar = icalendar.Calendar.from_ical(made(Event("a", "b", date(2027, 1, 1))))
    found = {name: str(calendar[name]) for name in ("VERSION", "PRODID", "METHOD", "X-WR-CALNAME")}
    assert found == {
        "VERSION": "2.0",
        "PRODID": "-//Makker//Makker//DA",
        "METHOD": "PUBLISH",
        "X-WR-CALNAME": "Samarbejdsaftale",
    }


def test_the_reminder_comes_at_nine_a_week_before() -> None:
    (event,) = read(made(Event("a", "Evaluering", date(2027, 3, 8))))
    (alarm,) = event.walk("VALARM")
    assert (alarm["ACTION"], alarm["DESCRIPTION"]) == ("DISPLAY", "Evaluering")
    assert datetime(2027, 3, 8) + alarm["TRIGGER"].dt == datetime(2027, 3, 1, 9)


def test_a_newer_file_replaces_an_older_one() -> None:
    day = date(2027, 1, 1)
    (old,), (new,) = read(made(Event("a", "b", day))), read(made(Event("a", "b", day), sequence=4))
    assert old["UID"] == new["UID"] and (int(old["SEQUENCE"]), int(new["SEQUENCE"])) == (0, 4)


def test_the_same_events_give_the_same_file() -> None:
    events = [Event(str(number), f"Møde {number}", date(2027, 1, number + 1)) for number in range(20)]
    assert made(*events) == made(*events)
    assert [str(event["UID"]) for event in read(made(*events))] == [event.uid for event in events]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_what_was_typed_comes_back_and_is_nothing_else(text: str) -> None:
    content = ics([Event("a", text, date(2027, 1, 1), text)], name=text, stamp=STAMP, sequence=0)
    calendar = icalendar.Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    assert str(event["DESCRIPTION"]) == clean(text)
    assert str(event["SUMMARY"]) == str(calendar["X-WR-CALNAME"]) == " ".join(text.split())
    assert "ATTENDEE" not in event
    assert unfolded(content).count("END:VEVENT") == 1


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_lines_end_and_fold_as_the_standard_wants(text: str) -> None:
    content = made(Event("a", text, date(2027, 1, 1), text))
    assert content.endswith(b"\r\n") and content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r")
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no character is cut in two


def test_a_stamp_without_a_zone_is_taken_for_utc() -> None:
    content = ics([Event("a", "b", date(2027, 1, 1))], name="x", stamp=datetime(2026, 11, 22, 12), sequence=0)
    assert "DTSTAMP:20261122T120000Z" in unfolded(content)


def test_a_note_that_is_empty_is_left_out_and_so_are_events() -> None:
    assert not [line for line in unfolded(made(Event("a", "b", date(2027, 1, 1)))) if line == "DESCRIPTION:"]
    assert read(made()) == []


@given(st.text(max_size=200), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_whatever_is_typed_gives_one_event(text: str, day: date) -> None:
    (event,) = read(made(Event("a", text, day, text)))
    assert event["DTSTART"].dt == day and event["DTEND"].dt == day + timedelta(days=1)
