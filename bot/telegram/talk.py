"""One update, from the moment it is there to the last message that answers it."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Hashable
from typing import Any

from telegram import CallbackQuery, Message, Update, User
from telegram.error import Forbidden
from telegram.ext import ContextTypes

from bot import commands
from bot.door import Desk, Engine, Inbound, Voice
from bot.telegram import callbacks
from bot.telegram.access import Access
from bot.telegram.ports import Seen
from bot.telegram.presence import typing
from bot.telegram.presses import Presses
from bot.telegram.sending import Sender, Tapped
from bot.telegram.updates import Said, Spot, read, spot_of_message, spot_of_query

log = logging.getLogger(__name__)

PATIENCE = 60.0  # seconds that the engine has for a turn
_ALBUMS = 256  # that are remembered, so that ten pictures get one line


class Talk:
    """Handles updates. Whatever happens, it raises nothing: people get a friendly line, the log the rest."""

    def __init__(
        self,
        engine: asyncio.Future[Engine],
        sender: Sender,
        signer: callbacks.Signer,
        access: Access,
        seen: Seen,
        desk: Desk,
        voice: Voice,
        patience: float = PATIENCE,
    ) -> None:
        self._engine = engine
        self._sender = sender
        self._signer = signer
        self._access = access
        self._seen = seen
        self._desk = desk
        self._voice = voice
        self._patience = patience
        self._presses = Presses()
        self._doubles: set[int] = set()  # updates that are the second half of a double tap
        self._albums: OrderedDict[str, None] = OrderedDict()

    def arrives(self, update: Update) -> None:
        """Takes note of an update before it waits for its turn: only now can a double tap be told."""
        if update.callback_query and not self._presses.begin(_press(update.callback_query)):
            self._doubles.add(update.update_id)

    async def take(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answers an update. Edited messages, channel posts and what has been seen before are left alone."""
        double = update.update_id in self._doubles
        self._doubles.discard(update.update_id)
        query, message = update.callback_query, update.message
        tap = self._signer.read(query.data or "", query.from_user.id) if query else None
        try:
            if not await self._first_time(update.update_id):
                return
            spot = spot_of_query(query) if query else spot_of_message(message) if message else None
            if query and (spot is None or double):
                await self._sender.answer(query.id)
            elif query and spot:
                await self._guarded(spot, self._pressed(spot, query, tap))
            elif message and spot:
                await self._guarded(spot, self._written(spot, message, context.bot.bot))
        finally:
            if query and not double:
                self._presses.end(_press(query), tap)

    async def _first_time(self, update_id: int) -> bool:
        try:
            return await asyncio.to_thread(self._seen.first_time, update_id)
        except Exception:
            log.exception("whether update %s came before cannot be told", update_id)
            return True

    async def _written(self, spot: Spot, message: Message, me: User) -> None:
        said = read(message, me)
        if said is None or self._known_album(said):
            return
        if not self._access.admits(spot.user, spot.username, spot.owner, said.code):
            await self._line(spot, "not_allowed")
            return
        if said.line:
            await self._line(spot, said.line, name=me.username)
        if not spot.private and said.tap and callbacks.is_personal(said.tap):
            await self._line(spot, "private_only", name=me.username)
        elif said.text is not None or said.tap is not None:
            await self._turn(spot, text=said.text, tap=said.tap)

    def _known_album(self, said: Said) -> bool:
        if said.album is None:
            return False
        known = said.album in self._albums
        self._albums[said.album] = None
        if len(self._albums) > _ALBUMS:
            self._albums.popitem(last=False)
        return known

    async def _pressed(self, spot: Spot, query: CallbackQuery, tap: str | None) -> None:
        if not self._access.admits(spot.user, spot.username, spot.owner):
            await self._sender.answer(query.id, await self._words(spot, "not_allowed"))
        elif tap is None and not spot.private:
            await self._sender.answer(query.id, await self._words(spot, "not_yours"))
        elif tap is None:
            step = callbacks.claims_walkthrough(query.data or "")
            await self._sender.answer(query.id, await self._words(spot, "old_step" if step else "old_button"))
            if step:
                await self._turn(spot, tap=commands.CONTINUE)
        else:
            turn = self._turn(spot, tap=tap, tapped=self._under(query, tap))
            await asyncio.gather(self._sender.answer(query.id), turn)

    def _under(self, query: CallbackQuery, tap: str) -> Tapped | None:
        message = query.message
        if message is None:
            return None
        keyboard = message.reply_markup.inline_keyboard if isinstance(message, Message) and message.reply_markup else ()
        user = query.from_user.id
        offered = [self._signer.read(str(button.callback_data), user) for row in keyboard for button in row]
        return Tapped(message.message_id, callbacks.place_of(tap, [other for other in offered if other]))

    async def _turn(
        self, spot: Spot, text: str | None = None, tap: str | None = None, tapped: Tapped | None = None
    ) -> None:
        inbound = Inbound(spot.conversation, spot.owner, text, tap, spot.language)
        async with typing(self._sender, spot):
            engine = await self._loaded()
            if engine is None:
                await self._line(spot, "error")
                return
            try:
                replies = await asyncio.wait_for(engine.handle(inbound), self._patience)
            except asyncio.TimeoutError:
                log.error("the engine did not answer within %s s", self._patience)
                await self._line(spot, "slow")
                return
            if not spot.private and any(reply.command in callbacks.PERSONAL_COMMANDS for reply in replies):
                await self._line(spot, "private_only", name=self._sender.bot_name)
                return
            await self._sender.deliver(spot, replies, tapped)

    async def _loaded(self) -> Engine | None:
        """The engine, when it is there; None if the bot is stopped before."""
        await asyncio.wait([self._engine])
        return None if self._engine.cancelled() else self._engine.result()

    async def _guarded(self, spot: Spot, work: Awaitable[None]) -> None:
        """Does the work; when it fails, says so in one line."""
        try:
            await work
        except Forbidden as error:
            log.info("the bot may not write to chat %s any more: %s", spot.chat, error.message)
        except Exception:
            log.exception("an answer failed")
            try:
                await self._line(spot, "error")
            except Exception as error:
                log.warning("the apology could not be sent either: %s", type(error).__name__)

    async def _line(self, spot: Spot, key: str, **values: Any) -> None:
        await self._sender.line(spot, await self._language(spot), key, **values)

    async def _words(self, spot: Spot, key: str) -> str:
        return self._voice.say(await self._language(spot), f"telegram.{key}")

    async def _language(self, spot: Spot) -> str:
        """The language that the person chose, else that of the client, else Danish."""
        try:
            chosen = await asyncio.to_thread(self._desk.language, spot.owner)
        except Exception:
            log.exception("the language of %s cannot be told", spot.owner)
            chosen = None
        return chosen or spot.language or "da"


def _press(query: CallbackQuery) -> Hashable:
    message = query.message
    where = (message.chat.id, message.message_id) if message else query.inline_message_id
    return where, query.from_user.id, query.data
