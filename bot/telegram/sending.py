"""The way out: replies become messages, edits and files, within what Telegram allows."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

from telegram import Bot, ChatMember, InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters, User
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated

from bot.door import Desk, Voice
from bot.rendering.telegram_html import messages
from bot.telegram import journal
from bot.telegram.acknowledging import Acknowledging
from bot.telegram.callbacks import Signer
from bot.telegram.extras import Extras
from bot.telegram.filing import Filing
from bot.telegram.keyboards import NO_LABEL
from bot.telegram.links import Links
from bot.telegram.menu import OWN_LANGUAGE, follow
from bot.telegram.polls import Quizzes
from bot.telegram.ports import Chats
from bot.telegram.screens import Screens, is_step
from bot.telegram.shown import Shown, Tapped
from bot.telegram.updates import Spot
from bot.telegram.votes import Votes
from dialogues.reply import Reply

log = logging.getLogger(__name__)

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_UNCHANGED = "message is not modified"


class Sender:
    """Sends replies to a spot. Raises Forbidden where the bot may not write any more."""

    def __init__(self, bot: Bot, signer: Signer, desk: Desk, voice: Voice, chats: Chats) -> None:
        self._bot = bot
        self._desk = desk
        self._voice = voice
        self._chats = chats
        self._screens = Screens(bot, chats)
        self.votes = Votes(bot, signer, voice, desk)
        self._extras = Extras(bot, signer, voice, self.votes)
        self._filing = Filing(bot, desk, self)
        self._links = Links(bot, voice, self)
        self.quizzes = Quizzes(bot, chats, self.somewhere)
        self._shown = Shown()
        acknowledging = Acknowledging(bot)
        self.expect, self.answer = acknowledging.expect, acknowledging.answer  # of presses

    @property
    def me(self) -> User:
        """The bot, as Telegram knows it."""
        return self._bot.bot

    @property
    def bot_name(self) -> str:
        """The bot's user name."""
        return self._bot.username

    async def member(self, chat: int, user: int) -> ChatMember:
        """What somebody is in a chat."""
        return await self._bot.get_chat_member(chat, user)

    async def username(self, user: int) -> str | None:
        """The user name of somebody whom the bot talks to."""
        return (await self._bot.get_chat(user)).username

    async def line(self, spot: Spot, language: str, key: str, **values: Any) -> None:
        """Says one of the door's own texts."""
        await self.deliver(spot, [Reply(self._voice.say(language, f"telegram.{key}", **values), language=language)])

    async def deliver(self, spot: Spot, replies: list[Reply], tapped: Tapped | None = None) -> None:
        """Sends the replies in order; the first takes the place of the tapped message if it shows the same."""
        for index, reply in enumerate(replies):
            here = index == 0 and tapped is not None and tapped.place is not None and reply.place == tapped.place
            leafed = index > 0 and tapped is not None and replies[0].place == tapped.place
            if leafed and replies[0].command != OWN_LANGUAGE and await self._stands(spot, tapped, reply):
                continue
            spot = await self._reply(spot, reply, tapped if here else None)

    async def _stands(self, spot: Spot, tapped: Tapped | None, reply: Reply) -> bool:
        """Whether the step that is to be shown again after a menu or a topic was leafed in stands open below it."""
        if tapped is None or is_step(tapped.place) or not is_step(reply.place):
            return False
        return await self._screens.below(spot, tapped.message)

    async def edit(self, spot: Spot, message: int, reply: Reply) -> bool:
        """Puts a reply of one message in the place of a message; False where that is gone or can't be edited."""
        buttons = await self._extras.keyboard(spot, reply, edited=True)
        return await self._edited(spot, message, messages(reply.text)[0], buttons)

    async def _reply(self, spot: Spot, reply: Reply, edit: Tapped | None) -> Spot:
        """Sends one reply; gives the spot for the next, which need not refer to the user's message again."""
        if reply.told_by_quiz:
            await self.quizzes.close(spot, reply.place)
        if (
            reply.quiz
            and not edit
            and await self.quizzes.ask(spot, reply, partial(self._extras.keyboard, spot, edited=False))
        ):
            return replace(spot, message=None)
        buttons = await self._extras.keyboard(spot, reply, edited=edit is not None)
        if reply.link:
            await self._links.show(spot, reply, buttons)
            return replace(spot, message=None)
        texts = messages(self._hinted(spot, reply))
        if not texts and buttons and len(reply.attachments) != 1:  # an album can't carry buttons, nothing can't either
            texts = [NO_LABEL]
        shown = None
        for index, html in enumerate(texts):
            below = buttons if index == len(texts) - 1 else None
            if edit and index == 0 and await self._shows(spot, edit, html, below):
                shown = edit.message
            else:
                shown = await self._send(spot, html, below)
                spot = replace(spot, message=None)
        if reply.attachments:
            await self._filing.send(spot, reply, None if texts else buttons)
            spot = replace(spot, message=None)
        await self._screens.shows(spot, reply.place, shown)
        return spot

    def _hinted(self, spot: Spot, reply: Reply) -> str:
        """The text; in a group, where words are an answer, with how the bot gets to see them."""
        if spot.private or not reply.takes_text:
            return reply.text
        return f"{reply.text}\n\n{self._voice.say(reply.language, 'telegram.group_answer')}"

    async def _shows(self, spot: Spot, edit: Tapped, html: str, keyboard: InlineKeyboardMarkup | None) -> bool:
        """Whether the message shows this, now at the latest."""
        return self._shown.shows(spot.chat, edit, html, keyboard) or await self._edited(
            spot, edit.message, html, keyboard
        )

    async def _edited(self, spot: Spot, message: int, html: str, keyboard: InlineKeyboardMarkup | None) -> bool:
        """Puts a text in the place of a message; False if that message can't be edited any more."""
        try:
            edited = await self._bot.edit_message_text(
                html,
                chat_id=spot.chat,
                message_id=message,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
                link_preview_options=_NO_PREVIEW,
            )
        except BadRequest as error:
            if _UNCHANGED in error.message.lower():
                return True
            log.info("a message could not be edited (%s), sending a new one", error.message)
            return False
        except ChatMigrated:
            return False
        self._shown.note(edited, html, keyboard)
        return True

    async def _send(self, spot: Spot, html: str, keyboard: InlineKeyboardMarkup | None) -> int:
        """Sends a message and gives its id."""

        async def send(where: dict[str, Any]) -> Message:
            return await self._bot.send_message(
                text=html,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
                link_preview_options=_NO_PREVIEW,
                **where,
            )

        return (await self.somewhere(spot, send)).message_id

    async def follow(self, spot: Spot, replies: list[Reply]) -> None:
        """Has Telegram's own menus follow what was said: after a change of language, or after all was forgotten."""
        await follow(self._bot, self._voice, self._desk, spot, replies)

    async def say(self, spot: Spot, html: str, keyboard: InlineKeyboardMarkup | None = None) -> int:
        """Sends a message in Telegram's HTML, and gives its id."""
        return await self._send(spot, html, keyboard)

    async def note(self, spot: Spot, text: str) -> int | None:
        """Says something that is to be taken back; its id, or None where it could not be said."""
        try:
            with journal.keeping(None):  # it is no part of the answer
                message = await self._send(spot, messages(text)[0], None)
        except Exception as error:
            log.info("a line could not be shown: %s", type(error).__name__)
            return None
        if noted := journal.current():
            with suppress(Exception):
                await noted.note_line(message)
        return message

    async def renote(self, spot: Spot, message: int, text: str) -> None:
        """Says something else in the place of a note. Raises nothing."""
        with suppress(Exception):
            await self._edited(spot, message, messages(text)[0], None)

    async def take_back(self, spot: Spot, message: int) -> None:
        """Deletes a note. Raises nothing."""
        if noted := journal.current():
            noted.line_gone(message)
        try:
            await self._bot.delete_message(spot.chat, message)
        except Exception as error:
            log.info("a line could not be taken back: %s", type(error).__name__)

    async def action(self, spot: Spot, action: str) -> None:
        """Shows what the bot is doing; where that fails, nothing is lost."""
        try:
            await self._bot.send_chat_action(spot.chat, action, message_thread_id=spot.thread)
        except Exception as error:
            log.debug("a chat action could not be shown: %s", type(error).__name__)

    async def somewhere(self, spot: Spot, send: Callable[[dict[str, Any]], Awaitable[Message]]) -> Message:
        """Sends to the spot; to the new chat if a group has become a supergroup, to the chat if its topic is gone."""
        refers = not spot.private and spot.message is not None
        reference = ReplyParameters(spot.message or 0, allow_sending_without_reply=True) if refers else None
        where: dict[str, Any] = {
            "chat_id": spot.chat,
            "message_thread_id": spot.thread,
            "reply_parameters": reference,
        }
        try:
            return await send(where)
        except ChatMigrated as moved:
            await asyncio.to_thread(self._chats.move_chat, spot.chat, moved.new_chat_id)
            return await send({"chat_id": moved.new_chat_id})
        except BadRequest as error:
            if "thread not found" not in error.message.lower():
                raise
            return await send({**where, "message_thread_id": None})
