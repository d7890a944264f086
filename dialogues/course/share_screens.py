"""What is asked before anybody else sees anything of a course, and what they see then."""

from __future__ import annotations

from dialogues.course import moves
from dialogues.course.buttons import HOME, NOTE, SHARE, Screen
from dialogues.course.lesson_screens import progress
from dialogues.course.state import Course
from dialogues.deep_links import payload
from dialogues.reply import Link, Reply
from knowledge.schema import Lesson
from knowledge.templates import Trusted


def ask_note(screen: Screen, lesson: Lesson, kept: str | None) -> Reply:
    """What does the learner want to bring up with their manager about the lesson?"""
    text = lesson.text(screen.language)
    said = screen.say("ask-note", title=Trusted(text.title), manager=Trusted(text.manager), kept=kept)
    return screen.reply(said, (screen.button("home", HOME),), takes_text=True)


def ask_which_note(screen: Screen, course: Course) -> Reply:
    """To which of the lessons that are done is the note?"""
    rows = []
    for lesson in moves.done(course, screen.knowledge.lessons):
        key, title = "noted" if lesson.id in course.notes else "note-to", Trusted(lesson.text(screen.language).title)
        rows.append((screen.button(key, NOTE, lesson.id, title=title),))
    return screen.reply(screen.say("ask-which-note"), *rows, (screen.button("home", HOME),))


def ask_name(screen: Screen) -> Reply:
    """Which name is to stand on the sheet, or is a manager to see?"""
    return screen.reply(screen.say("ask-name"), (screen.button("home", HOME),), takes_text=True)


def ask_share(screen: Screen, course: Course) -> Reply:
    """What may a manager see?"""
    said = screen.say("ask-share", shared=course.shared is not None, scores=course.shares_scores)
    if course.shared:
        scores, other = ("scores", "on") if course.shares_scores else ("on", "scores")
        rows = [
            (screen.button("share-link", SHARE, scores),),
            (screen.button(f"share-change-{other}", SHARE, other),),
            (screen.button("share-off", SHARE, "off"),),
        ]
    else:
        rows = [(screen.button("share-on", SHARE, "on"),), (screen.button("share-scores", SHARE, "scores"),)]
    return screen.reply(said, *rows, (screen.button("home", HOME),))


def shared(screen: Screen, course: Course) -> Reply:
    """The link by which the manager sees it, and the way to take it back."""
    carried = payload("learner", course.shared or "")
    said = screen.say("shared", scores=course.shares_scores, command=f"/start {carried}")
    off = screen.button("share-off", SHARE, "off")
    title = str(screen.say("share-title", name=Trusted(course.name or "")))
    return screen.reply(said, (off,), (screen.button("home", HOME),), link=Link(carried, title))


def seen(screen: Screen, course: Course | None) -> Reply:
    """What the manager sees: how far the learner is, and how much was right where the learner said yes to that."""
    if course is None or course.shared is None:
        return screen.reply(screen.say("share-gone"), place="learner")
    lessons = screen.knowledge.lessons
    done = moves.done(course, lessons)
    lines = [_line(screen, course, lesson) for lesson in done]
    said = [screen.say("seen", name=course.name or "", begun=screen.day(course.started), **progress(screen, course))]
    if lines:
        said.append(Trusted("\n".join(f"- {line}" for line in lines)))
    if course.finished:
        tested = course.tested if course.shares_scores else None
        right, asked = tested or (None, None)
        said.append(screen.say("seen-finished", day=screen.day(course.finished), right=right, asked=asked))
    said.append(screen.say("seen-scores" if course.shares_scores else "seen-no-scores"))
    return screen.reply("\n\n".join(said), place="learner")


def _line(screen: Screen, course: Course, lesson: Lesson) -> str:
    right = course.right.get(lesson.id) if course.shares_scores else None
    title = Trusted(lesson.text(screen.language).title)
    day = screen.day(course.done[lesson.id])
    return str(screen.say("seen-lesson", title=title, day=day, right=right, asked=len(lesson.quiz)))
