"""What the Telegram door remembers, behind ports; in memory where nobody provides better."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Protocol

from dialogues.teams.model import Team


class Seen(Protocol):
    """Which updates have been taken, and what those say that wait. Telegram may bring one twice."""

    def take_updates(self, came: Mapping[int, dict[str, Any]]) -> set[int]:
        """Notes updates, with what they say; gives the ids of those that had not come before."""

    def updates_done(self, numbers: Sequence[int]) -> None:
        """Strikes out what updates said: they have been dealt with."""

    def left_updates(self, older: timedelta) -> list[dict[str, Any]]:
        """What the updates say that were taken so long ago, or longer, and not dealt with; each is given out once."""


class Members(Protocol):
    """Who came in by an invite code."""

    def add(self, owner: str) -> None: ...

    def has(self, owner: str) -> bool: ...


class Chats(Protocol):
    """Groups that have another id since they became supergroups, and the messages that show a walkthrough."""

    def move_chat(self, old: int, new: int) -> None:
        """What belongs to the chat `old` belongs to `new` from now on."""

    def moved_from(self, chat: int) -> list[int]:
        """The ids that a chat had before."""

    def screen(self, place: str) -> int | None:
        """The message that shows the walkthrough of a place."""

    def set_screen(self, place: str, owner: str, shows: str, message: int) -> None: ...

    def team(self, team_id: str) -> Team | None:
        """The team check of that id."""

    def show_team(self, team_id: str, message: int) -> None:
        """Notes the message that shows the team check."""

    def lose_reminders(self, place: str) -> int:
        """Gives up what is to be said in a chat ("telegram:42") that can't be written to; gives how many."""


class SeenInMemory:
    """The last `most` updates, and those that wait."""

    def __init__(self, most: int = 10_000) -> None:
        self._most = most
        self._ids: OrderedDict[int, None] = OrderedDict()
        self._waiting: dict[int, dict[str, Any]] = {}

    def take_updates(self, came: Mapping[int, dict[str, Any]]) -> set[int]:
        fresh = {number for number in came if number not in self._ids}
        for number in fresh:
            self._ids[number] = None
            self._waiting[number] = came[number]
        while len(self._ids) > self._most:
            self._ids.popitem(last=False)
        return fresh

    def updates_done(self, numbers: Sequence[int]) -> None:
        for number in numbers:
            self._waiting.pop(number, None)

    def left_updates(self, older: timedelta) -> list[dict[str, Any]]:
        if older:
            return []  # another process has its own memory
        left, self._waiting = self._waiting, {}
        return [left[number] for number in sorted(left)]


class MembersInMemory:
    def __init__(self) -> None:
        self._owners: set[str] = set()

    def add(self, owner: str) -> None:
        self._owners.add(owner)

    def has(self, owner: str) -> bool:
        return owner in self._owners


class ChatsInMemory:
    def __init__(self) -> None:
        self._moved: dict[int, list[int]] = {}
        self._screens: dict[str, int] = {}

    def move_chat(self, old: int, new: int) -> None:
        self._moved.setdefault(new, []).append(old)
        self._screens.clear()

    def moved_from(self, chat: int) -> list[int]:
        return self._moved.get(chat, [])

    def screen(self, place: str) -> int | None:
        return self._screens.get(place)

    def set_screen(self, place: str, owner: str, shows: str, message: int) -> None:
        self._screens[place] = message

    def team(self, team_id: str) -> Team | None:
        return None

    def show_team(self, team_id: str, message: int) -> None:
        """There are no teams without a store."""

    def lose_reminders(self, place: str) -> int:
        return 0
