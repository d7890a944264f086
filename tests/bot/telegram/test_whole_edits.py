"""Edited messages with the real engine: asked again, or corrected."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.bot.telegram.scripted import Door
from tests.botapi import BotApi, Person

if TYPE_CHECKING:
    from bot.engine.engine import RasaEngine
    from bot.house import House


@pytest.fixture(autouse=True)
def _open(telegram: BotApi, house: House, engine: RasaEngine) -> Iterator[None]:
    with Door(telegram, house.knowledge, engine, desk=house.store):
        yield


def test_an_edited_question_is_answered_in_place(anna: Person) -> None:
    question = anna.says("hvad skal der stå i en samarbejdsaftale?")
    answer = anna.reads()
    before = answer.text
    anna.edits(question, "hvad er et partnerskab?")
    assert anna.reads() is answer and answer.text != before and "partnerskab" in answer.text
    assert len(anna.chat.from_bot) == 1


def test_an_edited_answer_is_corrected(anna: Person, house: House) -> None:
    anna.says("/start c_readiness")
    anna.reads()
    anna.taps("Hurtigt: 3 min., 7 spørgsmål")
    anna.reads()
    answer = anna.says("ja")
    while "2 af 7" not in anna.reads().text:
        pass
    [run] = house.store.runs(f"telegram:{anna.id}")
    [item] = run.answers
    said = run.answers[item]
    anna.edits(answer, "nej")
    anna.says("fortsæt")
    while "2 af 7" not in anna.reads().text:
        pass
    [run] = house.store.runs(f"telegram:{anna.id}")
    assert run.answers[item] != said, anna.chat.transcript()
