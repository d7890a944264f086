"""Runs the Telegram bot as operators want it: watched, with new content while it runs, and ended in time."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, NoReturn, TypeVar

from bot import hangups
from bot.door import Engine
from bot.house import House
from bot.operating.farewell import Farewell
from bot.operating.health import Health
from bot.operating.heap import settle
from bot.operating.lines import note
from bot.operating.meters import Meters
from bot.operating.server import serving
from bot.operating.telling import Told
from bot.operating.watch import Watch
from bot.reminders import Outbox, utc_now
from bot.reminders import Told as ReminderTold
from bot.renewing import Content, Renewing
from bot.store.database import engines
from bot.store.holding import Holding
from bot.store.store import SqlStore
from bot.telegram.app import TelegramSettings, run
from bot.tidying import tidying
from bot.workshop import Workshop
from dialogues.reminding.reminder import Reminder
from knowledge.loader import Knowledge

if TYPE_CHECKING:
    from bot.engine.engine import RasaEngine

log = logging.getLogger(__name__)
T = TypeVar("T")


async def telegram(
    house: House,
    webhook: str | None,
    listen: str,
    port: int,
    begin: Callable[[], RasaEngine],
    train: Callable[[], None],
) -> None:
    """Runs the bot until it is told to stop. `begin` gives the engine, `train` makes the model of new content."""
    given, content = house.settings, Content(house.knowledge)
    settings = TelegramSettings(
        token=given.telegram_bot_token,
        api_base_url=given.telegram_api_base_url,
        webhook=webhook,
        webhook_secret=given.telegram_webhook_secret,
        listen=listen,
        port=port,
        allowed=given.allowed_people,
        messages_per_minute=given.messages_per_minute,
        papers_per_minute=given.papers_per_minute,
        redis_url=given.redis_url,
    )
    database = house.store.engine
    watch = Watch(Meters(), Health(database, given.redis_url), Farewell(last=True))
    for one in engines(database):
        watch.meters.watch_database(one)
    renewing = Renewing(house, content, train, watch.meters)

    def begun() -> Engine:
        engine = begin()
        settle()
        watch.health.beats("engine", engine.beat)
        watch.meters.runs(house.model.name.split(".")[0], house.knowledge.version)
        renewing.runs(engine)
        return house.with_first_contact(engine, content.knowledge)

    def ready(name: str) -> None:
        whom = "" if given.allowed_people else ", to everybody in Telegram: MAKKER_ALLOWED is empty"
        print(f"makker: @{name} is listening{whom}", file=sys.stderr, flush=True)
        note(log, logging.INFO, "updates are taken")

    with serving(given.ops_address, watch.health, watch.meters), hangups.answered(renewing.ask):
        note(log, logging.INFO, "starting", version=Told(version("makker")))
        async with tidying(house):
            await run(
                settings,
                _on_its_own_thread(begun),
                content.knowledge,
                house.store,
                seen=Holding(database),
                members=house.store,
                chats=house.store,
                reminders=CountedOutbox(house.store, content.knowledge, watch.meters),
                on_ready=ready,
                watch=watch,
            )
        note(log, logging.INFO, "stopped", seconds=round(watch.farewell.taken, 2))


def end(house: House) -> NoReturn:
    """Ends the process at once: all is done, and to tidy up so large a program takes seconds of a stop."""
    write = house.services.write
    if isinstance(write, Workshop):
        write.close()
    house.store.engine.dispose()
    logging.shutdown()
    for stream in sys.stdout, sys.stderr:
        stream.flush()
    os._exit(0)


class CountedOutbox(Outbox):
    """Reminders that are counted."""

    def __init__(
        self, store: SqlStore, knowledge: Knowledge, meters: Meters, now: Callable[[], datetime] = utc_now
    ) -> None:
        super().__init__(store, knowledge, now)
        object.__setattr__(self, "_meters", meters)

    def end(self, reminder: Reminder, told: ReminderTold) -> None:
        super().end(reminder, told)
        late = (self.now() - reminder.due).total_seconds()
        self._meters.reminded(told, late)  # type: ignore[attr-defined]


def _on_its_own_thread(work: Callable[[], T]) -> asyncio.Future[T]:
    """What takes long, on a thread for which the end of the process doesn't wait."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def tell(set_it: Callable[[], None]) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(lambda: None if done.done() else set_it())

    def do() -> None:
        try:
            result = work()
        except BaseException as error:
            failure = error
            tell(lambda: done.set_exception(failure))
        else:
            tell(lambda: done.set_result(result))

    threading.Thread(target=do, name="begin", daemon=True).start()
    return done
