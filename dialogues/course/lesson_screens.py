"""A lesson as it is read, part by part, and what it ends with."""

from __future__ import annotations

from dialogues import taps
from dialogues.course import moves
from dialogues.course.buttons import GO, HOME, NOTE, QUIZ, READ, SCENE, TEST, Row, Screen
from dialogues.course.state import Course
from dialogues.reply import Choice, Reply
from knowledge.schema import Lesson
from knowledge.templates import Trusted

READ_ON = 2  # topics that are offered after a lesson


def read(screen: Screen, lesson: Lesson, part: str) -> Reply:
    """A part of the lesson: the moment from everyday work and the point, or the example and the task."""
    text = lesson.text(screen.language)
    if part == moves.TASK:
        said = screen.say("task", example=Trusted(text.example), task=Trusted(text.task))
        on = screen.button("to-quiz", QUIZ, lesson.id)
        return screen.reply(said, (on,), (screen.button("back", READ, lesson.id, moves.POINT),))
    said = screen.say("point", heading=heading(screen, lesson), hook=Trusted(text.hook), point=Trusted(text.point))
    return screen.reply(said, (screen.button("to-task", READ, lesson.id, moves.TASK),), (_home(screen),))


def heading(screen: Screen, lesson: Lesson) -> Trusted:
    """Which lesson of how many it is, and what it is about."""
    number = [*screen.knowledge.lessons].index(lesson.id) + 1
    title = Trusted(lesson.text(screen.language).title)
    return screen.say("heading", number=number, count=len(screen.knowledge.lessons), title=title)


def summary(screen: Screen, course: Course, lesson: Lesson) -> Reply:
    """The lesson is done: how it went, what is next, and where to read on."""
    lessons = screen.knowledge.lessons
    following = moves.next_lesson(course, lessons)
    right, best, asked = moves.right_now(course, lesson), course.right.get(lesson.id, 0), len(lesson.quiz)
    title = Trusted(lesson.text(screen.language).title)
    manager = Trusted(lesson.text(screen.language).manager)
    said = [
        screen.say("lesson-done", right=right, best=best, asked=asked, title=title),
        screen.say("progress", **progress(screen, course)),
        screen.say("for-manager", manager=manager),
    ]
    if following and course.hour:
        said.append(screen.say("tomorrow", hour=screen.hour(course.hour)))
    go = screen.button("next", GO) if following else screen.button("to-test", TEST)
    again = [(screen.button("look-again", READ, lesson.id, moves.POINT),)] if right < asked else []
    note = screen.button("note", NOTE, lesson.id)
    rows = [(go,), *again, *_scenes(screen, lesson), *_read_on(screen, lesson, READ_ON - len(again)), (note,)]
    return screen.reply("\n\n".join(said), *rows, (_home(screen),))


def lessons(screen: Screen, course: Course | None) -> Reply:
    """All lessons, with those that are done."""
    done = course.done if course else {}
    rows = []
    for number, lesson in enumerate(screen.knowledge.lessons.values(), 1):
        key = "lesson-is-done" if lesson.id in done else "lesson"
        title = Trusted(lesson.text(screen.language).title)
        rows.append((screen.button(key, READ, lesson.id, moves.POINT, number=number, title=title),))
    return screen.reply(screen.say("lessons"), *rows, (_home(screen),))


def progress(screen: Screen, course: Course) -> dict[str, object]:
    """How far the learner is, as the texts take it."""
    count, done = len(screen.knowledge.lessons), len(moves.done(course, screen.knowledge.lessons))
    scenes = [scene for scene in screen.knowledge.scenes if scene in course.ends]
    bar = Trusted("\N{BLACK PARALLELOGRAM}" * done + "\N{WHITE PARALLELOGRAM}" * (count - done))
    return {"done": done, "count": count, "bar": bar, "scenes": len(scenes), "of": len(screen.knowledge.scenes)}


def _home(screen: Screen) -> Choice:
    return screen.button("home", HOME)


def _scenes(screen: Screen, lesson: Lesson) -> list[Row]:
    """The scenes that come after the lesson, those first that are new to the learner."""
    ends = screen.course.ends if screen.course else {}
    found = [scene for scene in screen.knowledge.scenes.values() if scene.lesson == lesson.id]
    found.sort(key=lambda scene: scene.id in ends)
    return [
        (screen.button("scene", SCENE, scene.id, title=Trusted(scene.text(screen.language).title)),)
        for scene in found[:1]
    ]


def _read_on(screen: Screen, lesson: Lesson, most: int) -> list[Row]:
    knowledge, language = screen.knowledge, screen.language
    topics = [knowledge.topics[id_] for id_ in lesson.topics if id_ in knowledge.topics]
    rows: list[Row] = [(Choice(topic.text(language).title, taps.tap(taps.TOPIC, topic.id)),) for topic in topics[:most]]
    for id_ in lesson.checklists[:1]:
        if id_ in knowledge.checklists:
            title = Trusted(knowledge.checklists[id_].text(language).title)
            rows.append((Choice(str(screen.say("button-checklist", title=title)), taps.tap(taps.START, id_)),))
    return rows
