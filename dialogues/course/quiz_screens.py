"""Questions with one right answer: as they are asked, and what is said to an answer."""

from __future__ import annotations

from dialogues.course import moves
from dialogues.course.buttons import ANSWER, GO, HOME, READ, SHEET, TEST, Screen, tap
from dialogues.course.state import Course
from dialogues.reply import Choice, Quiz, Reply
from knowledge.schema import Lesson, Question
from knowledge.templates import Trusted

READ_AGAIN = 3  # lessons that are offered after the test
WHERE = {moves.IN_QUIZ: "question", moves.AGAIN: "question-again", moves.IN_TEST: "question-test"}


def question(screen: Screen, where: str, lesson: Lesson, asked: Question, number: int, count: int) -> Reply:
    """A question, number so and so of so many, with its answers as the first choices."""
    text = asked.text(screen.language)
    heading = screen.say(WHERE[where], number=number, count=count, title=Trusted(lesson.text(screen.language).title))
    choices = [
        (Choice(option[screen.language], tap(ANSWER, where, lesson.id, asked.id, option.id)),)
        for option in asked.options
    ]
    said = screen.say("asked", heading=heading, question=Trusted(text.question))
    return screen.reply(
        said,
        *choices,
        place=place(lesson, asked),
        quiz=Quiz(f"{heading} {text.question}", len(choices), asked.right_place, text.explanation),
    )


def told(screen: Screen, lesson: Lesson, asked: Question, choice: str, *, counts: bool = True) -> Reply:
    """Whether the answer was right, and why. `counts`: it is the answer to a question that is open."""
    text, chosen = asked.text(screen.language), next((one for one in asked.options if one.id == choice), None)
    right = asked.options[asked.right_place]
    said = screen.say(
        "told-right" if choice == asked.right else "told-wrong",
        question=Trusted(text.question),
        chosen=Trusted(chosen[screen.language]) if chosen else None,
        right=Trusted(right[screen.language]),
        explanation=Trusted(text.explanation),
        counts=counts,
    )
    return screen.reply(said, place=place(lesson, asked), told_by_quiz=counts)


def in_lesson(screen: Screen, course: Course, lesson: Lesson) -> Reply | None:
    """The next question of the lesson's quiz; None where all have been answered."""
    left = moves.unanswered(course, lesson)
    if not left:
        return None
    number = len(lesson.quiz) - len(left) + 1
    return question(screen, moves.IN_QUIZ, lesson, left[0], number, len(lesson.quiz))


def again(screen: Screen, course: Course) -> Reply:
    """The next question that comes back today; where there is none any more, the way on."""
    due = moves.due(course, screen.knowledge.lessons, screen.now)
    found = moves.find(screen.knowledge.lessons, due[0]) if due else None
    if found is None:
        return screen.reply(screen.say("again-done"), (screen.button("go", GO),), (_home(screen),))
    return question(screen, moves.AGAIN, *found, 1, len(due))


def in_test(screen: Screen, course: Course) -> Reply:
    """The next question of the test; where all have been answered, how it went."""
    lessons = screen.knowledge.lessons
    left, count = moves.untested(course, lessons), len(moves.test_questions(lessons))
    if left:
        return question(screen, moves.IN_TEST, *left[0], count - len(left) + 1, count)
    return test_done(screen, course)


def test_done(screen: Screen, course: Course) -> Reply:
    """How the test went, what to read again, and the way to the sheet."""
    asked = moves.test_questions(screen.knowledge.lessons)
    wrong = [of for of, one in asked if course.testing.get(moves.key(of.id, one.id)) != one.right]
    read_again = {lesson.id: lesson for lesson in wrong}.values()
    titles = [Trusted(lesson.text(screen.language).title) for lesson in read_again]
    listed = Trusted("\n".join(f"- {title}" for title in titles))
    said = screen.say("test-done", right=len(asked) - len(wrong), asked=len(asked), titles=listed)
    rows = [
        (screen.button("read-again", READ, lesson.id, moves.POINT, title=title),)
        for lesson, title in zip(read_again, titles, strict=True)
    ]
    test_again = [(screen.button("test-again", TEST),)] if wrong else []
    return screen.reply(said, (screen.button("sheet", SHEET),), *rows[:READ_AGAIN], *test_again, (_home(screen),))


def _home(screen: Screen) -> Choice:
    return screen.button("home", HOME)


def place(lesson: Lesson, asked: Question) -> str:
    """What the message of a question shows."""
    return f"quiz:{lesson.id}:{asked.id}"
