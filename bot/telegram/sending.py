"""The way out: replies become messages, edits and files, within what Telegram allows."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot.door import Desk, Voice
from bot.rendering.plain import plain
from bot.rendering.telegram_html import messages, text_of
from bot.telegram.callbacks import Signer
from bot.telegram.extras import Extras
from bot.telegram.filing import Filing
from bot.telegram.keyboards import NO_LABEL
from bot.telegram.links import Links
from bot.telegram.menu import OWN_LANGUAGE, follow
from bot.telegram.ports import Chats
from bot.telegram.screens import Screens, is_step
from bot.telegram.updates import Spot
from bot.telegram.votes import Votes
from dialogues.reply import Reply

log = logging.getLogger(__name__)

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_UNCHANGED = "message is not modified"


@dataclass(frozen=True)
class Tapped:
    """The message under the button that was pressed."""

    message: int
    place: str | None  # what it shows, see Reply.place
    text: str | None = None  # what stands there …
    keyboard: InlineKeyboardMarkup | None = None  # … and below it

    def shows(self, html: str, keyboard: InlineKeyboardMarkup | None) -> bool:
        """Whether the message is as it would be after an edit: Telegram refuses one that changes nothing."""
        return self.text is not None and self.keyboard == keyboard and self.text.strip() == text_of(html).strip()


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

    @property
    def bot_name(self) -> str:
        """The bot's user name."""
        return self._bot.username

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

    async def edit(self, spot: Spot, message: int, reply: Reply) -> None:
        """Puts a reply of one message in the place of a message that is there. Where that is gone, nothing happens."""
        buttons = await self._extras.keyboard(spot, reply, edited=True)
        await self._edited(spot, message, messages(reply.text)[0], buttons)

    async def _reply(self, spot: Spot, reply: Reply, edit: Tapped | None) -> Spot:
        """Sends one reply; gives the spot for the next, which need not refer to the user's message again."""
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
            if edit and index == 0 and (edit.shows(html, below) or await self._edited(spot, edit.message, html, below)):
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

    async def _edited(self, spot: Spot, message: int, html: str, keyboard: InlineKeyboardMarkup | None) -> bool:
        """Puts a text in the place of a message; False if that message can't be edited any more."""
        try:
            await self._bot.edit_message_text(
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
            return await self._send(spot, messages(text)[0], None)
        except Exception as error:
            log.info("a line could not be shown: %s", type(error).__name__)
            return None

    async def renote(self, spot: Spot, message: int, text: str) -> None:
        """Says something else in the place of a note. Raises nothing."""
        with suppress(Exception):
            await self._edited(spot, message, messages(text)[0], None)

    async def take_back(self, spot: Spot, message: int) -> None:
        """Deletes a note. Raises nothing."""
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

    async def answer(self, query_id: str, text: str | None = None, *, alert: bool = True) -> None:
        """Acknowledges a pressed button, with a notice where there is one: to be closed, or a toast."""
        try:
            notice = plain(text)[:200] if text else None
            await self._bot.answer_callback_query(query_id, text=notice, show_alert=bool(notice) and alert)
        except TelegramError as error:  # say, "query is too old": the button has stopped waiting by itself
            log.info("a press could not be acknowledged: %s", error.message)

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
