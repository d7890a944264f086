"""How much one person may ask for: so many messages a minute, and so many turns that make papers.

Each person has a bucket of tokens that fills up evenly; what they do takes from it, and where it is empty they are told
so, once, until it has filled up to the half. Papers have a bucket of their own: a turn that made some has taken from it
when it is over, so that nobody loses the papers of a walkthrough, and who has made many waits before the next turn.

The buckets are in this process, or in Redis where several processes share one: the clock is then Redis's own, and a
bucket is read and changed in one step. While Redis is away each process counts for itself: nobody is shut out for that.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

from redis.exceptions import RedisError

from bot.on_redis import DispensableRedis

log = logging.getLogger(__name__)

Kind = Literal["messages", "lookups", "papers"]
WRONG_CODE = 5.0  # messages that a wrong invite code counts for: so it isn't to be found by trying
_LOOKUPS = 4.0  # times as many as messages: with every letter that somebody types, Telegram asks again
_WHATEVER = -1e9  # what a bucket has to hold where nothing is refused
_SWEEP = 10_000
_PREFIX = "makker:quota:"

_SCRIPT = """
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
for place, key in ipairs(KEYS) do
    local filling, most = tonumber(ARGV[4 * place - 3]), tonumber(ARGV[4 * place - 2])
    local need, cost = tonumber(ARGV[4 * place - 1]), tonumber(ARGV[4 * place])
    local bucket = redis.call('HMGET', key, 'level', 'at', 'told')
    local level, at = tonumber(bucket[1]) or most, tonumber(bucket[2]) or now
    level = math.min(most, level + math.max(0, now - at) * filling)
    local taken, first, told = 1, 0, bucket[3] or '0'
    if level >= most / 2 then told = '0' end
    if level < need then
        taken = 0
        if told == '0' then first = 1 end
        told = '1'
    else
        level = math.max(level - cost, -most)
    end
    redis.call('HSET', key, 'level', tostring(level), 'at', tostring(now), 'told', told)
    redis.call('PEXPIRE', key, math.ceil((most - level) / filling * 1000) + 1000)
    if taken == 0 then return {place, first} end
end
return {0, 0}
"""


@dataclass(frozen=True)
class Pace:
    """How fast a bucket fills up, and how much it holds."""

    filling: float  # a second
    most: float

    @classmethod
    def per_minute(cls, count: float) -> Pace:
        """So many a minute; half of them at once."""
        return cls(count / 60, max(1.0, count / 2))


@dataclass(frozen=True)
class Refusal:
    """Somebody has used up what they may have. `first`: they haven't been told yet."""

    kind: Kind
    first: bool


class Wish(NamedTuple):
    """What is to be taken of a bucket that holds what is needed. It may hold less than nothing then."""

    key: str
    pace: Pace
    need: float
    cost: float


class Buckets(Protocol):
    """Where the buckets are."""

    async def take_all(self, wishes: Sequence[Wish]) -> tuple[int, bool] | None:
        """Takes from one bucket after another, up to the first that doesn't hold what is needed: its place, and whether
        this is the first time in a row; None where all do."""


@dataclass
class _Bucket:
    level: float
    at: float
    told: bool = False


@dataclass
class LocalBuckets:
    """Buckets in this process."""

    now: Callable[[], float] = time.monotonic
    _buckets: dict[str, tuple[_Bucket, Pace]] = field(default_factory=dict)

    async def take_all(self, wishes: Sequence[Wish]) -> tuple[int, bool] | None:
        for place, wish in enumerate(wishes):
            taken, first = self.take(*wish)
            if not taken:
                return place, first
        return None

    def take(self, key: str, pace: Pace, need: float, cost: float) -> tuple[bool, bool]:
        """Whether it was taken; where it wasn't, whether for the first time in a row."""
        now = self.now()
        if len(self._buckets) >= _SWEEP and key not in self._buckets:
            self._sweep(now)
        bucket = self._buckets.setdefault(key, (_Bucket(pace.most, now), pace))[0]
        bucket.level, bucket.at = _level(bucket, pace, now), now
        if bucket.level >= pace.most / 2:
            bucket.told = False
        if bucket.level < need:
            first, bucket.told = not bucket.told, True
            return False, first
        bucket.level = max(bucket.level - cost, -pace.most)
        return True, False

    def _sweep(self, now: float) -> None:
        """Forgets the full ones."""
        kept = {key: one for key, one in self._buckets.items() if _level(one[0], one[1], now) < one[1].most}
        self._buckets = kept if len(kept) < 2 * _SWEEP else {}


def _level(bucket: _Bucket, pace: Pace, now: float) -> float:
    return min(pace.most, bucket.level + max(0.0, now - bucket.at) * pace.filling)


class SharedBuckets:
    """Buckets in Redis; in this process while that is away."""

    def __init__(self, url: str, now: Callable[[], float] = time.monotonic) -> None:
        self._redis = DispensableRedis(url, "what people have used up is counted here alone", now)
        self._own = LocalBuckets(now)

    async def take_all(self, wishes: Sequence[Wish]) -> tuple[int, bool] | None:
        keys = [_PREFIX + wish.key for wish in wishes]
        told = [number for _, pace, need, cost in wishes for number in (pace.filling, pace.most, need, cost)]
        try:
            refused, first = await self._redis.ask(lambda redis: redis.eval(_SCRIPT, len(keys), *keys, *told))
        except RedisError:
            return await self._own.take_all(wishes)
        return (refused - 1, bool(first)) if refused else None


class Quota:
    """What each person has left. None a minute means that there is no bound."""

    def __init__(self, messages: float = 0, papers: float = 0, buckets: Buckets | None = None) -> None:
        counts: dict[Kind, float] = {"messages": messages, "lookups": messages * _LOOKUPS, "papers": papers}
        self._paces = {kind: Pace.per_minute(count) for kind, count in counts.items() if count > 0}
        self._buckets = buckets or LocalBuckets()

    async def take(self, person: int) -> Refusal | None:
        """Somebody writes, or presses a button; None where they may."""
        return await self._take(person, ("papers", 1.0, 0.0), ("messages", 1.0, 1.0))

    async def look_up(self, person: int) -> Refusal | None:
        """Somebody types something to be found, in any chat; None where they may."""
        return await self._take(person, ("lookups", 1.0, 1.0))

    async def wrote_papers(self, person: int) -> None:
        """A turn of theirs has made papers."""
        await self._take(person, ("papers", _WHATEVER, 1.0))

    async def guessed(self, person: int) -> None:
        """They gave an invite code that is none."""
        await self._take(person, ("messages", _WHATEVER, WRONG_CODE - 1))

    async def _take(self, person: int, *wanted: tuple[Kind, float, float]) -> Refusal | None:
        """Takes of each kind, where there is a bound; of those in order that need it and have it."""
        kinds = [kind for kind, _, _ in wanted if kind in self._paces]
        wishes = [
            Wish(f"{kind}:{person}", self._paces[kind], need, cost) for kind, need, cost in wanted if kind in kinds
        ]
        refused = await self._buckets.take_all(wishes) if wishes else None
        if refused is None:
            return None
        place, first = refused
        if first:
            log.warning("too many %s from %s in a minute: what they send is dropped for a while", kinds[place], person)
        return Refusal(kinds[place], first)


def quota(messages: float, papers: float, redis_url: str | None) -> Quota:
    """The bounds of the settings."""
    return Quota(messages, papers, SharedBuckets(redis_url) if redis_url else None)
