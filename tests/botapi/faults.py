"""What goes wrong between a bot and Telegram, on order.

    telegram.faults.too_many("sendMessage", retry_after=2)      # the next call, whatever the chat
    telegram.faults.bad_gateway("sendMessage", chat=anna.chat)  # the next call for that chat
    telegram.faults.reset_after("sendMessage", times=3)         # carried out, and the answer is lost
    telegram.faults.flood(2, chat=group)                        # every call for that chat, for two seconds
    telegram.faults.duplicate_updates()                         # the next batch holds every update twice

A fault strikes calls in the order in which it was ordered, once or `times` times.
"""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from tests.botapi.chats import Chat

Kind = Literal["too_many", "gateway", "reset", "slow", "truncated", "duplicate", "out_of_order", "refused"]
GATEWAY = {502: "Bad Gateway", 503: "Service Temporarily Unavailable", 504: "Gateway Time-out"}


@dataclass(frozen=True)
class Fault:
    kind: Kind
    seconds: float = 0
    status: int = 502
    after: bool = False  # the request has been carried out when it strikes
    chat: int | None = None  # strikes calls for this chat only
    words: str = ""  # with which it is refused


@dataclass
class Faults:
    _waiting: dict[str, list[Fault]] = field(default_factory=lambda: defaultdict(list))
    _floods: dict[int | None, float] = field(default_factory=dict)  # by chat: until when; None: for all

    def too_many(self, method: str, retry_after: int = 1, times: int = 1, chat: Chat | None = None) -> None:
        """429, with the seconds that the bot has to wait. It is noted if it calls for the same chat before."""
        self._order(method, Fault("too_many", retry_after), times, chat)

    def flood(self, seconds: float, chat: Chat | None = None) -> None:
        """429 for every call (but getUpdates) for that chat, or for all, until the time is over."""
        self._floods[chat.id if chat else None] = time.monotonic() + seconds

    def bad_gateway(
        self, method: str, times: int = 1, chat: Chat | None = None, status: int = 502, after: bool = False
    ) -> None:
        """502, 503 or 504 with a page of HTML, as Telegram's proxies send it; with `after`, it was carried out."""
        self._order(method, Fault("gateway", status=status, after=after), times, chat)

    def reset(self, method: str, times: int = 1, chat: Chat | None = None) -> None:
        """The connection breaks before the request was taken."""
        self._order(method, Fault("reset"), times, chat)

    def reset_after(self, method: str, times: int = 1, chat: Chat | None = None) -> None:
        """The request is carried out, and the connection breaks before the answer."""
        self._order(method, Fault("reset", after=True), times, chat)

    def slow(self, method: str, seconds: float, times: int = 1, chat: Chat | None = None, after: bool = False) -> None:
        """The request waits before it is carried out; with `after`, its answer does."""
        self._order(method, Fault("slow", seconds, after=after), times, chat)

    def truncated(self, method: str, times: int = 1, chat: Chat | None = None) -> None:
        """The request is carried out, and half of the answer's JSON comes, under status 200."""
        self._order(method, Fault("truncated", after=True), times, chat)

    def refuse(self, method: str, words: str, times: int = 1, chat: Chat | None = None) -> None:
        """The call is refused (400), with these words, whatever it asks for."""
        self._waiting[method.lower()].extend([Fault("refused", chat=chat.id if chat else None, words=words)] * times)

    def duplicate_updates(self, times: int = 1) -> None:
        """The next batch of updates holds each of them twice."""
        self._order("getUpdates", Fault("duplicate"), times, None)

    def updates_out_of_order(self, times: int = 1) -> None:
        """The next batch of updates comes newest first."""
        self._order("getUpdates", Fault("out_of_order"), times, None)

    def take(self, method: str, chat: int | None = None) -> Fault | None:
        """The fault that strikes this call, if any."""
        waiting = self._waiting.get(method.lower(), [])
        for place, fault in enumerate(waiting):
            if fault.chat in (None, chat):
                return waiting.pop(place)
        return None

    def flooded(self, chat: int | None) -> float:
        """The seconds that calls for this chat have to wait."""
        until = max(self._floods.get(None, 0.0), self._floods.get(chat, 0.0) if chat is not None else 0.0)
        return max(0.0, until - time.monotonic())

    def _order(self, method: str, fault: Fault, times: int, chat: Chat | None) -> None:
        struck = Fault(fault.kind, fault.seconds, fault.status, fault.after, chat.id if chat else None)
        self._waiting[method.lower()].extend([struck] * times)
