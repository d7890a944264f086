"""Votes on answers: the row below an answer, and what happens when it is pressed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
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
_QUIET = "quiet"  # no word is asked for where others read along
_WAYS = ("up", "down")


class Voted(Protocol):
    """Who voted what. The store fulfils it."""

    def voted(self, owner: str, topic: str) -> bool | None:
        """Whether the topic's answer helped; None where there is no vote."""


def is_vote(tap: str) -> bool:
    """Whether a tap is a vote."""
    return tap.startswith(f"{taps.VOTE}:")


def alone(spot: Spot) -> Spot:
    """The voter's own spot: a vote is a person's, also in a group."""
    return spot if spot.private else replace(spot, chat=spot.user, private=True, thread=None, message=None)


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

    async def told(self, sender: Sender, spot: Spot, query: CallbackQuery, tap: str, replies: Sequence[Reply]) -> None:
        """Says what the engine said to a vote: a notice to the voter, the row as it stands now, a wish for a word."""
        own = [reply for reply in replies if reply.command == "vote"]
        if not own:  # it could not be taken
            await sender.answer(query.id)
            await sender.deliver(spot, list(replies))
            return
        notice = next((reply.notice for reply in own if reply.notice), None)
        await sender.answer(query.id, notice, alert=False)
        if spot.private:
            await self._mark(query, tap, own[0].language)
        await sender.deliver(spot, [replace(reply, notice=None) for reply in own if reply.text])

    async def _mark(self, query: CallbackQuery, tap: str, language: str) -> None:
        """Shows the vote on the message that it was given on. A message that can't be edited stays as it is."""
        message = query.message
        if not isinstance(message, Message) or message.reply_markup is None:
            return
        spot_chat = message.chat.id
        rows = [[self._marked(button, spot_chat, tap, language) for button in row] for row in _rows(message)]
        try:
            await self._bot.edit_message_reply_markup(
                chat_id=spot_chat, message_id=message.message_id, reply_markup=InlineKeyboardMarkup(rows)
            )
        except TelegramError as error:  # the same vote again, or a message that is gone
            log.info("a vote could not be shown: %s", error.message)

    def _marked(self, button: InlineKeyboardButton, chat: int, tap: str, language: str) -> InlineKeyboardButton:
        offered = taps.parse(self._signer.read(str(button.callback_data), chat) or "")
        pressed = taps.parse(tap)
        if offered is None or pressed is None or offered.kind != taps.VOTE or offered.parts[0] != pressed.parts[0]:
            return button
        text = self._label(offered.parts[1], language, given=offered.parts[1] == pressed.parts[1])
        return InlineKeyboardButton(text, callback_data=str(button.callback_data))

    def _button(self, spot: Spot, topic: str, way: str, language: str, *, given: bool) -> InlineKeyboardButton:
        tap = taps.tap(taps.VOTE, topic, way, *(() if spot.private else (_QUIET,)))
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
