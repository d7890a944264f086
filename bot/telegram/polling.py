"""Fetches updates by long polling."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any

from telegram import Bot
from telegram.error import Conflict, RetryAfter, TelegramError

from bot.telegram.line import Line

log = logging.getLogger(__name__)

HELD = 30  # seconds that Telegram holds a poll
_GRACE = 10.0  # seconds more that its answer may take
_PAUSES = (0.5, 1.0, 2.0, 5.0, 15.0)  # after the first, second … failure in a row
_CONFIRM = 5.0
_FRESH = HELD + 30.0  # seconds: where the last poll that went well is older, none does
_BREATH = 0.2
_SHOWN = 200  # characters of what went wrong


class Poller:
    """Hands what it fetches to `take`, and confirms it when `take` has returned."""

    def __init__(
        self,
        bot: Bot,
        line: Line,
        kinds: Sequence[str],
        take: Callable[[list[dict[str, Any]]], Awaitable[None]],
        pauses: Sequence[float] = _PAUSES,
    ) -> None:
        self._bot = bot
        self._line = line
        self._kinds = json.dumps(list(kinds))
        self._take = take
        self._pauses = tuple(pauses)
        self._offset = 0
        self._went_well = float("-inf")
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._went_well = time.monotonic()  # other calls have; a poll that brings nothing takes half a minute
        self._task = asyncio.create_task(self._poll())

    def goes_well(self) -> bool:
        """Whether updates could be fetched lately."""
        return time.monotonic() - self._went_well < _FRESH

    async def refuse(self) -> None:
        """Fetches no more."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def stop(self) -> None:
        """Confirms what has been taken, so that Telegram does not bring it again."""
        await self.refuse()
        if self._offset:
            with suppress(TelegramError, asyncio.TimeoutError):
                await asyncio.wait_for(self._fetch(held=0, most=1), _CONFIRM)

    async def _poll(self) -> None:
        failures = 0
        while True:
            try:
                began = time.monotonic()
                updates = await self._fetch(HELD)
                self._went_well = time.monotonic()
                await asyncio.shield(self._taken(updates))
                failures = 0
                if not updates and time.monotonic() - began < _BREATH:  # this server holds no polls
                    await asyncio.sleep(_BREATH)
            except Exception as error:
                await asyncio.sleep(self._after(error, failures))
                failures += 1

    async def _taken(self, updates: list[dict[str, Any]]) -> None:
        await self._take(updates)
        if updates:  # after a quiet week Telegram may begin to count anew, from a lower number
            self._offset = max(update["update_id"] for update in updates) + 1

    async def _fetch(self, held: int, most: int = 100) -> list[dict[str, Any]]:
        asked = {"offset": self._offset, "timeout": held, "limit": most, "allowed_updates": self._kinds}
        body = {name: str(value) for name, value in asked.items()}
        return await self._line.call(f"{self._bot.base_url}/getUpdates", body, held + _GRACE)

    def _after(self, error: Exception, failures: int) -> float:
        """Says what went wrong; gives the seconds to wait."""
        pause = self._pauses[min(failures, len(self._pauses) - 1)]
        if isinstance(error, RetryAfter):
            return max(pause, float(error._retry_after.total_seconds()))
        if isinstance(error, Conflict):
            log.error("another process fetches updates with the same token: %s", error.message)
            return max(pause, 1.0)
        if isinstance(error, TelegramError):
            log.warning("updates could not be fetched, trying again: %s", error.message[:_SHOWN])
        else:
            log.error("updates could not be taken, trying again", exc_info=error)
        return pause
