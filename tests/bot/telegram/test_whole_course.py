"""The introduction course from its first button to the sheet, as a new employee takes it all at once, by quizzes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.telegram.callbacks import Signer
from dialogues.course.buttons import GO, QUIZ, READ, SHEET, TEST, tap
from tests.bot.telegram.learning import course, press
from tests.bot.telegram.scripted import Door
from tests.botapi import BotApi, Message, Person

if TYPE_CHECKING:
    from bot.house import House

_STEPS = 150
_ON = (tap(QUIZ), f"{tap(READ)}:", tap(TEST), tap(GO))


def _offers(person: Person, message: Message, wanted: str) -> bool:
    signer = Signer(person.world.token)
    taps = [signer.read(button.data, person.id) or "" for row in message.rows for button in row]
    return any(one.startswith(wanted) for one in taps)


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_whole_course(running: Door, telegram: BotApi, house: House, language: str) -> None:
    carl = telegram.user("Carl", language=language)
    carl.says("/intro" if language == "da" else "/course")
    shown, polls = carl.reads(), 0
    for _ in range(_STEPS):
        if _offers(carl, shown, tap(SHEET)):
            break
        if shown.poll:
            polls += 1
            carl.votes(shown, shown.poll.options[shown.poll.right[0]])
        else:
            press(carl, shown, *_ON)
        shown = carl.reads()
    lessons = house.knowledge.lessons.values()
    assert polls == sum(len(lesson.quiz) + len(lesson.test) for lesson in lessons), carl.chat.transcript()
    kept = course(house, carl)
    asked = sum(len(lesson.test) for lesson in lessons)
    assert kept.finished and kept.tested == (asked, asked) and len(kept.done) == len(lessons)
    press(carl, shown, tap(SHEET))
    carl.reads()
    carl.says("Carl Andersen")
    while not shown.file:
        shown = carl.reads()
    assert shown.file.name.endswith(".pdf") and shown.file.content.startswith(b"%PDF")
    assert telegram.calls("stopPoll") == [] and telegram.calls("deleteMessage") == []
