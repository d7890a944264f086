"""Votes on answers: the row below an answer, and what happens when it is pressed."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from telegram import Bot, CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.error import TelegramError

from bot.door import Voice
from bot.rendering.plain import plain
from bot.telegram.callbacks import Signer
from bot.telegram.updates import Spot
from dialogues import taps
from dialogues.reply import Reply

if TYPE_CHECKING:
    from bot.telegram.sending import Sender

log = logging.getLogger(__name__)

_ANSWER = "topic:"  # how the place of a topic's answer begins
_WAYS = ("up", "down")
_COUNTED = re.compile(r" · (\d+)$")  # how many have voted so, at the end of a button's label in a group


class Voted(Protocol):
    """Who voted what. The store fulfils it."""

    def voted(self, owner: str, topic: str) -> bool | None:
        """Whether the topic's answer helped; None where there is no vote."""


def is_vote(tap: str) -> bool:
    """Whether a tap is a vote."""
    return tap.startswith(f"{taps.VOTE}:")


def own(spot: Spot) -> Spot:
    """The spot such that the vote is the voter's own, also in a group."""
    return replace(spot, own=True)


@dataclass(frozen=True)
class _Voter:
    """Who votes in a group, where the buttons tell how many have voted so; `before` is how they voted up to now."""

    before: str | None

    def counted(self, way: str, chosen: str, count: int) -> int:
        """How many have voted that way now."""
        if way == chosen:
            return max(count, 1) if self.before == way else count + 1
        return max(count - 1, 0) if self.before == way else count


class Votes:
    """Draws the row, and answers a vote."""

    def __init__(self, bot: Bot, signer: Signer, voice: Voice, voted: Voted) -> None:
        self._bot = bot
        self._signer = signer
        self._voice = voice
        self._voted = voted

    async def row(self, spot: Spot, reply: Reply, *, edited: bool) -> list[InlineKeyboardButton]:
        """The row below an answer; the vote shows where the answer is opened or closed in place."""
        topic = topic_of(reply)
        if topic is None:
            return []
        helped = await asyncio.to_thread(self._voted.voted, spot.person, topic) if edited and spot.private else None
        return [self._button(spot, topic, way, reply.language, given=helped is (way == "up")) for way in _WAYS]

    async def before(self, spot: Spot, tap: str) -> str | None:
        """How the person that votes has voted on that topic up to now: "up", "down", or not at all."""
        pressed = taps.parse(tap)
        helped = await asyncio.to_thread(self._voted.voted, spot.person, pressed.parts[0]) if pressed else None
        return None if helped is None else "up" if helped else "down"

    async def told(
        self,
        sender: Sender,
        spot: Spot,
        query: CallbackQuery,
        tap: str,
        replies: Sequence[Reply],
        before: str | None,
    ) -> None:
        """Says what the engine said to a vote: a notice to the voter, the row as it stands now, a wish for a word."""
        told = [reply for reply in replies if reply.command == "vote"]
        if not told:  # it could not be taken
            await sender.answer(query.id)
            await sender.deliver(spot, list(replies))
            return
        notice = next((reply.notice for reply in told if reply.notice), None)
        await sender.answer(query.id, notice, alert=False)
        await self._mark(query, tap, told[0].language, None if spot.private else _Voter(before))
        await sender.deliver(spot, [replace(reply, notice=None) for reply in told if reply.text])

    async def _mark(self, query: CallbackQuery, tap: str, language: str, voter: _Voter | None) -> None:
        """Shows the vote on the message that it was given on. A message that can't be edited stays as it is."""
        message = query.message
        if not isinstance(message, Message) or message.reply_markup is None:
            return
        chat = message.chat.id
        rows = [[self._marked(button, chat, tap, language, voter) for button in row] for row in _rows(message)]
        if rows == [list(row) for row in _rows(message)]:
            return
        try:
            await self._bot.edit_message_reply_markup(
                chat_id=chat, message_id=message.message_id, reply_markup=InlineKeyboardMarkup(rows)
            )
        except TelegramError as error:  # the same vote again, or a message that is gone
            log.info("a vote could not be shown: %s", error.message)

    def _marked(
        self, button: InlineKeyboardButton, chat: int, tap: str, language: str, voter: _Voter | None
    ) -> InlineKeyboardButton:
        offered = taps.parse(self._signer.read(str(button.callback_data), chat) or "")
        pressed = taps.parse(tap)
        if offered is None or pressed is None or offered.kind != taps.VOTE or offered.parts[0] != pressed.parts[0]:
            return button
        way, chosen = offered.parts[1], pressed.parts[1]
        if voter is None:
            text = self._label(way, language, given=way == chosen)
        else:
            count = voter.counted(way, chosen, int(found[1]) if (found := _COUNTED.search(button.text)) else 0)
            text = self._label(way, language, given=False) + (f" · {count}" if count else "")
        return InlineKeyboardButton(text, callback_data=str(button.callback_data))

    def _button(self, spot: Spot, topic: str, way: str, language: str, *, given: bool) -> InlineKeyboardButton:
        tap = taps.tap(taps.VOTE, topic, way)
        return InlineKeyboardButton(
            self._label(way, language, given=given), callback_data=self._signer.sign(tap, spot.chat)
        )

    def _label(self, way: str, language: str, *, given: bool) -> str:
        return plain(self._voice.say(language, f"vote.button-{way}{'-given' if given else ''}"))


def topic_of(reply: Reply) -> str | None:
    """The topic that a reply answers."""
    place = reply.place or ""
    return place.removeprefix(_ANSWER) if reply.outcome == "answer" and place.startswith(_ANSWER) else None


def _rows(message: Message) -> Sequence[Sequence[InlineKeyboardButton]]:
    return message.reply_markup.inline_keyboard if message.reply_markup else ()
