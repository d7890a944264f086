"""The pace of the course, through its buttons and words: one reminder waits, and it is the right one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.reminders import Outbox
from dialogues.reply import Reply
from knowledge.loader import Knowledge, load
from tests.dialogues.course_example import NOON
from tests.dialogues.course_learner import Learner, a_store, looked_at


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


@pytest.fixture
def learner(knowledge: Knowledge, tmp_path: Path) -> Learner:
    return Learner(knowledge, a_store(tmp_path)).opens()


def comes(learner: Learner) -> str | None:
    due = learner.reminder()
    return f"{due:%a %d.%m. %H:%M}" if due else None


def said(learner: Learner) -> Reply | None:
    """The reminder, said when it is due; the learner's clock is then."""
    due = learner.reminder()
    assert due is not None
    learner.now = due.replace(tzinfo=None).replace(tzinfo=NOON.tzinfo)
    outbox = Outbox(learner.store, learner.knowledge, lambda: due.astimezone(timezone.utc) + timedelta(seconds=1))
    claimed = outbox.claim("test")
    if claimed is None:
        return None
    reminder, reply = claimed
    assert outbox.claim("test") is None
    outbox.end(reminder, "sent")
    looked_at(learner.knowledge, reply)
    return reply


def takes(learner: Learner, number: int, wrong: int = 0) -> Learner:
    lesson = list(learner.knowledge.lessons.values())[number]
    learner.presses(f"l:quiz:{lesson.id}")
    for place, question in enumerate(lesson.quiz):
        other = next(option.id for option in question.options if option.id != question.right)
        learner.presses(f"l:a:q:{lesson.id}:{question.id}:{other if place < wrong else question.right}")
    return learner


def finishes(learner: Learner, wrong: int = 0) -> Learner:
    for number in range(len(learner.knowledge.lessons)):
        takes(learner, number, wrong if number == 0 else 0)
    learner.presses("l:test")
    for lesson in learner.knowledge.lessons.values():
        for question in lesson.test:
            learner.presses(f"l:a:t:{lesson.id}:{question.id}:{question.right}")
    return learner


def repeats(learner: Learner) -> Learner:
    """Knows what comes back today."""
    learner.presses("l:again")
    while learner.replies[-1].quiz:
        learner.presses(learner.buttons[learner.replies[-1].quiz.right].tap)
    return learner


def test_an_hour_by_button_and_in_words(learner: Learner) -> None:
    learner.taps("Én lektion om dagen").taps("kl. 14.00")
    assert comes(learner) == "Mon 01.03. 14:00" and "14.00" in learner.text
    learner.presses("l:pace").says("halv ti")
    assert comes(learner) == "Tue 02.03. 09:30" and "kl. 9.30, første gang" in learner.text
    learner.presses("l:pace").says("hvad koster det?", "topic/agreement.content")
    assert comes(learner) == "Tue 02.03. 09:30"
    learner.presses("l:pace:off")
    assert comes(learner) is None and learner.course.hour is None


def test_an_hour_that_cant_be_read_is_asked_for_again(learner: Learner) -> None:
    learner.presses("l:pace:99.99").says("kl. 25")
    assert learner.replies and comes(learner) is None
    learner.says("8")
    assert comes(learner) == "Tue 02.03. 08:00"


def test_a_lesson_done_before_its_hour_moves_the_reminder_on(learner: Learner) -> None:
    learner.presses("l:pace:14.00").presses("l:go")
    assert comes(learner) == "Mon 01.03. 14:00"
    takes(learner, 0)
    assert comes(learner) == "Tue 02.03. 14:00"


def test_stop_and_continue(learner: Learner) -> None:
    takes(learner.presses("l:pace:09.00"), 0).presses("l:stop")
    assert comes(learner) is None and "husker jeg" in learner.text
    done = learner.course.done
    takes(learner.waits(1), 1)
    assert comes(learner) is None and done.items() <= learner.course.done.items()


def test_it_comes_each_working_day_gives_up_after_three_and_comes_again(learner: Learner) -> None:
    takes(learner.presses("l:pace:09.00"), 0)
    replies = []
    while learner.reminder():
        replies.append(said(learner))
    assert [reply is not None and "holder op" in reply.text for reply in replies] == [False, False, True]
    assert learner.now.day == 4
    learner.presses("l:go")
    assert comes(learner) == "Fri 05.03. 09:00"
    assert "holder op" not in (said(learner) or learner.replies[0]).text
    assert comes(learner) == "Mon 08.03. 09:00"


def test_a_look_at_the_course_alone_sets_no_reminder_anew(learner: Learner) -> None:
    takes(learner.presses("l:pace:09.00"), 0)
    while learner.reminder():
        said(learner)
    learner.presses("l:home").presses("l:list").presses("l:scenes")
    assert comes(learner) is None
    takes(learner, 1)
    assert comes(learner) == "Fri 05.03. 09:00"


def test_after_the_end_it_says_nothing_but_what_comes_back(learner: Learner) -> None:
    finishes(learner.presses("l:pace:15.30"), wrong=2)
    assert learner.course.finished and comes(learner) == "Tue 02.03. 15:30"
    first = said(learner)
    assert first is not None and "Tid til at prøve" in first.text and "2 spørgsmål" in first.text
    assert comes(learner) == "Wed 03.03. 15:30"
    found = []
    while learner.reminder():
        learner.now = learner.now.replace(hour=12)
        repeats(learner)
        found.append(comes(learner))
        if learner.reminder():
            reply = said(learner)
            assert reply is not None and "2 spørgsmål" in reply.text and "holder op" not in reply.text
    assert found == ["Thu 04.03. 15:30", "Wed 10.03. 15:30", "Mon 29.03. 15:30", None]


def test_after_the_end_with_nothing_wrong_none_comes(learner: Learner) -> None:
    finishes(learner.presses("l:pace:15.30"))
    assert learner.course.finished and comes(learner) is None


def test_what_comes_back_is_known_before_the_hour(learner: Learner) -> None:
    finishes(learner.presses("l:pace:15.30"), wrong=1)
    repeats(learner.waits(1))
    assert comes(learner) == "Thu 04.03. 15:30"


def test_the_lesson_that_would_come_is_removed(learner: Learner) -> None:
    finishes(learner.presses("l:pace:15.30"), wrong=1)
    lessons = dict(list(learner.knowledge.lessons.items())[1:])
    learner.knowledge = replace(learner.knowledge, lessons=lessons)
    reply = said(learner)
    assert reply is not None and "Nu mangler kun" not in reply.text
    assert comes(learner) is None


def test_a_button_that_names_a_lesson_opens_it_and_what_comes_back_has_its_own(learner: Learner) -> None:
    takes(learner.presses("l:pace:09.00"), 0, wrong=2)
    reply = said(learner)
    following = list(learner.knowledge.lessons.values())[1]
    assert reply is not None and "2 spørgsmål" in reply.text
    lesson, again = (choice for choice in reply.buttons[:2])
    assert lesson.label == f"Begynd: {following.da.title}" and again.label == "Prøv igen (2)"
    assert learner.presses(again.tap).replies[-1].quiz
    assert following.da.point[:30] in learner.presses(lesson.tap).text
    learner.presses(f"l:quiz:{following.id}").opens().taps("Fortsæt")
    assert following.quiz[0].da.question in learner.text


def test_a_reminder_cancelled_among_the_others_stays_cancelled(learner: Learner) -> None:
    takes(learner.presses("l:pace:09.00"), 0)
    (reminder,) = learner.store.reminders(learner.name)
    learner.cancels(reminder.id)
    assert comes(learner) is None and learner.course.hour is None
    takes(learner.waits(1), 1)
    assert comes(learner) is None


def test_a_deleted_course_is_not_reminded_of(learner: Learner) -> None:
    learner.presses("l:pace:14.00")
    with learner.store.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM courses")
    assert said(learner) is None and comes(learner) is None


@pytest.mark.parametrize(("zone", "hour"), [("America/Nuuk", 11), ("Europe/London", 9), ("Europe/Copenhagen", 8)])
def test_the_hour_is_on_the_learners_clock(learner: Learner, zone: str, hour: int) -> None:
    learner.store.set_timezone(learner.name, zone)
    takes(learner.presses("l:pace:09.00"), 0)
    (waiting,) = learner.store.reminders(learner.name)
    assert waiting.due == datetime(2027, 3, 2, hour, tzinfo=timezone.utc)
