"""A short run of `bench/fuzz.py`: nasty input through every door. The long one is part of `make stress`, which also
measures what takes longer than a second; what never ends fails here too, by the time limit of a test."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from telegram import MessageEntity, User

from bench.fuzz import Fuzz
from bot.ask import questions
from bot.errors import StartError
from bot.telegram.updates import without_mention

if TYPE_CHECKING:
    from bot.engine.engine import RasaEngine
    from bot.house import House


def test_nothing_that_is_typed_breaks_anything(engine: RasaEngine, house: House) -> None:
    found = asyncio.run(Fuzz(engine, house, seed=3).run(1000))
    assert not found.faults(), "\n".join(found.faults()[:10])
    assert found.thrown.total() == 1000 and len(found.thrown) == 8


def test_half_a_character_in_a_group_is_no_error() -> None:
    entity = MessageEntity(MessageEntity.MENTION, 0, 10)
    me = User(1, "Makker", True, username="makkerbot")
    assert without_mention("@makkerbot x\udc00", [entity], me) == "x\ufffd"


@pytest.mark.parametrize(
    "line", ["[" * 90_000, '{"id": 1, "text": ' + "[" * 90_000, "\udc00", '{"id": 1, "turns": [[]]}']
)
def test_a_line_of_a_batch_that_is_none_is_told(line: str) -> None:
    with pytest.raises(StartError, match="stdin:1: not a question"):
        list(questions([line], "stdin"))
