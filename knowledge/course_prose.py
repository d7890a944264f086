"""How the texts of the course are written: how long and how hard they may be."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.faults import Fault
from knowledge.pieces import Piece
from knowledge.readability import lix, words
from knowledge.reading import Place
from knowledge.schema import LANGUAGES, Bilingual, Lesson, Scene

HARDEST = 40  # LIX of a Danish lesson or scene as a whole
POINT_WORDS = 150  # the point of a lesson has fewer
LESSON_LIMITS = {"title": 36, "hook": 500, "point": 1100, "example": 700, "task": 400, "manager": 250}
QUESTION_LIMITS = {"question": 280, "explanation": 195}  # a quiz poll of Telegram's holds 300 and 200
ANSWER_LIMIT = 95  # it holds 100
SCENE_LIMITS = {"title": 36, "about": 160}
MOMENT_LIMIT, GUIDE_LIMIT = 800, 700
TURNING_LIMIT = 40  # a phone shows some 34 characters of a button

Limited = Iterator[tuple[Place, str, int]]


def course_limits(piece: Piece) -> Limited:
    """The texts of a lesson or a scene, with their place and the most characters that they may have."""
    if piece.kind == "lesson":
        yield from _lesson_limits(piece.value)
    elif piece.kind == "scene":
        yield from _scene_limits(piece.value)


def check_course_prose(piece: Piece) -> Iterator[Fault]:
    """Faults of a lesson whose point is too long, and of what is hard to read."""
    if piece.kind == "lesson":
        for language in LANGUAGES:
            count = len(words(piece.value.text(language).point))
            if count >= POINT_WORDS:
                problem = f"`point` has {count} words; it must have fewer than {POINT_WORDS}."
                yield piece.fault((language, "point"), problem, f"Shorten it by {count - POINT_WORDS + 1}.")
    if piece.kind in ("lesson", "scene"):
        found = lix("\n\n".join(_danish(piece.value)))
        if found > HARDEST:
            problem = f"The {piece.kind} is hard to read: its LIX is {found:.0f}; {HARDEST} is the most."
            yield piece.fault(("da",), problem, "Use shorter sentences and fewer long words.")


def _danish(value: Lesson | Scene) -> Iterator[str]:
    if isinstance(value, Lesson):
        yield from (getattr(value.da, name) for name in LESSON_LIMITS if name != "title")
        yield from (text for question in value.questions for text in (question.da.question, question.da.explanation))
    else:
        yield from (moment.da for moment in value.moments)
        yield from (end.guide.da for end in value.ends if end.guide)


def _lesson_limits(lesson: Lesson) -> Limited:
    for language in LANGUAGES:
        text = lesson.text(language)
        yield from (((language, name), getattr(text, name), limit) for name, limit in LESSON_LIMITS.items())
        for key, questions in (("quiz", lesson.quiz), ("test", lesson.test)):
            for number, question in enumerate(questions):
                said = question.text(language)
                for name, limit in QUESTION_LIMITS.items():
                    yield (key, number, language, name), getattr(said, name), limit
                yield from _each((key, number, "options"), question.options, language, ANSWER_LIMIT)


def _scene_limits(scene: Scene) -> Limited:
    for language in LANGUAGES:
        text = scene.text(language)
        yield from (((language, name), getattr(text, name), limit) for name, limit in SCENE_LIMITS.items())
        yield from _each(("moments",), scene.moments, language, MOMENT_LIMIT)
        for number, moment in enumerate(scene.moments):
            yield from _each(("moments", number, "choices"), moment.choices, language, TURNING_LIMIT)
            if moment.guide:
                yield ("moments", number, "guide", language), moment.guide[language], GUIDE_LIMIT


def _each(place: Place, texts: tuple[Bilingual, ...], language: str, limit: int) -> Limited:
    yield from (((*place, number, language), text[language], limit) for number, text in enumerate(texts))
