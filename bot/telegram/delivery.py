"""Finds out whether a message has arrived whose sending went wrong.

Telegram knows no key by which a request could be told from its repetition. When the line breaks after `sendMessage`
has gone out, the message may stand in the chat or not; to send it again may double it, not to may lose it. But
Telegram numbers messages in a row: if it did arrive, it has one of the next numbers after the highest that is known.
An edit of such a number to the same text and buttons tells: "message is not modified" means that the message is
there, "message to edit not found" that the number is not one of this chat, "message can't be edited" that somebody
else wrote it. Nothing is changed by asking.

Where that ends:
- Private chats and basic groups share one row of numbers, a supergroup has its own. What this process has not seen
  (other processes with the same token, in supergroups what others write) leaves gaps; `CANDIDATES` numbers are tried,
  `OF_THE_DEAD` where another process may have sent it. A message behind them is not found, and is sent again: it may
  be there twice.
- Where it did not arrive, each number that is tried costs a refusal. They come only after a broken line, and to stop
  sooner would mean doubled messages wherever somebody else has written meanwhile.
- Where no number is known yet, right after a start, it is sent again.
- A request that Telegram carries out only after we have asked is not found either.
- Should the number belong to another message of the bot in that chat, sent by another process at that moment, that
  message takes the text of this one. One process for a chat at a time, as polling has it, rules that out.
- Of a quiz it is found out only that it stands there. Which poll it is, its first answer tells.
- Of an album, its first file is looked for: its messages are numbered in a row. A file without a caption is taken for
  any other of the bot's in that chat that came after what is known, and has none.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from itertools import islice
from typing import Any

from telegram.error import BadRequest

CANDIDATES = 3
OF_THE_DEAD = 60  # of a message that a process sent before it died: much may have been under way, and its successor has
#                   seen little of what the dead one saw
_ALBUM = "sendMediaGroup"
_PROBES = {
    "sendMessage": ("editMessageText", ("text", "parse_mode", "entities", "link_preview_options", "reply_markup")),
    "sendDocument": ("editMessageCaption", ("caption", "parse_mode", "caption_entities", "reply_markup")),
    "sendPhoto": ("editMessageCaption", ("caption", "parse_mode", "caption_entities", "reply_markup")),
    _ALBUM: ("editMessageCaption", ("caption", "parse_mode", "caption_entities")),  # as its first file says
    "sendPoll": ("editMessageReplyMarkup", ("reply_markup",)),  # what it asks can't be edited
}
_SUPERGROUPS = -1_000_000_000_000  # and below
_KEPT = 1024
_UNCHANGED = "message is not modified"
Call = Callable[[str, dict[str, Any]], Awaitable[Any]]


class _Row:
    """One row of numbers: the highest that is known, and the last that have been seen. Of a message of the bot's below
    which somebody has pressed a button, only the chat is known: it may be the one that is looked for."""

    def __init__(self) -> None:
        self.highest = 0
        self._order: deque[int] = deque()
        self._seen: dict[int, int | None] = {}  # the chat of one that may be looked for

    def note(self, number: int, looked_for_in: int | None = None) -> None:
        if number in self._seen:
            if looked_for_in is None:
                self._seen[number] = None
            return
        self.highest = max(self.highest, number)
        self._order.append(number)
        self._seen[number] = looked_for_in
        if len(self._order) > _KEPT:
            del self._seen[self._order.popleft()]

    def unknown(self, chat: int, above: int, most: int) -> Iterator[int]:
        """The numbers above that one that may be of such a message in the chat, and then those that nobody is known to
        have, with a few that may have been given since."""
        yield from sorted(number for number, place in self._seen.items() if place == chat and number > above)
        for number in range(above + 1, self.highest + most + 1):
            if number not in self._seen:
                yield number


class Numbers:
    """What is known of messages' numbers."""

    def __init__(self) -> None:
        self._rows: dict[int, _Row] = {}

    def note(self, chat: int, number: int) -> None:
        """A message of that number is known to be in the chat, and which."""
        self._row(chat).note(number)

    def note_update(self, update: dict[str, Any]) -> None:
        """Takes the numbers from an update, as it came."""
        for content in update.values():
            if isinstance(content, dict):
                message = content.get("message", content)
                if isinstance(message, dict) and "message_id" in message:
                    chat = message["chat"]["id"]
                    self._row(chat).note(message["message_id"], None if message is content else chat)

    def note_result(self, result: Any) -> None:
        """Takes the numbers from what a call gave."""
        for message in result if isinstance(result, list) else [result]:
            if isinstance(message, dict) and "message_id" in message and "chat" in message:
                self.note(message["chat"]["id"], message["message_id"])

    def highest(self, chat: int) -> int:
        """The highest number that is known in the chat's row; 0 where none is."""
        return self._row(chat).highest

    def candidates(self, chat: int, above: int, most: int = CANDIDATES) -> list[int]:
        """The numbers that a message may have that was sent when `above` was the highest."""
        if not above:
            return []
        return list(islice(self._row(chat).unknown(chat, above, most), most))

    def _row(self, chat: int) -> _Row:
        own = chat <= _SUPERGROUPS
        return self._rows.setdefault(chat if own else 0, _Row())


def can_be_found(endpoint: str) -> bool:
    """Whether it can be asked if a message sent by that method has arrived."""
    return endpoint in _PROBES


async def find(
    numbers: Numbers, above: int, endpoint: str, data: dict[str, Any], call: Call, most: int = CANDIDATES
) -> dict[str, Any] | list[dict[str, Any]] | None:
    """The message that a call has sent, as Telegram describes it, or as much of it as is known, or those of an album;
    None if it isn't there.

    `above` is the highest number that was known when the call began. `call` calls a method; what it raises but the
    two refusals that say "not this one" is raised.
    """
    probe, fields = _PROBES[endpoint]
    chat = int(data["chat_id"])
    says = _says(endpoint, data)
    same = {field: says[field] for field in fields if says.get(field) is not None}
    for number in numbers.candidates(chat, above, most):
        try:
            found = await call(probe, {"chat_id": chat, "message_id": number, **same})
        except BadRequest as error:
            if _UNCHANGED not in error.message.lower():
                continue
            found = None
        if endpoint == _ALBUM:
            album = [_described(chat, number + further, data) for further in range(len(data["media"]))]
            numbers.note_result(album)
            return album
        numbers.note(chat, number)
        return found if isinstance(found, dict) else _described(chat, number, data)
    return None


def _says(endpoint: str, data: dict[str, Any]) -> dict[str, Any]:
    """What the message that is looked for says: of an album, its first file."""
    if endpoint != _ALBUM:
        return data
    first = data["media"][0]
    return {"caption": first.caption, "parse_mode": first.parse_mode} if first.caption else {}


def _described(chat: int, number: int, data: dict[str, Any]) -> dict[str, Any]:
    """A message of which Telegram has told no more than that it is there."""
    kind = "private" if chat > 0 else "supergroup" if chat <= _SUPERGROUPS else "group"
    thread = data.get("message_thread_id")
    where = {"message_thread_id": thread, "is_topic_message": True} if thread else {}
    return {"message_id": number, "date": 0, "chat": {"id": chat, "type": kind}, **where}
