"""The shipped course, walked from the welcome to the sheet, and every dilemma to each of its ends along every way."""

from __future__ import annotations

from collections import deque
from pathlib import Path

import pytest

from dialogues import taps
from dialogues.course import buttons as verbs
from dialogues.reply import Choice
from knowledge.loader import Knowledge, load
from knowledge.schema import LANGUAGES
from tests.dialogues.course_learner import Learner, a_store

MOST = 1500  # presses


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


@pytest.fixture(params=LANGUAGES)
def learner(knowledge: Knowledge, tmp_path: Path, request: pytest.FixtureRequest) -> Learner:
    return Learner(knowledge, a_store(tmp_path), language=request.param)


def by_verb(learner: Learner, verb: str) -> list[Choice]:
    """The buttons of the course with that verb."""
    return [choice for choice in learner.buttons if choice.tap.split(":")[:2] == [taps.COURSE, verb]]


def answers(learner: Learner, turn: int) -> None:
    """Answers the questions that come, the next option of each each time, until there is none."""
    while asked := by_verb(learner, verbs.ANSWER):
        before = learner.text
        learner.presses(asked[turn % len(asked)].tap)
        assert learner.text != before and len(learner.replies) == 2


def test_the_course_is_as_large_as_it_says(knowledge: Knowledge) -> None:
    assert len(knowledge.lessons) >= 8 and len(knowledge.scenes) >= 6
    assert all(lesson.test for lesson in knowledge.lessons.values())


def test_the_whole_course_from_the_welcome_to_the_sheet(learner: Learner) -> None:
    learner.opens()
    learner.presses(by_verb(learner, verbs.GO)[0].tap)
    for lesson in learner.knowledge.lessons.values():
        text = lesson.text(learner.language)
        assert text.title in learner.text
        assert learner.course.at == lesson.id
        learner.presses(by_verb(learner, verbs.READ)[0].tap)
        learner.presses(by_verb(learner, verbs.QUIZ)[0].tap)
        answers(learner, 0)
        assert text.manager[:20] in learner.text
        assert lesson.id in learner.course.done
        learner.presses((by_verb(learner, verbs.GO) + by_verb(learner, verbs.TEST))[0].tap)
        assert not any(":a:r:" in one.tap for one in learner.buttons)  # what was wrong rests till another day
    answers(learner, 0)
    course = learner.course
    asked = sum(len(lesson.test) for lesson in learner.knowledge.lessons.values())
    assert course.finished == learner.now.date() and course.tested is not None and course.tested[1] == asked
    learner.presses(by_verb(learner, verbs.SHEET)[0].tap).says("Anne Marie Holm")
    assert {one.mime for reply in learner.replies for one in reply.attachments} >= {"application/pdf"}
    assert learner.course.name == "Anne Marie Holm"


def test_every_answer_of_every_question_is_told_about(learner: Learner) -> None:
    learner.opens()
    told = set()
    for lesson in learner.knowledge.lessons.values():
        for turn in range(max(len(question.options) for question in lesson.quiz)):
            learner.presses(f"l:{verbs.QUIZ}:{lesson.id}")
            for question in lesson.quiz:
                choices = by_verb(learner, verbs.ANSWER)
                assert learner.replies[-1].quiz is not None
                assert choices[learner.replies[-1].quiz.right].tap.endswith(f":{question.right}")
                pressed = choices[turn % len(choices)]
                learner.presses(pressed.tap)
                told.add(pressed.tap)
                said = learner.replies[0]
                assert said.told_by_quiz and question.text(learner.language).explanation[:30] in said.text
                assert pressed.label[:20] in said.text
        assert learner.course.done[lesson.id] == learner.now.date()
    for turn in range(4):
        learner.presses(f"l:{verbs.TEST}")
        while asked := by_verb(learner, verbs.ANSWER):
            pressed = asked[turn % len(asked)]
            learner.presses(pressed.tap)
            told.add(pressed.tap)
    questions = [question for lesson in learner.knowledge.lessons.values() for question in lesson.questions]
    assert len(told) == sum(len(question.options) for question in questions)
    assert len(learner.course.done) == len(learner.knowledge.lessons)


def test_every_dilemma_along_every_way_to_every_end(learner: Learner) -> None:
    learner.opens()
    for scene in learner.knowledge.scenes.values():
        reached = walked(learner, scene.id, [])
        assert {way[-1] for way in reached} == {end.id for end in scene.ends}
        assert all(2 <= len(way) <= 4 for way in reached), reached
        assert set(learner.course.ends[scene.id]) == {end.id for end in scene.ends}
        moments = {moment for way in reached for moment in way}
        assert moments == {moment.id for moment in scene.moments[1:]}
        learner.presses(f"l:{verbs.SCENES}")
        assert any(f"({len(scene.ends)}/{len(scene.ends)})" in label for label in learner.labels)


def walked(learner: Learner, scene_id: str, way: list[int]) -> list[list[str]]:
    """Every way on from where these choices lead, as the moments that it comes through."""
    scene = learner.knowledge.scenes[scene_id]
    learner.presses(f"l:{verbs.SCENE}:{scene_id}")
    moment, been = scene.moments[0], []
    for number in way:
        learner.presses(by_verb(learner, verbs.TURN)[number].tap)
        moment = scene.after(moment.choices[number])
        been.append(moment.id)
    assert moment[learner.language][:30] in learner.text
    turns = by_verb(learner, verbs.TURN)
    if moment.guide:
        assert turns == [] and moment.guide[learner.language][:30] in learner.text
        assert [one.tap for one in learner.buttons if one.tap == f"l:{verbs.SCENE}:{scene_id}"]
        return [been]
    assert [one.label for one in turns] == [choice[learner.language] for choice in moment.choices]
    return [further for number in range(len(turns)) for further in walked(learner, scene_id, [*way, number])]


@pytest.mark.parametrize("state", ["new", "begun", "finished"])
def test_no_button_anywhere_is_dead(learner: Learner, state: str) -> None:
    if state != "new":
        learner.opens().presses(f"l:{verbs.GO}")
    if state == "finished":
        for lesson in learner.knowledge.lessons:
            learner.presses(f"l:{verbs.QUIZ}:{lesson}")
            answers(learner, 1)
        learner.presses(f"l:{verbs.TEST}")
        answers(learner, 1)
        learner.presses(f"l:{verbs.SHEET}").says("Anne")
        learner.waits(1)
    learner.opens()
    waiting, pressed = deque(choice.tap for choice in learner.buttons), set()
    while waiting and len(pressed) < MOST:
        tap = waiting.popleft()
        parsed = taps.parse(tap)
        if tap in pressed or parsed is None or parsed.kind != taps.COURSE:
            continue
        pressed.add(tap)
        assert learner.presses(tap).replies, tap
        assert not any(say in learner.text for say in gone(learner)), tap
        waiting.extend(choice.tap for choice in learner.buttons)
    assert len(pressed) < MOST
    lessons = {tap.split(":")[2] for tap in pressed if tap.startswith(f"l:{verbs.READ}:")}
    assert lessons == {*learner.knowledge.lessons}


def gone(learner: Learner) -> list[str]:
    return [learner.knowledge.say(learner.language, f"course.{key}") for key in ("changed", "share-gone")]
