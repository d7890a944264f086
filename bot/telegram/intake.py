"""Takes updates in, from whatever way they come: noted before they are confirmed, put in order, handled once.

An update is written down, with what it says, before Telegram is told that it has come; when it has been dealt with,
what it said is struck out. So what a killed process had taken is still there at the next start, and is dealt with
then, once (see `bot.telegram.journal`); it is given up only where several processes have been killed over the same
update, so that no update can bring down every start; who did it is told then. While Telegram or the store is away,
updates are held.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import datetime
from itertools import chain, repeat
from typing import Any, Protocol

from telegram import Bot, Update

from bot.store.holding import BEAT, Came
from bot.telegram.journal import Journal, TakenOverError, holds_up, keeping
from bot.telegram.lanes import Lanes
from bot.telegram.pasted import Parcel, Parcels, Written, written
from bot.telegram.ports import Seen
from bot.telegram.stand_ins import completed

log = logging.getLogger(__name__)

LONGEST_LANE = 48  # characters
HELD = (2.0, 4.0, 8.0, 15.0)  # seconds before each further try at what is held up; the last ones as often as it takes …
_LONGEST = 86_400.0  # … for so long: as long as Telegram keeps updates
_REMEMBERED = 500  # updates
_INLINE = ("inline_query", "chosen_inline_result")


class Handler(Protocol):
    """Who deals with updates."""

    def arrives(self, update: Update, taken: datetime | None) -> None:
        """An update has come, and waits. `taken`: when (UTC), where a process has taken it in that has died since."""

    async def take(self, update: Update, words: Written | None) -> None:
        """Answers an update; `words` is here, and below, what was written, where it came in several messages."""

    async def turned_away(self, update: Update, words: Written | None, first: bool) -> None:
        """There are too many; `first` of a row."""

    def lost(self, update: Update, words: Written | None) -> None:
        """It isn't answered here: another process has taken it over."""

    async def given_up(self, update: Update, words: Written | None) -> None:
        """It isn't answered: too many processes have died over it."""


class Intake:
    """`notice` sees each update as it came, before it is understood. `answers`: whether what is taken can be dealt
    with; until then, nothing is taken over as long as there are other processes."""

    def __init__(
        self,
        bot: Bot,
        seen: Seen,
        notice: Callable[[dict[str, Any]], None],
        handler: Handler,
        answers: Callable[[], bool] = lambda: True,
    ) -> None:
        self._bot = bot
        self._seen = seen
        self._notice = notice
        self._handler = handler
        self._answers = answers
        self._parcels = Parcels()
        self._lanes: Lanes[Parcel] = Lanes(self._handle, self._turned_away)
        self._held: dict[int, str] = {}  # the lanes of what is queued or at work, and not struck out
        self._sent: dict[int, Sequence[dict[str, Any]]] = {}  # what another process had sent before it died
        self._given_up: set[int] = set()
        self._over: deque[int] = deque(maxlen=_REMEMBERED)  # struck out lately
        self._takes_over = False
        self._dealt_with: list[int] = []
        self._striking: asyncio.Task[None] | None = None
        self._next_struck: asyncio.Future[None] | None = None  # is over when that has been tried
        self._closing = False

    async def take(self, updates: list[dict[str, Any]]) -> None:
        """Notes updates and queues those that have not come before. When it returns they may be confirmed; what it
        raises comes from the store, and they must not be."""
        came = [Came(int(update["update_id"]), lane_of(update), update) for update in updates]
        if came:
            self._queue(await asyncio.to_thread(self._seen.take_updates, came, {*self._held}))
            self._takes_over = True

    @property
    def open(self) -> set[int]:
        """The numbers of the updates that are queued or at work."""
        return {*self._held}

    def take_over_from_now(self) -> None:
        """Allows to take over what others have left; the first update does so as well, which tells how far messages are
        numbered by now. What is sent without knowing that, nobody finds, should this process die over it as well
        (`bot.telegram.delivery`)."""
        self._takes_over = True

    async def take_up(self) -> None:
        """Queues what processes that have died had taken and left."""
        if not (self._takes_over and (self._answers() or self._seen.is_alone)):
            return
        left = await asyncio.to_thread(self._seen.adopt_updates, {*self._held})
        if left:
            log.warning("%s updates that a process left are dealt with now", len(left))
        self._queue(left)

    async def live(self) -> None:
        """Gives signs of life, and looks after those who give none any more, until it is cancelled."""
        while True:
            try:
                await asyncio.to_thread(self._seen.beat)
                if not self._closing:
                    await self.take_up()
                self._strike([])  # what could not be noted
            except Exception:
                log.exception("the other processes could not be looked after")
            await asyncio.sleep(BEAT)

    async def close(self, patience: float) -> None:
        """Deals with what is queued; what takes longer than that is left to the next start."""
        self._closing = True
        self._parcels.close()
        try:
            await asyncio.wait_for(self._lanes.empty(), patience)
        except asyncio.TimeoutError:
            log.warning("some answers were still open after %s s", patience)
            self._lanes.cancel()
        while self._striking:
            await self._striking
        try:
            await asyncio.to_thread(self._seen.leave)
        except Exception:
            log.exception("what is left could not be given to others")

    def _queue(self, updates: Sequence[Came]) -> None:
        for came in updates:
            number, lane, raw = came.number, came.lane, came.says
            if number in self._held or number in self._over:  # another look at the store has found it as well
                continue
            self._held[number] = lane
            if came.sent:
                self._sent[number] = came.sent
            if came.is_given_up:
                self._given_up.add(number)
            try:
                self._notice(raw)
                update = Update.de_json(completed(raw), self._bot)
            except Exception:
                log.exception("update %s is none that can be read", number)
                self._strike([number])
                continue
            self._handler.arrives(update, came.taken)
            person = person_of(update)
            parcel = self._parcels.put(update, raw, (lane, person))
            if parcel:
                self._lanes.put(parcel, lane, person, urgent=bool(update.callback_query))

    async def _handle(self, parcel: Parcel) -> None:
        """Deals with what came; a text in several messages when all of them are there."""
        await self._parcels.whole(parcel)
        if not await self._is_ours(parcel):
            return
        try:
            if self._given_up & {*parcel.numbers}:
                await self._give_up(parcel)
            elif not await self._dealt(parcel):
                return
        except TakenOverError:
            self._lose(parcel)
            return
        except Exception:
            log.exception("update %s could not be answered", parcel.first.update_id)
        # What comes next in the lane has to wait for that: the engine remembers but the last answer of a conversation.
        await asyncio.wait([self._strike(parcel.numbers)])

    async def _dealt(self, parcel: Parcel) -> bool:
        """Has it answered, as soon as what that takes is there; False where another process does it meanwhile."""
        words, number = _words(parcel), parcel.numbers[0]
        journal = Journal(self._seen, number, self._sent.pop(number, ()))
        until = time.monotonic() + _LONGEST
        for pause in chain(HELD, repeat(HELD[-1])):
            try:
                with keeping(journal):
                    await self._handler.take(parcel.update(self._bot), words)
            except Exception as error:
                if not holds_up(error) or time.monotonic() > until:
                    raise
                log.warning("update %s is held for %s s: %s", number, pause, type(error).__name__)
            else:
                break
            await asyncio.sleep(pause)
            if not await self._is_ours(parcel):
                return False
            journal = journal.again()
        return True

    async def _give_up(self, parcel: Parcel) -> None:
        log.error("update %s is given up: too many processes have died over it", parcel.first.update_id)
        self._given_up -= {*parcel.numbers}
        await self._handler.given_up(parcel.first, _words(parcel))

    async def _turned_away(self, parcel: Parcel, first: bool) -> None:
        self._parcels.forget(parcel)
        try:
            await self._handler.turned_away(parcel.first, _words(parcel), first)
        finally:
            self._strike(parcel.numbers)

    async def _is_ours(self, parcel: Parcel) -> bool:
        """Whether the parcel is still this process's. One that was held up may have been taken for dead: it doesn't
        begin with anything before it has been seen alive again."""
        while not self._seen.is_sure:
            await asyncio.sleep(BEAT)
        if parcel.ours <= self._seen.sure_since:
            parcel.ours = time.monotonic()
            if not await asyncio.to_thread(self._seen.are_mine, parcel.numbers):
                self._lose(parcel)
                return False
        return True

    def _lose(self, parcel: Parcel) -> None:
        """Another process deals with it."""
        log.warning("another process has taken over %s updates", len(parcel.numbers))
        for number in parcel.numbers:
            self._held.pop(number, None)
        self._handler.lost(parcel.first, _words(parcel))

    def _strike(self, numbers: list[int]) -> asyncio.Future[None]:
        """What it gives is over when it has been tried to strike these out."""
        self._dealt_with += numbers
        if self._next_struck is None:
            self._next_struck = asyncio.get_running_loop().create_future()
        struck = self._next_struck
        if self._striking is None and self._dealt_with:
            self._striking = asyncio.create_task(self._strike_out())
        return struck

    async def _strike_out(self) -> None:
        """Strikes out what has been dealt with; what is added meanwhile goes in one with the next."""
        try:
            while self._dealt_with:
                numbers, self._dealt_with = self._dealt_with, []
                struck, self._next_struck = self._next_struck, None
                done = [(number, self._held[number]) for number in numbers if number in self._held]
                try:
                    following = await asyncio.to_thread(self._seen.updates_done, done, {*self._held})
                except Exception:
                    log.exception("that %s updates were dealt with could not be noted yet", len(numbers))
                    self._dealt_with += numbers
                    return
                finally:
                    if struck is not None:
                        struck.set_result(None)
                self._over.extend(number for number, _ in done)
                for number in numbers:
                    self._held.pop(number, None)
                if not self._closing:
                    self._queue(following)
        finally:
            self._striking = None


def _words(parcel: Parcel) -> Written | None:
    return written(parcel.parts) if len(parcel.parts) > 1 else None


def lane_of(update: Mapping[str, Any]) -> str:
    """What an update has to wait its turn with, as Telegram wrote it: those of its chat; of what somebody types to find
    something, their own; of the vote in a poll, those of their private chat."""
    for name, said in update.items():
        if not isinstance(said, dict):
            continue
        inside = said.get("message") if name == "callback_query" else said
        chat = inside.get("chat") if isinstance(inside, dict) else None
        person = said.get("from") or said.get("user") or said.get("voter_chat")
        for who in (chat, person):
            if isinstance(who, dict) and "id" in who:
                return f"inline {who['id']}" if name in _INLINE else str(who["id"])[:LONGEST_LANE]
    return ""


def person_of(update: Update) -> Hashable:
    """Who did what the update tells; the chat where nobody is named."""
    if update.effective_user:
        return update.effective_user.id
    return update.effective_chat.id if update.effective_chat else None
