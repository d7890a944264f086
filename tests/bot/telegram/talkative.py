"""The Telegram bot with everything that can log at its most talkative, and with faults that tell what they know.

python -m tests.bot.telegram.talkative FORM: settings come from the environment, as for `makker telegram`.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
import threading
from typing import Any

from bot.engine import logs
from bot.operating import telling
from bot.settings import read_settings


class Unraisable:
    def __init__(self, words: str) -> None:
        self.words = words

    def __del__(self) -> None:
        raise ValueError(self.words)


def faults(house: Any) -> dict[str, Any]:
    """What goes wrong, by a word that is in what somebody writes; each is told all that there is to tell."""
    import structlog
    from sqlalchemy import insert

    from bot.store.tables import people

    def engine_breaks(told: str) -> None:
        raise RuntimeError(told)

    def database_breaks(told: str) -> None:
        with house.store.engine.begin() as connection:
            connection.execute(insert(people), [{"owner": told, "member": False, "created": None}])

    def caused(told: str) -> None:
        try:
            {}[told]
        except KeyError as error:
            raise LookupError(f"{told} was looked for") from error

    def libraries_talk(told: str) -> None:
        for name in (
            "rasa.core.processor",
            "telegram.ext.ExtBot",
            "aiohttp.server",
            "sqlalchemy.engine.Engine",
            "asyncio",
        ):
            logging.getLogger(name).warning("could not deal with %s", told)
            logging.getLogger(name).error(f"could not deal with {told}")
        structlog.get_logger("rasa.core.lock").error("lock.failed", text=told, message=told)
        logging.getLogger("bot.careless").error("told carelessly: %s and %d", told, abs(hash(told)))
        logging.getLogger("bot.careless").error("told by name: %(who)s", {"who": told})

    def nobody_catches(told: str) -> None:
        def on_thread() -> None:
            raise ValueError(told)

        threading.Thread(target=on_thread).start()
        asyncio.get_running_loop().create_task(_raises(told))
        Unraisable(told)
        gc.collect()

    found = {"motoren": engine_breaks, "databasen": database_breaks, "årsagen": caused}
    return {**found, "bibliotekerne": libraries_talk, "ingen": nobody_catches}


async def _raises(told: str) -> None:
    raise ValueError(told)


def main(form: Any) -> None:
    settings = read_settings()
    telling.key_from(settings.telegram_bot_token or "")
    logs.configure(logging.DEBUG, None, form, unattended=True, others=logging.DEBUG)
    logging.getLogger("sqlalchemy.engine").setLevel(logging.DEBUG)  # every statement, with what it is given
    from bot import running
    from bot.house import House

    house = House(settings)

    def begin() -> Any:
        engine = house.engine()
        breaking, handle = faults(house), engine._handle

        async def handled(inbound: Any) -> Any:
            told = f"{inbound.text} of {inbound.owner}, {inbound.name}, token {settings.telegram_bot_token}"
            for word, breaks in breaking.items():
                if word in (inbound.text or ""):
                    breaks(told)
            return await handle(inbound)

        engine._handle = handled
        return engine

    asyncio.run(running.telegram(house, None, "", 0, begin, lambda: None), debug=True)


if __name__ == "__main__":
    main(sys.argv[1])
