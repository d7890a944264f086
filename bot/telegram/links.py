"""`/link`: a link and its QR code to a topic or a checklist, as a picture."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from functools import partial
from typing import Any

from telegram import Bot, InlineKeyboardMarkup, InputFile, Message
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest

from bot.door import Voice
from bot.rendering.plain import plain
from bot.rendering.telegram_html import CAPTION_LIMIT, messages
from bot.telegram.filing import Way
from bot.telegram.updates import Spot
from dialogues import taps
from dialogues.cards import Card
from dialogues.deep_links import Target, address, target
from dialogues.documents import poster
from dialogues.reply import Reply
from dialogues.responses import links

log = logging.getLogger(__name__)

LOOKED_AT = 6  # cards among which one may choose


class Links:
    """Shows links."""

    def __init__(self, bot: Bot, voice: Voice, way: Way) -> None:
        self._bot = bot
        self._voice = voice
        self._way = way

    async def show(self, spot: Spot, reply: Reply, keyboard: InlineKeyboardMarkup | None) -> None:
        """Sends the link of a reply, as a picture with a caption; where there is no picture to be had, as text."""
        if reply.link is None:
            return
        url, language = address(self._bot.username, reply.link.payload), reply.language
        kind = target(reply.link.payload)
        values = {"title": reply.link.title, "url": url, "topic": kind is not None and kind.kind == "topic"}
        caption = messages(self._voice.say(language, "link.caption", **values), CAPTION_LIMIT)[0]
        await self._way.action(spot, ChatAction.UPLOAD_PHOTO)
        hint = plain(self._voice.say(language, "link.on-poster"))
        try:
            picture = await asyncio.to_thread(poster.png, url, reply.link.title, hint, language)
        except Exception:
            log.exception("a link could not be drawn")
            await self._way.say(spot, caption, keyboard)
            return
        name = plain(self._voice.say(language, "link.file", name=reply.link.payload.replace("_", "-")))
        file = InputFile(picture, filename=name)

        async def send(where: dict[str, Any]) -> Message:
            return await self._bot.send_photo(
                photo=file, caption=caption, parse_mode=ParseMode.HTML, reply_markup=keyboard, **where
            )

        try:
            await self._way.somewhere(spot, send)
        except BadRequest as error:
            log.info("a link goes without its picture: %s", error.message)
            await self._way.say(spot, caption, keyboard)


def chosen(cards: Sequence[Card]) -> str | None:
    """The tap for the link to what is surely meant."""
    return taps.tap(taps.COMMAND, links.NAME, cards[0].payload) if cards and cards[0].sure else None


def choice(voice: Voice, language: str, text: str, cards: Sequence[Card]) -> Reply:
    """What may be linked to for a few words."""
    language = cards[0].language if cards else language
    found = [(Target(card.kind, card.id), card.title) for card in cards]
    return links.choice(language, partial(voice.say, language), text, found)
