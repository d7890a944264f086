"""Who sees what of a course: nobody but the learner without a yes, and never how much was right without another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.rendering.plain import plain
from dialogues.deep_links import payload, target
from knowledge.loader import Knowledge, load
from tests.dialogues.course_learner import Learner, a_store

NOTE, ANNE, LEADER = "Vi skal tale om logoet, og om Bent", "Anne *Marie* _Holm_ [her](x)", "test:leader"
GONE = "lukket af den, der lavede det"


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


@pytest.fixture
def learner(knowledge: Knowledge, tmp_path: Path) -> Learner:
    """Somebody with a lesson done, one answer in it wrong, and a note."""
    learner = Learner(knowledge, a_store(tmp_path)).opens().taps("Begynd nu")
    lesson = next(iter(knowledge.lessons.values()))
    learner.presses(f"l:quiz:{lesson.id}")
    for place, question in enumerate(lesson.quiz):
        wrong = next(option.id for option in question.options if option.id != question.right)
        learner.presses(f"l:a:q:{lesson.id}:{question.id}:{question.right if place else wrong}")
    return learner.taps("Skriv en note").says(NOTE)


@pytest.fixture
def leader(learner: Learner) -> Learner:
    return Learner(learner.knowledge, learner.store, LEADER)


def shares(learner: Learner, wish: str) -> str:
    """The tap that the link stands for."""
    learner.presses(f"l:share:{wish}")
    if learner.course.name is None:
        learner.says(ANNE)
    link = learner.replies[0].link
    assert link is not None
    wanted = target(link.payload)
    assert wanted is not None and wanted.kind == "learner" and payload(*wanted) == link.payload
    return f"l:m:{wanted.id}"


def test_nobody_sees_anything_before_a_yes(learner: Learner, leader: Learner) -> None:
    learner.presses("l:share")
    assert learner.course.shared is None
    assert "ingen andre" in learner.text
    for code in ("", "aaaaaaaa", "None", "null", learner.name.replace(":", ""), "."):
        assert GONE in leader.presses(f"l:m:{code}").text


def test_the_name_is_asked_for_before_anything_is_shown(learner: Learner) -> None:
    learner.presses("l:share:on")
    assert learner.course.shared is None and learner.replies[0].takes_text
    learner.says("hvorfor vil du vide det?").presses("l:share:on").says("nej", "smalltalk/deny")
    assert learner.course.shared is None and learner.course.name is None


def test_a_yes_without_scores_shows_none(learner: Learner, leader: Learner) -> None:
    leader.presses(shares(learner, "on"))
    lesson = next(iter(learner.knowledge.lessons.values()))
    assert "Marie" in leader.text and lesson.da.title in leader.text and "1. marts" in leader.text
    assert "rigtige" not in leader.text and "2 af 3" not in leader.text
    assert "Resultater vises ikke" in leader.text


def test_a_yes_with_scores_shows_how_many_and_never_which(learner: Learner, leader: Learner) -> None:
    leader.presses(shares(learner, "scores"))
    assert "2 af 3 rigtige" in leader.text
    quiz = next(iter(learner.knowledge.lessons.values())).quiz
    secret = [NOTE, "Bent", *(question.da.question for question in quiz)]
    secret += [option.da for question in quiz for option in question.options]
    assert not any(text in leader.text for text in secret)


@pytest.mark.parametrize("wish", ["on", "scores"])
def test_notes_and_answers_are_never_shown_however_far_the_learner_is(
    learner: Learner, leader: Learner, wish: str
) -> None:
    tap = shares(learner, wish)
    everything = learner.course
    done = dict.fromkeys(learner.knowledge.lessons, learner.now.date())
    learner.store.save_course(
        learner.name,
        everything.with_(done=done, right=dict.fromkeys(done, 1), finished=learner.now.date(), tested=(7, 16)),
    )
    leader.presses(tap)
    assert "8 af 8" in leader.text and "gennemført" in leader.text
    assert NOTE not in leader.text and ("7 af 16" in leader.text) == (wish == "scores")
    assert ("1 af 3" in leader.text) == (wish == "scores")


def test_the_yes_to_scores_can_be_taken_back_alone(learner: Learner, leader: Learner) -> None:
    tap = shares(learner, "scores")
    assert shares(learner, "on") == tap  # the link that was sent still works
    assert "2 af 3" not in leader.presses(tap).text and "Marie" in leader.text


def test_nothing_is_seen_after_the_yes_is_taken_back(learner: Learner, leader: Learner) -> None:
    tap = shares(learner, "scores")
    learner.presses("l:share:off")
    assert GONE in leader.presses(tap).text and "Marie" not in leader.text
    assert learner.course.shared is None and not learner.course.shares_scores
    fresh = shares(learner, "on")
    assert fresh != tap and GONE in leader.presses(tap).text
    assert "Marie" in leader.presses(fresh).text and "2 af 3" not in leader.text


def test_looking_begins_no_course_and_gives_no_power(learner: Learner, leader: Learner) -> None:
    tap = shares(learner, "on")
    before = learner.course
    leader.presses(tap)
    assert leader.store.course(LEADER) is None and not leader.buttons
    leader.presses("l:share:scores").says("Lederen")
    assert learner.course == before and "2 af 3" not in leader.presses(tap).text


def test_a_name_with_markup_is_shown_as_it_was_written(learner: Learner, leader: Learner) -> None:
    tap = shares(learner, "on")
    assert learner.replies[0].link is not None and learner.replies[0].link.title.startswith(ANNE)
    assert ANNE in plain(leader.presses(tap).text)


def test_two_learners_have_nothing_of_each_other(learner: Learner) -> None:
    other = Learner(learner.knowledge, learner.store, "test:2").opens()
    assert "Begynd nu" in other.labels
    other.taps("Begynd nu").presses("l:stop")
    assert other.course.done == {} and other.course.notes == {}
    assert learner.course.notes != {}
    other.presses("l:share:off")
    assert learner.store.delete("test:2")["courses"] == 1
    assert learner.store.course("test:2") is None and learner.course.notes != {}


def test_the_export_holds_the_course_and_only_ones_own(learner: Learner) -> None:
    Learner(learner.knowledge, learner.store, "test:2").opens().taps("Begynd nu")
    said = json.dumps(learner.store.export(learner.name), ensure_ascii=False, default=str)
    assert NOTE in said and "test:2" not in said
    (course,) = learner.store.export(learner.name)["courses"]
    assert course["state"]["cards"] and course["state"]["done"]


def test_deletion_ends_the_course_its_polls_its_reminder_and_its_link(learner: Learner, leader: Learner) -> None:
    learner.presses("l:pace:09.00")
    tap = shares(learner, "scores")
    assert learner.reminder() is not None
    learner.store.delete(learner.name)
    assert GONE in leader.presses(tap).text
    assert learner.store.course(learner.name) is None and learner.reminder() is None
    gone = learner.store.export(learner.name)
    assert not any(gone[table] for table in ("courses", "polls", "reminders", "documents", "person"))
    assert "Begynd nu" in learner.opens().labels
