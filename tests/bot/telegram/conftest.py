from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from knowledge.loader import Knowledge, load
from tests.bot.telegram.scripted import Door, ScriptedEngine
from tests.botapi import BotApi, Person

if TYPE_CHECKING:
    from bot.engine.engine import RasaEngine
    from bot.house import House
    from knowledge.schema import Lesson


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load()


@pytest.fixture
def words_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a slow machine a press is acknowledged before there is anything to say: tests that read it wait for it."""
    monkeypatch.setattr("bot.telegram.acknowledging.BLINK", 20.0)


@pytest.fixture
def telegram() -> Iterator[BotApi]:
    with BotApi() as server:
        yield server
    assert server.broken_rules() == []


@pytest.fixture
def scripted() -> ScriptedEngine:
    return ScriptedEngine()


@pytest.fixture
def door(telegram: BotApi, knowledge: Knowledge, scripted: ScriptedEngine) -> Iterator[Door]:
    with Door(telegram, knowledge, scripted) as running:
        yield running


@pytest.fixture
def anna(telegram: BotApi) -> Person:
    return telegram.user("Anna", username="anna_bib")


@pytest.fixture
def running(telegram: BotApi, house: House, engine: RasaEngine) -> Iterator[Door]:
    """The bot with the real engine, and all that it remembers in the house's database."""
    with Door(telegram, house.knowledge, engine, desk=house.store, chats=house.store) as door:
        yield door


@pytest.fixture
def lesson(house: House) -> Lesson:
    """The first lesson of the introduction course."""
    return next(iter(house.knowledge.lessons.values()))
