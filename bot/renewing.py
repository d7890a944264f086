"""New content and a new model while the bot runs: loaded beside the old ones, and then taken in their place.

Turns that have begun end with what they began with. A walkthrough goes on from its next question, as after a restart.
Where new content has a fault, or its model can't be had, the old stays.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from bot.errors import StartError
from bot.house import House
from bot.operating.heap import settle
from bot.operating.lines import note
from bot.operating.meters import Meters
from bot.operating.telling import Told
from knowledge.loader import Knowledge

if TYPE_CHECKING:
    from bot.engine.engine import RasaEngine

log = logging.getLogger(__name__)


class Content:
    """The content as it is now, for those who keep hold of it."""

    def __init__(self, now: Knowledge) -> None:
        self.now = now

    @property
    def knowledge(self) -> Knowledge:
        """Whatever is asked of this is asked of the content as it is then."""
        return cast(Knowledge, _Current(self))


class _Current:
    def __init__(self, content: Content) -> None:
        self._content = content

    def __getattr__(self, name: str) -> Any:
        return getattr(self._content.now, name)


class Renewing:
    """Reads the content anew when it is asked to. `train` makes the model of what is new, in a process of its own."""

    def __init__(self, house: House, content: Content, train: Callable[[], None], meters: Meters) -> None:
        self._house = house
        self._content = content
        self._train = train
        self._meters = meters
        self._asked = False
        self._work: asyncio.Task[None] | None = None
        self._loop = asyncio.get_running_loop()
        self._engine: asyncio.Future[RasaEngine] = self._loop.create_future()

    def runs(self, engine: RasaEngine) -> None:
        """The engine is there; until then, what is asked waits. May be called on any thread."""
        self._loop.call_soon_threadsafe(self._engine.set_result, engine)

    def ask(self) -> None:
        """Asks for it. What is asked while it is being done is done once more after it."""
        self._asked = True
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._renew())

    async def _renew(self) -> None:
        engine = await asyncio.shield(self._engine)
        while self._asked:
            self._asked = False
            began, result = time.monotonic(), "failed"
            try:
                result = await asyncio.to_thread(self._renewed, engine)
            except StartError as error:
                log.error("the content stays as it was: %s", Told(error))
            except Exception:
                log.exception("the content stays as it was")
            self._meters.renewals.labels(result).inc()
            seconds = round(time.monotonic() - began, 2)
            note(log, logging.WARNING, "content was read anew", result=Told(result), seconds=seconds)

    def _renewed(self, engine: RasaEngine) -> str:
        fresh = self._house.renewed()
        if fresh.knowledge.faults:
            raise StartError(f"{fresh.knowledge.faults[0]} (run `makker check`)")
        if (fresh.knowledge.version, fresh.model) == (self._house.knowledge.version, self._house.model):
            return "nothing"
        if not fresh.model.exists():
            self._train()
        engine.renew(fresh.model, fresh.services)
        self._house, self._content.now = fresh, fresh.knowledge
        settle()
        self._meters.runs(fresh.model.name.split(".")[0], fresh.knowledge.version)
        return "done"
