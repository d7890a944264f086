"""One update, from the moment it is there to the last message that answers it."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Hashable
from dataclasses import replace
from typing import Any

from telegram import CallbackQuery, Message, Update, User
from telegram.error import Forbidden

from bot import commands
from bot.door import Desk, Engine, Inbound, Query, Voice
from bot.telegram import callbacks, links, votes
from bot.telegram.access import Access
from bot.telegram.edits import Edits, in_same, watching
from bot.telegram.inline import Inline
from bot.telegram.ports import Chats
from bot.telegram.presence import typing
from bot.telegram.presses import Presses
from bot.telegram.sending import Sender, Tapped
from bot.telegram.teams import TeamScreens
from bot.telegram.updates import Said, Spot, read, spot_of_message, spot_of_query
from dialogues.reply import Reply

log = logging.getLogger(__name__)

PATIENCE = 60.0  # seconds that the engine has for a turn
_BLINK = 0.3  # seconds that a press waits for its acknowledgement: most answers are there before
_ALBUMS = 256  # that are remembered, so that ten pictures get one line


class Talk:
    """Handles updates. Whatever happens, it raises nothing: people get a friendly line, the log the rest."""

    def __init__(
        self,
        engine: asyncio.Future[Engine],
        sender: Sender,
        signer: callbacks.Signer,
        access: Access,
        chats: Chats,
        desk: Desk,
        voice: Voice,
        patience: float = PATIENCE,
    ) -> None:
        self._engine = engine
        self._sender = sender
        self._signer = signer
        self._access = access
        self._chats = chats
        self._desk = desk
        self._voice = voice
        self._patience = patience
        self._inline = Inline(engine, access, desk, voice)
        self._teams = TeamScreens(sender, chats)
        self._presses = Presses()
        self._doubles: set[int] = set()  # updates that are the second half of a double tap
        self._edits = Edits()
        self._albums: OrderedDict[str, None] = OrderedDict()

    def arrives(self, update: Update) -> None:
        """Takes note of an update before it waits for its turn: only now can a double tap be told."""
        if update.callback_query and not self._presses.begin(
            _press(update.callback_query), _press(update.callback_query)[:2]
        ):
            self._doubles.add(update.update_id)

    async def take(self, update: Update, me: User) -> None:
        """Answers an update. Channel posts and the like are left alone."""
        if update.inline_query:
            await self._inline.take(update.inline_query)
            return
        double = update.update_id in self._doubles
        self._doubles.discard(update.update_id)
        query, message = update.callback_query, update.message
        tap = await self._tap(query) if query else None
        try:
            spot = spot_of_query(query) if query else spot_of_message(message) if message else None
            if query and (spot is None or double):
                await self._sender.answer(query.id)
            elif message and (message.migrate_to_chat_id or message.migrate_from_chat_id):
                await self._moved(message)
            elif query and spot:
                await self._guarded(spot, self._pressed(spot, query, tap))
            elif message and spot:
                await self._guarded(spot, self._written(spot, message, me))
            elif update.edited_message:
                await self._edited(update.edited_message)
        finally:
            if query and not double:
                self._presses.end(_press(query), tap)

    async def turned_away(self, update: Update, first: bool) -> None:
        """Somebody sends more than can be dealt with: they are told once. A press is acknowledged all the same."""
        query, message = update.callback_query, update.message
        spot = spot_of_query(query) if query else spot_of_message(message) if message else None
        if query:
            self._presses.end(_press(query), None)
            await self._sender.answer(query.id)
        if spot and first:
            await self._guarded(spot, self._line(spot, "busy"))

    async def _tap(self, query: CallbackQuery) -> str | None:
        """What the button means that was pressed; also one from before the group was moved to another id."""
        chat = query.message.chat.id if query.message else query.from_user.id
        data = query.data or ""
        tap = self._signer.read(data, chat)
        if tap or chat > 0:
            return tap
        before = await asyncio.to_thread(self._chats.moved_from, chat)
        return next((old for old in (self._signer.read(data, one) for one in before) if old), None)

    async def _moved(self, message: Message) -> None:
        """A group has become a supergroup, and has another id: Telegram says so in both."""
        old = message.migrate_from_chat_id or message.chat.id
        new = message.migrate_to_chat_id or message.chat.id
        await asyncio.to_thread(self._chats.move_chat, old, new)

    async def _written(self, spot: Spot, message: Message, me: User) -> None:
        said = read(message, me)
        if said is None or self._known_album(said):
            return
        if not self._access.admits(spot.user, spot.username, spot.person, said.code):
            await self._line(spot, "not_allowed")
            return
        if said.line:
            await self._line(spot, said.line, name=me.username)
        if not spot.private and said.tap and callbacks.is_private(said.tap):
            await self._line(spot, "private_only", name=me.username)
        elif said.tap == commands.LINK and said.text:
            await self._linked(spot, said.text)
        elif said.text is not None or said.tap is not None:
            await self._turn(spot, text=said.text, tap=said.tap, message=message)

    async def _edited(self, message: Message) -> None:
        """What was written last in a private chat says something else now, see `bot.telegram.edits`."""
        spot, text = spot_of_message(message), message.text
        latest = self._edits.latest(spot.chat, message.message_id) if spot and spot.private else None
        if spot is None or latest is None or text is None or text == latest.text:
            return
        if not self._access.admits(spot.user, spot.username, spot.person):
            return
        if latest.kind == "other" or commands.written(text):
            await self._guarded(spot, self._line(spot, "edited"))
            return
        again = latest.again(text, await self._language(spot))
        await self._guarded(spot, self._turn(spot, text=again, message=message, instead=latest.answer))

    async def _linked(self, spot: Spot, text: str) -> None:
        """The link to what is surely meant by the words, or a choice."""
        engine, language = await self._loaded(), await self._language(spot)
        found = await engine.find(Query(text, None, language, limit=links.LOOKED_AT)) if engine else []
        tap = links.chosen(found)
        if tap:
            await self._turn(spot, tap=tap)
        else:
            await self._sender.deliver(spot, [links.choice(self._voice, language, text, found)])

    def _known_album(self, said: Said) -> bool:
        if said.album is None:
            return False
        known = said.album in self._albums
        self._albums[said.album] = None
        if len(self._albums) > _ALBUMS:
            self._albums.popitem(last=False)
        return known

    async def _pressed(self, spot: Spot, query: CallbackQuery, tap: str | None) -> None:
        if not self._access.admits(spot.user, spot.username, spot.person):
            await self._sender.answer(query.id, await self._words(spot, "not_allowed"))
        elif tap is None:
            step = callbacks.claims_walkthrough(query.data or "")
            await self._sender.answer(query.id, await self._words(spot, "old_step" if step else "old_button"))
            if step:
                await self._turn(spot, tap=commands.CONTINUE)
        elif votes.is_vote(tap):
            replies = await self._replies(votes.alone(spot), None, tap)
            await self._sender.votes.told(self._sender, spot, query, tap, replies)
        else:
            await self._turn(spot, tap=tap, query=query)

    def _under(self, query: CallbackQuery, tap: str) -> Tapped | None:
        message = query.message
        if message is None:
            return None
        readable = message if isinstance(message, Message) else None
        keyboard = readable.reply_markup if readable else None
        rows = keyboard.inline_keyboard if keyboard else ()
        offered = [self._signer.read(str(button.callback_data), message.chat.id) for row in rows for button in row]
        place = callbacks.place_of(tap, [other for other in offered if other])
        return Tapped(message.message_id, place, readable.text if readable else None, keyboard)

    async def _turn(
        self,
        spot: Spot,
        text: str | None = None,
        tap: str | None = None,
        query: CallbackQuery | None = None,
        message: Message | None = None,
        instead: int | None = None,
    ) -> None:
        """Has a text or a tap answered, and sends the answer, `instead` of another where that is given. A press is
        acknowledged when the answer is there, with what only the presser is to know; or before, where that takes a
        while."""
        async with typing(self._sender, spot, self._words):
            working = asyncio.ensure_future(self._replies(spot, text, tap))
            done, _ = await asyncio.wait([working], timeout=_BLINK)
            if query and not done:
                await self._sender.answer(query.id)
            replies = await working
            tapped = self._under(query, tap) if query and tap else None
            if instead is not None:
                replies, tapped = in_place(replies, instead)
            with watching() as sent:
                delivery = self._sender.deliver(spot, replies, tapped)
                if query and done:
                    notice = next((reply.notice for reply in replies if reply.notice), None)
                    await asyncio.gather(self._sender.answer(query.id, notice, alert=False), delivery)
                else:
                    await delivery
            if spot.private:
                self._edits.note(spot.chat, message, sent or in_same(instead), replies)
            await self._sender.follow(spot, replies)
            if any(reply.refreshes for reply in replies):
                await self._teams.refresh(self._engine.result(), replies)

    async def _replies(self, spot: Spot, text: str | None, tap: str | None) -> list[Reply]:
        name = None if spot.private else spot.name
        inbound = Inbound(spot.conversation, spot.owner, text, tap, spot.language, name)
        engine = await self._loaded()
        if engine is None:
            return [await self._own(spot, "error")]
        try:
            replies = await asyncio.wait_for(engine.handle(inbound), self._patience)
        except asyncio.TimeoutError:
            log.error("the engine did not answer within %s s", self._patience)
            return [await self._own(spot, "slow")]
        if not spot.private and any(reply.command in callbacks.PRIVATE_COMMANDS for reply in replies):
            return [await self._own(spot, "private_only", name=self._sender.bot_name)]
        return replies

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

    async def _own(self, spot: Spot, key: str, **values: Any) -> Reply:
        """One of the door's own texts."""
        language = await self._language(spot)
        return Reply(self._voice.say(language, f"telegram.{key}", **values), language=language)

    async def _line(self, spot: Spot, key: str, **values: Any) -> None:
        await self._sender.deliver(spot, [await self._own(spot, key, **values)])

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


def _press(query: CallbackQuery) -> tuple[Hashable, ...]:
    message = query.message
    where = (message.chat.id, message.message_id) if message else query.inline_message_id
    return where, query.from_user.id, query.data


def in_place(replies: list[Reply], message: int) -> tuple[list[Reply], Tapped]:
    """The replies such that the first takes the place of that message."""
    first = replace(replies[0], place=replies[0].place or "again")
    return [first, *replies[1:]], Tapped(message, first.place)
