"""Which questions fit Telegram's quizzes, and what stands below one."""

from __future__ import annotations

import socket
from dataclasses import replace

import pytest

from bot.telegram.polls import question, without_quiz
from dialogues.reply import Choice, Quiz, Reply
from knowledge.loader import Knowledge
from tests.bot.telegram.scripted import Door, ScriptedEngine
from tests.botapi import BotApi, Person

QUIZ = Quiz("Hvad er **rigtigt**?", 2, 1, "Fordi _det_ er aftalt & skrevet.")
LATER = Choice("Senere", "l:home")
ASKED = Reply("**Hvad?**", ((Choice("A  og B", "l:a:q:x:q1:a"),), (Choice("C", "l:a:q:x:q1:c"),), (LATER,)), quiz=QUIZ)


def test_a_quiz_is_plain_but_for_its_explanation() -> None:
    asked = question(ASKED)
    assert asked and (asked.text, asked.options, asked.right) == ("Hvad er rigtigt?", ["A og B", "C"], 1)
    assert asked.explanation == "Fordi <i>det</i> er aftalt &amp; skrevet."
    assert asked.taps == ["l:a:q:x:q1:a", "l:a:q:x:q1:c"]
    assert without_quiz(ASKED).choices == ((LATER,),)
    assert question(replace(ASKED, quiz=None)) is None


def test_rows_are_cut_where_the_answers_end() -> None:
    a, b = ASKED.buttons[:2]
    assert without_quiz(replace(ASKED, choices=((a, b, LATER),))).choices == ((LATER,),)
    assert without_quiz(replace(ASKED, choices=((a,), (b, LATER)))).choices == ((LATER,),)
    assert without_quiz(replace(ASKED, choices=((a, b),))).choices == ()


def _choices(*labels: str) -> tuple[tuple[Choice, ...], ...]:
    return tuple((Choice(label, f"l:a:q:x:q1:{number}"),) for number, label in enumerate(labels))


@pytest.mark.parametrize(
    ("quiz", "labels", "fits"),
    [
        (replace(QUIZ, question="x" * 300), ("A", "B"), True),
        (replace(QUIZ, question="x" * 301), ("A", "B"), False),
        (replace(QUIZ, question="😀" * 151), ("A", "B"), False),
        (replace(QUIZ, question="**" + "x" * 300 + "**"), ("A", "B"), True),
        (replace(QUIZ, question=" "), ("A", "B"), False),
        (replace(QUIZ, explanation=""), ("A", "B"), True),
        (replace(QUIZ, explanation="æ" * 200), ("A", "B"), True),
        (replace(QUIZ, explanation="æ" * 201), ("A", "B"), False),
        (replace(QUIZ, explanation="en\n\nto"), ("A", "B"), True),
        (replace(QUIZ, explanation="en\n\nto\n\ntre"), ("A", "B"), False),
        (QUIZ, ("x" * 100, "B"), True),
        (QUIZ, ("x" * 101, "B"), False),
        (QUIZ, ("A", "A "), False),
        (QUIZ, ("A", ""), False),
        (QUIZ, ("A",), False),
        (replace(QUIZ, right=2), ("A", "B"), False),
        (replace(QUIZ, options=13), tuple("ABCDEFGHIJKLM"), False),
    ],
)
def test_what_fits(quiz: Quiz, labels: tuple[str, ...], fits: bool) -> None:
    assert (question(Reply("?", _choices(*labels), quiz=quiz)) is not None) is fits


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_question_of_the_course_fits(knowledge: Knowledge, language: str) -> None:
    for lesson in knowledge.lessons.values():
        for one in lesson.questions:
            text = one.text(language)
            labels = [option[language] for option in one.options]
            title = f"{lesson.text(language).title}, spørgsmål 10 af 16: "
            quiz = Quiz(title + text.question, len(labels), one.right_place, text.explanation)
            assert question(Reply("?", _choices(*labels), quiz=quiz)), f"{lesson.id}/{one.id}"


@pytest.fixture
def asking(scripted: ScriptedEngine) -> ScriptedEngine:
    scripted.says["quiz"] = [ASKED]
    return scripted


def test_other_buttons_stand_below_the_quiz(asking: ScriptedEngine, door: Door, telegram: BotApi, anna: Person) -> None:
    anna.says("quiz")
    asked = anna.reads()
    assert asked.poll and asked.poll.options == ["A og B", "C"] and asked.buttons == ["Senere"]
    anna.votes(asked, "C")
    assert anna.reads().text == "tap: l:a:q:x:q1:c"
    anna.taps("Senere", asked)
    assert anna.reads().text == "tap: l:home"


def test_in_a_group_it_is_asked_by_buttons(asking: ScriptedEngine, door: Door, telegram: BotApi, anna: Person) -> None:
    group = telegram.group("Gruppen")
    anna.says("@makkerbot quiz", chat=group)
    asked = group.wait_for_reply()
    assert asked.poll is None and asked.buttons == ["A og B", "C", "Senere"]


def test_who_is_not_allowed_answers_nothing(
    telegram: BotApi, knowledge: Knowledge, asking: ScriptedEngine, anna: Person
) -> None:
    with Door(telegram, knowledge, asking, settings={"allowed": "@anna_bib"}):
        anna.says("quiz")
        asked = anna.reads()
        telegram.user("Bo").votes(asked, "A og B")
        anna.votes(asked, "C")
        assert anna.reads().text == "tap: l:a:q:x:q1:c"
    assert [inbound.tap for inbound in asking.inbounds if inbound.tap] == ["l:a:q:x:q1:c"]


def test_answers_come_by_webhook_too(
    telegram: BotApi, knowledge: Knowledge, asking: ScriptedEngine, anna: Person
) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with Door(telegram, knowledge, asking, settings={"webhook": f"http://127.0.0.1:{port}", "port": port}):
        anna.says("quiz")
        anna.votes(anna.reads(), "C")
        assert anna.reads().text == "tap: l:a:q:x:q1:c"


def test_where_it_cannot_be_noted_it_is_asked_by_buttons(
    asking: ScriptedEngine, door: Door, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("bot.telegram.ports.PollsInMemory.expect_poll", fail)
    anna.says("quiz")
    assert anna.reads().buttons == ["A og B", "C", "Senere"]
