"""What Telegram has below a reply beside the reply's own buttons: a vote, a way to share, the way back from a menu."""

from __future__ import annotations

import logging

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from bot.door import Voice
from bot.rendering.plain import plain
from bot.telegram.callbacks import Signer
from bot.telegram.keyboards import button, keyboard
from bot.telegram.menu import ways_back
from bot.telegram.updates import Spot
from bot.telegram.votes import Votes, topic_of
from dialogues.reply import Reply

log = logging.getLogger(__name__)

_SHORT_ROW = 2  # buttons in a row that has room for one more
_QUERY = 256  # characters of an inline query


class Extras:
    """Builds the whole keyboard of a reply."""

    def __init__(self, bot: Bot, signer: Signer, voice: Voice, votes: Votes) -> None:
        self._bot = bot
        self._signer = signer
        self._voice = voice
        self._votes = votes

    async def keyboard(self, spot: Spot, reply: Reply, *, edited: bool) -> InlineKeyboardMarkup | None:
        """The reply's buttons, and those that Telegram adds; None where there are none. What can't be added is left
        out."""
        own = keyboard(reply, self._signer, spot.chat, self._bot.username)
        rows = [list(row) for row in own.inline_keyboard] if own else []
        try:
            self._share(reply, rows)
            rows += [
                row
                for row in (await self._votes.row(spot, reply, edited=edited), self._back(spot, reply, edited))
                if row
            ]
        except Exception:
            log.exception("buttons could not be added")
        return InlineKeyboardMarkup(rows) if rows else None

    def _share(self, reply: Reply, rows: list[list[InlineKeyboardButton]]) -> None:
        """Where the bot can be asked in any chat, a button that does: with the answer, in a chat to be chosen."""
        if not (topic_of(reply) and reply.title and self._bot.supports_inline_queries):
            return
        face = plain(self._voice.say(reply.language, "link.share"))
        share = InlineKeyboardButton(face, switch_inline_query=reply.title[:_QUERY])
        if rows and len(rows[0]) <= _SHORT_ROW:
            rows[0].append(share)
        else:
            rows.append([share])

    def _back(self, spot: Spot, reply: Reply, edited: bool) -> list[InlineKeyboardButton]:
        back = ways_back(self._voice, reply, edited=edited)
        return [button(choice, self._signer, spot.chat, self._bot.username) for choice in back]
