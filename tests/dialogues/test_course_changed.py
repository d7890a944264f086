"""An editor changes the course while somebody takes it: it is told kindly, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dialogues.course.state import Course
from knowledge.loader import Knowledge, load
from knowledge.schema import Lesson, Scene
from tests.dialogues.course_learner import Learner, a_store

KEPT = "er ikke gået tabt"


@pytest.fixture(scope="module")
def shipped() -> Knowledge:
    return load()


@pytest.fixture
def learner(shipped: Knowledge, tmp_path: Path) -> Learner:
    return Learner(shipped, a_store(tmp_path)).opens().taps("Begynd nu")


def first(learner: Learner) -> Lesson:
    return next(iter(learner.knowledge.lessons.values()))


def takes(learner: Learner, lesson: Lesson) -> Learner:
    """Answers the quiz of the lesson rightly."""
    learner.presses(f"l:quiz:{lesson.id}")
    for question in lesson.quiz:
        learner.presses(f"l:a:q:{lesson.id}:{question.id}:{question.right}")
    return learner


def finishes(learner: Learner) -> Learner:
    for lesson in learner.knowledge.lessons.values():
        takes(learner, lesson)
    learner.presses("l:test")
    for lesson in learner.knowledge.lessons.values():
        for question in lesson.test:
            learner.presses(f"l:a:t:{lesson.id}:{question.id}:{question.right}")
    return learner


def without(learner: Learner, *lessons: str) -> None:
    left = {id_: lesson for id_, lesson in learner.knowledge.lessons.items() if id_ not in lessons}
    learner.knowledge = replace(learner.knowledge, lessons=left)


def changed(learner: Learner, lesson: Lesson, **changes: object) -> Lesson:
    """The lesson as the editor makes it."""
    made = Lesson.parse_obj({**lesson.dict(), **changes})
    learner.knowledge = replace(learner.knowledge, lessons={**learner.knowledge.lessons, lesson.id: made})
    return made


def kept(learner: Learner, before: Course) -> bool:
    after = learner.course
    return before.done.items() <= after.done.items() and before.passing.items() <= after.passing.items()


def test_the_lesson_on_the_screen_is_removed(learner: Learner) -> None:
    lesson, following, *_ = learner.knowledge.lessons.values()
    takes(learner, lesson).presses("l:go")
    before = learner.course
    assert before.at == following.id
    without(learner, following.id)
    for tap in (f"l:read:{following.id}:task", f"l:quiz:{following.id}", f"l:note:{following.id}"):
        learner.presses(tap)
        assert KEPT in learner.text and kept(learner, before)
    learner.presses("l:go")
    assert KEPT not in learner.text and learner.course.at not in (lesson.id, following.id)


def test_a_lesson_that_was_done_is_removed(learner: Learner) -> None:
    lesson = first(learner)
    takes(learner, lesson)
    without(learner, lesson.id)
    learner.opens()
    assert "0 af" in learner.text and lesson.id in learner.course.done
    learner.presses("l:m:nobodys1").presses("l:list").presses("l:share")
    assert learner.replies


def test_the_question_on_the_screen_is_replaced(learner: Learner) -> None:
    lesson = first(learner)
    learner.presses(f"l:quiz:{lesson.id}")
    asked = lesson.quiz[0]
    learner.presses(f"l:a:q:{lesson.id}:{asked.id}:{asked.right}")
    before = learner.course
    second = lesson.quiz[1]
    changed(learner, lesson, quiz=[asked.dict(), {**second.dict(), "id": "newer"}, lesson.quiz[2].dict()])
    learner.presses(f"l:a:q:{lesson.id}:{second.id}:{second.right}")
    assert KEPT in learner.text and kept(learner, before)
    learner.presses("l:go")
    assert any(choice.tap.startswith(f"l:a:q:{lesson.id}:newer:") for choice in learner.buttons)


def test_the_answer_that_is_pressed_is_removed(learner: Learner) -> None:
    lesson = first(learner)
    learner.presses(f"l:quiz:{lesson.id}")
    asked = lesson.quiz[0]
    wrong = next(option for option in asked.options if option.id != asked.right)
    less = [option.dict() for option in asked.options if option is not wrong]
    changed(learner, lesson, quiz=[{**asked.dict(), "options": less}, *(one.dict() for one in lesson.quiz[1:])])
    learner.presses(f"l:a:q:{lesson.id}:{asked.id}:{wrong.id}")
    assert KEPT in learner.text and learner.course.passing == {} and learner.course.cards == {}
    learner.presses("l:go")
    assert asked.da.question in learner.text and wrong.da not in learner.text


def test_an_answer_that_was_given_is_removed(learner: Learner) -> None:
    lesson = first(learner)
    learner.presses(f"l:quiz:{lesson.id}")
    asked = lesson.quiz[0]
    wrong = next(option for option in asked.options if option.id != asked.right)
    learner.presses(f"l:a:q:{lesson.id}:{asked.id}:{wrong.id}")
    less = [option.dict() for option in asked.options if option is not wrong]
    made = changed(learner, lesson, quiz=[{**asked.dict(), "options": less}, *(one.dict() for one in lesson.quiz[1:])])
    for question in made.quiz[1:]:
        learner.presses(f"l:a:q:{lesson.id}:{question.id}:{question.right}")
    assert learner.course.right == {lesson.id: 2}


def test_the_moment_that_a_choice_was_about_is_removed(learner: Learner) -> None:
    scene: Scene = next(iter(learner.knowledge.scenes.values()))
    learner.presses(f"l:scene:{scene.id}")
    tap = learner.buttons[0].tap
    older = Scene.parse_obj(
        {**scene.dict(), "moments": [{**scene.moments[0].dict(), "id": "renamed"}, *scene.moments[1:]]}
    )
    learner.knowledge = replace(learner.knowledge, scenes={**learner.knowledge.scenes, scene.id: older})
    assert KEPT in learner.presses(tap).text
    fewer = scene.moments[0].dict() | {"choices": [choice.dict() for choice in scene.moments[0].choices[:2]]}
    narrow = Scene.parse_obj({**scene.dict(), "moments": [fewer, *scene.moments[1:]]})
    learner.knowledge = replace(learner.knowledge, scenes={scene.id: narrow})
    assert KEPT in learner.presses(f"l:turn:{scene.id}:{scene.moments[0].id}:5").text
    learner.knowledge = replace(learner.knowledge, scenes={})
    assert KEPT in learner.presses(f"l:scene:{scene.id}").text
    assert learner.presses("l:scenes").replies and learner.opens().replies


def test_an_end_that_was_reached_is_removed(learner: Learner) -> None:
    scene: Scene = next(iter(learner.knowledge.scenes.values()))
    learner.store.save_course(learner.name, learner.course.with_(ends={scene.id: ("gone",), "gone": ("gone",)}))
    learner.presses("l:scenes")
    assert learner.labels[0] == scene.da.title
    assert f"/{len(scene.ends)}" not in learner.labels[0]


def test_a_lesson_is_added_after_the_end(learner: Learner) -> None:
    added = list(learner.knowledge.lessons)[3]
    whole = learner.knowledge
    without(learner, added)
    finishes(learner)
    assert learner.course.finished is not None
    before, learner.knowledge = learner.course, whole
    learner.waits(1).opens()
    assert whole.lessons[added].da.title in learner.text and "Hent kursusbevis" in learner.labels
    takes(learner, whole.lessons[added])
    assert (learner.course.finished, learner.course.tested) == (before.finished, before.tested)
    learner.presses("l:go")
    assert learner.replies


def test_the_rest_of_the_test_is_removed_in_the_middle(learner: Learner) -> None:
    *rest, last = learner.knowledge.lessons.values()
    for lesson in learner.knowledge.lessons.values():
        takes(learner, lesson)
    learner.presses("l:go")
    for lesson in rest:
        for question in lesson.test:
            learner.presses(f"l:a:t:{lesson.id}:{question.id}:{question.right}")
    asked = sum(len(lesson.test) for lesson in rest)
    without(learner, last.id)
    learner.presses(f"l:a:t:{last.id}:{last.test[0].id}:{last.test[0].right}")
    assert KEPT in learner.text and learner.course.finished is None
    learner.presses("l:go")
    assert learner.course.tested == (asked, asked) and learner.course.finished is not None
    assert "Hent kursusbevis" in learner.labels


@pytest.mark.parametrize(
    "tap",
    [
        "l:nothing", "l:", "l:read", "l:read:", "l:read:nowhere:point", "l:quiz", "l:a", "l:a:q", "l:a:q:x:y:z",
        "l:a:zz:x:y:z", "l:scene", "l:scene:none", "l:turn", "l:turn:logo", "l:turn:logo:call:9", "l:turn:logo:call:-1",
        "l:turn:logo:call:", "l:pace:99.99", "l:pace:", "l:pace:off", "l:stop", "l:note", "l:note:nowhere",
        "l:share:maybe", "l:m", "l:m:x", "l:test", "l:again", "l:sheet", "l:home", "l:go:x:y",
    ],
)  # fmt: skip
@pytest.mark.parametrize("begun", [True, False])
def test_a_button_that_nobody_has_any_more_gets_a_kind_answer(
    shipped: Knowledge, tmp_path: Path, tap: str, begun: bool
) -> None:
    learner = Learner(shipped, a_store(tmp_path))
    if begun:
        learner.opens().presses("l:go")
    assert learner.presses(tap).replies
    known = next(iter(shipped.lessons))
    stray = [f"l:a:zz:{known}:q1:a", f"l:read:{known}:nowhere", f"l:a:r:{known}:q1:a"]
    assert all(learner.presses(one).replies for one in stray if shipped.lessons[known].quiz[0].id == "q1")
