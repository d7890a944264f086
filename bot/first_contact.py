"""Says once to everybody, and to every group, what is stored about them: below the first answer, whatever that is."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass, field
from typing import Protocol

from bot.door import Engine, Inbound, Query, Voice
from dialogues import taps
from dialogues.cards import Card
from dialogues.reply import Choice, Reply

log = logging.getLogger(__name__)

_TOPIC = "about.privacy"
_MOMENT = 60.0  # seconds in which somebody isn't noted again …
_MANY = 10_000  # … and how many are remembered
_DOORS_OWN = "/0"  # how the conversation ends in which a door asks for itself, and nobody for anything


class Contacts(Protocol):
    """Who is there. `bot.store.store.SqlStore` fulfils it."""

    def note_contact(self, owner: str, inbound: str | None = None) -> bool:
        """Notes that somebody did something; gives whether they are to be told what is stored."""


@dataclass(frozen=True)
class FirstContact:
    """An engine that tells it. `operator`: who runs this, and how they are reached; `days`: after how many days of
    silence everything goes, 0: never."""

    engine: Engine
    contacts: Contacts
    voice: Voice
    operator: str | None = None
    days: int = 0
    _lately: dict[str, tuple[float, str | None]] = field(default_factory=dict, init=False)  # when noted, and for what

    async def handle(self, inbound: Inbound) -> list[Reply]:
        """The replies, with what is stored as a message of its own where it hasn't been told."""
        replies = await self.engine.handle(inbound)
        if any(reply.forgotten for reply in replies):
            self._lately.pop(inbound.owner, None)
            return replies
        if inbound.conversation.endswith(_DOORS_OWN) or self._was_here(inbound):
            return replies
        try:
            tells = await asyncio.to_thread(self.contacts.note_contact, inbound.owner, inbound.id)
        except Exception:
            log.exception("who was there could not be noted")
            return replies
        if len(self._lately) >= _MANY:
            self._lately.clear()
        self._lately[inbound.owner] = time.monotonic(), inbound.id
        return [*replies, self._told(inbound, replies)] if tells else replies

    def _was_here(self, inbound: Inbound) -> bool:
        """Whether the owner has been noted a moment ago, for something else that came in."""
        noted, last = self._lately.get(inbound.owner, (-_MOMENT, None))
        return inbound.id is not None and inbound.id != last and time.monotonic() - noted < _MOMENT

    async def find(self, query: Query) -> list[Card]:
        """As the engine finds it: nothing is stored, so nothing is told."""
        return await self.engine.find(query)

    def _told(self, inbound: Inbound, replies: list[Reply]) -> Reply:
        language = next((reply.language for reply in replies), "da")
        group = inbound.name is not None
        text = self.voice.say(
            language,
            "privacy.told-group" if group else "privacy.told",
            days=self.days,
            operator=self.operator,
            telegram=inbound.owner.startswith("telegram:"),
        )
        more = Choice(self.voice.say(language, "privacy.button"), taps.tap(taps.TOPIC, _TOPIC))
        return Reply(text, ((more,),), language=language)
