"""The door's own lines, in the language of whoever reads them."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from bot.door import Desk, Voice
from bot.rendering.plain import plain
from bot.telegram.updates import Spot
from dialogues.reply import Reply
from knowledge.schema import LANGUAGES

log = logging.getLogger(__name__)


class Wording:
    """Knows what to say, and in which language. `asks`: the lines with which the bot asks a group for an answer."""

    def __init__(self, voice: Voice, desk: Desk) -> None:
        self.voice = voice
        self.asks = tuple(plain(voice.say(language, "telegram.group_answer")) for language in LANGUAGES)
        self._desk = desk

    async def language(self, spot: Spot) -> str:
        """The language that the person chose, else that of the client, else Danish."""
        try:
            chosen = await asyncio.to_thread(self._desk.language, spot.owner)
        except Exception:
            log.exception("the language of %s cannot be told", spot.owner)
            chosen = None
        return chosen or spot.language or "da"

    async def words(self, spot: Spot, key: str) -> str:
        """One of the door's texts."""
        return self.voice.say(await self.language(spot), f"telegram.{key}")

    async def reply(self, spot: Spot, key: str, **values: Any) -> Reply:
        """One of the door's texts, as a reply."""
        language = await self.language(spot)
        return Reply(self.voice.say(language, f"telegram.{key}", **values), language=language)
