"""The message that shows a walkthrough. It is edited as long as buttons are pressed; where words are typed, the next
step comes as a new message below them, and the one above loses its buttons: one step stands open, never two."""

from __future__ import annotations

import asyncio
import logging

from telegram import Bot
from telegram.error import TelegramError

from bot.telegram.ports import Chats
from bot.telegram.updates import Spot

log = logging.getLogger(__name__)

_WALKTHROUGH, _TEAM = "run:", "team:"  # how the places begin of a walkthrough's replies, and of a team check's


def is_step(place: str | None) -> bool:
    """Whether a reply of that place is a walkthrough's."""
    return place is not None and place.startswith(_WALKTHROUGH)


class Screens:
    """Knows which message of a chat, or of a group's thread, shows its walkthrough."""

    def __init__(self, bot: Bot, chats: Chats) -> None:
        self._bot = bot
        self._chats = chats

    async def shows(self, spot: Spot, place: str | None, message: int | None) -> None:
        """A message with buttons shows `place` from now on: the one before it is closed. Raises nothing."""
        if message is None or place is None:
            return
        if place.startswith(_TEAM):
            await asyncio.to_thread(self._chats.show_team, place.removeprefix(_TEAM), message)
        elif is_step(place):
            await self._walkthrough(spot, place, message)

    async def below(self, spot: Spot, message: int) -> bool:
        """Whether the walkthrough's message stands below that one."""
        shown = await asyncio.to_thread(self._chats.screen, spot.circle)
        return shown is not None and shown > message

    async def _walkthrough(self, spot: Spot, place: str, message: int) -> None:
        try:
            before = await asyncio.to_thread(self._chats.set_screen, spot.circle, spot.owner, place, message)
            if before not in (None, message):
                await self._bot.edit_message_reply_markup(chat_id=spot.chat, message_id=before, reply_markup=None)
        except TelegramError as error:  # it has no buttons any more, is gone, or too old: as good as closed
            log.info("a step could not be closed: %s", error.message)
        except Exception:
            log.exception("the message of a walkthrough cannot be noted")
