"""The course as a whole: what it is, how far the learner is, and at which pace."""

from __future__ import annotations

from dialogues.course import moves, pacing
from dialogues.course.buttons import (
    GO,
    HOME,
    LESSONS,
    PACE,
    QUIZ,
    READ,
    REPEAT,
    SCENES,
    SHARE,
    SHEET,
    STOP,
    TALK,
    TEST,
    Row,
    Screen,
    tap,
)
from dialogues.course.lesson_screens import progress
from dialogues.course.state import Course
from dialogues.reply import Choice, Reply, rows
from knowledge.schema import Lesson
from knowledge.templates import Trusted


def welcome(screen: Screen) -> Reply:
    """What the course is, for who hasn't begun it."""
    lessons = screen.knowledge.lessons
    said = screen.say(
        "welcome",
        count=len(lessons),
        minutes=max((lesson.minutes for lesson in lessons.values()), default=0),
        scenes=len(screen.knowledge.scenes),
        questions=len(moves.test_questions(lessons)),
    )
    ways = [(screen.button("begin", GO),), (screen.button("pace", PACE),)]
    return screen.reply(said, *ways, (screen.button("lessons", LESSONS), screen.button("scenes", SCENES)))


def home(screen: Screen, course: Course, note: str | None = None) -> Reply:
    """How far the learner is, and every way on; `note` is a line that goes before it."""
    lessons = screen.knowledge.lessons
    following, due = moves.next_lesson(course, lessons), moves.due(course, lessons, screen.now)
    title = Trusted(following.text(screen.language).title) if following else None
    parts = [screen.say("home", next=title, finished=course.finished is not None, **progress(screen, course))]
    if due:
        parts.append(screen.say("home-due", count=len(due)))
    if course.hour:
        parts.append(
            screen.say("home-pace", hour=screen.hour(course.hour), only_repeats=pacing.only_repeats(course, lessons))
        )
    if course.shared:
        parts.append(screen.say("home-shared", scores=course.shares_scores))
    return screen.reply("\n\n".join([*([note] if note else []), *parts]), *_ways(screen, course, due))


def _ways(screen: Screen, course: Course, due: list[str]) -> list[Row]:
    ways: list[Row] = []
    following = moves.next_lesson(course, screen.knowledge.lessons)
    if following:
        opens = following.id == course.at or course.done
        ways.append((_to_lesson(screen, course, following, "go-on" if opens else "begin-lesson"),))
    elif course.finished is None:
        ways.append((screen.button("to-test", TEST),))
    if due:
        ways.append((screen.button("repeat", REPEAT, count=len(due)),))
    if course.finished:
        ways.append((screen.button("sheet", SHEET),))
    if moves.done(course, screen.knowledge.lessons):
        ways.append((screen.button("talk", TALK),))
    ways.append((screen.button("lessons", LESSONS), screen.button("scenes", SCENES)))
    last = [screen.button("share", SHARE)]
    if not pacing.only_repeats(course, screen.knowledge.lessons):
        last.insert(0, screen.button("pace", PACE))
    elif course.cards or course.hour:
        ways.append((screen.button("pace-repeats", PACE),))
    ways += [*rows(last, 2)]
    if course.hour:
        ways.append((screen.button("stop", STOP),))
    return ways


def _to_lesson(screen: Screen, course: Course, lesson: Lesson, key: str) -> Choice:
    """The button that opens the lesson which it names, where it was left: what comes back has a button of its own."""
    title = Trusted(lesson.text(screen.language).title)
    part = course.part if course.at == lesson.id else moves.POINT
    where = (QUIZ, lesson.id) if part == moves.QUIZ else (READ, lesson.id, part)
    return screen.button(key, *where, title=title)


def pace(screen: Screen, course: Course | None) -> Reply:
    """At which hour is the lesson of the day to come?"""
    hour = course.hour if course else None
    only_repeats = course is not None and pacing.only_repeats(course, screen.knowledge.lessons)
    said = screen.say("pace", hour=screen.hour(hour) if hour else None, only_repeats=only_repeats)
    hours = [
        Choice(str(screen.say("button-hour", hour=screen.hour(one))), tap(PACE, one.replace(":", ".")))
        for one in pacing.HOURS
    ]
    own = screen.button("own-pace", PACE, "off")
    return screen.reply(said, *rows(hours, 3), (own,), (screen.button("home", HOME),))


def paced(screen: Screen, course: Course, when: str) -> Reply:
    """The pace has been set; `when` tells when the first reminder comes."""
    only_repeats = pacing.only_repeats(course, screen.knowledge.lessons)
    said = screen.say("paced", hour=screen.hour(course.hour or ""), when=Trusted(when), only_repeats=only_repeats)
    now = () if only_repeats else (screen.button("begin-now", GO),)
    return screen.reply(said, now, (screen.button("home", HOME),))


def rests(screen: Screen, hour: str | None) -> Reply:
    """The learner has had enough for now; `hour`: when the lesson of the day still comes."""
    said = screen.say("rests", hour=screen.hour(hour) if hour else None)
    return screen.reply(said, (screen.button("home", HOME),))


def reminder(screen: Screen, course: Course, *, last: bool) -> Reply:
    """What is said at the hour of the lesson of the day; `last`: the learner has let so many pass that no more come."""
    lessons = screen.knowledge.lessons
    following, due = moves.next_lesson(course, lessons), moves.due(course, lessons, screen.now)
    title = Trusted(following.text(screen.language).title) if following else None
    finished = course.finished is not None
    said = screen.say("reminder", title=title, due=len(due), finished=finished, last=last, **progress(screen, course))
    ways: list[Row] = [(screen.button("repeat", REPEAT, count=len(due)),)] if due else []
    if following:
        ways.insert(0, (_to_lesson(screen, course, following, "begin-lesson"),))
    elif course.finished is None:
        ways.insert(0, (screen.button("to-test", TEST),))
    return screen.reply(said, *ways, (screen.button("home", HOME),), place="reminder")
