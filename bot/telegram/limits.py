"""How much Telegram takes: what it asked to wait for, and its pace in groups.

A group gets twenty messages a minute. Edits count as messages do, and acknowledgements of presses don't count: so the
makers of the Bot API have said (tdlib/td issues 2592 and 3034, tdlib/telegram-bot-api issue 648). But an edit is what
somebody has pressed a button for, and Telegram allows short bursts: so edits are counted and don't wait, and messages
wait for what edits leave. Where that is too much, Telegram says so (429), and is obeyed.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Hashable
from typing import Any

GROUP_MESSAGES, GROUP_SECONDS = 20, 60.0  # core.telegram.org/bots/faq#my-bot-is-hitting-limits
_ALL, _WITHIN = 3, 10.0  # so many places that are refused within these seconds: it is the bot that sends too much
_FREE = ("answerCallbackQuery",)  # what is limited by nothing but itself
_SWEEP = 1024


class Limits:
    """Knows when a place may be written to again. A place is a chat, or a method that is for none."""

    def __init__(
        self, now: Callable[[], float] = time.monotonic, sleep: Callable[[float], Awaitable[Any]] = asyncio.sleep
    ) -> None:
        self._now = now
        self._sleep = sleep
        self._until: dict[Hashable, float] = {}
        self._all_until = 0.0
        self._refused: dict[Hashable, float] = {}  # when a place was refused
        self._sent: dict[int, deque[float]] = defaultdict(deque)

    def close(self, place: Hashable, seconds: float) -> None:
        """Telegram has refused a call for the place, and said how long to wait."""
        now = self._now()
        self._until[place] = max(self._until.get(place, 0.0), now + seconds)
        self._refused = {known: at for known, at in self._refused.items() if at > now - _WITHIN} | {place: now}
        if len(self._refused) >= _ALL:
            self._all_until = max(self._all_until, now + seconds)
        if len(self._until) > _SWEEP:
            self._until = {known: until for known, until in self._until.items() if until > now}

    def closed_for(self, place: Hashable) -> float:
        """The seconds that the place is still closed."""
        until = self._until.get(place, 0.0)
        return max(0.0, (until if place in _FREE else max(until, self._all_until)) - self._now())

    async def open(self, place: Hashable) -> None:
        """Waits until the place may be written to."""
        while (seconds := self.closed_for(place)) > 0:
            await self._sleep(seconds)

    def full(self, chat: Any) -> bool:
        """Whether a group has had as much as it may for now."""
        return _is_group(chat) and len(self._lately(chat)) >= GROUP_MESSAGES

    def count(self, chat: Any) -> None:
        """A group gets something that counts."""
        if not _is_group(chat):
            return
        now = self._now()
        self._sent[chat].append(now)
        if len(self._sent) > _SWEEP:
            self._sent = defaultdict(deque, {c: s for c, s in self._sent.items() if s and s[-1] > now - GROUP_SECONDS})

    async def pace(self, chat: Any) -> None:
        """Waits until a group may get one message more, and counts it; for a minute at most, should edits use up
        all that it may have. Others wait for nothing."""
        latest = self._now() + GROUP_SECONDS
        while self.full(chat) and (now := self._now()) < latest:
            await self._sleep(self._sent[chat][-GROUP_MESSAGES] + GROUP_SECONDS - now)
        self.count(chat)

    def _lately(self, chat: int) -> deque[float]:
        sent = self._sent[chat]
        while sent and sent[0] <= self._now() - GROUP_SECONDS:
            sent.popleft()
        return sent


def _is_group(chat: Any) -> bool:
    return isinstance(chat, int) and chat < 0
