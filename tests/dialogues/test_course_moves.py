"""What moves a course: nothing that was done is lost, whatever is pressed and whatever an editor changes."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogues.course import moves
from dialogues.course.moves import IN_QUIZ, POINT, QUIZ, TASK
from dialogues.course.state import Course, from_dict, to_dict
from knowledge.schema import Lesson
from tests.dialogues.course_example import MONDAY, NOON, a_course, a_lesson, days

LESSONS = a_course()
POT, LEAF, MILK = LESSONS.values()
Press = Callable[[Course], Course]


def fresh() -> Course:
    return moves.begun(MONDAY)


def answer(course: Course, lesson: Lesson, choices: str = "aaa", day: int = 0) -> Course:
    """The quiz of a lesson from its beginning, with these answers."""
    course = moves.quizzed(course, lesson)
    for question, choice in zip(lesson.quiz, choices, strict=False):
        course = moves.answered(course, lesson, question, choice, days(day))
    return course


def taken(choices: str = "aaa") -> Course:
    course = fresh()
    for lesson in LESSONS.values():
        course = answer(course, lesson, choices)
    return course


def test(course: Course, lessons: dict[str, Lesson], choice: str = "a", most: int = 99, day: int = 0) -> Course:
    course = moves.retested(course, lessons, days(day))
    for lesson, question in moves.untested(course, lessons)[:most]:
        course = moves.tested(course, lessons, lesson, question, choice, days(day))
    return course


test.__test__ = False  # type: ignore[attr-defined]


def test_a_lesson_is_done_with_its_last_answer_and_counts_once() -> None:
    course = answer(fresh(), POT, "aa")
    assert (course.done, course.at, course.part) == ({}, "pot", QUIZ)
    course = moves.answered(course, POT, POT.quiz[2], "b", NOON)
    assert (course.done, course.right, course.at) == ({"pot": MONDAY}, {"pot": 2}, None)
    again = answer(course, POT, "aaa", day=9)
    assert (again.done, again.right) == ({"pot": MONDAY}, {"pot": 3})
    assert [lesson.id for lesson in moves.done(again, LESSONS)] == ["pot"]


def test_an_answer_counts_once() -> None:
    course = answer(fresh(), POT, "b")
    second = moves.answered(course, POT, POT.quiz[0], "a", NOON)
    assert second is course and course.cards.keys() == {"pot/q1"}


def test_the_old_buttons_of_a_lesson_that_is_done_change_nothing() -> None:
    course = answer(fresh(), POT)
    for question in POT.quiz:
        assert moves.answered(course, POT, question, "b", NOON) is course


def test_a_look_at_another_lesson_loses_no_answer() -> None:
    course = moves.opened(answer(fresh(), POT, "ab"), "leaf", POINT)
    assert moves.next_lesson(course, LESSONS) is LEAF
    course = moves.quizzed(moves.opened(course, "pot", TASK), POT)
    assert [one.id for one in moves.unanswered(course, POT)] == ["q3"]
    assert moves.answered(course, POT, POT.quiz[2], "a", NOON).right == {"pot": 2}


def test_the_answer_to_a_question_further_up_goes_on_there() -> None:
    course = moves.opened(answer(fresh(), POT, "ab"), "leaf", POINT)
    course = moves.answered(course, POT, POT.quiz[2], "a", NOON)
    assert course.done == {"pot": MONDAY}


def test_a_lesson_that_is_read_again_leaves_the_next_one_next() -> None:
    course = moves.opened(answer(fresh(), POT), "pot", TASK)
    assert moves.open_lesson(course, LESSONS) is None
    assert moves.next_lesson(course, LESSONS) is LEAF


def test_lessons_in_any_order() -> None:
    course = answer(answer(fresh(), MILK), POT)
    assert moves.next_lesson(course, LESSONS) is LEAF


def test_the_test_ends_the_course_and_the_best_one_is_kept() -> None:
    course = test(taken(), LESSONS, "b", most=5)
    assert (course.finished, course.tested) == (None, None)
    course = test(course, LESSONS, "a")
    assert (course.finished, course.tested) == (MONDAY, (1, 6))
    better = test(course, LESSONS, "a", day=3)
    assert (better.finished, better.tested) == (MONDAY, (6, 6))
    assert test(better, LESSONS, "b", day=4).tested == (6, 6)


def test_a_question_of_a_quiz_is_none_of_the_test() -> None:
    bare = {"pot": a_lesson("pot", 1, test="t1")}
    course = moves.tested(fresh(), bare, bare["pot"], bare["pot"].quiz[0], "a", NOON)
    assert course == fresh()


def test_every_end_of_a_scene_is_remembered_once() -> None:
    course = moves.ended(moves.ended(moves.ended(fresh(), "tin", "x"), "tin", "y"), "tin", "x")
    assert course.ends == {"tin": ("x", "y")}


# --- an editor changes the course -----------------------------------------------------------------


def test_a_removed_lesson_is_passed_over_and_comes_back_with_its_day() -> None:
    course = answer(answer(fresh(), POT, "baa"), LEAF)
    less = a_course("leaf", "milk")
    assert [lesson.id for lesson in moves.done(course, less)] == ["leaf"]
    assert moves.next_lesson(course, less) is less["milk"]
    assert moves.due(course, less, days(1)) == []
    assert moves.due(course, LESSONS, days(1)) == ["pot/q1"]


def test_the_open_lesson_is_removed() -> None:
    course = moves.opened(answer(fresh(), POT), "leaf", TASK)
    less = a_course("pot", "milk")
    assert moves.open_lesson(course, less) is None
    assert moves.next_lesson(course, less) is less["milk"]


def test_a_question_is_replaced_in_the_middle_of_a_quiz() -> None:
    course = answer(fresh(), POT, "ab")
    changed = a_lesson("pot", 1, quiz="q1 q2 q9")
    assert [one.id for one in moves.unanswered(course, changed)] == ["q9"]
    assert moves.answered(course, changed, changed.quiz[2], "a", NOON).right == {"pot": 2}


def test_a_question_is_replaced_that_had_been_answered() -> None:
    changed = a_lesson("pot", 1, quiz="q9 q2 q3")
    course = moves.answered(answer(fresh(), POT, "ba"), changed, changed.quiz[2], "a", NOON)
    assert course.done == {} and [one.id for one in moves.unanswered(course, changed)] == ["q9"]
    assert moves.due(course, {"pot": changed}, days(9)) == []


def test_what_is_left_of_the_test_is_removed() -> None:
    course = test(taken(), LESSONS, "a", most=4)  # those of two lessons
    less = a_course("pot", "leaf")
    course = moves.retested(course, less, days(1))
    assert (course.finished, course.tested) == (days(1).date(), (4, 4))


def test_a_lesson_added_after_the_end_is_next_and_the_end_stays() -> None:
    course = test(taken(), LESSONS)
    more = a_course("pot", "leaf", "milk", "cup")
    assert moves.next_lesson(course, more) is more["cup"]
    course = answer(course, more["cup"], day=20)
    assert course.finished == MONDAY
    asked = moves.untested(moves.retested(course, more, days(20)), more)
    assert [lesson.id for lesson, _ in asked] == ["cup", "cup"]
    assert test(course, more, day=20).tested == (8, 8)


# --- any sequence of presses ----------------------------------------------------------------------

lessons_of_any_day = st.sampled_from(
    [LESSONS, a_course("pot"), a_course("leaf", "milk"), a_course("pot", "leaf", "milk", "cup")]
)


@st.composite
def presses(draw: st.DrawFn) -> tuple[dict[str, Lesson], str, str, str, str, int]:
    """A button: maybe an old one, of what isn't there any more, or of an answer that isn't open; and when."""
    verb = draw(st.sampled_from(["read", "quiz", "q", "q", "q", "r", "t", "t", "test", "end"]))
    lesson, question = (
        draw(st.sampled_from(["pot", "leaf", "milk", "cup"])),
        draw(st.sampled_from(["q1", "q2", "q3", "t1"])),
    )
    return draw(lessons_of_any_day), verb, lesson, question, draw(st.sampled_from("aab")), draw(st.integers(0, 2))


def pressed(course: Course, lessons: dict[str, Lesson], verb: str, lesson_id: str, choice: str, day: int) -> Course:
    now = days(day)
    if verb == "test":
        return moves.retested(course, lessons, now) if moves.test_questions(lessons) else course
    if verb == "end":
        return moves.ended(course, "tin", choice)
    lesson_id, _, question_id = lesson_id.partition("/")
    lesson, found = lessons.get(lesson_id), moves.find(lessons, f"{lesson_id}/{question_id}")
    if lesson is None:
        return course
    if verb == "read":
        return moves.opened(course, lesson_id, POINT)
    if verb == "quiz":
        return moves.quizzed(course, lesson)
    if found is None:
        return course
    if verb == IN_QUIZ:
        return moves.answered(course, *found, choice, now)
    if verb == "r":
        return moves.repeated(course, *found, choice, now)
    return moves.tested(course, lessons, *found, choice, now)


@given(st.lists(presses(), max_size=60))
@settings(max_examples=150, deadline=None)
def test_no_presses_lose_what_was_done(sequence: list[tuple[dict[str, Lesson], str, str, str, str, int]]) -> None:
    course, day = fresh(), 0
    for lessons, verb, lesson, question, choice, later in sequence:
        day += later
        before, course = course, pressed(course, lessons, verb, f"{lesson}/{question}", choice, day)
        assert before.done.items() <= course.done.items()
        assert before.ends.keys() <= course.ends.keys()
        assert course.done.keys() == course.right.keys()
        assert course.finished == before.finished or before.finished is None
        assert before.tested is None or (course.tested or (0, 1))[0] / (course.tested or (0, 1))[1] >= (
            before.tested[0] / before.tested[1]
        )
        assert course.finished is None or course.tested is not None
        assert from_dict(json.loads(json.dumps(to_dict(course)))) == course
        following = moves.next_lesson(course, lessons)
        assert following is None or following.id not in course.done
        assert all(moves.find(lessons, called) for called in moves.due(course, lessons, days(day)))


@pytest.mark.parametrize("gone", ["name", "cards", "notes", "hour", "shares_scores", "tested", "finished"])
def test_a_state_of_an_older_version_is_read(gone: str) -> None:
    data = to_dict(taken("bbb"))
    del data[gone]
    assert from_dict({**data, "unknown": 1}).done == taken().done
