"""A text that is longer than a message may be: Telegram's clients cut it into several, which come at once.

They are one text, and get one answer. Only a message that can be the first part of such a text waits for what may
follow, and only for a moment; no other message ever does. Clients cut at 4,096 characters, or before, where the text
has a good place for it: Telegram Desktop looks for one in the whole second half.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Hashable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from telegram import Bot, Message, Update

from bot.telegram.stand_ins import completed

FULL = 4096  # UTF-16 units that a message holds
_CUT = FULL // 2
WAIT = 1.0  # seconds
_APART = timedelta(seconds=2)  # between two parts, by Telegram's clock: also where they have waited for the bot
_MOST = 30


@dataclass(frozen=True)
class Written:
    """What somebody wrote: the messages that it came in, and their texts."""

    parts: tuple[tuple[int, str], ...]

    @property
    def text(self) -> str:
        """The text as it was before it was cut."""
        return glue(text for _, text in self.parts)

    def has(self, message: int) -> bool:
        """Whether that message is a part of it."""
        return any(part == message for part, _ in self.parts)

    def edited(self, message: int, text: str) -> Written:
        """The same after one of its messages has been changed."""
        return Written(tuple((part, text if part == message else before) for part, before in self.parts))


def written(messages: Iterable[Message]) -> Written:
    """What somebody wrote in these messages."""
    return Written(tuple((message.message_id, message.text or "") for message in messages))


def glue(parts: Iterable[str]) -> str:
    """The text that was cut into parts. A full part was cut anywhere, any other at a line or a word."""
    glued = ""
    for part in parts:
        glued += part if _units(part) >= FULL or not part else f"{part}\n"
    return glued.removesuffix("\n")


class Parcel:
    """An update, and those that bring the rest of its text."""

    def __init__(self, update: Update, raw: dict[str, Any]) -> None:
        self.first = update
        self.ours = time.monotonic()  # when it was last known to be this process's
        self.parts = [update.message] if update.message else []
        self._raw = [raw]
        self._until = 0.0
        self._whole = asyncio.Event()
        self._expect(update)

    @property
    def numbers(self) -> list[int]:
        """The numbers of its updates."""
        return [int(raw["update_id"]) for raw in self._raw]

    @property
    def waits(self) -> bool:
        """Whether more may come."""
        return not self._whole.is_set() and asyncio.get_running_loop().time() < self._until

    def takes(self, update: Update, raw: dict[str, Any]) -> bool:
        """Takes the update in, if it is the next part of the text."""
        if not (self.waits and update.message and _follows(self.parts[-1], update.message)):
            return False
        self.parts.append(update.message)
        self._raw.append(raw)
        self._expect(update)
        return True

    def close(self) -> None:
        """Nothing more comes."""
        self._whole.set()

    async def whole(self) -> None:
        """Waits until nothing more can come."""
        while self.waits:
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._whole.wait(), self._until - asyncio.get_running_loop().time())
        self.close()

    def update(self, bot: Bot) -> Update:
        """The one update that it is."""
        if len(self._raw) == 1:
            return self.first
        messages = [raw["message"] for raw in self._raw]
        message = {**messages[0], "text": glue(message["text"] for message in messages)}
        return Update.de_json(completed({**self._raw[0], "message": message}), bot)

    def _expect(self, update: Update) -> None:
        message = update.message
        if message and _may_go_on(message) and len(self.parts) < _MOST:
            self._until = asyncio.get_running_loop().time() + WAIT
        else:
            self.close()


class Parcels:
    """Puts together what belongs together, as it comes in."""

    def __init__(self) -> None:
        self._open: dict[Hashable, Parcel] = {}  # by whose it is, and where

    def put(self, update: Update, raw: dict[str, Any], whose: Hashable) -> Parcel | None:
        """The parcel of an update; None where it went into one that is there. What somebody does after it ends a
        parcel, whatever it is."""
        before = self._open.get(whose)
        if before and before.takes(update, raw):
            return None
        if before:
            self._open.pop(whose).close()
        parcel = Parcel(update, raw)
        if parcel.waits:
            self._open[whose] = parcel
        return parcel

    async def whole(self, parcel: Parcel) -> None:
        """Waits until nothing more can come into the parcel."""
        await parcel.whole()
        self.forget(parcel)

    def forget(self, parcel: Parcel) -> None:
        """The parcel takes nothing more."""
        parcel.close()
        self._open = {whose: other for whose, other in self._open.items() if other is not parcel}

    def close(self) -> None:
        """Nothing waits any longer."""
        for parcel in self._open.values():
            parcel.close()


def _follows(before: Message, message: Message) -> bool:
    """Whether a message may be the rest of the text in the one before: nothing else, and sent in the same moment."""
    same = before.message_thread_id == message.message_thread_id and message.date - before.date <= _APART
    return same and bool(message.text) and _typed(message) and not _commands(message)


def _may_go_on(message: Message) -> bool:
    """Whether a message may be the first part of a text."""
    text = message.text or ""
    return _units(text) > _CUT and len(text) <= FULL and _typed(message)


def _typed(message: Message) -> bool:
    return message.forward_origin is None and message.via_bot is None


def _commands(message: Message) -> bool:
    return any(entity.type == entity.BOT_COMMAND and entity.offset == 0 for entity in message.entities)


def _units(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)
