"""Somebody who takes the course through the real responses, over a real store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.rendering.telegram_html import MESSAGE_LIMIT, messages, text_of
from bot.store.database import connect
from bot.store.store import SqlStore
from dialogues import taps
from dialogues.course.state import Course
from dialogues.reply import Choice, Reply
from dialogues.responses import awaited, commands, reminders
from dialogues.turn import AWAITING, Meaning, Outcome, Services, Turn
from knowledge.loader import Knowledge
from tests.dialogues.course_example import NOON


def a_store(folder: Path) -> SqlStore:
    return SqlStore(connect(f"sqlite:///{folder / 'makker.db'}"))


def unwritten(write: Callable[..., bytes], *arguments: object, **named: object) -> bytes:
    """A file that is not worth its time in a test of what leads to it."""
    return b"%PDF-"


class Learner:
    """One person. `replies` are those to what was done last; each has been looked at as a door would."""

    def __init__(self, knowledge: Knowledge, store: SqlStore, name: str = "test:1", language: str = "da") -> None:
        self.knowledge, self.store, self.name, self.language = knowledge, store, name, language
        self.now = NOON
        self.slots: dict[str, Any] = {}
        self.replies: tuple[Reply, ...] = ()

    def opens(self) -> Learner:
        """Asks for the course."""
        return self._does(self._turn("kursus", Meaning("command", "command/start_course", 1.0)), commands.command)

    def presses(self, tap: str) -> Learner:
        """Presses a button of the course, old or new."""
        parsed = taps.parse(tap)
        assert parsed is not None and parsed.kind == taps.COURSE, tap
        return self._does(
            self._turn(tap, Meaning("command", "command/start_course", 1.0, tap=parsed)), commands.command
        )

    def taps(self, label: str) -> Learner:
        """Presses the button whose label begins so."""
        found = [choice for choice in self.buttons if choice.label.startswith(label)]
        assert found, f"no button {label!r} among {[choice.label for choice in self.buttons]}"
        return self.presses(found[0].tap)

    def says(self, text: str, label: str = "unknown/unknown") -> Learner:
        """Types what was asked for."""
        assert self.slots.get(AWAITING), "nothing is awaited"
        return self._does(self._turn(text, Meaning(label.split("/")[0], label, 1.0)), awaited.awaited)

    def cancels(self, reminder: str) -> None:
        """Cancels a reminder in the list of all of them."""
        tap = taps.parse(taps.tap(taps.REMINDER, "x", reminder))
        reminders.remind(self._turn(str(tap), Meaning("command", "command/remind", 1.0, tap=tap)))

    def waits(self, days: int) -> Learner:
        """Comes back at the same hour, so many days later."""
        self.now = (self.now.replace(tzinfo=None) + timedelta(days=days)).replace(tzinfo=NOON.tzinfo)
        return self

    @property
    def text(self) -> str:
        return "\n\n".join(reply.text for reply in self.replies)

    @property
    def buttons(self) -> list[Choice]:
        return [choice for reply in self.replies for choice in reply.buttons]

    @property
    def labels(self) -> list[str]:
        return [choice.label for choice in self.buttons]

    @property
    def course(self) -> Course:
        course = self.store.course(self.name)
        assert course is not None
        return course

    def reminder(self) -> datetime | None:
        """When the course's reminder comes, on the learner's clock."""
        waiting = [one for one in self.store.reminders(self.name) if one.course]
        assert len(waiting) <= 1
        return waiting[0].due.astimezone(NOON.tzinfo) if waiting else None

    def _turn(self, text: str, meaning: Meaning) -> Turn:
        now = self.now
        services = Services(self.knowledge, self.store, now.date, lambda: now, unwritten)
        return Turn(services, self.name, text, meaning, self.language, self.slots, place=f"{self.name}:0")

    def _does(self, turn: Turn, response: Callable[[Turn], Outcome]) -> Learner:
        outcome = response(turn)
        later = outcome.later() if outcome.later else Outcome()
        kept = {name: value for name, value in self.slots.items() if name != AWAITING}
        self.slots = {**kept, **outcome.slots, **later.slots}
        self.replies = (*outcome.replies, *later.replies)
        for reply in self.replies:
            looked_at(self.knowledge, reply)
        return self


def looked_at(knowledge: Knowledge, reply: Reply) -> None:
    """Fails for a message that a door couldn't show, and for a button that leads nowhere."""
    assert reply.text.strip() and Reply.from_dict(reply.as_dict()) == reply
    shown = messages(reply.text)
    assert len(shown) == 1 and len(text_of(shown[0])) <= MESSAGE_LIMIT
    assert "{{" not in reply.text and "**" not in text_of(shown[0])
    labels = [choice.label for choice in reply.buttons]
    assert len(set(labels)) == len(labels), labels
    for choice in reply.buttons:
        tap = taps.parse(choice.tap)
        assert choice.label.strip() and tap is not None and len(choice.tap.encode()) <= taps.MAX_BYTES
        if tap.kind == taps.TOPIC:
            assert tap.parts[0] in knowledge.topics
        elif tap.kind == taps.START:
            assert tap.parts[0] in knowledge.checklists
        else:
            assert tap.kind == taps.COURSE
    if reply.quiz:
        quiz = reply.quiz
        assert 0 <= quiz.right < quiz.options <= 10
        assert len(quiz.question) <= 300 and len(quiz.explanation) <= 200
        assert all(len(label) <= 100 for label in labels[: quiz.options])
