"""What the tests of the introduction course in Telegram share: a learner who presses its buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.telegram.callbacks import Signer
from dialogues.course import moves
from dialogues.course.buttons import GO, QUIZ, READ, tap
from tests.botapi import BotApi, Message, Person

if TYPE_CHECKING:
    from bot.house import House
    from dialogues.course.state import Course
    from knowledge.schema import Lesson, Question


ON = (tap(GO), "l:read:", "l:quiz:")  # the beginnings of what leads on


def press(person: Person, message: Message, *wanted: str) -> None:
    """Presses the first button of a message whose tap begins with one of these."""
    signer = Signer(person.world.token)
    for row in message.rows:
        for button in row:
            if (signer.read(button.data, person.id) or "").startswith(wanted):
                person.presses(message, button.data)
                return
    raise AssertionError(f"no button for {wanted!r}, but {message.buttons}:\n{person.chat.transcript()}")


def quiz_of(person: Person, lesson: Lesson) -> Message:
    """Goes to the quiz of a lesson, and gives its first question."""
    person.says("/intro")
    press(person, person.reads(), *ON)
    press(person, person.reads(), tap(READ, lesson.id, "task"))
    press(person, person.reads(), tap(QUIZ, lesson.id))
    return person.reads()


def right(question: Question, language: str = "da") -> str:
    return question.options[question.right_place][language]


def wrong(question: Question, language: str = "da") -> str:
    return next(option[language] for option in question.options if option.id != question.right)


def called(lesson: Lesson, number: int) -> str:
    return moves.key(lesson.id, lesson.quiz[number].id)


def course(house: House, person: Person) -> Course:
    kept = house.store.course(f"telegram:{person.id}")
    assert kept is not None
    return kept


def wait_for(telegram: BotApi, anna: Person) -> None:
    """Waits until everything that was sent to the bot has been dealt with: it answers one after another."""
    anna.says("/vejret")
    while "/hjaelp" not in anna.reads().text:
        pass
