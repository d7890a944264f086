"""A course of three short lessons about tea, and somebody who takes it."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from knowledge.schema import Lesson

HOME = ZoneInfo("Europe/Copenhagen")
MONDAY = date(2027, 3, 1)
NOON = datetime(2027, 3, 1, 12, tzinfo=HOME)


def at(day: date, hour: int = 12, minute: int = 0, where: ZoneInfo = HOME) -> datetime:
    """A moment on a learner's clock."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=where)


def days(count: int, start: datetime = NOON) -> datetime:
    """The same hour on the clock, so many days later."""
    return (start.replace(tzinfo=None) + timedelta(days=count)).replace(tzinfo=start.tzinfo)


def utc(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=timezone.utc)


def a_question(id_: str, right: str = "a", options: str = "abc") -> dict[str, Any]:
    text = {"question": f"Hvad med {id_}?", "explanation": f"Fordi {id_}."}
    choices = [{"id": one, "da": f"Svar {one}", "en": f"Answer {one}"} for one in options]
    return {"id": id_, "right": right, "options": choices, "da": text, "en": text}


def a_lesson(id_: str, order: int, quiz: str = "q1 q2 q3", test: str = "t1 t2") -> Lesson:
    """A lesson whose right answers are all `a`."""
    names = ("title", "hook", "point", "example", "task", "manager")
    text = {name: f"{name} {id_}" for name in names}
    return Lesson.parse_obj(
        {
            "id": id_,
            "order": order,
            "topics": ["tea.brew"],
            "sources": ["kettle"],
            "quiz": [a_question(one) for one in quiz.split()],
            "test": [a_question(one) for one in test.split()],
            "da": text,
            "en": text,
        }
    )


def a_course(*ids: str) -> dict[str, Lesson]:
    return {id_: a_lesson(id_, number) for number, id_ in enumerate(ids or ("pot", "leaf", "milk"), 1)}
