"""The way out: replies become messages, edits and files, within what Telegram allows."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, ReplyParameters
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot.door import Files, Voice
from bot.rendering.plain import plain
from bot.rendering.telegram_html import CAPTION_LIMIT, messages
from bot.telegram.callbacks import Signer
from bot.telegram.updates import Spot
from dialogues.reply import Attachment, Reply

log = logging.getLogger(__name__)

LABEL = 64  # characters of a button's label; a telephone shows about half of them
_ROW, _BUTTONS = 8, 100  # that Telegram allows
_NO_TEXT = "…"  # Telegram hangs buttons on a text only
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_UNCHANGED = "message is not modified"


@dataclass(frozen=True)
class Tapped:
    """The message under the button that was pressed."""

    message: int
    place: str | None  # what it shows, see Reply.place


class Sender:
    """Sends replies to a spot. Raises Forbidden where the bot may not write any more."""

    def __init__(self, bot: Bot, signer: Signer, files: Files, voice: Voice) -> None:
        self._bot = bot
        self._signer = signer
        self._files = files
        self._voice = voice

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
            spot = await self._reply(spot, reply, tapped.message if here and tapped else None)

    async def _reply(self, spot: Spot, reply: Reply, edit: int | None) -> Spot:
        """Sends one reply; gives the spot for the next, which need not refer to the user's message again."""
        keyboard = self._keyboard(reply, spot.user)
        texts = messages(reply.text)
        if not texts and keyboard and not reply.attachments:
            texts = [_NO_TEXT]
        for index, html in enumerate(texts):
            buttons = keyboard if index == len(texts) - 1 else None
            if not (edit and index == 0 and await self._edited(spot, edit, html, buttons)):
                await self._send(spot, html, buttons)
                spot = replace(spot, message=None)
        for index, attachment in enumerate(reply.attachments):
            last = index == len(reply.attachments) - 1
            await self._attach(spot, attachment, reply.language, keyboard if last and not texts else None)
            spot = replace(spot, message=None)
        return spot

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

    async def _send(self, spot: Spot, html: str, keyboard: InlineKeyboardMarkup | None) -> None:
        async def send(where: dict[str, Any]) -> None:
            await self._bot.send_message(
                text=html,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
                link_preview_options=_NO_PREVIEW,
                **where,
            )

        await _somewhere(spot, send)

    async def _attach(
        self, spot: Spot, attachment: Attachment, language: str, keyboard: InlineKeyboardMarkup | None
    ) -> None:
        await self.action(spot, ChatAction.UPLOAD_DOCUMENT)
        found = await asyncio.to_thread(self._files.document_content, spot.owner, attachment.document)
        if found is None:
            await self.line(spot, language, "document_gone", name=attachment.file_name)
            return
        captions = messages(attachment.caption, CAPTION_LIMIT)
        file = InputFile(found[1], filename=attachment.file_name)

        async def send(where: dict[str, Any]) -> None:
            await self._bot.send_document(
                document=file,
                caption=captions[0] if captions else None,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
                **where,
            )

        await _somewhere(spot, send)
        for html in captions[1:]:
            await self._send(replace(spot, message=None), html, None)

    async def action(self, spot: Spot, action: str) -> None:
        """Shows what the bot is doing; where that fails, nothing is lost."""
        try:
            await self._bot.send_chat_action(spot.chat, action, message_thread_id=spot.thread)
        except Exception as error:
            log.debug("a chat action could not be shown: %s", type(error).__name__)

    async def answer(self, query_id: str, text: str | None = None) -> None:
        """Acknowledges a pressed button, with a notice where there is something to say."""
        try:
            notice = plain(text)[:200] if text else None
            await self._bot.answer_callback_query(query_id, text=notice, show_alert=bool(notice))
        except TelegramError as error:  # say, "query is too old": the button has stopped waiting by itself
            log.info("a press could not be acknowledged: %s", error.message)

    def _keyboard(self, reply: Reply, user: int) -> InlineKeyboardMarkup | None:
        left = _BUTTONS
        rows = []
        for choices in reply.choices:
            for start in range(0, len(choices), _ROW):
                row = choices[start : start + _ROW][:left]
                left -= len(row)
                if row:
                    rows.append(
                        [
                            InlineKeyboardButton(label(c.label), callback_data=self._signer.sign(c.tap, user))
                            for c in row
                        ]
                    )
        return InlineKeyboardMarkup(rows) if rows else None


def label(text: str) -> str:
    """A button's label, cut at a word where it is too long."""
    text = " ".join(text.split())
    if len(text) <= LABEL:
        return text or _NO_TEXT
    cut = text[: LABEL - 1]
    return (cut[: cut.rfind(" ")] if " " in cut[LABEL // 2 :] else cut).rstrip(" ,;:–-") + "…"


async def _somewhere(spot: Spot, send: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
    """Sends to the spot; to the new chat if a group has become a supergroup, to the chat if its topic is gone."""
    refers = not spot.private and spot.message is not None
    where: dict[str, Any] = {
        "chat_id": spot.chat,
        "message_thread_id": spot.thread,
        "reply_parameters": ReplyParameters(spot.message or 0, allow_sending_without_reply=True) if refers else None,
    }
    try:
        await send(where)
    except ChatMigrated as moved:
        await send({"chat_id": moved.new_chat_id})
    except BadRequest as error:
        if "thread not found" not in error.message.lower():
            raise
        await send({**where, "message_thread_id": None})
