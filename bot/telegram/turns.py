"""One turn: what somebody said or pressed is answered by the engine, and the answer is delivered."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any
from weakref import WeakValueDictionary

from telegram.error import Forbidden

from bot.door import Engine, Inbound
from bot.errors import AwayError
from bot.operating.work import failed
from bot.telegram import callbacks, journal
from bot.telegram.edits import Edits, in_same
from bot.telegram.group_data import keeps_from
from bot.telegram.pasted import Written
from bot.telegram.ports import Chats
from bot.telegram.presence import typing
from bot.telegram.quota import Quota
from bot.telegram.sending import Sender
from bot.telegram.shown import Tapped
from bot.telegram.teams import TeamScreens
from bot.telegram.updates import Spot
from bot.telegram.watching import watching
from bot.telegram.wording import Wording
from dialogues.reply import Reply

log = logging.getLogger(__name__)

PATIENCE = 60.0  # seconds that the engine has for a turn
AWAY = (1.0, 2.0, 4.0, 8.0)  # seconds before each further try where nothing can be stored; then the update is held


@dataclass(frozen=True)
class Asked:
    """What a turn answers: a text or a tap, and where it comes from."""

    text: str | None = None
    tap: str | None = None
    press: str | None = None  # the id of a press that is to be acknowledged
    shown: Callable[[], None] | None = None  # to be called when something of the answer can be seen
    under: Tapped | None = None  # the message whose button was pressed
    written: Written | None = None  # the message that brought it
    instead: int | None = None  # the message in whose place the answer goes
    by_quiz: bool = False  # Telegram has shown whether it is right


class Turns:
    """Takes turns. The engine may still be loading: they wait for it."""

    def __init__(
        self,
        engine: asyncio.Future[Engine],
        sender: Sender,
        wording: Wording,
        chats: Chats,
        patience: float = PATIENCE,
        quota: Quota | None = None,
    ) -> None:
        self._engine = engine
        self._sender = sender
        self._wording = wording
        self._patience = patience
        self._quota = quota or Quota()
        self._teams = TeamScreens(sender, chats)
        self._delivering: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self.edits = Edits()

    async def take(self, spot: Spot, asked: Asked) -> None:
        """Has it answered, and sends the answer. A press is acknowledged with what only the presser is to know."""
        noted = journal.current()
        for line in noted.lines_left() if noted else ():
            await self._sender.take_back(spot, line)
        async with typing(self._sender, spot, self._wording.words):
            replies = await self.replies(spot, asked.text, asked.tap)
            if any(reply.attachments for reply in replies):
                await self._quota.wrote_papers(spot.user)
            if asked.by_quiz:
                replies = [reply for reply in replies if not reply.told_by_quiz] or replies
            under = asked.under
            if asked.instead is not None:
                replies, under = in_place(replies, asked.instead)
            with watching(asked.shown) as sent:
                await self._deliver(spot, replies, under, asked.press)
            if spot.private:
                self.edits.note(spot.chat, asked.written, sent or in_same(asked.instead), replies)
            await self._sender.follow(spot, replies)
            if any(reply.refreshes for reply in replies):
                await self._teams.refresh(self._engine.result(), replies)

    async def replies(self, spot: Spot, text: str | None, tap: str | None) -> list[Reply]:
        """What the engine says; one line where it says nothing in time, or what is not for a group."""
        if not spot.private and tap and callbacks.is_private(tap):
            return [await self._wording.reply(spot, "private_only", name=self._sender.bot_name)]
        if tap and await keeps_from(self._sender, spot, tap):
            return [await self._wording.reply(spot, "group_only_admins", name=self._sender.bot_name)]
        name = None if spot.private else spot.name
        noted = journal.current()
        came = str(noted.number) if noted else None
        inbound = Inbound(spot.conversation, spot.owner, text, tap, spot.language, name, id=came)
        engine = await self.engine()
        if engine is None:
            return [await self._wording.reply(spot, "error")]
        try:
            replies = await self._handled(engine, inbound)
        except asyncio.TimeoutError:
            failed()
            log.error("the engine did not answer within %s s", self._patience)
            return [await self._wording.reply(spot, "slow")]
        if not spot.private and any(reply.command in callbacks.PRIVATE_COMMANDS for reply in replies):
            return [await self._wording.reply(spot, "private_only", name=self._sender.bot_name)]
        return replies

    async def _handled(self, engine: Engine, inbound: Inbound) -> list[Reply]:
        """What the engine says, as soon as it can be stored: meanwhile people see that it is worked on."""
        for pause in (*AWAY, None):
            try:
                return await asyncio.wait_for(engine.handle(inbound), self._patience)
            except AwayError:
                if pause is None:
                    raise
            await asyncio.sleep(pause)
        raise AssertionError("the last try returns or raises")

    async def engine(self) -> Engine | None:
        """The engine, when it is there; None if the bot is stopped before."""
        await asyncio.wait([self._engine])
        return None if self._engine.cancelled() else self._engine.result()

    async def line(self, spot: Spot, key: str, **values: Any) -> None:
        """Says one of the door's own lines."""
        await self._sender.deliver(spot, [await self._wording.reply(spot, key, **values)])

    async def guarded(self, spot: Spot, work: Awaitable[None]) -> None:
        """Does the work; when it fails, says so in one line."""
        try:
            await work
        except journal.TakenOverError:
            raise
        except Forbidden as error:
            log.info("the bot may not write to chat %s any more: %s", spot.chat, error.message)
        except Exception as failure:
            if journal.current() and journal.holds_up(failure):
                raise
            failed()
            log.exception("an answer failed")
            try:
                await self.line(spot, "error")
            except Exception as error:
                log.warning("the apology could not be sent either: %s", type(error).__name__)

    async def _deliver(self, spot: Spot, replies: list[Reply], under: Tapped | None, press: str | None) -> None:
        async def deliver() -> None:
            async with self._in_one(spot, replies, under):
                await self._sender.deliver(spot, replies, under)

        if press is None:
            await deliver()
            return
        notice = next((reply.notice for reply in replies if reply.notice), None)
        await asyncio.gather(self._sender.answer(press, notice, alert=False), deliver())

    @asynccontextmanager
    async def _in_one(self, spot: Spot, replies: list[Reply], under: Tapped | None) -> AsyncIterator[None]:
        """While it runs, what is said in the chat stays together; the mere edit of a message passes at any time."""
        if len(replies) == 1 and under and under.place is not None and under.place == replies[0].place:
            yield
            return
        lock = self._delivering.setdefault(spot.chat, asyncio.Lock())
        async with lock:
            yield


def in_place(replies: list[Reply], message: int) -> tuple[list[Reply], Tapped]:
    """The replies such that the first takes the place of that message."""
    first = replace(replies[0], place=replies[0].place or "again")
    return [first, *replies[1:]], Tapped(message, first.place)
