"""Who speaks in a conversation: one turn at a time, in one process or in several that share a Redis.

Rasa's own locks in Redis read, change and write a row of tickets in three steps, so that two processes can draw the
same ticket; a process that is killed keeps its place for a minute; and whoever waits looks once a second. Here Redis's
own recipe is used instead: a key that one sets, and that goes by itself unless its holder lives.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
import uuid
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from rasa.core.lock_store import LockError, LockStore
from redis import Redis
from redis.exceptions import RedisError
from redis.lock import Lock

from bot.on_redis import LoopRedis

log = logging.getLogger(__name__)

LEASE = 3.0  # seconds that a killed process keeps a conversation
_RENEWED = 1.0  # seconds between two times that a living one says that it lives
_LOOKS = 0.05  # seconds between two looks whether another process is done
_PATIENCE = 30.0  # seconds that a turn waits for those before it
_RESTART = 3.0  # seconds in which a Redis that is started anew may come back
_ANSWERS = 1.0  # seconds that Redis has for an answer
_ASKED_AGAIN = 1.0  # seconds between two tries whether a Redis that is away has come back
_PREFIX = "makker:lock:"


class Locks(LockStore):
    """Locks in this process: whoever comes first is served first, and none waits longer than the turns before it."""

    def __init__(self) -> None:
        self._queues: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        super().__init__()

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = 0.0, wait_time_in_seconds: float = 0.0
    ) -> AsyncGenerator[None, None]:
        """Holds the conversation. Rasa's two numbers don't count."""
        queue = self._queues.setdefault(conversation_id, asyncio.Lock())
        async with queue:
            yield


class RedisLocks(Locks):
    """Locks in Redis, for several processes.

    Within a process the turns queue as ever, so that one at most asks Redis for a conversation. A thread renews what is
    held, whatever the event loop is at. Where Redis loses a lock in the middle of a turn, two processes may speak at
    once: the conversation's version then decides whose turn counts. So it is while Redis is away: people are answered
    all the same, for a chat's updates are dealt with by one process at a time anyway (`bot.store.holding`).
    """

    def __init__(self, url: str) -> None:
        super().__init__()
        self._redis = Redis.from_url(url, socket_timeout=_ANSWERS, socket_connect_timeout=_ANSWERS)
        self._asked = LoopRedis(url, _ANSWERS)
        self._held: dict[str, str] = {}  # keys, and the tokens by which they are ours
        self._changes = threading.Lock()
        self._keeper: threading.Thread | None = None
        self._away: float | None = None  # when Redis was last found to be

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = LEASE, wait_time_in_seconds: float = _LOOKS
    ) -> AsyncGenerator[None, None]:
        """Holds the conversation. Raises LockError where that doesn't come about in time."""
        key, token = _PREFIX + conversation_id, uuid.uuid4().hex
        async with super().lock(conversation_id):
            if not await self._take(key, token):
                yield
                return
            self._keep(key, token)
            try:
                yield
            finally:
                with self._changes:
                    self._held.pop(key, None)
                await self._release(key, token)

    async def _take(self, key: str, token: str) -> bool:
        """False while Redis is away."""
        if self._away is not None and time.monotonic() < self._away + _ASKED_AGAIN:
            return False
        began = time.monotonic()
        answered = began if self._away is None else began - _RESTART
        while (now := time.monotonic()) < began + _PATIENCE:
            try:
                taken = await self._asked.client.set(key, token, nx=True, px=int(LEASE * 1000))
                if self._away is not None:
                    log.warning("Redis is back: conversations are locked there again")
                    self._away = None
                if taken:
                    return True
                answered = now
            except RedisError as error:
                if time.monotonic() >= answered + _RESTART:
                    if self._away is None:
                        log.warning("Redis is away: conversations are locked in this process alone (%s)", error)
                    self._away = time.monotonic()
                    return False
            await asyncio.sleep(_LOOKS)
        raise LockError(f"another process held the conversation for {_PATIENCE:.0f} seconds")

    def _keep(self, key: str, token: str) -> None:
        with self._changes:
            self._held[key] = token
            if self._keeper is None:
                self._keeper = threading.Thread(target=self._renew, name="locks", daemon=True)
                self._keeper.start()

    def _renew(self) -> None:
        while True:
            time.sleep(_RENEWED)
            with self._changes:
                every = list(self._held.items())
            for key, token in every:
                try:  # one that was released just now, or lost by a Redis that was started anew, is left alone
                    self._redis.eval(Lock.LUA_REACQUIRE_SCRIPT, 1, key, token, int(LEASE * 1000))
                except RedisError as error:
                    log.warning("the locks could not be renewed: %s", error)
                    break

    async def _release(self, key: str, token: str) -> None:
        try:
            if not await self._asked.client.eval(Lock.LUA_RELEASE_SCRIPT, 1, key, token):
                log.warning("a lock was not given back: it was no longer held")
        except RedisError as error:  # it goes by itself
            log.warning("a lock was not given back: %s", error)
