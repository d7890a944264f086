"""Updates of one chat one after another, of different chats side by side."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import asynccontextmanager
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

_AT_ONCE = 100_000  # updates in memory; waiting in a lane costs next to nothing


class Lanes(BaseUpdateProcessor):
    """An update processor with a lane for every chat. `arrives` sees every update before it waits."""

    arrives: Callable[[Update], None] | None = None

    def __init__(self) -> None:
        super().__init__(_AT_ONCE)
        self._lanes: dict[Hashable, _Lane] = {}

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        if self.arrives and isinstance(update, Update):
            self.arrives(update)
        async with self._lane(lane_of(update)):
            await coroutine

    @asynccontextmanager
    async def _lane(self, key: Hashable) -> AsyncIterator[None]:
        lane = self._lanes.setdefault(key, _Lane())
        lane.users += 1
        try:
            async with lane.lock:
                yield
        finally:
            lane.users -= 1
            if not lane.users:
                del self._lanes[key]

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to tidy up."""


class _Lane:
    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.users = 0


def lane_of(update: object) -> Hashable:
    """The chat of an update; the user where there is none."""
    if not isinstance(update, Update):
        return None
    if update.effective_chat:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user else None
