"""What a new employee stumbled over in the course: its texts, a second try, long notes, what a manager is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialogues.course import home_screens
from dialogues.course.buttons import Screen
from dialogues.responses.course_sharing import LONGEST_NOTE
from knowledge.loader import Knowledge, load
from knowledge.schema import Lesson
from tests.dialogues.course_learner import Learner, a_store


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


@pytest.fixture
def lesson(knowledge: Knowledge) -> Lesson:
    return next(iter(knowledge.lessons.values()))


@pytest.fixture
def learner(knowledge: Knowledge, tmp_path: Path) -> Learner:
    return Learner(knowledge, a_store(tmp_path)).opens()


def takes(learner: Learner, lesson: Lesson, right: int) -> Learner:
    """Answers the lesson's quiz, so many of its questions rightly."""
    learner.presses(f"l:quiz:{lesson.id}")
    for number, question in enumerate(lesson.quiz):
        wrong = next(option.id for option in question.options if option.id != question.right)
        learner.presses(f"l:a:q:{lesson.id}:{question.id}:{question.right if number < right else wrong}")
    return learner


def finishes(learner: Learner, knowledge: Knowledge, right: bool = True) -> Learner:
    for lesson in knowledge.lessons.values():
        takes(learner, lesson, len(lesson.quiz))
    learner.presses("l:test")
    for lesson in knowledge.lessons.values():
        for question in lesson.test:
            wrong = next(option.id for option in question.options if option.id != question.right)
            learner.presses(f"l:a:t:{lesson.id}:{question.id}:{question.right if right else wrong}")
    return learner


@pytest.mark.parametrize(("language", "judged"), [("da", "Rigtigt."), ("en", "Right.")])
def test_the_explanation_is_a_paragraph_of_its_own(
    knowledge: Knowledge, tmp_path: Path, lesson: Lesson, language: str, judged: str
) -> None:
    learner = Learner(knowledge, a_store(tmp_path), language=language).opens().presses(f"l:quiz:{lesson.id}")
    first = lesson.quiz[0]
    learner.presses(f"l:a:q:{lesson.id}:{first.id}:{first.right}")
    assert f"\n\n{judged}" in learner.text


def test_what_changes_nothing_and_the_last_reminder_say_so_in_a_paragraph(learner: Learner, lesson: Lesson) -> None:
    takes(learner, lesson, 3).presses(f"l:a:q:{lesson.id}:{lesson.quiz[0].id}:{lesson.quiz[0].right}")
    assert "\n\n_Spørgsmålet var besvaret" in learner.text
    screen = Screen(learner.knowledge, "da", learner.now, learner.course)
    assert "\n\nDer har vist ikke været tid" in home_screens.reminder(screen, learner.course, last=True).text


def test_a_second_try_that_goes_worse_takes_nothing_away(learner: Learner, lesson: Lesson) -> None:
    takes(learner, lesson, 3)
    assert "Læs lektionen igen" not in learner.labels
    takes(learner, lesson, 1)
    assert "rigtigt på 1 af 3" in learner.text and "Dit bedste er 3" in learner.text
    assert learner.course.right == {lesson.id: 3}
    assert lesson.da.point[:30] in learner.taps("Læs lektionen igen").text


def test_a_long_note_is_kept_or_said_to_be_cut(learner: Learner, lesson: Lesson) -> None:
    takes(learner, lesson, 3)
    long = "Hvem ringer vi til? " * (LONGEST_NOTE // 20 - 1)
    learner.presses(f"l:note:{lesson.id}").says(long)
    assert learner.course.notes[lesson.id] == long.strip() and "kun gemt" not in learner.text
    learner.presses(f"l:note:{lesson.id}").says("Bogbussen *kører* " * LONGEST_NOTE)
    kept = learner.course.notes[lesson.id]
    assert len(kept) <= LONGEST_NOTE and "kun gemt den til og med" in learner.text and "kører" in learner.text
    learner.presses(f"l:note:{lesson.id}")  # shown again as it is kept, in one message


def test_a_note_to_a_lesson_of_another_day(learner: Learner, lesson: Lesson) -> None:
    takes(learner, lesson, 3).presses("l:talk").taps("Skriv en note").taps(lesson.da.title).says("Spørg om logoet")
    assert learner.course.notes == {lesson.id: "Spørg om logoet"}
    learner.presses("l:note")
    assert f"✎ {lesson.da.title}" in learner.labels


def test_dilemmas_say_what_they_are_about(learner: Learner, knowledge: Knowledge) -> None:
    learner.presses("l:scenes")
    for scene in knowledge.scenes.values():
        assert scene.da.about in learner.text


def test_the_welcome_says_how_long_the_test_is(learner: Learner, knowledge: Knowledge) -> None:
    assert f"{sum(len(lesson.test) for lesson in knowledge.lessons.values())} spørgsmål" in learner.text


def test_what_to_read_again_is_a_list(learner: Learner, knowledge: Knowledge) -> None:
    finishes(learner, knowledge, right=False)
    for lesson in knowledge.lessons.values():
        assert f"\n- {lesson.da.title}\n" in learner.text
    assert "\n\nDu har gennemført kurset" in learner.text


def test_the_pace_of_who_has_only_repeats_left(learner: Learner, knowledge: Knowledge) -> None:
    finishes(learner, knowledge).presses("l:home")
    assert not any("om dagen" in label or "Mind mig" in label for label in learner.labels)
    finishes(learner.presses("l:test"), knowledge, right=False).presses("l:home").taps("Mind mig")
    assert "lektion" not in learner.text
    learner.taps("kl. 9.00")
    assert "lektion" not in learner.text and "Tag en lektion nu" not in learner.labels
    learner.presses("l:home")
    assert "det, der skal prøves igen" in learner.text


def test_what_is_shared_can_be_seen_and_changed(learner: Learner) -> None:
    learner.taps("Begynd nu").presses("l:share")
    assert "kan ingen andre se noget" in learner.text and "\n\nSiger du ja" in learner.text
    assert all(what in learner.text for what in ("navn", "hvornår du begyndte", "lektioner", "dilemmaer"))
    learner.taps("Ja, uden resultater").says("Anne Holm").presses("l:share")
    assert "Siger du ja" not in learner.text and "ingen resultater" in learner.text
    code = learner.course.shared
    assert "Linket" in learner.text and str(code) in learner.taps("Vis linket").text
    learner.presses("l:share").taps("Vis også resultater")
    assert learner.course.shares_scores and learner.course.shared == code
    learner.presses("l:share").taps("Vis ikke resultater")
    assert not learner.course.shares_scores and learner.course.shared == code
    learner.presses("l:share").taps("Luk linket")
    assert learner.course.shared is None


@pytest.mark.parametrize(("language", "written"), [("da", "kl. 9.30"), ("en", "at 9:30")])
def test_an_hour_is_written_in_one_way(knowledge: Knowledge, tmp_path: Path, language: str, written: str) -> None:
    learner = Learner(knowledge, a_store(tmp_path), language=language).opens().presses("l:pace:9.30")
    assert learner.text.count(written) == 2
