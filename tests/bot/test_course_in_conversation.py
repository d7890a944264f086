"""The course as it is taken in words: typed, in a hurry, with something else in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.talker import Talker

if TYPE_CHECKING:
    from bot.engine.engine import RasaEngine


@pytest.fixture
def anna(engine: RasaEngine) -> Talker:
    return Talker(engine).says("kursus")


def test_a_lesson_by_words_and_numbers(anna: Talker, engine: RasaEngine) -> None:
    assert "Begynd nu" in anna.labels
    lesson = next(iter(engine._services.knowledge.lessons.values()))
    text = lesson.da
    assert text.point[:30] in anna.says("1").text
    assert text.example[:30] in anna.says("videre").text
    assert lesson.quiz[0].da.question[:30] in anna.says("videre").text
    for question in lesson.quiz:
        place = 1 + question.right_place
        assert "Rigtigt" in anna.says(str(place)).text
    assert "3 af 3" in anna.text and text.manager[:30] in anna.text
    second = list(engine._services.knowledge.lessons.values())[1]
    assert second.da.point[:30] in anna.says("videre").text


def test_a_question_in_between(anna: Talker, engine: RasaEngine) -> None:
    lesson = next(iter(engine._services.knowledge.lessons.values()))
    anna.says("begynd nu").says("videre")
    assert lesson.da.example[:30] in anna.text
    anna.says("hvem må skrive under på en samarbejdsaftale?")
    assert lesson.da.example[:30] not in anna.text
    assert lesson.da.example[:30] in anna.says("videre").text
    assert lesson.quiz[0].da.question[:30] in anna.says("videre").text
    anna.says("hvad er en styregruppe?").says("tak")
    assert lesson.quiz[0].da.question[:30] in anna.says("videre").text


def test_an_answer_in_words(anna: Talker, engine: RasaEngine) -> None:
    lesson = next(iter(engine._services.knowledge.lessons.values()))
    anna.says("1").says("videre").says("videre")
    asked = lesson.quiz[0]
    right = asked.options[asked.right_place].da
    assert "Rigtigt" in anna.says(right.upper()).text


def test_a_letter_and_no_idea(anna: Talker, engine: RasaEngine) -> None:
    lesson = next(iter(engine._services.knowledge.lessons.values()))
    anna.says("1").says("videre").says("videre")
    first, second, _ = lesson.quiz
    anna.says("ved ikke")
    assert "Gæt bare" in anna.text and first.da.question[:30] in anna.text
    assert "Rigtigt" in anna.says(f"{'abcdef'[first.right_place]})").text
    assert second.da.question[:30] in anna.text
    assert "Ikke helt" in anna.says("abcdef"[(second.right_place + 1) % 2].upper()).text


def test_when(anna: Talker) -> None:
    anna.taps("Én lektion om dagen").says("hver dag halv ti tak")
    assert "9.30" in anna.text
    anna.says("kursus")
    assert "9.30" in anna.text
    anna.taps("Én lektion om dagen").says("hvornår")
    assert anna.replies


def test_a_dilemma_by_numbers(anna: Talker, engine: RasaEngine) -> None:
    anna.says("dilemmaer")
    scene = next(iter(engine._services.knowledge.scenes.values()))
    anna.says("1")
    assert scene.moments[0].da[:30] in anna.text
    for _ in range(4):
        if "guiden sige" in anna.text:
            break
        anna.says("1")
    assert "guiden sige" in anna.text


def test_a_name_and_a_note_are_taken_as_they_are(anna: Talker, engine: RasaEngine) -> None:
    lesson = next(iter(engine._services.knowledge.lessons.values()))
    anna.says("1").sends(f"l:note:{lesson.id}").says("Hvem må skrive under på en samarbejdsaftale hos os?")
    assert "Noten er gemt" in anna.text
    anna.sends("l:share:on").says("nej tak")
    course = engine._services.store.course(anna.name)
    assert course is not None and course.name is None and course.shared is None
    anna.sends("l:share:on").says("Anna Holm")
    assert "/start m_" in anna.text


def test_who_follows_a_learners_link_is_in_no_course_for_it(engine: RasaEngine) -> None:
    leader = Talker(engine)
    leader.sends("l:m:zzzzzzzz").says("mine tjeklister")
    assert "Lektion" not in leader.text


def test_the_course_is_begun_and_asked_for_by_the_same_words(anna: Talker) -> None:
    assert "Lektion 1 af" in anna.says("kursus").text
    assert "Lektion 1 af" not in anna.says("kursus").text and "Næste lektion" in anna.text
    anna.says("stop kurset")
    assert "holder pause" in anna.text


def test_stopping_in_the_middle_keeps_the_place(anna: Talker, engine: RasaEngine) -> None:
    lesson = next(iter(engine._services.knowledge.lessons.values()))
    anna.says("1").says("videre").says("videre").says("jeg vil gerne stoppe")
    assert lesson.quiz[0].da.question[:30] in anna.says("videre").text


def test_the_course_is_gone_on_with_in_another_conversation(anna: Talker, engine: RasaEngine) -> None:
    lesson = next(iter(engine._services.knowledge.lessons.values()))
    anna.says("1").says("forfra")
    assert lesson.da.point[:30] in anna.says("fortsæt").text


def test_a_checklist_in_between_waits_for_nothing_of_the_course(anna: Talker) -> None:
    anna.says("1").says("videre")
    anna.sends("c:readiness:quick")
    assert "Et eksempel" not in anna.says("spring over").text
    assert "Fortsæt" in " ".join(anna.says("kursus").labels)
