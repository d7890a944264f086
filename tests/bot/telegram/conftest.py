from __future__ import annotations

from collections.abc import Iterator

import pytest

from knowledge.loader import Knowledge, load
from tests.bot.telegram.scripted import Door, ScriptedEngine
from tests.botapi import BotApi, Person


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load()


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
