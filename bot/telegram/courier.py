"""How calls reach Telegram: its limits obeyed, its bad moments waited for, nothing doubled where that can be known."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Hashable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

from bot.telegram import journal
from bot.telegram.delivery import CANDIDATES, OF_THE_DEAD, Numbers, can_be_found, find
from bot.telegram.departed import Departed
from bot.telegram.lanes import give_way
from bot.telegram.limits import Limits
from bot.telegram.line import unsure
from bot.telegram.stand_ins import kept
from bot.telegram.watching import carried_out

log = logging.getLogger(__name__)

PAUSES = (0.5, 1.0, 2.0, 4.0)  # seconds before each further try
_OBEDIENCE = 5  # times that one call waits as long as Telegram asks …
_LONGEST = 600.0  # … and the longest such wait
_PASSING = ("sendChatAction",)  # worth neither a wait nor a second try
_DONE = {  # what Telegram says when a call that it has carried out comes again
    "editMessage": "message is not modified",
    "deleteMessage": "message to delete not found",
    "answer": "query is too old",
    "stopPoll": "poll has already been closed",
    "pinChatMessage": "chat_not_modified",
    "unpin": "chat_not_modified",
}


class Courier(BaseRateLimiter[None]):
    """Stands between the bot and Telegram for every call but the fetching of updates.

    - A 429 holds up the chat that got it, and no other; where several chats get one within seconds, it is the bot's own
      limit, and all wait.
    - Groups get 20 messages a minute, as Telegram allows: the twenty-first waits, and lets presses pass. Edits count,
      but don't wait; answers to presses neither count nor wait (`bot.telegram.limits`).
    - Messages of one chat go out in the order in which they were sent off, also when one has to be sent again.
    - When the network or Telegram fails (5xx, time-outs, broken connections), the call is made again after a pause.
      Edits, deletions and answers may be made twice; of a message it is found out first whether it has arrived
      (`bot.telegram.delivery`). Where that can't be known it is sent again: twice is better than never.
    """

    def __init__(
        self, pauses: Sequence[float] = PAUSES, limits: Limits | None = None, departed: Departed | None = None
    ) -> None:
        self._pauses = tuple(pauses)
        self._departed = departed or Departed(lambda place: None)
        self._limits = limits or Limits()
        self._sending: dict[Hashable, _Queue] = {}
        self.numbers = Numbers()

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to tidy up."""

    def notice(self, update: dict[str, Any]) -> None:
        """Takes from an update, as it came, what it tells of messages and chats."""
        self.numbers.note_update(update)
        self._departed.note_update(update)

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,
    ) -> Any:
        """Makes the call, when and as often as it takes. Raises what Telegram refuses it with, or the last failure."""
        chat = data.get("chat_id")
        self._departed.check(chat)
        if endpoint in _PASSING:
            return True if self._limits.closed_for(chat) else kept(endpoint, await callback(*args, **kwargs))

        async def call(method: str, parameters: dict[str, Any]) -> Any:
            return await self._obediently(chat, method, lambda: callback(method, parameters, **kwargs))

        try:
            async with self._turn(chat, endpoint):
                result = await self._noted(endpoint, data, call)
        except Forbidden:
            self._departed.leave(chat)
            raise
        self.numbers.note_result(result)
        carried_out(endpoint, result)
        return result

    async def _noted(self, endpoint: str, data: dict[str, Any], call: Callable[..., Any]) -> Any:
        """The call, made once also where a process has died over the update that it answers."""
        noted, chat = journal.current(), data.get("chat_id")
        above = self.numbers.highest(chat) if isinstance(chat, int) else 0
        if noted is None or not endpoint.startswith("send"):
            return kept(endpoint, await self._persistently(endpoint, data, call, above))
        before = noted.next_before()
        if before and journal.RESULT in before:
            noted.take(before)
            return before[journal.RESULT]
        lost = before is not None
        above = before[journal.ABOVE] if before else above
        entry = await noted.note(above)
        entry[journal.RESULT] = kept(endpoint, await self._persistently(endpoint, data, call, above, lost))
        return entry[journal.RESULT]

    async def _persistently(
        self, endpoint: str, data: dict[str, Any], call: Callable[..., Any], above: int, lost: bool = False
    ) -> Any:
        """`above`: the highest number of a message that was known before; `lost`: it may have been sent already."""
        most = OF_THE_DEAD if lost else CANDIDATES
        for pause in (*self._pauses, None):
            try:
                if lost:
                    there = await self._arrived(endpoint, data, above, call, most)
                    if there is not None:
                        return there
                return await call(endpoint, data)
            except BadRequest as error:  # a kind of NetworkError for python-telegram-bot, but no better the second time
                if lost and _was_done(endpoint, error):
                    return True
                raise
            except NetworkError as error:
                lost = lost or unsure(error)
                if pause is None:
                    there = await self._arrived_at_last(endpoint, data, above, call, most) if lost else None
                    if there is None:
                        raise
                    return there
                log.warning("%s failed (%s), trying again in %s s", endpoint, type(error).__name__, pause)
                await asyncio.sleep(pause)
        raise AssertionError("the last try returns or raises")

    async def _arrived(
        self, endpoint: str, data: dict[str, Any], above: int, call: Callable[..., Any], most: int
    ) -> Any:
        if not can_be_found(endpoint) or not isinstance(data.get("chat_id"), int):
            return None
        found = await find(self.numbers, above, endpoint, data, call, most)
        log.info("%s after a broken connection: %s", endpoint, "it had arrived" if found else "it is sent again")
        return found

    async def _arrived_at_last(
        self, endpoint: str, data: dict[str, Any], above: int, call: Callable[..., Any], most: int
    ) -> Any:
        try:
            return await self._arrived(endpoint, data, above, call, most)
        except TelegramError:
            return None

    async def _obediently(self, chat: Any, endpoint: str, call: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
        """Calls when Telegram allows it; for as long as it says to wait, waits."""
        place: Hashable = chat if chat is not None else endpoint
        for refused in range(_OBEDIENCE + 1):
            await self._limits.open(place)
            try:
                return await call()
            except RetryAfter as error:
                seconds = _seconds(error)
                self._limits.close(place, seconds)
                if refused == _OBEDIENCE or seconds > _LONGEST:
                    raise
                log.info("%s has to wait %s s, as Telegram asks", endpoint, seconds)
        raise AssertionError("the last try returns or raises")

    @asynccontextmanager
    async def _turn(self, chat: Any, endpoint: str) -> AsyncIterator[None]:
        """What is sent to a chat goes out one after another, and to a group not too much of it."""
        if endpoint.startswith("editMessage"):
            self._limits.count(chat)
        if chat is None or not endpoint.startswith("send"):
            yield
            return
        if self._limits.full(chat):
            give_way()
        queue = self._sending.setdefault(chat, _Queue())
        queue.length += 1
        try:
            async with queue.lock:
                await self._limits.pace(chat)
                yield
        finally:
            queue.length -= 1
            if not queue.length:
                self._sending.pop(chat, None)


class _Queue:
    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.length = 0


def _was_done(endpoint: str, error: BadRequest) -> bool:
    words = error.message.lower()
    return any(endpoint.startswith(name) and said in words for name, said in _DONE.items())


def _seconds(error: RetryAfter) -> float:
    seconds = error._retry_after  # `retry_after` warns that it will be a timedelta one day
    return float(seconds.total_seconds()) + 0.1
