"""What the Telegram door remembers, behind ports; in memory where nobody provides better."""

from __future__ import annotations

from collections import OrderedDict
from typing import Protocol


class Seen(Protocol):
    """Which updates have been taken. Telegram may bring one twice."""

    def first_time(self, update_id: int) -> bool:
        """Notes the update; False if it was noted before."""


class Members(Protocol):
    """Who came in by an invite code."""

    def add(self, owner: str) -> None: ...

    def has(self, owner: str) -> bool: ...


class SeenInMemory:
    """The last `most` updates."""

    def __init__(self, most: int = 10_000) -> None:
        self._most = most
        self._ids: OrderedDict[int, None] = OrderedDict()

    def first_time(self, update_id: int) -> bool:
        if update_id in self._ids:
            return False
        self._ids[update_id] = None
        if len(self._ids) > self._most:
            self._ids.popitem(last=False)
        return True


class MembersInMemory:
    def __init__(self) -> None:
        self._owners: set[str] = set()

    def add(self, owner: str) -> None:
        self._owners.add(owner)

    def has(self, owner: str) -> bool:
        return owner in self._owners
