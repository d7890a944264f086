"""What moves a course: pure functions from a state and what the learner did to the next state."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from dialogues.course import deck
from dialogues.course.state import Course
from knowledge.schema import Lesson, Question

POINT, TASK, QUIZ = "point", "task", "quiz"
PARTS = (POINT, TASK, QUIZ)
"""The parts of a lesson, in the order in which they are read."""

IN_QUIZ, AGAIN, IN_TEST = "q", "r", "t"
"""Where a question is asked: in its lesson, because it comes back, or in the test at the end."""

Lessons = Mapping[str, Lesson]


def key(lesson: str, question: str) -> str:
    """How a question is called in a course's state."""
    return f"{lesson}/{question}"


def find(lessons: Lessons, called: str) -> tuple[Lesson, Question] | None:
    """The question that is called so, with its lesson; None where an editor has removed it."""
    lesson_id, _, question_id = called.partition("/")
    lesson = lessons.get(lesson_id)
    question = next((one for one in lesson.questions if one.id == question_id), None) if lesson else None
    return (lesson, question) if lesson and question else None


def begun(today: date) -> Course:
    """A course of which nothing has been read."""
    return Course(started=today, touched=today)


def opened(course: Course, lesson: str, part: str) -> Course:
    """The course with a part of a lesson on the screen. What has been answered in a quiz waits for who comes back."""
    return course.with_(at=lesson, part=part)


def quizzed(course: Course, lesson: Lesson) -> Course:
    """The course with the lesson's quiz on the screen: where it was left, or anew where all of it had been answered."""
    course = opened(course, lesson.id, QUIZ)
    if unanswered(course, lesson):
        return course
    return course.with_(passing={one: said for one, said in course.passing.items() if not _is_of(one, lesson)})


def unanswered(course: Course, lesson: Lesson) -> list[Question]:
    """The questions of the lesson's quiz that have no answer yet."""
    return [one for one in lesson.quiz if key(lesson.id, one.id) not in course.passing]


def takes(course: Course, lesson: Lesson, question: Question) -> bool:
    """Whether an answer to a question of the lesson's quiz counts now: once, and in a lesson that is done only while it
    is taken again."""
    taken_again = course.at == lesson.id and course.part == QUIZ
    return question in unanswered(course, lesson) and (lesson.id not in course.done or taken_again)


def answered(course: Course, lesson: Lesson, question: Question, choice: str, moment: datetime) -> Course:
    """The course after an answer in the lesson's quiz; `moment` is where the learner is. With the last of them the
    lesson is done; of several tries the best is kept. An answer that doesn't count changes nothing."""
    if not takes(course, lesson, question):
        return course
    passing = {**course.passing, key(lesson.id, question.id): choice}
    course = _reviewed(course, lesson, question, choice, moment).with_(at=lesson.id, part=QUIZ, passing=passing)
    if unanswered(course, lesson):
        return course
    right = max(right_now(course, lesson), course.right.get(lesson.id, 0))
    done = {**course.done, lesson.id: course.done.get(lesson.id, moment.date())}
    return course.with_(at=None, part=POINT, done=done, right={**course.right, lesson.id: right})


def right_now(course: Course, lesson: Lesson) -> int:
    """How many answers in the lesson's quiz are right, of those that were given in this try."""
    return sum(course.passing.get(key(lesson.id, one.id)) == one.right for one in lesson.quiz)


def repeated(course: Course, lesson: Lesson, question: Question, choice: str, moment: datetime) -> Course:
    """The course after an answer to a question that came back; one that doesn't come back today changes nothing."""
    if key(lesson.id, question.id) not in deck.due(course.cards, moment):
        return course
    return _reviewed(course, lesson, question, choice, moment)


def due(course: Course, lessons: Lessons, moment: datetime) -> list[str]:
    """The questions that come back today and that there still are, by what they are called."""
    return [called for called in deck.due(course.cards, moment) if find(lessons, called)]


def test_questions(lessons: Lessons) -> list[tuple[Lesson, Question]]:
    """What the test at the end asks, in its order."""
    return [(lesson, question) for lesson in lessons.values() for question in lesson.test]


def untested(course: Course, lessons: Lessons) -> list[tuple[Lesson, Question]]:
    """The questions of the test that is open that have no answer yet."""
    return [pair for pair in test_questions(lessons) if key(pair[0].id, pair[1].id) not in course.testing]


def tested(
    course: Course, lessons: Lessons, lesson: Lesson, question: Question, choice: str, moment: datetime
) -> Course:
    """The course after an answer in the test. With the last of them the course is finished; the best test is kept."""
    called = key(lesson.id, question.id)
    if called in course.testing or question not in lesson.test:
        return course
    course = _reviewed(course, lesson, question, choice, moment).with_(testing={**course.testing, called: choice})
    return course if untested(course, lessons) else _test_done(course, lessons, moment)


def retested(course: Course, lessons: Lessons, moment: datetime) -> Course:
    """The course with the test on the screen: where it was left, or anew where it had been answered. One that an editor
    has ended, by removing what was left of it, is done."""
    if untested(course, lessons):
        return course
    return course.with_(testing={}) if course.finished else _test_done(course, lessons, moment)


def _test_done(course: Course, lessons: Lessons, moment: datetime) -> Course:
    asked = test_questions(lessons)
    right = sum(course.testing[key(of.id, one.id)] == one.right for of, one in asked)
    best = max([(right, len(asked)), *([course.tested] if course.tested else [])], key=lambda pair: pair[0] / pair[1])
    return course.with_(tested=best, finished=course.finished or moment.date())


def ended(course: Course, scene: str, end: str) -> Course:
    """The course after a scene came to one of its ends."""
    reached = course.ends.get(scene, ())
    return course if end in reached else course.with_(ends={**course.ends, scene: (*reached, end)})


def open_lesson(course: Course, lessons: Lessons) -> Lesson | None:
    """The lesson that has been begun and isn't done; None where there is none."""
    return lessons.get(course.at) if course.at is not None and course.at not in course.done else None


def next_lesson(course: Course, lessons: Lessons) -> Lesson | None:
    """The lesson that is open, or the first that isn't done; None where all are."""
    left = (lesson for lesson in lessons.values() if lesson.id not in course.done)
    return open_lesson(course, lessons) or next(left, None)


def done(course: Course, lessons: Lessons) -> list[Lesson]:
    """The lessons that are done and that there still are."""
    return [lesson for lesson in lessons.values() if lesson.id in course.done]


def _reviewed(course: Course, lesson: Lesson, question: Question, choice: str, moment: datetime) -> Course:
    called = key(lesson.id, question.id)
    cards = deck.reviewed(course.cards, called, choice == question.right, moment)
    return course.with_(cards=cards, touched=moment.date())


def _is_of(called: str, lesson: Lesson) -> bool:
    return called.partition("/")[0] == lesson.id
