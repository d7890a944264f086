"""The course's questions as Telegram's own quizzes, with the real engine over real HTTP."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import pytest

from bot.door import Inbound
from bot.store.holding import Came
from bot.telegram.intake import lane_of
from bot.telegram.ports import SeenInMemory
from dialogues.course.buttons import LESSONS, QUIZ, READ, tap
from tests.bot.telegram.learning import ON, called, course, press, quiz_of, right, wait_for, wrong
from tests.bot.telegram.scripted import Door
from tests.botapi import BotApi, Person
from tests.conftest import TODAY

if TYPE_CHECKING:
    from bot.engine.engine import RasaEngine
    from bot.house import House
    from knowledge.schema import Lesson


def test_a_whole_quiz_by_polls(running: Door, telegram: BotApi, anna: Person, house: House, lesson: Lesson) -> None:
    asked = quiz_of(anna, lesson)
    for number, question in enumerate(lesson.quiz):
        assert asked.poll and (asked.poll.kind, asked.poll.anonymous, asked.rows) == ("quiz", False, [])
        assert asked.poll.question.endswith(question.text("da").question)
        assert asked.poll.options[asked.poll.right[0]] == right(question)
        assert asked.poll.explanation == question.text("da").explanation.strip()
        anna.votes(asked, wrong(question) if number == 0 else right(question))
        asked = anna.reads()
    kept = course(house, anna)
    assert kept.right == {lesson.id: len(lesson.quiz) - 1} and lesson.id in kept.done
    assert [*kept.cards] == [called(lesson, 0)]
    assert f"{len(lesson.quiz) - 1} af {len(lesson.quiz)}" in asked.text or asked.buttons
    said = [message.text for message in anna.chat.from_bot if not message.poll]
    assert not any(question.text("da").explanation in text for question in lesson.quiz for text in said)
    assert telegram.calls("stopPoll") == []


def test_english_polls_are_english(running: Door, telegram: BotApi, lesson: Lesson) -> None:
    bo = telegram.user("Bo", language="en")
    bo.says("/course")
    press(bo, bo.reads(), *ON)
    press(bo, bo.reads(), tap(READ, lesson.id, "task"))
    press(bo, bo.reads(), tap(QUIZ, lesson.id))
    poll = bo.reads().poll
    assert poll and poll.options == [option["en"] for option in lesson.quiz[0].options]


def test_an_answer_in_words_is_told_and_closes_the_quiz(running: Door, anna: Person, lesson: Lesson) -> None:
    asked = quiz_of(anna, lesson)
    anna.says(right(lesson.quiz[0]))
    assert lesson.quiz[0].text("da").explanation.strip() in anna.reads().text
    following = anna.reads()
    assert following.poll and following.poll.question.endswith(lesson.quiz[1].text("da").question)
    assert asked.poll and asked.poll.closed and not following.poll.closed
    anna.votes(following, right(lesson.quiz[1]))
    assert anna.reads().poll


def test_a_question_that_is_asked_anew_takes_the_one_before_away(
    running: Door, telegram: BotApi, anna: Person, lesson: Lesson
) -> None:
    asked = quiz_of(anna, lesson)
    anna.says("fortsæt")
    again = anna.reads()
    assert again.poll and asked.poll and again.poll.question == asked.poll.question
    wait_for(telegram, anna)
    assert asked.deleted and not again.deleted  # closed, it would show what is right


def test_another_question_leaves_an_open_one_alone(
    running: Door, telegram: BotApi, anna: Person, house: House, lesson: Lesson
) -> None:
    asked = quiz_of(anna, lesson)
    other = [*house.knowledge.lessons.values()][1]
    anna.says("/intro")
    home = anna.reads()
    press(anna, home, tap(LESSONS))
    press(anna, anna.reads(), tap(READ, other.id))
    press(anna, anna.reads(), tap(READ, other.id, "task"))
    press(anna, anna.reads(), tap(QUIZ, other.id))
    second = anna.reads()
    anna.says("1")
    assert other.quiz[0].text("da").explanation.strip() in anna.reads().text
    assert anna.reads().poll
    assert second.poll and second.poll.closed
    assert asked.poll and not asked.poll.closed and not asked.deleted
    anna.votes(asked, right(lesson.quiz[0]))
    assert anna.reads().poll
    assert course(house, anna).passing[called(lesson, 0)] == lesson.quiz[0].right


@pytest.mark.parametrize("words", ["POLL_OPTION_DUPLICATE", "polls can't be sent to private chats"])
def test_where_telegram_refuses_the_quiz_it_is_asked_by_buttons(
    running: Door, telegram: BotApi, anna: Person, house: House, lesson: Lesson, words: str
) -> None:
    telegram.faults.refuse("sendPoll", words)
    telegram.tolerates(words)
    asked = quiz_of(anna, lesson)
    assert asked.poll is None and asked.buttons == [option["da"] for option in lesson.quiz[0].options]
    anna.taps(right(lesson.quiz[0]), asked)
    assert anna.reads() is asked and lesson.quiz[0].text("da").explanation.strip() in asked.text
    assert not asked.buttons
    assert anna.reads().poll  # the next one is tried again
    assert course(house, anna).passing == {called(lesson, 0): lesson.quiz[0].right}


def test_a_quiz_that_comes_twice_counts_once(
    running: Door, telegram: BotApi, anna: Person, house: House, lesson: Lesson
) -> None:
    asked = quiz_of(anna, lesson)
    telegram.faults.duplicate_updates()
    anna.votes(asked, right(lesson.quiz[0]))
    assert anna.reads().poll
    wait_for(telegram, anna)
    assert len([message for message in anna.chat.from_bot if message.poll]) == 2
    assert course(house, anna).passing == {called(lesson, 0): lesson.quiz[0].right}


def test_a_forwarded_quiz_is_answered_by_its_owner_alone(
    running: Door, telegram: BotApi, anna: Person, house: House, lesson: Lesson
) -> None:
    bo = telegram.user("Bo")
    quiz_of(bo, lesson)
    asked = quiz_of(anna, lesson)
    bo.votes(asked, wrong(lesson.quiz[0]))
    carl = telegram.user("Carl")  # whom the bot doesn't know
    carl.votes(asked, wrong(lesson.quiz[0]))
    wait_for(telegram, bo)
    assert course(house, anna).passing == course(house, bo).passing == {}
    assert house.store.course(f"telegram:{carl.id}") is None and not carl.chat.from_bot
    anna.votes(asked, right(lesson.quiz[0]))
    assert anna.reads().poll


def test_an_unknown_poll_shows_the_course_to_who_takes_it(
    running: Door, telegram: BotApi, anna: Person, house: House, lesson: Lesson
) -> None:
    asked = quiz_of(anna, lesson)
    with house.store.engine.begin() as connection:  # as after two months
        connection.exec_driver_sql("DELETE FROM polls")
    bo = telegram.user("Bo")
    bo.votes(asked, right(lesson.quiz[0]))
    anna.votes(asked, right(lesson.quiz[0]))
    press(anna, anna.reads(), *ON)
    assert anna.reads().poll
    assert course(house, anna).passing == {}
    assert not bo.chat.from_bot


def test_votes_that_are_none_change_nothing(
    running: Door, telegram: BotApi, anna: Person, house: House, lesson: Lesson
) -> None:
    asked = quiz_of(anna, lesson)
    assert asked.poll
    about = {"poll_id": asked.poll.id, "option_persistent_ids": []}
    channel = {"id": -100777, "type": "channel", "title": "Nyt"}
    for answer in (
        {**about, "user": anna.as_json(), "option_ids": []},  # taken back
        {**about, "user": anna.as_json(), "option_ids": [11]},
        {**about, "user": anna.as_json(), "option_ids": [-1]},
        {**about, "voter_chat": channel, "option_ids": [0]},
    ):
        telegram.world.push({"poll_answer": answer})
    wait_for(telegram, anna)
    assert course(house, anna).passing == {}
    anna.votes(asked, right(lesson.quiz[0]))
    assert anna.reads().poll


def test_a_quiz_is_answered_by_the_process_that_comes_after(
    telegram: BotApi, house: House, engine: RasaEngine, anna: Person, lesson: Lesson
) -> None:
    with Door(telegram, house.knowledge, engine, desk=house.store, chats=house.store):
        asked = quiz_of(anna, lesson)
    anna.votes(asked, right(lesson.quiz[0]))
    with Door(telegram, house.knowledge, engine, desk=house.store, chats=house.store):
        assert anna.reads().poll
    assert course(house, anna).passing == {called(lesson, 0): lesson.quiz[0].right}


@pytest.mark.parametrize("kept", [False, True])
def test_an_answer_that_a_killed_process_had_taken_counts_once(
    telegram: BotApi, house: House, engine: RasaEngine, anna: Person, lesson: Lesson, kept: bool
) -> None:
    with Door(telegram, house.knowledge, engine, desk=house.store, chats=house.store):
        asked = quiz_of(anna, lesson)
    anna.votes(asked, right(lesson.quiz[0]))
    seen = SeenInMemory()
    came = [Came(update["update_id"], lane_of(update), update) for update in telegram.world.updates]
    seen.take_updates(came)  # and is killed …
    if kept:  # … after the answer was kept, and before anything was said to it
        meant = tap("a", "q", lesson.id, lesson.quiz[0].id, lesson.quiz[0].right)
        owner = f"telegram:{anna.id}"
        asyncio.run(engine.handle(Inbound(f"{owner}:0:{anna.id}", owner, tap=meant)))
    with Door(telegram, house.knowledge, engine, desk=house.store, chats=house.store, seen=seen):
        following = anna.reads()
        assert following.poll or lesson.quiz[0].text("da").question in following.text
    assert course(house, anna).passing == {called(lesson, 0): lesson.quiz[0].right}


def test_a_quiz_whose_name_was_never_noted_is_known_by_its_first_answer(
    running: Door, telegram: BotApi, anna: Person, house: House, lesson: Lesson
) -> None:
    asked = quiz_of(anna, lesson)
    place = f"telegram:{anna.id}:0:{anna.id}"
    with house.store.engine.begin() as connection:  # as where the process was killed right after sending
        connection.exec_driver_sql("UPDATE polls SET id = ? WHERE owner = ?", (f"next:{place}", f"telegram:{anna.id}"))
    anna.votes(asked, right(lesson.quiz[0]))
    assert anna.reads().poll
    assert course(house, anna).passing == {called(lesson, 0): lesson.quiz[0].right}


@pytest.mark.parametrize("fault", ["reset", "reset_after", "bad_gateway", "truncated", "too_many"])
def test_a_bad_moment_asks_once(
    running: Door, telegram: BotApi, anna: Person, house: House, lesson: Lesson, fault: str
) -> None:
    telegram.tolerates("message to edit not found")
    telegram.tolerates("message is not modified")
    getattr(telegram.faults, fault)("sendPoll")
    asked = quiz_of(anna, lesson)
    assert asked.poll
    wait_for(telegram, anna)
    assert len([message for message in anna.chat.from_bot if message.poll]) == 1
    anna.votes(asked, right(lesson.quiz[0]))
    following = anna.reads()
    assert following.poll and following.poll.question != asked.poll.question
    assert course(house, anna).passing == {called(lesson, 0): lesson.quiz[0].right}


def test_a_quiz_that_is_answered_too_late_says_so(
    running: Door, telegram: BotApi, anna: Person, house: House, lesson: Lesson
) -> None:
    asked = quiz_of(anna, lesson)
    given = {called(lesson, number): question.right for number, question in enumerate(lesson.quiz)}
    ended = course(house, anna).with_(at=None, part="point", passing=given, done={lesson.id: TODAY})
    house.store.save_course(f"telegram:{anna.id}", ended)
    anna.votes(asked, wrong(lesson.quiz[0]))
    assert "i forvejen" in anna.reads().text
    press(anna, anna.reads(), *ON)


def test_a_question_that_an_editor_removed_is_told_so(
    running: Door, telegram: BotApi, anna: Person, house: House, lesson: Lesson
) -> None:
    asked = quiz_of(anna, lesson)
    lost = tap("a", "q", lesson.id, "gone", "x")
    with house.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE polls SET taps = ?", (f'["{lost}", "{lost}", "{lost}"]',))
    anna.votes(asked, right(lesson.quiz[0]))
    home = anna.reads()
    press(anna, home, *ON)
    assert anna.reads().poll


def test_who_blocked_the_bot_and_votes_is_left_in_peace(
    running: Door, telegram: BotApi, anna: Person, house: House, lesson: Lesson
) -> None:
    asked = quiz_of(anna, lesson)
    telegram.tolerates("blocked")
    anna.blocks_bot()
    anna.votes(asked, right(lesson.quiz[0]))
    until = time.monotonic() + 10
    while not course(house, anna).passing and time.monotonic() < until:
        time.sleep(0.01)
    assert course(house, anna).passing  # it counts all the same
    bo = telegram.user("Bo")
    bo.says("/menu")
    assert bo.reads()
