"""What tests share: the model, trained once, and a real engine over a database of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.engine import logs
from tests.services.fixtures import (  # noqa: F401
    database_url,
    empty_postgres_url,
    postgres,
    postgres_url,
    redis_server,
    redis_url,
    store,
    tell_what_was_left_out,
)

if TYPE_CHECKING:
    from bot.engine.engine import RasaEngine
    from bot.house import House

REPO = Path(__file__).parent.parent
TODAY = date(2027, 3, 1)
NOW = datetime(2027, 3, 1, 11, tzinfo=timezone.utc)  # noon in Denmark


@pytest.fixture(scope="session")
def model_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the trained model: the repository's own, so that an unchanged one isn't trained again."""
    logs.configure()
    from bot.engine.training import train
    from bot.house import House
    from bot.settings import Settings

    models = REPO / "models"
    train(House(Settings(_env_file=None, model_dir=models)).model)
    return models


@pytest.fixture(scope="session")
def house(model_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> House:
    """A house over a fresh database."""
    from bot.house import House
    from bot.settings import Settings

    return House(Settings(_env_file=None, model_dir=model_dir, data_dir=tmp_path_factory.mktemp("data")))


@pytest.fixture(scope="session")
def engine(house: House) -> Iterator[RasaEngine]:
    """A running engine; for it, today is the first of March 2027."""
    from bot.engine.engine import RasaEngine
    from dialogues.turn import Services

    running = RasaEngine(house.model, Services(house.knowledge, house.store, lambda: TODAY, lambda: NOW), house.store)
    yield running
    running.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    tell_what_was_left_out(terminalreporter)
