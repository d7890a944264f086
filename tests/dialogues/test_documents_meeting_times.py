"""A meeting in the calendar: its hour, how long, and where, in Danish time; and what is left out is told."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING

import icalendar
import pytest

from dialogues.documents.appointments import events, past
from dialogues.documents.calendar import Event, ics
from dialogues.documents.date_note import left_out
from dialogues.documents.hours import hours
from dialogues.walkthrough import engine
from dialogues.walkthrough.state import Answer, Run
from knowledge.loader import load
from tests.talker import Talker

if TYPE_CHECKING:
    from bot.engine.engine import RasaEngine

KNOWLEDGE = load()
MEETING, say = KNOWLEDGE.checklists["first-meeting"], KNOWLEDGE.say
TODAY = date(2026, 11, 23)
STAMP = datetime(2026, 11, 23, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("text", "begins", "minutes"),
    [
        ("kl. 16.30", time(16, 30), None),
        ("Kl 16", time(16), None),
        ("16:30", time(16, 30), None),
        ("1630", time(16, 30), None),
        ("klokken 9 på hovedbiblioteket", time(9), None),
        ("onsdag kl. 14", time(14), None),
        ("kl. 16-17.30", time(16), 90),
        ("fra 16 til 17", time(16), 60),
        ("4.30 pm", time(16, 30), None),
        ("at 4 p.m.", time(16), None),
        ("4-5.30 pm", time(16), 90),
        ("10 am", time(10), None),
        ("12 am", time(0), None),
        ("kl. 7 om aftenen", time(19), None),
        ("kl. 16 til 15", time(16), None),
    ],
)
def test_an_hour_is_read_as_people_write_it(text: str, begins: time, minutes: int | None) -> None:
    assert hours(text) == (begins, minutes)


@pytest.mark.parametrize(
    "text",
    ["om eftermiddagen", "kl. 4", "4.30", "25", "kl. 16.75", "", "16.30 eller 17.30", "midt på dagen", "163", "13 pm"],
)
def test_an_hour_that_is_not_certain_is_not_guessed(text: str) -> None:
    assert hours(text) is None


def run(**answers: object) -> Run:
    begun = engine.start(MEETING, "abcd1234", "da", "quick", started=TODAY)
    given = {name.replace("_", "-"): Answer(value) for name, value in answers.items()}  # type: ignore[arg-type]
    return begun.with_(answers={"partner-name": Answer("Bogby Skakklub"), **given})


def entry(one: Run) -> icalendar.Event:
    content = ics(events(MEETING, one, TODAY), name="Dagsorden", stamp=STAMP, sequence=1)
    (found,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return found


@pytest.mark.parametrize(("day", "utc"), [(date(2027, 7, 1), 14), (date(2027, 1, 5), 15)])
def test_the_meeting_stands_at_its_hour_in_summer_and_in_winter(day: date, utc: int) -> None:
    found = entry(run(date=day, time="kl. 16.30", place="Torvet 1, lokale 2", length="45"))
    begins, ends = found["DTSTART"].dt, found["DTEND"].dt
    assert begins.astimezone(timezone.utc) == datetime(day.year, day.month, day.day, utc, 30, tzinfo=timezone.utc)
    assert ends - begins == timedelta(minutes=45)
    assert found["DTSTART"].params["TZID"] == "Europe/Copenhagen"
    assert (str(found["LOCATION"]), str(found["TRANSP"])) == ("Torvet 1, lokale 2", "OPAQUE")


def test_the_file_brings_the_rules_of_the_zone_along() -> None:
    content = ics(events(MEETING, run(date=date(2027, 7, 1), time="16"), TODAY), name="x", stamp=STAMP, sequence=1)
    (zone,) = icalendar.Calendar.from_ical(content).walk("VTIMEZONE")
    assert str(zone["TZID"]) == "Europe/Copenhagen"
    assert {part["TZOFFSETTO"].td for part in zone.subcomponents} == {timedelta(hours=1), timedelta(hours=2)}
    whole = ics([Event("a", "b", date(2027, 7, 1))], name="x", stamp=STAMP, sequence=1)
    assert b"VTIMEZONE" not in whole


def test_without_a_length_it_takes_an_hour_and_an_end_counts_more_than_a_length() -> None:
    day = date(2027, 7, 1)
    alone, ended = entry(run(date=day, time="16")), entry(run(date=day, time="16-17.30", length="45"))
    assert alone["DTEND"].dt - alone["DTSTART"].dt == timedelta(hours=1)
    assert ended["DTEND"].dt - ended["DTSTART"].dt == timedelta(minutes=90)


def test_an_hour_that_cannot_be_read_stands_in_the_text_of_a_whole_day() -> None:
    found = entry(run(date=date(2027, 7, 1), time="om eftermiddagen", place="hos dem"))
    assert found["DTSTART"].dt == date(2027, 7, 1)
    assert str(found["DESCRIPTION"]) == "om eftermiddagen" and str(found["LOCATION"]) == "hos dem"


def test_the_reminder_of_a_meeting_comes_a_day_before() -> None:
    (alarm,) = entry(run(date=date(2027, 7, 1), time="16")).walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(days=-1)


def test_past_dates_are_left_out_and_known() -> None:
    late = run(date=date(2026, 11, 2), time="16")
    assert events(MEETING, late, TODAY) == []
    assert [one.day for one in past(MEETING, late, TODAY)] == [date(2026, 11, 2)]
    assert past(MEETING, run(date=TODAY), TODAY) == []


@pytest.mark.parametrize("language", ["da", "en"])
def test_what_the_calendar_file_leaves_out_is_told(language: str) -> None:
    late = run(date=date(2026, 11, 2)).with_(language=language)
    told = left_out(MEETING, late, say, TODAY).replace("\\", "")
    assert {"da": "Der er ingen kalenderfil", "en": "There is no calendar file"}[language] in told
    assert {"da": "Bogby Skakklub (2. november 2026)", "en": "Bogby Skakklub (2 November 2026)"}[language] in told
    partly = late.with_(mode="full", answers={**late.answers, "send-by": Answer(date(2027, 1, 1))})
    assert {"da": "Kalenderfilen har kun", "en": "The calendar file has only"}[language] in left_out(
        MEETING, partly, say, TODAY
    )
    assert left_out(MEETING, run(date=TODAY), say, TODAY) == ""


def test_whoever_gets_the_files_is_told(engine: RasaEngine) -> None:
    someone = Talker(engine, language="da").sends("c:first-meeting:quick")
    someone.says("Bogby Skakklub").says("2. november 2020").says("kl. 16")
    for _ in range(20):
        if "Færdig med" in someone.text:
            break
        someone.says("spring over")
    assert "Der er ingen kalenderfil, for det her ligger i fortiden" in someone.text
    assert someone.files and not [name for name in someone.files if name.endswith(".ics")]
