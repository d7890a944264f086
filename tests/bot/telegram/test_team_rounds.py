"""A team's round while its members change their minds, go on, come back and leave; the real engine, over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from dialogues.teams.findings import findings
from dialogues.walkthrough import scoring
from dialogues.walkthrough.points import points
from dialogues.walkthrough.state import Answer, Run
from tests.bot.telegram.scripted import Door
from tests.botapi import BotApi, Message, Person

if TYPE_CHECKING:
    from bot.engine.engine import RasaEngine
    from bot.house import House
    from knowledge.loader import Knowledge


@pytest.fixture(autouse=True)
def _open(telegram: BotApi, house: House, engine: RasaEngine) -> Iterator[None]:
    with Door(telegram, house.knowledge, engine, desk=house.store, chats=house.store):
        yield


@pytest.fixture
def bo(telegram: BotApi) -> Person:
    return telegram.user("Bo")


@pytest.fixture
def round_(telegram: BotApi, anna: Person, bo: Person) -> tuple[Message, str]:
    """The group's message of a quick round, and the payload of its link."""
    group = telegram.group("Partnerskabsgruppen")
    group.joins(bo)
    anna.says("/sammen@makkerbot readiness", chat=group)
    ways = group.wait_for_reply()
    anna.taps(next(label for label in ways.buttons if label.startswith("Hurtigt")), ways)
    status = group.wait_for_reply()
    return status, str(status.button("Svar alene").url).partition("start=")[2]


def _answers(who: Person, payload: str, answer: str) -> Message:
    """Answers to the end; gives the message that closes it."""
    who.says(f"/start {payload}")
    message = who.reads()
    while "Tak, dine svar er med" not in message.text:
        if answer in message.buttons:
            who.taps(answer, message)
        message = who.reads()
    return message


def _tells(telegram: BotApi, status: Message, words: str) -> bool:
    return telegram.world.wait(lambda: words in status.text, 5)


def _shown(who: Person, words: str) -> Message:
    message = who.reads()
    while words not in message.text:
        message = who.reads()
    return message


def test_who_goes_on_with_more_questions_stays_in_the_round(
    telegram: BotApi, anna: Person, bo: Person, round_: tuple[Message, str]
) -> None:
    status, payload = round_
    _answers(bo, payload, "Nej")
    bo.says("tag resten")
    _shown(bo, "af 17")
    _answers(anna, payload, "Ja")
    assert _tells(telegram, status, "2 har svaret.")
    assert "i gang" not in status.text
    anna.taps("Vis resultatet", status)
    assert telegram.world.wait(lambda: any("2 svar" in m.text for m in status.chat.from_bot), 10)
    shown = next(m for m in status.chat.from_bot if "2 svar" in m.text)
    assert "1 × Nej, 1 × Ja" in shown.text


def test_a_group_sees_at_once_that_somebody_had_their_data_deleted(
    telegram: BotApi, bo: Person, round_: tuple[Message, str]
) -> None:
    status, payload = round_
    _answers(bo, payload, "Nej")
    assert _tells(telegram, status, "Én har svaret")
    bo.says("/slet")
    asked = _shown(bo, "Vil du slette")
    bo.taps("Ja, slet alt", asked)
    assert _tells(telegram, status, "Ingen har svaret")
    assert "Alt er slettet" in asked.text and "Ja, slet alt" not in asked.buttons


def test_who_comes_back_by_the_link_is_shown_the_step_once(bo: Person, round_: tuple[Message, str]) -> None:
    _, payload = round_
    bo.says(f"/start {payload}")
    bo.taps("Nej", _shown(bo, "1 af 7"))
    _shown(bo, "2 af 7")
    before = len(bo.chat.from_bot)
    bo.says(f"/start {payload}")
    _shown(bo, "2 af 7")
    bo.says("/hjaelp")
    helped = _shown(bo, "Stil et spørgsmål")
    since = [message for message in bo.chat.from_bot[before:] if message.id < helped.id]
    assert sum("2 af 7" in message.text for message in since) == 1


def test_a_round_goes_along_when_the_group_becomes_a_supergroup(
    telegram: BotApi, anna: Person, bo: Person, round_: tuple[Message, str]
) -> None:
    telegram.tolerates("upgraded to a supergroup")  # to ask whether Bo is in it may come before the bot hears of it
    status, payload = round_
    moved = status.chat.upgrades(anna)
    _answers(bo, payload, "Nej")
    shown = moved.wait_for_reply()
    assert _tells(telegram, shown, "Én har svaret")
    assert "Vis resultatet" in shown.buttons
    assert len(moved.from_bot) == 1


def test_what_only_one_answered_is_not_shown(knowledge: Knowledge) -> None:
    checklist = knowledge.checklists["readiness"]
    item = next(item for item in checklist.items if item.quick and points(checklist, item))
    answers = {item.id: Answer(next(iter(points(checklist, item))))}
    one = Run("a", checklist.id, mode="quick", status="done", answers=answers)
    assert scoring.score(checklist, one).share is not None
    found = findings(checklist, [one, Run("b", checklist.id, mode="quick", status="done")])
    assert (found.total, found.band, found.themes) == (None, None, ())
