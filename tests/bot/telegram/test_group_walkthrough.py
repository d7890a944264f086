"""A walkthrough in a group, and a team's check, over real HTTP with the real engine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.bot.telegram.scripted import Door
from tests.botapi import BotApi, Chat, Message, Person

if TYPE_CHECKING:
    from bot.engine.engine import RasaEngine
    from bot.house import House

pytestmark = pytest.mark.usefixtures("words_in_time")

QUICK = "Hurtigt"


@pytest.fixture(autouse=True)
def _open(telegram: BotApi, house: House, engine: RasaEngine) -> Iterator[None]:
    with Door(telegram, house.knowledge, engine, desk=house.store, chats=house.store):
        yield


@pytest.fixture
def bo(telegram: BotApi) -> Person:
    return telegram.user("Bo")


@pytest.fixture
def group(telegram: BotApi, bo: Person) -> Chat:
    group = telegram.group("Partnerskabsgruppen")
    group.joins(bo)
    return group


def _label(message: Message, beginning: str) -> str:
    return next(label for label in message.buttons if label.startswith(beginning))


def _begun(anna: Person, group: Chat, checklist: str = "readiness") -> Message:
    """The first step of a walkthrough in the group."""
    anna.says(f"/start@makkerbot c_{checklist}", chat=group)
    intro = group.wait_for_reply()
    anna.taps(_label(intro, QUICK), intro)
    return group.wait_for_reply()


def test_anyone_answers_the_groups_step_and_it_stays_one_message(
    anna: Person, bo: Person, group: Chat, house: House
) -> None:
    step = _begun(anna, group)
    for who, told in ((bo, "2 af 7"), (anna, "3 af 7"), (bo, "4 af 7")):
        who.taps("Ja", step)
        assert group.wait_for_reply() is step
        assert told in step.text
    assert list(house.store.runs(f"telegram:{group.id}")[0].by.values()) == ["Bo", "Anna", "Bo"]
    assert house.store.runs(f"telegram:{bo.id}") == []


def test_a_press_that_comes_too_late_is_told_and_changes_nothing(
    telegram: BotApi, anna: Person, bo: Person, group: Chat, house: House
) -> None:
    step = _begun(anna, group)
    yes, no = step.button("Ja").data, step.button("Nej").data
    bo.presses(step, yes)
    late = anna.presses(step, no)
    telegram.wait_for_call("answerCallbackQuery", times=3)
    assert "Bo har svaret" in late.text
    run = house.store.runs(f"telegram:{group.id}")[0]
    assert [answer.value for answer in run.answers.values()] == ["yes"]


def test_words_answer_where_they_reply_to_the_step_and_the_old_step_loses_its_buttons(
    anna: Person, bo: Person, group: Chat
) -> None:
    step = _begun(anna, group)
    bo.says("ja", chat=group, reply_to=step)
    following = group.wait_for_reply()
    while "2 af 7" not in following.text:
        following = group.wait_for_reply()
    assert following is not step
    anna.taps("Ja", following)
    group.wait_for_reply()
    assert not step.rows


def test_a_step_that_takes_words_says_how_the_bot_sees_them(anna: Person, group: Chat) -> None:
    step = _begun(anna, group, "agreement")
    assert "svar på denne besked" in step.text


def test_threads_of_a_forum_have_a_walkthrough_each(telegram: BotApi, anna: Person, house: House) -> None:
    forum = telegram.group("Forum", forum_threads=(7, 8))
    for thread in (7, 8):
        anna.says("/start@makkerbot c_readiness", chat=forum, thread=thread)
        intro = forum.wait_for_reply()
        anna.taps(_label(intro, QUICK), intro)
        step = forum.wait_for_reply()
        assert step.thread == thread
        assert "1 af 7" in step.text
    anna.taps("Ja", step)
    forum.wait_for_reply()
    anna.says("/fortsaet@makkerbot", chat=forum, thread=7)
    assert "1 af 7" in forum.wait_for_reply().text
    assert len(house.store.runs(f"telegram:{forum.id}:8")) == 1


def test_a_group_that_becomes_a_supergroup_goes_on_where_it_was(
    telegram: BotApi, anna: Person, group: Chat, house: House
) -> None:
    step = _begun(anna, group)
    anna.taps("Ja", step)
    group.wait_for_reply()
    moved = group.upgrades(anna)
    anna.says("/fortsaet@makkerbot", chat=moved)
    assert "2 af 7" in moved.wait_for_reply().text
    assert house.store.runs(f"telegram:{group.id}") == []
    assert len(house.store.runs(f"telegram:{moved.id}")) == 1


# --- a team's check --------------------------------------------------------------------------


def _team(anna: Person, group: Chat) -> tuple[Message, str]:
    """The message of a check that has begun, and the payload of its link."""
    anna.says("/sammen@makkerbot readiness", chat=group)
    ways = group.wait_for_reply()
    anna.taps(_label(ways, QUICK), ways)
    status = group.wait_for_reply()
    url = status.button("Svar alene").url
    assert url is not None
    return status, url.partition("start=")[2]


def _answers_alone(who: Person, payload: str, answer: str) -> None:
    who.says(f"/start {payload}")
    message = who.reads()
    assert "for dig selv" in message.text
    message = who.reads()
    while "Tak, dine svar" not in message.text:
        if answer in message.buttons:
            who.taps(answer, message)
        message = who.reads()


def test_everyone_answers_alone_and_the_group_sees_how_many_and_then_the_spread(
    telegram: BotApi, anna: Person, bo: Person, group: Chat
) -> None:
    status, payload = _team(anna, group)
    assert "Ingen har svaret" in status.text
    _answers_alone(bo, payload, "Nej")
    assert telegram.world.wait(lambda: "Én har svaret" in status.text, 5)
    _answers_alone(anna, payload, "Ja")
    assert telegram.world.wait(lambda: "2 har svaret" in status.text, 5)
    anna.taps("Vis resultatet", status)
    assert telegram.world.wait(lambda: any("mest uenige" in m.text for m in group.from_bot), 10)
    assert telegram.world.wait(lambda: any(m.file for m in group.from_bot), 10)
    shown = next(m for m in group.from_bot if "mest uenige" in m.text)
    assert "1 × Nej, 1 × Ja" in shown.text
    assert "Bo" not in shown.text.replace("Bogby", "")
    assert "resultatet er vist" in status.text


def test_a_result_of_one_is_not_shown(telegram: BotApi, anna: Person, bo: Person, group: Chat) -> None:
    status, payload = _team(anna, group)
    _answers_alone(bo, payload, "Nej")
    assert telegram.world.wait(lambda: "Én har svaret" in status.text, 5)
    press = anna.taps("Vis resultatet", status)
    assert telegram.world.wait(lambda: bool(press.text), 5)
    assert "mindst være to" in press.text
