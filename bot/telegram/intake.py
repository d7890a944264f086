"""Takes updates in, from whatever way they come: noted before they are confirmed, put in order, handled once.

An update is written down, with what it says, before Telegram is told that it has come; when it has been dealt with,
what it said is struck out. So what a killed process had taken is still there at the next start, and is dealt with
then, once: an answer may come twice after a crash (where it had been sent, but not struck out yet); it is lost only
where the second process is killed over the same update as well, so that no update can bring down every start.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Hashable
from datetime import timedelta
from typing import Any

from telegram import Bot, Update

from bot.telegram.lanes import Lanes
from bot.telegram.ports import Seen

log = logging.getLogger(__name__)


class Intake:
    """`handle` answers an update, `turned_away` says that there are too many. `notice` sees each as it came, and
    `arrives` as it is understood, before it waits."""

    def __init__(
        self,
        bot: Bot,
        seen: Seen,
        notice: Callable[[dict[str, Any]], None],
        handle: Callable[[Update], Awaitable[None]],
        turned_away: Callable[[Update, bool], Awaitable[None]],
        arrives: Callable[[Update], None],
    ) -> None:
        self._bot = bot
        self._seen = seen
        self._notice = notice
        self._answer = handle
        self._turn_away = turned_away
        self._arrives = arrives
        self._lanes: Lanes[Update] = Lanes(self._handle, self._turned_away)
        self._dealt_with: list[int] = []
        self._striking: asyncio.Task[None] | None = None
        self.closing = False

    async def take(self, updates: list[dict[str, Any]]) -> None:
        """Notes updates and queues those that have not come before. When it returns they may be confirmed; what it
        raises comes from the store, and they must not be."""
        came = {update["update_id"]: update for update in sorted(updates, key=lambda update: int(update["update_id"]))}
        if not came:
            return
        fresh = await asyncio.to_thread(self._seen.take_updates, came)
        self._queue([update for number, update in came.items() if number in fresh])

    async def take_up(self, older: timedelta) -> None:
        """Queues what a process that died had taken and left, so long ago."""
        left = await asyncio.to_thread(self._seen.left_updates, older)
        if left:
            log.warning("%s updates that a process left are dealt with now", len(left))
        self._queue(left)

    async def close(self, patience: float) -> None:
        """Deals with what is queued; what takes longer than that is left to the next start."""
        self.closing = True
        try:
            await asyncio.wait_for(self._lanes.empty(), patience)
        except asyncio.TimeoutError:
            log.warning("some answers were still open after %s s", patience)
            self._lanes.cancel()
        while self._striking:
            await self._striking

    def _queue(self, updates: list[dict[str, Any]]) -> None:
        for raw in updates:
            try:
                self._notice(raw)
                update = Update.de_json(raw, self._bot)
            except Exception:
                log.exception("update %s is none that can be read", raw["update_id"])
                self._strike(raw["update_id"])
                continue
            self._arrives(update)
            self._lanes.put(update, lane_of(update), person_of(update))

    async def _handle(self, update: Update) -> None:
        try:
            await self._answer(update)
        except Exception:
            log.exception("update %s could not be answered", update.update_id)
        self._strike(update.update_id)

    async def _turned_away(self, update: Update, first: bool) -> None:
        try:
            await self._turn_away(update, first)
        finally:
            self._strike(update.update_id)

    def _strike(self, number: int) -> None:
        self._dealt_with.append(number)
        if self._striking is None:
            self._striking = asyncio.create_task(self._strike_out())

    async def _strike_out(self) -> None:
        """Strikes out what has been dealt with; what is added meanwhile goes in one with the next."""
        try:
            while self._dealt_with:
                numbers, self._dealt_with = self._dealt_with, []
                try:
                    await asyncio.to_thread(self._seen.updates_done, numbers)
                except Exception:
                    log.exception("that %s updates were dealt with could not be noted", len(numbers))
        finally:
            self._striking = None


def lane_of(update: Update) -> Hashable:
    """The chat of an update; for what somebody types to find something, a lane of their own."""
    if update.inline_query or update.chosen_inline_result:
        return "inline", person_of(update)
    chat = update.effective_chat
    return chat.id if chat else person_of(update)


def person_of(update: Update) -> Hashable:
    """Who did what the update tells; the chat where nobody is named."""
    if update.effective_user:
        return update.effective_user.id
    return update.effective_chat.id if update.effective_chat else None
