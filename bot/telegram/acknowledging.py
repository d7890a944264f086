"""A press is acknowledged when its answer is there, with what only the presser is to know; where that takes longer than
a blink, it is acknowledged without: a button must not seem dead because of what it waits for."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict

from telegram import Bot
from telegram.error import TelegramError

from bot.rendering.plain import plain

log = logging.getLogger(__name__)

BLINK = 0.3  # seconds; most answers are there before
_NOTICE = 200  # characters
_REMEMBERED = 2048


class Acknowledging:
    """Acknowledges each press once. Raises nothing."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._due: dict[str, asyncio.TimerHandle] = {}
        self._done: OrderedDict[str, None] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()

    def expect(self, press: str) -> None:
        """A press has come in."""
        if press not in self._done:
            self._due[press] = asyncio.get_running_loop().call_later(BLINK, self._in_time, press)

    async def answer(self, press: str, text: str | None = None, *, alert: bool = True) -> None:
        """Acknowledges a press, with a notice where there is one: to be closed, or a toast."""
        due = self._due.pop(press, None)
        if due:
            due.cancel()
        if press in self._done:
            return
        self._done[press] = None
        if len(self._done) > _REMEMBERED:
            self._done.popitem(last=False)
        notice = plain(text)[:_NOTICE] if text else None
        try:
            await self._bot.answer_callback_query(press, text=notice, show_alert=bool(notice) and alert)
        except TelegramError as error:  # say, "query is too old": the button has stopped waiting by itself
            log.info("a press could not be acknowledged: %s", error.message)

    def _in_time(self, press: str) -> None:
        task = asyncio.ensure_future(self.answer(press))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
