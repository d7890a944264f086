"""What each button of the introduction course does, as the learner goes through lessons, questions and dilemmas."""

from __future__ import annotations

from collections.abc import Callable

from dialogues.course import buttons as verbs
from dialogues.course import home_screens, lesson_screens, moves, quiz_screens, scene_screens
from dialogues.course.state import Course
from dialogues.reply import Reply
from dialogues.responses import course_pace, course_papers, course_sharing
from dialogues.responses.learning import COURSE, SCENE, Learning
from dialogues.turn import Outcome
from knowledge.schema import Lesson, Moment, Question, Scene

Step = Callable[[Learning, tuple[str, ...]], Outcome]


def does(of: Learning, verb: str, *parts: str) -> Outcome:
    """What the button with that verb says, the course as a whole for one that isn't known any more; where it has moved
    the course, the next reminder is set anew."""
    before = of.course
    outcome = _STEPS.get(verb, _home)(of, parts)
    if of.course is not before:
        course_pace.keep_up(of)
    return outcome


def _home(of: Learning, parts: tuple[str, ...]) -> Outcome:
    state = of.course
    return of.says(home_screens.home(of.screen, state) if state else home_screens.welcome(of.screen))


def _gone(of: Learning) -> Outcome:
    """What the button was about isn't there any more: an editor has changed the course."""
    note = of.screen.say("changed")
    shown = home_screens.home(of.screen, of.course, note) if of.course else home_screens.welcome(of.screen)
    return of.says(shown)


# --- lessons -----------------------------------------------------------------------------------


def _go(of: Learning, parts: tuple[str, ...]) -> Outcome:
    """The next thing: the lesson that is open, what comes back today, the next lesson, the test."""
    state = of.begun()
    lessons = of.screen.knowledge.lessons
    if moves.open_lesson(state, lessons) is None and moves.due(state, lessons, of.screen.now):
        return _again(of, ())
    lesson = moves.next_lesson(state, lessons)
    if lesson is None:
        return _home(of, ()) if state.finished or not moves.test_questions(lessons) else _test(of, ())
    if state.at == lesson.id and state.part == moves.QUIZ:
        return _quiz(of, (lesson.id,))
    return _read(of, (lesson.id, state.part if state.at == lesson.id else moves.POINT))


def _lessons(of: Learning, parts: tuple[str, ...]) -> Outcome:
    return of.says(lesson_screens.lessons(of.screen, of.course), awaiting=f"{COURSE}:{verbs.LESSONS}")


def _read(of: Learning, parts: tuple[str, ...]) -> Outcome:
    lesson = of.screen.knowledge.lessons.get(parts[0]) if parts else None
    if lesson is None:
        return _gone(of)
    part = parts[1] if len(parts) > 1 and parts[1] in moves.PARTS else moves.POINT
    of.keep(moves.opened(of.begun(), lesson.id, part))
    return of.says(lesson_screens.read(of.screen, lesson, part), awaiting=f"{COURSE}:{lesson.id}:{part}")


def _quiz(of: Learning, parts: tuple[str, ...]) -> Outcome:
    lesson = of.screen.knowledge.lessons.get(parts[0]) if parts else None
    if lesson is None:
        return _gone(of)
    state = of.keep(moves.quizzed(of.begun(), lesson))
    return of.says(quiz_screens.in_lesson(of.screen, state, lesson))


def _answer(of: Learning, parts: tuple[str, ...]) -> Outcome:
    """An answer to a question: whether it is right, and the next one. It counts where that question is open."""
    where, lesson_id, question_id, choice = (*parts, "", "", "", "")[:4]
    found = moves.find(of.screen.knowledge.lessons, moves.key(lesson_id, question_id))
    if found is None or all(option.id != choice for option in found[1].options):
        return _gone(of)
    lesson, question = found
    before = of.begun()
    after = before if of.is_again else _ANSWERED.get(where, _stale)(of, before, (lesson, question, choice))
    counts = of.is_again or after is not before
    told = quiz_screens.told(of.screen, lesson, question, choice, counts=counts)
    if not counts:
        return of.says(told, home_screens.home(of.screen, before))
    of.keep(after)
    return of.says(told, following(of, after, where, lesson.id))


def following(of: Learning, state: Course, where: str, lesson_id: str) -> Reply:
    """What is on the screen after an answer: the next question there is, or how it went."""
    if where == moves.AGAIN:
        return quiz_screens.again(of.screen, state)
    if where == moves.IN_TEST:
        return quiz_screens.in_test(of.screen, state)
    lesson = of.screen.knowledge.lessons[lesson_id]
    asked = quiz_screens.in_lesson(of.screen, state, lesson) if state.at == lesson_id else None
    return asked or lesson_screens.summary(of.screen, state, lesson)


Given = tuple[Lesson, Question, str]


def _in_quiz(of: Learning, state: Course, given: Given) -> Course:
    return moves.answered(state, *given, of.screen.now)


def _in_repeat(of: Learning, state: Course, given: Given) -> Course:
    return moves.repeated(state, *given, of.screen.now)


def _in_test(of: Learning, state: Course, given: Given) -> Course:
    return moves.tested(state, of.screen.knowledge.lessons, *given, of.screen.now)


def _stale(of: Learning, state: Course, given: Given) -> Course:
    return state


_ANSWERED = {moves.IN_QUIZ: _in_quiz, moves.AGAIN: _in_repeat, moves.IN_TEST: _in_test}


def _again(of: Learning, parts: tuple[str, ...]) -> Outcome:
    return of.says(quiz_screens.again(of.screen, of.begun()))


def _test(of: Learning, parts: tuple[str, ...]) -> Outcome:
    lessons = of.screen.knowledge.lessons
    state = of.begun()
    if moves.next_lesson(state, lessons) or not moves.test_questions(lessons):  # an editor's doing, or an older button
        return _home(of, ())
    return of.says(quiz_screens.in_test(of.screen, of.keep(moves.retested(state, lessons, of.screen.now))))


# --- dilemmas ----------------------------------------------------------------------------------


def _scenes(of: Learning, parts: tuple[str, ...]) -> Outcome:
    return of.says(scene_screens.scenes(of.screen), awaiting=f"{COURSE}:{verbs.SCENES}")


def _scene(of: Learning, parts: tuple[str, ...]) -> Outcome:
    """The scene's first moment, or the one that is named: who asked something in the middle comes back to it."""
    scene = of.screen.knowledge.scenes.get(parts[0]) if parts else None
    if scene is None:
        return _gone(of)
    moment = (scene.moment(parts[1]) if len(parts) > 1 else None) or scene.moments[0]
    return of.says(scene_screens.moment(of.screen, scene, moment), awaiting=_within(scene, moment))


def _turn(of: Learning, parts: tuple[str, ...]) -> Outcome:
    """A choice in a scene, and what came of it."""
    scene_id, moment_id, number = (*parts, "", "", "")[:3]
    scene = of.screen.knowledge.scenes.get(scene_id)
    at = scene.moment(moment_id) if scene else None
    if scene is None or at is None or not number.isdigit() or int(number) >= len(at.choices):
        return _gone(of)
    choice = at.choices[int(number)]
    moment = scene.after(choice)
    if moment.guide:
        of.keep(moves.ended(of.begun(), scene.id, moment.id))
    told = scene_screens.moment(of.screen, scene, moment, choice[of.screen.language])
    return of.says(told, awaiting=COURSE if moment.guide else _within(scene, moment))


def _within(scene: Scene, moment: Moment) -> str:
    return f"{COURSE}:{SCENE}:{scene.id}:{moment.id}"


_STEPS: dict[str, Step] = {
    verbs.HOME: _home,
    verbs.GO: _go,
    verbs.LESSONS: _lessons,
    verbs.READ: _read,
    verbs.QUIZ: _quiz,
    verbs.ANSWER: _answer,
    verbs.REPEAT: _again,
    verbs.TEST: _test,
    verbs.SCENES: _scenes,
    verbs.SCENE: _scene,
    verbs.TURN: _turn,
    verbs.PACE: course_pace.pace,
    verbs.STOP: course_pace.stop,
    verbs.NOTE: course_sharing.note,
    verbs.SHEET: course_sharing.sheet,
    verbs.TALK: course_papers.talk,
    verbs.SHARE: course_sharing.share,
    verbs.MANAGER: course_sharing.look,
}
