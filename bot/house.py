"""Wires the house: settings, knowledge, store and engine, in one place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import StartError
from bot.settings import Settings
from bot.store.database import connect
from bot.store.store import SqlStore
from dialogues.turn import Services
from knowledge.faults import ContentError
from knowledge.loader import CONTENT, Knowledge, load

if TYPE_CHECKING:
    from rasa.core.lock_store import LockStore

    from bot.door import Engine, Voice
    from bot.engine.engine import RasaEngine


@dataclass(frozen=True)
class House:
    """What the program consists of; each part is made when it is first asked for."""

    settings: Settings
    writes_apart: bool = False  # papers in a process of their own: for a door at which many talk at once

    @cached_property
    def knowledge(self) -> Knowledge:
        """The content, with the library's overlay. Raises StartError for faults in the shipped content."""
        try:
            return load(CONTENT, self.settings.overlay)
        except ContentError as error:
            more = f" ({len(error.faults) - 1} more: run `makker check`)" if len(error.faults) > 1 else ""
            raise StartError(f"{error.faults[0]}{more}") from error

    @cached_property
    def store(self) -> SqlStore:
        """The store, its tables up to date. Raises StartError where the database can't be used."""
        return SqlStore(connect(self.settings.database))

    @cached_property
    def services(self) -> Services:
        if not self.writes_apart:
            return Services(self.knowledge, self.store)
        from bot.workshop import Workshop

        return Services(self.knowledge, self.store, write=Workshop())

    def renewed(self) -> House:
        """A house with the content read anew; all else stays the same. Raises StartError for faults."""
        fresh = House(self.settings, self.writes_apart)
        vars(fresh)["store"] = self.store
        vars(fresh)["services"] = replace(self.services, knowledge=fresh.knowledge)
        return fresh

    @cached_property
    def model(self) -> Path:
        """Where the model of this knowledge lies, or would lie."""
        from bot.engine.training import model_path

        return model_path(self.settings.model_dir, self.knowledge, self.settings.overlay)

    def engine(self) -> RasaEngine:
        """A running engine. Takes seconds: Rasa is imported and the model loaded. The model must be there."""
        from bot.engine.channels import leave_out_rasas_own

        leave_out_rasas_own()
        from bot.engine.engine import RasaEngine

        return RasaEngine(self.model, self.services, self.store, self._locks())

    def with_first_contact(self, engine: Engine, voice: Voice | None = None) -> Engine:
        """The engine, for a door at which everybody is told once what is stored about them."""
        from bot.first_contact import FirstContact

        said_by, given = voice or self.knowledge, self.settings
        return FirstContact(engine, self.store, said_by, given.operator, given.keep_days)

    def check(self) -> None:
        """Raises StartError where the database or Redis can't be used: told before anything that takes time."""
        self.store.counts()
        if self.settings.redis_url:
            from bot.on_redis import check

            check(self.settings.redis_url)

    def _locks(self) -> LockStore:
        """Locks in the process, or in Redis for several machines."""
        from bot.engine.locks import Locks, RedisLocks

        return RedisLocks(self.settings.redis_url) if self.settings.redis_url else Locks()
