"""What has been sent in answer to an update, so that nothing is sent twice when a process dies over it.

The engine gives the same replies to what comes again (`bot.door.Inbound.id`), so that the next process sends the same
messages in the same order. Each is noted before it goes out, with the highest number of a message that was known then;
what came of it is noted with the next one. What is noted with its result has been sent. Of the one that was noted last,
nobody knows: whether it has arrived is found out (`bot.telegram.delivery`), and only where it hasn't it is sent.

A process that was only held up may find that another has taken the update over: then it sends nothing more. Lines that
say that it takes a while are noted as well: who takes over takes them back.

Where Telegram or the store is away for longer than a call is repeated, the update is held, and dealt with again from
its beginning: what had been sent is not sent again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from telegram.error import BadRequest, NetworkError

from bot.errors import AwayError
from bot.telegram.ports import Seen

ABOVE, RESULT, LINE = "above", "result", "line"
Entry = dict[str, Any]


class TakenOverError(Exception):
    """Another process deals with the update now."""


class NotNotedError(Exception):
    """The store is away: nothing can be sent before it is back."""


@dataclass
class Journal:
    """Of one update; `before` is what another process noted of it before it died."""

    seen: Seen
    number: int
    before: Sequence[Entry] = ()
    _entries: list[Entry] = field(default_factory=list, init=False)
    _lines: list[Entry] = field(default_factory=list, init=False)
    _keeping: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    def __post_init__(self) -> None:
        self._lines = [entry for entry in self.before if LINE in entry]
        self.before = [entry for entry in self.before if LINE not in entry]

    def next_before(self) -> Entry | None:
        """What the process that died noted of the message that comes now; None where it hadn't come so far."""
        place = len(self._entries)
        return self.before[place] if place < len(self.before) else None

    async def note(self, above: int) -> Entry:
        """Notes that a message is about to be sent. Raises TakenOverError where that is another's to do, NotNotedError
        where it can't be noted."""
        entry: Entry = {ABOVE: above}
        self._entries.append(entry)
        await self._keep()
        return entry

    def take(self, entry: Entry) -> None:
        """Takes over what was noted before."""
        self._entries.append(entry)

    async def note_line(self, message: int) -> None:
        """Notes a line that is to be taken back."""
        self._lines.append({LINE: message})
        await self._keep()

    def line_gone(self, message: int) -> None:
        """The line has been taken back."""
        self._lines = [entry for entry in self._lines if entry[LINE] != message]

    def lines_left(self) -> list[int]:
        """The lines that a process that died has left standing; told once."""
        left, self._lines = self._lines, []
        return [entry[LINE] for entry in left]

    def again(self) -> Journal:
        """For the next try at the same update, from its beginning."""
        return Journal(self.seen, self.number, self._known())

    def _known(self) -> list[Entry]:
        return [*self._entries, *self.before[len(self._entries) :], *self._lines]

    async def _keep(self) -> None:
        async with self._keeping:  # what is known later is written later
            try:
                mine = await asyncio.to_thread(self.seen.note_sent, self.number, self._known())
            except Exception as error:
                raise NotNotedError from error
        if not mine:
            raise TakenOverError


def holds_up(error: Exception) -> bool:
    """Whether an update that could not be answered for it is to be dealt with again later: what it takes is away."""
    unreachable = isinstance(error, NetworkError) and not isinstance(error, BadRequest)
    return isinstance(error, (NotNotedError, AwayError)) or unreachable


_JOURNAL: ContextVar[Journal | None] = ContextVar("journal", default=None)


@contextmanager
def keeping(journal: Journal | None) -> Iterator[None]:
    """While open, what is sent is noted there; nowhere where it is None."""
    token = _JOURNAL.set(journal)
    try:
        yield
    finally:
        _JOURNAL.reset(token)


def current() -> Journal | None:
    """Where what is sent now is noted."""
    return _JOURNAL.get()
