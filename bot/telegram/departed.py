"""Chats in which the bot may not write any more: it was blocked, or removed. Nothing is sent there until it is back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from telegram.error import Forbidden

log = logging.getLogger(__name__)

_OUT = ("left", "kicked")
_SAID = ("message", "edited_message", "callback_query")


class Departed:
    """Knows them from Telegram's news (`my_chat_member`) and from its refusals. In memory: after a restart the first
    refusal tells again, and there is hardly one, since what was to be said there has been given up. `lose` is called,
    on another thread, with the place of a chat that the bot has had to leave."""

    def __init__(self, lose: Callable[[str], Any]) -> None:
        self._lose = lose
        self._chats: set[int] = set()
        self._losing: set[asyncio.Future[Any]] = set()

    def note_update(self, update: dict[str, Any]) -> None:
        """Takes from an update, as it came, whether the bot is in the chat."""
        news = update.get("my_chat_member")
        if news:
            out = news["new_chat_member"]["status"] in _OUT
            (self.leave if out else self._chats.discard)(news["chat"]["id"])
        for kind in _SAID:  # whoever writes has not blocked the bot
            message = update.get(kind)
            chat = (message or {}).get("message", message) or {}
            if "chat" in chat and not chat.get("left_chat_member"):
                self._chats.discard(chat["chat"]["id"])

    def check(self, chat: Any) -> None:
        """Raises Forbidden where the bot has left, without asking Telegram again."""
        if chat in self._chats:
            raise Forbidden("the bot has left this chat")

    def leave(self, chat: Any) -> None:
        """The bot may not write there any more."""
        if not isinstance(chat, int) or chat in self._chats:
            return
        self._chats.add(chat)
        log.info("the bot has left chat %s", chat)
        losing = asyncio.ensure_future(asyncio.to_thread(self._lose, f"telegram:{chat}"))
        self._losing.add(losing)
        losing.add_done_callback(self._lost)

    def _lost(self, losing: asyncio.Future[Any]) -> None:
        self._losing.discard(losing)
        if not losing.cancelled() and losing.exception():
            log.error("what was to be sent there could not be given up", exc_info=losing.exception())
