"""Inline mode: `@bot opsigelse` in any chat finds topics and checklists, and shares one with a link back."""

from __future__ import annotations

import asyncio
import logging
import re

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.door import Desk, Engine, Query, Voice
from bot.rendering.plain import plain
from bot.rendering.telegram_html import messages
from bot.telegram.access import Access
from bot.telegram.keyboards import label
from bot.telegram.quota import Refusal
from bot.telegram.updates import client_language
from dialogues.cards import Card
from dialogues.deep_links import address

log = logging.getLogger(__name__)

PAGE = 20  # results at a time; Telegram takes 50
LONGEST = 256  # characters of a query
PATIENCE = 8.0  # seconds; a client waits a little longer
CACHE = 300  # seconds that Telegram may keep an answer
_TEASER = 160  # characters of a description; a telephone shows about half of them
_SENTENCE = re.compile(r".{20,}?[.!?](?= [^a-zæøå]|$)")  # a small letter goes on after an abbreviation
_START = "inline"  # what the button carries that opens the bot: any word that is no deep link


class Inline:
    """Answers inline queries. Raises nothing: a query that can't be answered in time simply finds nothing."""

    def __init__(self, engine: asyncio.Future[Engine], access: Access, desk: Desk, voice: Voice) -> None:
        self._engine = engine
        self._access = access
        self._desk = desk
        self._voice = voice

    async def take(self, query: InlineQuery, refusal: Refusal | None = None) -> None:
        """Answers one query; one that is refused finds nothing now."""
        try:
            await self._answer(query, refusal)
        except TelegramError as error:  # say, "query is too old": its writer has typed on
            log.info("an inline query could not be answered: %s", error.message)
        except Exception:
            log.exception("an inline query could not be answered")

    async def _answer(self, query: InlineQuery, refusal: Refusal | None) -> None:
        user = query.from_user
        owner, hint = f"telegram:{user.id}", client_language(user.language_code)
        chosen = await asyncio.to_thread(self._desk.language, owner)
        language = chosen or hint or "da"
        if not await asyncio.to_thread(self._access.admits, user.id, user.username, owner):
            await query.answer([], cache_time=0, is_personal=True, button=self._button(language, "invited-only"))
            return
        start = int(query.offset) if query.offset.isascii() and query.offset.isdigit() and len(query.offset) < 6 else 0
        asked = Query(query.query[:LONGEST], chosen, hint, start, PAGE + 1)
        found = None if refusal else await self._found(asked)
        if found is None:
            await query.answer([], cache_time=0, is_personal=True, button=self._button(language, "not-now"))
            return
        shown = found[:PAGE]
        await query.answer(
            [self._article(card, query.get_bot().username) for card in shown],
            cache_time=CACHE,
            is_personal=True,  # the same words may be answered in two languages
            next_offset=str(start + PAGE) if len(found) > PAGE else "",
            button=None if shown or start else self._button(language, "nothing-found"),
        )

    async def _found(self, query: Query) -> list[Card] | None:
        """What is found; None where the engine isn't there yet, or doesn't answer in time."""
        done, _ = await asyncio.wait([self._engine], timeout=PATIENCE)
        if not done or self._engine.cancelled():
            return None
        try:
            return await asyncio.wait_for(self._engine.result().find(query), PATIENCE)
        except asyncio.TimeoutError:
            log.warning("an inline query took too long")
        except Exception:
            log.exception("nothing could be looked up")
        return None

    def _article(self, card: Card, bot: str) -> InlineQueryResultArticle:
        link = address(bot, card.payload)
        opens = plain(self._voice.say(card.language, f"link.open-{card.kind}"))
        return InlineQueryResultArticle(
            id=f"{card.payload}:{card.language}",
            title=card.title,
            description=teaser(card.teaser),
            input_message_content=InputTextMessageContent(
                messages(card.text)[0],
                parse_mode=ParseMode.HTML,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            ),
            reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton(label(opens), url=link)]]),
        )

    def _button(self, language: str, key: str) -> InlineQueryResultsButton:
        return InlineQueryResultsButton(label(plain(self._voice.say(language, f"link.{key}"))), start_parameter=_START)


def teaser(text: str) -> str:
    """The first sentence of a text in light markup, plain, cut at a word where it is long."""
    words = " ".join(plain(text).split())
    first = _SENTENCE.match(words)
    words = first[0] if first else words
    if len(words) <= _TEASER:
        return words
    return words[: words.rfind(" ", 0, _TEASER)].rstrip(" ,;:–-") + "…"
