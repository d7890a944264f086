"""What a new employee types in the middle of the course: answers in words, the ways back, and how far one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.talker import Talker

if TYPE_CHECKING:
    from bot.engine.engine import RasaEngine
    from knowledge.schema import Lesson


@pytest.fixture
def anna(engine: RasaEngine) -> Talker:
    return Talker(engine).says("kursus")


@pytest.fixture
def lesson(engine: RasaEngine) -> Lesson:
    return next(iter(engine._services.knowledge.lessons.values()))


@pytest.fixture
def asked(anna: Talker) -> Talker:
    """Anna with the first question of the first lesson on the screen."""
    return anna.says("1").says("videre").says("videre")


@pytest.mark.parametrize("said", ["to", "den anden", "nr to", "svar 2", "B", "en forfatter", "forfater"])
def test_an_answer_by_its_place_or_its_words(asked: Talker, lesson: Lesson, said: str) -> None:
    assert lesson.quiz[1].da.question[:30] in asked.says(said).text
    assert f"✗ {lesson.quiz[0].options[1].da}" in asked.text


def test_an_answer_that_there_isnt(asked: Talker, lesson: Lesson) -> None:
    asked.says("7")
    assert "1 til 4" in asked.text and lesson.quiz[0].da.question[:30] in asked.text
    assert "Rigtigt" in asked.says(str(1 + lesson.quiz[0].right_place)).text


def test_a_question_is_no_answer(asked: Talker) -> None:
    asked.says("hvad er et netværk")
    assert "✗" not in asked.text and "✓" not in asked.text


@pytest.mark.parametrize("said", ["b", "to", "det andet", "lov et svar"])
def test_a_choice_in_a_dilemma_by_words(anna: Talker, engine: RasaEngine, said: str) -> None:
    scene = engine._services.knowledge.scenes["logo"]
    anna.says("dilemmaer").sends("l:scene:logo")
    moment = scene.after(scene.moments[0].choices[1])
    assert moment.da[:30] in anna.says(said).text


@pytest.mark.parametrize("said", ["hvor langt er jeg", "hvad mangler jeg", "status"])
@pytest.mark.parametrize("before", ["videre", "hvem må skrive under på en samarbejdsaftale?", "forfra"])
def test_how_far_one_is(anna: Talker, before: str, said: str) -> None:
    anna.says("1").says(before).says(said)
    assert "0 af 8 lektioner" in anna.text and "tjekliste" not in anna.text


def test_how_far_one_is_while_a_checklist_rests(anna: Talker) -> None:
    anna.sends("c:readiness:quick").says("pause").sends("l:go").says("hvor langt er jeg")
    assert "0 af 8 lektioner" in anna.text
    anna.says("forfra").says("hvor langt er jeg")
    assert "‹ Kurset" in anna.labels and any("Er vi klar" in label for label in anna.labels)


def test_next_after_a_question(anna: Talker, lesson: Lesson) -> None:
    anna.says("1").says("hvem må skrive under på en samarbejdsaftale?").says("næste")
    assert lesson.da.point[:30] in anna.text


def test_one_step_back(asked: Talker, lesson: Lesson) -> None:
    assert lesson.da.example[:30] in asked.says("tilbage").text
    assert lesson.da.point[:30] in asked.says("tilbage").text
    assert "0 af 8 lektioner" in asked.says("tilbage").text


def test_a_pause(asked: Talker, lesson: Lesson) -> None:
    assert "kursus" in asked.says("pause").text and "tjekliste" not in asked.text
    assert lesson.quiz[0].da.question[:30] in asked.says("fortsæt").text


def test_the_way_back_below_an_answer(asked: Talker, lesson: Lesson) -> None:
    asked.says("hvem må skrive under på en samarbejdsaftale?")
    assert asked.labels[-1] == "‹ Tilbage til kurset"
    asked.taps("Eksempel")
    assert asked.labels[-1] == "‹ Tilbage til kurset"
    assert lesson.quiz[0].da.question[:30] in asked.taps("‹ Tilbage til kurset").text


def test_the_way_back_to_a_dilemma(anna: Talker, engine: RasaEngine) -> None:
    scene = engine._services.knowledge.scenes["logo"]
    moment = scene.after(scene.moments[0].choices[1])
    anna.sends("l:scene:logo").sends(f"l:turn:logo:{scene.moments[0].id}:1")
    anna.says("hvem må skrive under på en samarbejdsaftale?")
    assert moment.da[:30] in anna.taps("‹ Tilbage til kurset").text
    anna.says("hvad er en styregruppe?")
    assert moment.da[:30] in anna.says("fortsæt").text


def test_no_way_back_where_there_is_no_course(engine: RasaEngine) -> None:
    anna = Talker(engine).says("hvem må skrive under på en samarbejdsaftale?")
    assert "‹ Tilbage til kurset" not in anna.labels
    anna.says("hvor langt er jeg")
    assert "lektioner" not in anna.text


def test_an_hour_that_is_said_at_once(anna: Talker) -> None:
    anna.says("en lektion hver morgen kl. 8")
    assert "hverdage kl. 8.00" in anna.text and "Nej, i mit eget tempo" not in anna.labels
    assert "Nej, i mit eget tempo" in anna.says("en lektion hver morgen").labels


def test_a_lesson_by_its_number(anna: Talker) -> None:
    anna.says("start").says("lektion 3")
    assert "Lektion 3 af 8" in anna.text


def test_start_begins(anna: Talker) -> None:
    assert "Lektion 1 af 8" in anna.says("start").text


@pytest.mark.parametrize(("listed", "said", "shown"), [
    ("dilemmaer", "banken", "Banken vil have sit logo op"), ("dilemmaer", "den sidste", "Toget i skotøjsæsken"),
    ("vis alle lektionerne i kurset", "netværk", "Lektion 4 af 8"),
])  # fmt: skip
def test_one_of_a_list_by_its_name(anna: Talker, listed: str, said: str, shown: str) -> None:
    assert shown in anna.says(listed).says(said).text and "‹ Kurset" not in anna.labels[3:]


def test_the_last_lesson_once_more(asked: Talker, lesson: Lesson) -> None:
    for _ in lesson.quiz:
        asked.says("a")
    assert "Lektion 2 af 8" in asked.says("næste").text
    assert "Lektion 1 af 8" in asked.says("tag den sidste lektion igen").text


def test_what_else_there_is_by_words(asked: Talker, lesson: Lesson) -> None:
    assert "første lektion" in asked.sends("l:note").text
    asked.sends("l:go")
    for _ in lesson.quiz:
        asked.says("a")
    assert lesson.da.title in asked.sends("l:note").labels
    assert "1 af 8 lektioner" in asked.says("tag prøven").text
    assert "minder dig ikke" in asked.says("stop påmindelserne om kurset").text
