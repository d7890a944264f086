"""How much Telegram takes: what it asked to wait for, and its pace in groups."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Hashable
from typing import Any

GROUP_MESSAGES, GROUP_SECONDS = 20, 60.0  # core.telegram.org/bots/faq#my-bot-is-hitting-limits
_ALL, _WITHIN = 3, 10.0  # so many places that are refused within these seconds: it is the bot that sends too much
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
        return max(0.0, self._until.get(place, 0.0) - self._now(), self._all_until - self._now())

    async def open(self, place: Hashable) -> None:
        """Waits until the place may be written to."""
        while (seconds := self.closed_for(place)) > 0:
            await self._sleep(seconds)

    async def pace(self, chat: Any) -> None:
        """Waits until a group may get one message more, and counts it. Others wait for nothing."""
        if not isinstance(chat, int) or chat >= 0:
            return
        sent = self._sent[chat]
        while True:
            now = self._now()
            while sent and sent[0] <= now - GROUP_SECONDS:
                sent.popleft()
            if len(sent) < GROUP_MESSAGES:
                break
            await self._sleep(sent[0] + GROUP_SECONDS - now)
        sent.append(now)
        if len(self._sent) > _SWEEP:
            self._sent = defaultdict(deque, {c: s for c, s in self._sent.items() if s and s[-1] > now - GROUP_SECONDS})
