"""Buttons that are pressed: what each means, what it stands below, and which press is half of a double tap.

A press of a button is double while the same press is being worked on, and for a moment after its answer has been
shown; unless another button of that message has been pressed meanwhile, as when one goes up and down in a menu.
"""

from __future__ import annotations

import asyncio
import hashlib
import math
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from telegram import CallbackQuery, Message

from bot.store.rows import now as utc_now
from bot.telegram import callbacks
from bot.telegram.double_taps import Elsewhere, Nowhere, Press
from bot.telegram.ports import Chats
from bot.telegram.shown import Tapped
from dialogues import taps

_WINDOW = 2.0  # seconds in which the same button, pressed again, is the same press …
_CONTROL_WINDOW = 0.4  # … and for back, skip and the like, which one may well press twice in a row
_MOST = 2048
_WORKED_ON = math.inf


@dataclass
class _First:
    """The press of a button that another may double."""

    id: str
    look: str  # of the message that it was made below
    late: bool  # a process that has died had it before
    until: float = _WORKED_ON  # when the same is a press of its own again
    answered: bool = False  # not merely shown the beginning of an answer: other processes know of it


class _Arrival(NamedTuple):
    """What was to be told of a press when it came."""

    made: float  # when, by the clock of this process
    late: bool
    kind: Literal["first", "meanwhile", "after", "apart"]  # of its kind; a double, while the first was worked on or
    #                                                         after; the same again, below another answer


class Buttons:
    """Knows what a press means."""

    def __init__(
        self,
        signer: callbacks.Signer,
        chats: Chats,
        elsewhere: Elsewhere | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._signer = signer
        self._chats = chats
        self._elsewhere = elsewhere or Nowhere()
        self._now = now
        self._first: dict[Hashable, _First] = {}  # by button and person
        self._last: dict[Hashable, Hashable] = {}  # the button pressed last, by message and person
        self._arrivals: dict[str, _Arrival] = {}  # by press, until it is looked at

    def arrives(self, query: CallbackQuery, taken: datetime | None = None) -> None:
        """Notes a press before it waits for its turn: only now can a double tap be told. `taken`: when it was made, in
        UTC, where that is a while ago: it was left by a process that has died."""
        button, look, late = _button(query), _look(query), taken is not None
        made = self._now() - ((utc_now() - taken) / timedelta(seconds=1) if taken else 0.0)
        kind = self._kind(query, button, look, late)
        self._arrivals[query.id] = _Arrival(made, late, kind)
        if kind in ("first", "apart"):
            self._forget_old()
            self._first[button] = _First(query.id, look, late)
            self._last[button[:2]] = button

    def _kind(
        self, query: CallbackQuery, button: tuple[Hashable, ...], look: str, late: bool
    ) -> Literal["first", "meanwhile", "after", "apart"]:
        first = self._first.get(button)
        if first is None or first.id == query.id:  # taken over from this process, and back again
            return "first"
        if first.until == _WORKED_ON:
            answered = (late or first.late) and look != first.look  # by a process that died then
            return "apart" if answered else "meanwhile"
        if first.until <= self._now() or self._last.get(button[:2]) != button:
            return "first"
        return "after" if first.answered else "meanwhile"

    async def is_double(self, query: CallbackQuery) -> bool:
        """Whether it is one; told once."""
        made, late, kind = self._arrivals.pop(query.id, _Arrival(self._now(), False, "first"))
        if kind in ("meanwhile", "apart"):
            return kind == "meanwhile"
        anywhere = await self._elsewhere.was_pressed(_press(query), self._now() - made, late)
        double = kind == "after" if anywhere is None else anywhere
        if double and kind == "first":  # it has been begun, and isn't gone on with
            self._over(query, _WINDOW)
        elif kind == "after" and not double:  # another process has dealt with another button meanwhile
            self._first[_button(query)] = _First(query.id, _look(query), late)
        return double

    def dropped(self, query: CallbackQuery) -> None:
        """Nothing comes of the press: the next one counts."""
        self._arrivals.pop(query.id, None)
        first = self._first.get(_button(query))
        if first and first.id == query.id:
            del self._first[_button(query)]

    def shown(self, query: CallbackQuery, tap: str | None) -> None:
        """The answer to the press can be seen: from now on it counts how soon the same is pressed again."""
        self._over(query, _window(tap))

    async def answered(self, query: CallbackQuery, tap: str | None = None) -> None:
        """The press has been dealt with."""
        window = _window(tap)
        first = self._over(query, window)
        if first:
            first.answered = True
            await self._elsewhere.note(_press(query), window, self._now() - (first.until - window))

    def _over(self, query: CallbackQuery, window: float) -> _First | None:
        """The press, of which is known from now on when the same is no double any more: it counts from when its answer
        was first shown. None where another has come since, which may have doubles of its own."""
        first = self._first.get(_button(query))
        if first is None or first.id != query.id:
            return None
        first.until = min(first.until, self._now() + window)
        return first

    def _forget_old(self) -> None:
        if len(self._first) >= _MOST:
            now = self._now()
            self._first = {button: first for button, first in self._first.items() if first.until > now}
            self._last = {below: button for below, button in self._last.items() if button in self._first}

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


def _button(query: CallbackQuery) -> tuple[Hashable, ...]:
    """The message, who presses, and what."""
    message = query.message
    where = (message.chat.id, message.message_id) if message else query.inline_message_id
    return where, query.from_user.id, query.data


def _press(query: CallbackQuery) -> Press:
    """The press as all processes know it."""
    where, person, button = _button(query)
    place = ":".join(map(str, (*where, person))) if isinstance(where, tuple) else f"{where}:{person}"
    return Press(place, str(button), query.id, _look(query))


def _window(tap: str | None) -> float:
    """For how many seconds after its answer the same is a double one."""
    parsed = taps.parse(tap) if tap else None
    return _CONTROL_WINDOW if parsed is not None and parsed.kind == taps.CONTROL else _WINDOW


def _look(query: CallbackQuery) -> str:
    """What the message looked like when its button was pressed, as one word."""
    message = query.message if isinstance(query.message, Message) else None
    shown = (message.text, message.caption, message.edit_date) if message else ()
    return hashlib.blake2b(repr(shown).encode("utf-8", "replace"), digest_size=6).hexdigest()
