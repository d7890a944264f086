"""How a command begins: the house as the settings describe it, and the engine when it takes one."""

from __future__ import annotations

import secrets
import subprocess
import sys
from typing import TYPE_CHECKING

from bot.errors import StartError
from bot.settings import read_settings

if TYPE_CHECKING:
    from bot.engine.engine import RasaEngine
    from bot.house import House


def opened_house(*, log_to_file: bool = False, writes_apart: bool = False) -> House:
    """The house as the settings describe it. What is left out of the overlay is said on standard error."""
    from bot.engine.logs import configure
    from bot.operating.telling import key_from

    settings = read_settings()
    key_from(settings.telegram_bot_token or secrets.token_hex())
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = settings.data_dir / "makker.log" if log_to_file else None
        configure(settings.log_level, file, settings.log, unattended=writes_apart)
    except OSError as error:
        raise StartError(f"the data directory can't be written ({error}): choose another by MAKKER_DATA_DIR") from error
    from bot.house import House

    house = House(settings, writes_apart)
    for fault in house.knowledge.faults:
        print(f"makker: left out of the overlay: {fault}", file=sys.stderr)
    return house


def engine_of(house: House, language: str | None = None) -> RasaEngine:
    """The running engine, trained first where that is needed. What takes time is said on standard error."""
    from rich.console import Console

    language = language or "da"
    house.check()
    with Console(stderr=True).status(house.knowledge.say(language, "terminal.waking")) as status:
        if not house.model.exists():
            told = house.knowledge.say(language, "terminal.training")
            status.update(told)
            if not sys.stderr.isatty():
                print(told, file=sys.stderr, flush=True)
            train_apart()
            status.update(house.knowledge.say(language, "terminal.waking"))
        return house.engine()


def train_apart() -> None:
    """Trains in a process of its own, whose memory goes with it."""
    result = subprocess.run([sys.executable, "-m", "bot", "train"], capture_output=True, text=True, check=False)
    if result.returncode:
        raise StartError(result.stderr.strip().removeprefix("makker: ") or "training failed")
