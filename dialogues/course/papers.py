"""What the papers of the course say: the sheet at the end, and the paper for the talk with one's manager.

Both tell what was done. What was right or wrong stands on neither.
"""

from __future__ import annotations

from dialogues.course import moves
from dialogues.course.buttons import Screen
from dialogues.course.state import Course
from dialogues.documents import build, markup
from dialogues.documents.completion import Completion, Fact, Furniture
from dialogues.documents.model import Block, Document, Section, Table, in_words
from dialogues.documents.slots import Slots, clean
from dialogues.written import date_words
from knowledge.schema import Lesson
from knowledge.templates import Trusted

_LINES_TO_WRITE = 3
_HALF_HOUR = 30  # minutes
_SHORT = 45  # minutes: what takes less is told in minutes


def completion(screen: Screen, course: Course) -> Completion:
    """The sheet of a course that is finished."""
    name, day = _name(course), course.finished or screen.today
    knowledge, language = screen.knowledge, screen.language
    done = moves.done(course, knowledge.lessons)
    scenes = [scene for scene in knowledge.scenes.values() if scene.id in course.ends]
    return Completion(
        language=language,
        finished=day,
        title=_text(screen, "title"),
        name=name,
        completed=tuple(_text(screen, "completed", day=date_words(day, language, knowledge.say)).split(" / ")),
        facts=tuple(_facts(screen, done, len(scenes))),
        lessons=tuple(
            (_plain(lesson.text(language).title), date_words(course.done[lesson.id], language, knowledge.say))
            for lesson in done
        ),
        scenes=tuple(_plain(scene.text(language).title) for scene in scenes),
        about=tuple(in_words((block,)) for block in markup.blocks(_say(screen, "about"))),
        words=Furniture(*(_text(screen, key) for key in ("lessons", "scenes", "lesson", "day"))),
        file_title=_text(screen, "file-title", name=name),
        author=markup.text(knowledge.say(language, "documents.author")),
        origin=markup.text(knowledge.say(language, "documents.made-with", version=knowledge.version)),
        version=knowledge.version,
        stem=_text(screen, "file", name=name),
    )


def talk(screen: Screen, course: Course) -> Document:
    """What to look at with one's manager, from the lessons that are done: the question, the learner's own note, what to
    do at the library, and where a checklist helps."""
    knowledge, language = screen.knowledge, screen.language
    name, slots = _name(course), Slots()
    done = moves.done(course, knowledge.lessons)
    lead = _say(screen, "talk-lead", done=len(done), count=len(knowledge.lessons))
    day = date_words(screen.today, language, knowledge.say)
    return Document(
        title=_text(screen, "talk-title"),
        language=language,
        today=screen.today,
        subtitle=_text(screen, "talk-subtitle", name=name),
        date_line=markup.text(knowledge.say(language, "documents.plan-date-line", date=day, edition=1)),
        stem=_text(screen, "talk-file", name=name),
        next_step="",
        version=knowledge.version,
        origin=markup.text(knowledge.say(language, "documents.made-with", version=knowledge.version)),
        words=build.words(language, knowledge.say, signed=False),
        sections=(*(_section(screen, course, lesson, slots) for lesson in done), _agreed(screen)),
        lead=markup.blocks(lead),
        numbered=False,
    )


def _section(screen: Screen, course: Course, lesson: Lesson, slots: Slots) -> Section:
    text, checklists = lesson.text(screen.language), screen.knowledge.checklists
    told = [_say(screen, "talk-question", manager=Trusted(text.manager))]
    note = clean(course.notes.get(lesson.id, ""))
    if note:
        told.append(_say(screen, "talk-note", note=slots.text(note)))
    told.append(_say(screen, "talk-task", task=Trusted(text.task)))
    titles = [Trusted(checklists[one].text(screen.language).title) for one in lesson.checklists if one in checklists]
    if titles:
        told.append(_say(screen, "talk-checklists", titles=titles))
    blocks: tuple[Block, ...] = tuple(block for part in told for block in markup.blocks(part, slots))
    return Section(_plain(text.title), blocks)


def _agreed(screen: Screen) -> Section:
    """A table to write in by hand, or in Word."""
    header = tuple(_text(screen, "talk-columns").split(" / "))
    table = Table(header, (((),) * len(header),) * _LINES_TO_WRITE, widths=(6, *(3,) * (len(header) - 1)), tall=True)
    return Section(_text(screen, "talk-agreed"), (table,))


def _facts(screen: Screen, done: list[Lesson], scenes: int) -> list[Fact]:
    minutes = sum(lesson.minutes for lesson in done)
    halves = 0 if minutes < _SHORT else round(minutes / _HALF_HOUR)
    facts = [_fact(screen, "fact-lessons", count=len(done))]
    if scenes:
        facts.append(_fact(screen, "fact-scenes", count=scenes))
    return [*facts, _fact(screen, "fact-time", hours=halves // 2, half=bool(halves % 2), minutes=minutes)]


def _fact(screen: Screen, key: str, **values: object) -> Fact:
    figure, _, what = _text(screen, key, **values).partition(" / ")
    return figure, what


def _name(course: Course) -> str:
    """The learner's name in one line; empty where it isn't known."""
    return " ".join(clean(course.name or "").split())


def _say(screen: Screen, key: str, **values: object) -> Trusted:
    return screen.knowledge.say(screen.language, f"coursepapers.{key}", **values)


def _text(screen: Screen, key: str, **values: object) -> str:
    return markup.text(_say(screen, key, **values))


def _plain(title: str) -> str:
    return markup.text(title)
