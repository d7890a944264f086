"""Buttons that are pressed: what each means, what it stands below, and which press is half of a double tap."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable, Hashable
from datetime import datetime
from typing import Literal, NamedTuple

from telegram import CallbackQuery, Message

from bot.telegram import callbacks
from bot.telegram.double_taps import Elsewhere, Nowhere
from bot.telegram.ports import Chats
from bot.telegram.shown import Tapped
from dialogues import taps

_WINDOW = 2.0  # seconds in which the same button, pressed again, is the same press …
_CONTROL_WINDOW = 0.4  # … and for back, skip and the like, which one may well press twice in a row
_MOST = 2048


class Presses:
    """A press of a button is double while the same press is being worked on, and for a moment after; unless another
    button of that message has been pressed meanwhile, as when one goes up and down in a menu."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._last: dict[Hashable, Hashable] = {}  # the button pressed last, by message and person
        self._until: dict[Hashable, float] = {}  # when a press is over; infinity while it is worked on

    def begin(self, press: Hashable, below: Hashable = None) -> bool:
        """Notes a press; False if it is a double. `below` is the message, and who presses."""
        over = self._until.get(press, 0.0)
        elsewhere = below is not None and self._last.get(below) != press
        if over > self._now() and (over == float("inf") or not elsewhere):
            return False
        if below is not None:
            self._last[below] = press
        if len(self._until) >= _MOST:
            now = self._now()
            self._until = {known: until for known, until in self._until.items() if until > now}
            self._last = {known: pressed for known, pressed in self._last.items() if pressed in self._until}
        self._until[press] = float("inf")
        return True

    def is_worked_on(self, press: Hashable) -> bool:
        """Whether the same has been pressed and not been answered yet."""
        return self._until.get(press) == float("inf")

    def forget(self, press: Hashable) -> None:
        """Nothing has come of the press: the next one counts."""
        self._until.pop(press, None)

    def end(self, press: Hashable, tap: str | None) -> float:
        """The press has been answered. Gives for how many seconds the same is a double one."""
        parsed = taps.parse(tap) if tap else None
        window = _CONTROL_WINDOW if parsed is not None and parsed.kind == taps.CONTROL else _WINDOW
        self._until[press] = self._now() + window
        return window


class _First(NamedTuple):
    """The press of a button that another may double."""

    id: str
    look: str  # of the message that it was made below
    late: bool  # a process that has died had it before


class Buttons:
    """Knows what a press means."""

    def __init__(self, signer: callbacks.Signer, chats: Chats, elsewhere: Elsewhere | None = None) -> None:
        self._signer = signer
        self._chats = chats
        self._elsewhere = elsewhere or Nowhere()
        self._presses = Presses()
        self._late: dict[str, datetime] = {}  # when those were made that processes have left that died
        self._doubles: dict[str, Literal["meanwhile", "after"]] = {}  # second halves: while the first was worked on?
        self._first: dict[Hashable, _First] = {}  # those that are worked on
        self._apart: set[str] = set()  # the same again, below another answer

    def arrives(self, query: CallbackQuery, taken: datetime | None = None) -> None:
        """Notes a press before it waits for its turn: only now can a double tap be told. `taken`: when it was made, in
        UTC, where that is a while ago: it was left by a process that has died."""
        if taken:
            self._late[query.id] = taken
        press, look = _press(query), _look(query)
        if press in self._first and self._first[press].id == query.id:  # taken over from this process, and back again
            self._presses.forget(press)
        meanwhile = self._presses.is_worked_on(press)
        if meanwhile and self._was_answered(press, look, late=taken is not None):
            self._apart.add(query.id)
        elif not self._presses.begin(press, press[:2]):
            self._doubles[query.id] = "meanwhile" if meanwhile else "after"
            return
        self._first[press] = _First(query.id, look, taken is not None)

    async def is_double(self, query: CallbackQuery) -> bool:
        """Whether it is one; told once."""
        press, here, made = _press(query), self._doubles.pop(query.id, None), self._late.pop(query.id, None)
        if here == "meanwhile" or query.id in self._apart:
            self._apart.discard(query.id)
            return here is not None
        anywhere = await self._elsewhere.was_pressed(_named(press), str(query.data), query.id, _look(query), made)
        if anywhere and not here:  # it has been begun, and isn't gone on with
            self._presses.end(press, None)
            self._first.pop(press, None)
        return here is not None if anywhere is None else anywhere

    def _was_answered(self, press: Hashable, look: str, *, late: bool) -> bool:
        """Whether a process that died had shown the answer to a press that is worked on again: the message looked
        otherwise at the next."""
        first = self._first.get(press)
        return first is not None and (late or first.late) and look != first.look

    def dropped(self, query: CallbackQuery) -> None:
        """Nothing comes of the press."""
        self._late.pop(query.id, None)
        self._doubles.pop(query.id, None)
        self._apart.discard(query.id)
        self._first.pop(_press(query), None)
        self._presses.forget(_press(query))

    async def answered(self, query: CallbackQuery, tap: str | None = None) -> None:
        """The press has been dealt with."""
        press = _press(query)
        window = self._presses.end(press, tap)
        self._first.pop(press, None)
        await self._elsewhere.note(_named(press), str(query.data), query.id, _look(query), window)

    async def tap(self, query: CallbackQuery) -> str | None:
        """What the button means; also one from before the group was moved to another id."""
        chat = query.message.chat.id if query.message else query.from_user.id
        data = query.data or ""
        tap = self._signer.read(data, chat)
        if tap or chat > 0:
            return tap
        before = await asyncio.to_thread(self._chats.moved_from, chat)
        return next((old for old in (self._signer.read(data, one) for one in before) if old), None)

    def under(self, query: CallbackQuery, tap: str) -> Tapped | None:
        """The message whose button it is."""
        message = query.message
        if message is None:
            return None
        readable = message if isinstance(message, Message) else None
        keyboard = readable.reply_markup if readable else None
        rows = keyboard.inline_keyboard if keyboard else ()
        offered = [self._signer.read(str(button.callback_data), message.chat.id) for row in rows for button in row]
        place = callbacks.place_of(tap, [other for other in offered if other])
        text, edited = (readable.text, readable.edit_date) if readable else (None, None)
        return Tapped(message.message_id, place, text, keyboard, edited)


def _press(query: CallbackQuery) -> tuple[Hashable, ...]:
    message = query.message
    where = (message.chat.id, message.message_id) if message else query.inline_message_id
    return where, query.from_user.id, query.data


def _look(query: CallbackQuery) -> str:
    """What the message looked like when its button was pressed, as one word."""
    message = query.message if isinstance(query.message, Message) else None
    shown = (message.text, message.caption, message.edit_date) if message else ()
    return hashlib.blake2b(repr(shown).encode("utf-8", "replace"), digest_size=6).hexdigest()


def _named(press: tuple[Hashable, ...]) -> str:
    """The message, and who presses, as one word."""
    where, person, _ = press
    return ":".join(map(str, (*where, person))) if isinstance(where, tuple) else f"{where}:{person}"
