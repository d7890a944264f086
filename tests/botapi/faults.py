"""What goes wrong between a bot and Telegram, on order."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["too_many", "bad_gateway", "reset", "reset_after", "slow", "forbidden"]


@dataclass(frozen=True)
class Fault:
    kind: Kind
    seconds: float = 0


@dataclass
class Faults:
    """Each fault strikes the next call of its method once, or `times` times."""

    _waiting: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))

    def too_many(self, method: str, retry_after: int = 1, times: int = 1) -> None:
        """429, with the seconds that the bot has to wait."""
        self._order(method, Fault("too_many", retry_after), times)

    def bad_gateway(self, method: str, times: int = 1) -> None:
        """502 with a page of HTML, as Telegram's proxies send it."""
        self._order(method, Fault("bad_gateway"), times)

    def reset(self, method: str, times: int = 1) -> None:
        """The connection breaks before the request was taken."""
        self._order(method, Fault("reset"), times)

    def reset_after(self, method: str, times: int = 1) -> None:
        """The request is carried out, and the connection breaks before the answer."""
        self._order(method, Fault("reset_after"), times)

    def slow(self, method: str, seconds: float, times: int = 1) -> None:
        self._order(method, Fault("slow", seconds), times)

    def take(self, method: str) -> Fault | None:
        waiting = self._waiting.get(method.lower())
        return waiting.popleft() if waiting else None

    def _order(self, method: str, fault: Fault, times: int) -> None:
        self._waiting[method.lower()].extend([fault] * times)
