"""Questions with one right answer as Telegram's own quizzes: in private chats, where they fit."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from telegram import Bot, InlineKeyboardMarkup, Message
from telegram.constants import ParseMode, PollLimit, PollType
from telegram.error import BadRequest

from bot.rendering.plain import plain
from bot.rendering.telegram_html import messages, text_of
from bot.telegram.callbacks import place_of
from bot.telegram.ports import Polls
from bot.telegram.updates import Spot
from dialogues.course.buttons import HOME, tap
from dialogues.reply import Choice, Reply

log = logging.getLogger(__name__)

_OPTIONS = range(PollLimit.MIN_OPTION_NUMBER, PollLimit.MAX_OPTION_NUMBER + 1)
_REMEMBERED = 4096
_COURSE = tap(HOME)
Somewhere = Callable[[Spot, Callable[[dict[str, Any]], Awaitable[Message]]], Awaitable[Message]]


@dataclass(frozen=True)
class Question:
    """A quiz as Telegram takes it."""

    text: str
    options: list[str]
    right: int
    explanation: str | None  # HTML
    taps: list[str]  # what each option means


def question(reply: Reply) -> Question | None:
    """The quiz of a reply; None where it has none, or one that Telegram wouldn't take."""
    quiz = reply.quiz
    if quiz is None:
        return None
    asked = reply.buttons[: quiz.options]
    options = [" ".join(choice.label.split()) for choice in asked]
    text, told = plain(quiz.question), messages(quiz.explanation)
    fits = (
        len(options) in _OPTIONS
        and len({*options}) == len(options)
        and 0 <= quiz.right < len(options)
        and all(_fits(option, PollLimit.MAX_OPTION_LENGTH) for option in options)
        and _fits(text, PollLimit.MAX_QUESTION_LENGTH)
        and (not told or _explains(told))
    )
    if not fits:
        return None
    return Question(text, options, quiz.right, told[0] if told else None, [choice.tap for choice in asked])


def without_quiz(reply: Reply) -> Reply:
    """The reply with no more buttons than those that don't answer its question."""
    left = reply.quiz.options if reply.quiz else 0
    rows: list[tuple[Choice, ...]] = []
    for row in reply.choices:
        rows.append(row[left:])
        left = max(0, left - len(row))
    return replace(reply, choices=tuple(row for row in rows if row))


class Quizzes:
    """Asks by quiz, and knows which of them have no answer yet, as long as the process runs."""

    def __init__(self, bot: Bot, polls: Polls, somewhere: Somewhere) -> None:
        self._bot = bot
        self._polls = polls
        self._somewhere = somewhere
        self._open: OrderedDict[tuple[int, str | None], int] = OrderedDict()  # the message, by chat and what it shows

    async def ask(
        self, spot: Spot, reply: Reply, keyboard: Callable[[Reply], Awaitable[InlineKeyboardMarkup | None]]
    ) -> bool:
        """Asks the reply's question by a quiz; False where it is to be asked by buttons: in a group, where it doesn't
        fit, or where Telegram refuses it."""
        asked = question(reply) if spot.private else None
        if asked is None:
            return False
        buttons = await keyboard(without_quiz(reply))
        if not await self._noted(spot, asked.taps):
            return False
        message = await self._sent(spot, asked, buttons)
        if message is None:
            return False
        await self._replaced(spot, reply.place)
        self._open[spot.chat, reply.place] = message
        if len(self._open) > _REMEMBERED:
            self._open.popitem(last=False)
        return True

    async def close(self, spot: Spot, place: str | None) -> None:
        """The question of that place has been answered in another way. Raises nothing."""
        message = self._open.pop((spot.chat, place), None)
        if message is None:
            return
        try:
            await self._bot.stop_poll(spot.chat, message)
        except Exception as error:  # it is closed, or gone
            log.info("a quiz could not be closed: %s", type(error).__name__)

    async def _replaced(self, spot: Spot, place: str | None) -> None:
        """The question has been asked anew: the quiz above is taken away. To close it would show what is right."""
        message = self._open.pop((spot.chat, place), None)
        if message is None:
            return
        try:
            await self._bot.delete_message(spot.chat, message)
        except Exception as error:  # it is gone, or too old
            log.info("a quiz could not be taken away: %s", type(error).__name__)

    async def meaning(self, spot: Spot, poll: str, options: Sequence[int]) -> str | None:
        """The tap that somebody's choice in a poll stands for. A poll that isn't known any more shows the course as it
        stands, to whoever takes it; another's poll, or a vote that is taken back, means nothing."""
        if not options:
            return None
        taps = await asyncio.to_thread(self._polls.poll_taps, poll, spot.person)
        if taps is None:
            return _COURSE if await asyncio.to_thread(self._polls.course, spot.person) else None
        if taps:
            self._open.pop((spot.chat, place_of(taps[0])), None)
        return next((taps[number] for number in options if 0 <= number < len(taps)), None)

    async def _noted(self, spot: Spot, taps: Sequence[str]) -> bool:
        """Notes what is about to be asked; a quiz whose answers nobody would understand isn't asked."""
        try:
            await asyncio.to_thread(self._polls.expect_poll, spot.person, spot.conversation, taps)
        except Exception:
            log.exception("a quiz could not be noted")
            return False
        return True

    async def _sent(self, spot: Spot, asked: Question, buttons: InlineKeyboardMarkup | None) -> int | None:
        """Sends the quiz and gives its message; None where Telegram refuses it."""

        async def send(where: dict[str, Any]) -> Message:
            return await self._bot.send_poll(
                question=asked.text,
                options=asked.options,
                type=PollType.QUIZ,
                is_anonymous=False,
                correct_option_ids=[asked.right],  # type: ignore[list-item]
                explanation=asked.explanation,
                explanation_parse_mode=ParseMode.HTML if asked.explanation else None,
                reply_markup=buttons,
                **where,
            )

        try:
            message = await self._somewhere(spot, send)
        except BadRequest as error:
            log.warning("a question is asked by buttons, since Telegram refuses the quiz: %s", error.message)
            await self._note(self._polls.drop_poll, spot.conversation)
            return None
        if message.poll:  # where it is known only that it has arrived, its first answer tells which it is
            await self._note(self._polls.name_poll, spot.conversation, message.poll.id)
        return message.message_id

    @staticmethod
    async def _note(work: Callable[..., None], *arguments: str) -> None:
        try:
            await asyncio.to_thread(work, *arguments)
        except Exception:
            log.exception("what became of a quiz could not be noted")


def _explains(told: list[str]) -> bool:
    text = text_of(told[0])
    short = _fits(text, PollLimit.MAX_EXPLANATION_LENGTH) and text.count("\n") <= PollLimit.MAX_EXPLANATION_LINE_FEEDS
    return len(told) == 1 and short


def _fits(text: str, most: int) -> bool:
    return 1 <= len(text.encode("utf-16-le", "surrogatepass")) // 2 <= most
