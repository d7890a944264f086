"""What the Telegram door remembers, behind ports; in memory where nobody provides better."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Sequence
from typing import Any, Protocol

from bot.store.holding import Came
from dialogues.course.state import Course
from dialogues.teams.model import Team


class Seen(Protocol):
    """Which updates have been taken, and what those say that wait. Telegram may bring one twice, and several processes
    may take them: see `bot.store.holding`. `known` is what has been given to this one and not struck out yet."""

    @property
    def is_sure(self) -> bool:
        """Whether nobody can have taken this process for dead."""

    @property
    def sure_since(self) -> float:
        """When that began anew, by `time.monotonic`: others may have taken over what was held before."""

    def beat(self) -> None:
        """Gives a sign of life."""

    def leave(self) -> None:
        """Gives what is left to others."""

    def take_updates(self, came: Sequence[Came], known: Collection[int] = ()) -> list[Came]:
        """Notes updates; gives those that are to be dealt with here and now, in order."""

    def updates_done(self, done: Sequence[tuple[int, str]], known: Collection[int] = ()) -> list[Came]:
        """Strikes out what updates said, given with their lanes: they have been dealt with. Gives what is next."""

    @property
    def is_alone(self) -> bool:
        """Whether no other process gives signs of life."""

    def note_sent(self, number: int, sent: Sequence[dict[str, Any]]) -> bool:
        """Notes what is sent in answer to an update: see `bot.telegram.journal`. False where it is another's by now."""

    def adopt_updates(self, known: Collection[int] = ()) -> list[Came]:
        """Takes over what processes that have died held."""

    def are_mine(self, numbers: Sequence[int]) -> bool:
        """Whether the updates are still to be dealt with here."""


class Members(Protocol):
    """Who came in by an invite code."""

    def add(self, owner: str) -> None: ...

    def has(self, owner: str) -> bool: ...


class Polls(Protocol):
    """Questions that were asked as polls. A poll has a name once it is sent: it is noted before, for the next one of a
    place, so that it is known also where the process is killed in between."""

    def expect_poll(self, owner: str, place: str, taps: Sequence[str]) -> None:
        """Notes a poll that is about to be sent to a place, with what each answer means."""

    def name_poll(self, place: str, poll: str) -> None:
        """The poll has been sent, and is called so."""

    def drop_poll(self, place: str) -> None:
        """The poll wasn't sent after all."""

    def poll_taps(self, poll: str, owner: str) -> Sequence[str] | None:
        """What each answer of a poll means; nothing where it was asked of somebody else, None where it isn't known."""

    def course(self, owner: str) -> Course | None:
        """The owner's introduction course; None where it hasn't been begun."""


class Chats(Polls, Protocol):
    """Groups that have another id since they became supergroups, and the messages that show a walkthrough."""

    def move_chat(self, old: int, new: int) -> None:
        """What belongs to the chat `old` belongs to `new` from now on."""

    def moved_from(self, chat: int) -> list[int]:
        """The ids that a chat had before."""

    def screen(self, place: str) -> int | None:
        """The message that shows the walkthrough of a place."""

    def set_screen(self, place: str, owner: str, shows: str, message: int) -> int | None:
        """Notes the message that shows the walkthrough of a place from now on; gives the one that did before."""

    def team(self, team_id: str) -> Team | None:
        """The team check of that id."""

    def show_team(self, team_id: str, message: int) -> None:
        """Notes the message that shows the team check."""

    def lose_reminders(self, place: str) -> int:
        """Gives up what is to be said in a chat ("telegram:42") that can't be written to; gives how many."""


class SeenInMemory:
    """The last `most` updates, and those that wait."""

    is_sure = is_alone = True
    sure_since = float("-inf")

    def __init__(self, most: int = 10_000) -> None:
        self._most = most
        self._ids: OrderedDict[int, None] = OrderedDict()
        self._waiting: dict[int, Came] = {}

    def beat(self) -> None:
        """There is nobody to give it to."""

    def leave(self) -> None:
        """There is nobody to leave it to."""

    def take_updates(self, came: Sequence[Came], known: Collection[int] = ()) -> list[Came]:
        fresh = [one for one in sorted(came, key=lambda one: one.number) if one.number not in self._ids]
        for one in fresh:
            self._ids[one.number] = None
            self._waiting[one.number] = one
        while len(self._ids) > self._most:
            self._ids.popitem(last=False)
        return fresh

    def updates_done(self, done: Sequence[tuple[int, str]], known: Collection[int] = ()) -> list[Came]:
        for number, _ in done:
            self._waiting.pop(number, None)
        return []

    def note_sent(self, number: int, sent: Sequence[dict[str, Any]]) -> bool:
        if number in self._waiting:
            self._waiting[number] = self._waiting[number]._replace(sent=list(sent))
        return True

    def adopt_updates(self, known: Collection[int] = ()) -> list[Came]:
        return [one for _, one in sorted(self._waiting.items()) if one.number not in known]

    def are_mine(self, numbers: Sequence[int]) -> bool:
        return True


class MembersInMemory:
    def __init__(self) -> None:
        self._owners: set[str] = set()

    def add(self, owner: str) -> None:
        self._owners.add(owner)

    def has(self, owner: str) -> bool:
        return owner in self._owners


class PollsInMemory:
    def __init__(self) -> None:
        self._polls: dict[str, tuple[str, Sequence[str]]] = {}  # whose, and what each answer means
        self._next: dict[str, tuple[str, Sequence[str]]] = {}  # by place

    def expect_poll(self, owner: str, place: str, taps: Sequence[str]) -> None:
        self._next[place] = owner, taps

    def name_poll(self, place: str, poll: str) -> None:
        if place in self._next:
            self._polls[poll] = self._next.pop(place)

    def drop_poll(self, place: str) -> None:
        self._next.pop(place, None)

    def poll_taps(self, poll: str, owner: str) -> Sequence[str] | None:
        known = self._polls.get(poll)
        return None if known is None else known[1] if known[0] == owner else ()

    def course(self, owner: str) -> Course | None:
        return None


class ChatsInMemory(PollsInMemory):
    def __init__(self) -> None:
        super().__init__()
        self._moved: dict[int, list[int]] = {}
        self._screens: dict[str, int] = {}

    def move_chat(self, old: int, new: int) -> None:
        self._moved.setdefault(new, []).append(old)
        self._screens.clear()

    def moved_from(self, chat: int) -> list[int]:
        return self._moved.get(chat, [])

    def screen(self, place: str) -> int | None:
        return self._screens.get(place)

    def set_screen(self, place: str, owner: str, shows: str, message: int) -> int | None:
        before = self._screens.get(place)
        self._screens[place] = message
        return before

    def team(self, team_id: str) -> Team | None:
        return None

    def show_team(self, team_id: str, message: int) -> None:
        """There are no teams without a store."""

    def lose_reminders(self, place: str) -> int:
        return 0
