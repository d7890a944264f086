"""What the course's buttons do: the verbs of their taps, and the screen that all of them are drawn on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from dialogues import taps
from dialogues.course.state import Course
from dialogues.reply import Choice, Reply
from knowledge.templates import Trusted

if TYPE_CHECKING:
    from knowledge.loader import Knowledge

COMMAND = "start_course"
HOME, GO, LESSONS, READ, QUIZ, ANSWER = "home", "go", "list", "read", "quiz", "a"
REPEAT, TEST, SCENES, SCENE, TURN = "again", "test", "scenes", "scene", "turn"
PACE, STOP, NOTE, SHEET, TALK, SHARE, MANAGER = "pace", "stop", "note", "sheet", "talk", "share", "m"
"""The verbs. What follows them: READ lesson, part; QUIZ lesson; ANSWER where, lesson, question, choice; SCENE scene,
and a moment to come back to; TURN scene, moment, number of the choice; PACE an hour, or "off"; NOTE lesson, or none to
choose one; SHEET "name" to change it; SHARE "on", "scores" or "off"; MANAGER a learner's code."""

PLACE, SCENE_PLACE = "course", "scene"
"""What a message of the course shows: see `Reply.place`."""

Row = tuple[Choice, ...]


def tap(verb: str, *parts: str) -> str:
    """The tap of a button of the course."""
    return taps.tap(taps.COURSE, verb, *parts)


@dataclass(frozen=True)
class Screen:
    """For whom a message of the course is drawn, and when; `now` is on the learner's clock. No `course`: not begun."""

    knowledge: Knowledge
    language: str
    now: datetime
    course: Course | None = None

    @property
    def today(self) -> date:
        return self.now.date()

    def say(self, key: str, **values: Any) -> Trusted:
        """A text of the course."""
        return self.knowledge.say(self.language, f"course.{key}", **values)

    def day(self, day: date) -> Trusted:
        """A day as people write it: "3. marts", "3 March"."""
        return self.knowledge.say(self.language, "reminders.short-day", day=day.day, month=day.month)

    def hour(self, hour: str) -> Trusted:
        """An hour of the day as people write it: "9.30" in Danish for `09:30`, "9:30" in English."""
        mark = "." if self.language == "da" else ":"
        return Trusted(hour.removeprefix("0").replace(":", mark))

    def button(self, key: str, verb: str, *parts: str, **values: Any) -> Choice:
        """A button with a text of the course."""
        return Choice(str(self.say(f"button-{key}", **values)), tap(verb, *parts))

    def reply(self, text: str, *rows: Row, place: str = PLACE, **more: Any) -> Reply:
        """A message of the course."""
        choices = tuple(row for row in rows if row)
        return Reply(text, choices, place=place, language=self.language, outcome="command", command=COMMAND, **more)
