"""Takes the figures of the Telegram door: around who deals with updates, and around the line to Telegram."""

from __future__ import annotations

import inspect
import logging
import time
from datetime import datetime
from typing import Any

from telegram import Bot, Update
from telegram.error import TelegramError, TimedOut

from bot.operating import telling
from bot.operating.lines import note
from bot.operating.meters import Meters
from bot.operating.telling import Told
from bot.operating.work import at
from bot.telegram.intake import Handler
from bot.telegram.journal import TakenOverError
from bot.telegram.line import Line
from bot.telegram.pasted import Written

log = logging.getLogger(__name__)

_KINDS = ("message", "edited_message", "callback_query", "inline_query", "poll_answer", "my_chat_member")
_SHOWS = ("send", "editMessage", "answer")
_PASSING = "sendChatAction"
_STATUSES = (200, 400, 401, 403, 404, 409, 429)


def _methods() -> frozenset[str]:
    """The methods of the Bot API, as they are called."""
    names = [name for name, _ in inspect.getmembers(Bot, inspect.isfunction) if "_" in name and name[0] != "_"]
    camel = {name.split("_")[0] + "".join(part.capitalize() for part in name.split("_")[1:]) for name in names}
    return frozenset(camel | {"getUpdates", "getMe", "close", "logOut"})


METHODS = _methods()
telling.know(METHODS)


class Metered:
    """Deals with updates as `handler` does, and counts them."""

    def __init__(self, handler: Handler, meters: Meters) -> None:
        self._handler = handler
        self._meters = meters
        self._parts: dict[tuple[int, int], int] = {}  # updates by their message: a long text comes in several

    def arrives(self, update: Update, taken: datetime | None) -> None:
        self._meters.came(update.update_id)
        if update.message:
            self._parts[update.message.chat.id, update.message.message_id] = update.update_id
        self._handler.arrives(update, taken)

    async def take(self, update: Update, words: Written | None) -> None:
        numbers, result = self._numbers(update, words), "failed"
        chat = update.effective_chat or update.effective_user
        with telling.about(update=Told(update.update_id), **({"chat": telling.code(chat.id)} if chat else {})):
            with at(self._meters.work(update.update_id)) as work:
                try:
                    await self._handler.take(update, words)
                    result = "failed" if work.failed else "quiet" if work.replied is None else "answered"
                except TakenOverError:
                    result = "elsewhere"
                    note(log, logging.INFO, "update", kind=_kind(update), result=Told(result))
                    raise
                finally:
                    self._meters.ended(numbers, result)
            ms = round((time.monotonic() - work.came) * 1000, 1)
            note(log, logging.INFO, "update", kind=_kind(update), result=Told(result), outcome=work.outcome, ms=ms)

    async def turned_away(self, update: Update, words: Written | None, first: bool) -> None:
        self._meters.ended(self._numbers(update, words), "dropped")
        await self._handler.turned_away(update, words, first)

    def lost(self, update: Update, words: Written | None) -> None:
        self._meters.ended(self._numbers(update, words), "elsewhere")
        self._handler.lost(update, words)

    async def given_up(self, update: Update, words: Written | None) -> None:
        self._meters.ended(self._numbers(update, words), "failed")
        await self._handler.given_up(update, words)

    def _numbers(self, update: Update, words: Written | None) -> set[int]:
        """The updates that a text came in."""
        numbers = {update.update_id}
        if update.message:
            messages = [update.message.message_id, *(part for part, _ in words.parts)] if words else []
            own = [(update.message.chat.id, message) for message in [update.message.message_id, *messages]]
            numbers |= {self._parts.pop(message) for message in own if message in self._parts}
        return numbers


class MeteredLine(Line):
    """A line whose calls are counted, by method and result."""

    meters: Meters

    def __init__(self, meters: Meters, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.meters = meters

    async def fetch(self, url: str, method: str, body: Any, seconds: float) -> tuple[int, bytes]:
        """What the line gives."""
        called = url.rpartition("/")[2]
        called = called if called in METHODS else "other"
        result = "cancelled"
        try:
            status, payload = await super().fetch(url, method, body, seconds)
            result = str(status) if status in _STATUSES else f"{status // 100}xx"
        except TelegramError as error:
            result = "timeout" if isinstance(error, TimedOut) else "unreachable"
            raise
        finally:
            self.meters.calls.labels(called, result).inc()
        if status == 200 and called.startswith(_SHOWS) and called != _PASSING:
            self.meters.replied()
        return status, payload


def _kind(update: Update) -> Told:
    return Told(next((kind for kind in _KINDS if getattr(update, kind)), "other"))
