"""Who is in a chat and what stands in it, as a test reads it."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.botapi.html import Entity, units

if TYPE_CHECKING:
    from tests.botapi.world import World

PATIENCE = 20.0  # seconds that a test waits for the bot before it fails
_COMMAND = re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,32}(?:@\w+)?")
_MENTION = re.compile(r"(?<!\w)@\w{3,32}")


@dataclass(frozen=True)
class Button:
    label: str
    data: str


@dataclass(frozen=True)
class File:
    name: str
    content: bytes


@dataclass
class Message:
    """A message as it stands now; an edit changes it in place."""

    id: int
    chat: Chat
    sender: str
    text: str = ""
    html: str = ""
    entities: list[Entity] = field(default_factory=list)
    rows: list[list[Button]] = field(default_factory=list)
    file: File | None = None
    thread: int | None = None
    reply_to: int | None = None
    edits: int = 0
    previews: bool = True  # of links
    by_bot: bool = False
    deleted: bool = False
    json: dict[str, Any] = field(default_factory=dict)  # what the bot was sent, for a message of a person

    @property
    def buttons(self) -> list[str]:
        """The labels of the buttons, in order."""
        return [button.label for row in self.rows for button in row]

    def button(self, label: str) -> Button:
        for row in self.rows:
            for button in row:
                if button.label == label:
                    return button
        raise AssertionError(f"no button {label!r} under {self.text[:60]!r}, but {self.buttons}")

    def links(self) -> list[str]:
        return [entity.url for entity in self.entities if entity.kind == "text_link"]


@dataclass
class Press:
    """A pressed button, and what the bot said to it."""

    id: str
    answers: list[str] = field(default_factory=list)  # the text of every answer; "" for a bare one
    alert: bool = False

    @property
    def answered(self) -> bool:
        return bool(self.answers)

    @property
    def text(self) -> str:
        return self.answers[0] if self.answers else ""


@dataclass
class Chat:
    """A private chat, a group or a channel, with everything said in it."""

    world: World
    id: int
    kind: str
    title: str = ""
    is_forum: bool = False
    threads: set[int] = field(default_factory=set)
    messages: list[Message] = field(default_factory=list)
    events: list[Message] = field(default_factory=list)  # one for every message or edit of the bot
    actions: list[str] = field(default_factory=list)  # "typing", "upload_document" …
    gone: str | None = None  # why the bot may not write here
    upgraded_to: int | None = None
    _read: int = 0

    def as_json(self) -> dict[str, Any]:
        named = {"first_name": self.title} if self.kind == "private" else {"title": self.title}
        return {"id": self.id, "type": self.kind, **named, **({"is_forum": True} if self.is_forum else {})}

    @property
    def from_bot(self) -> list[Message]:
        return [message for message in self.messages if message.by_bot]

    def wait_for_reply(self, patience: float = PATIENCE) -> Message:
        """The next thing that the bot wrote or edited here, in order; waits for it."""
        if not self.world.wait(lambda: len(self.events) > self._read, patience):
            raise AssertionError(f"the bot said nothing in {self.title!r}:\n{self.transcript()}")
        self._read += 1
        return self.events[self._read - 1]

    def find(self, message_id: int) -> Message | None:
        for message in self.messages:
            if message.id == message_id and not message.deleted:
                return message
        return None

    def newest_with(self, label: str) -> Message:
        for message in reversed(self.messages):
            if label in message.buttons:
                return message
        raise AssertionError(f"no message with a button {label!r}:\n{self.transcript()}")

    def transcript(self) -> str:
        """The chat as one reads it."""
        lines = []
        for message in self.messages:
            buttons = "".join(f" [{label}]" for label in message.buttons)
            attached = f" <{message.file.name}>" if message.file else ""
            lines.append(f"{message.sender}: {message.text}{attached}{buttons}")
        return "\n".join(lines)


@dataclass
class Person:
    """Somebody who writes to the bot."""

    world: World
    id: int
    name: str
    username: str | None = None
    language: str | None = None
    chat: Chat = field(init=False)  # the private chat with the bot

    def __post_init__(self) -> None:
        self.chat = self.world.add_chat(self.id, "private", self.name)

    def as_json(self) -> dict[str, Any]:
        known = {"username": self.username, "language_code": self.language}
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.name,
            **{key: value for key, value in known.items() if value},
        }

    def says(self, text: str, **where: Any) -> Message:
        """Writes `text`, in the private chat or `chat=`; also `reply_to=` a message, in a `thread=`."""
        return self.world.person_sends(self, {"text": text, "entities": entities_in(text)}, **where)

    def sends(self, kind: str, caption: str | None = None, **where: Any) -> Message:
        """Sends something that is not text: "photo", "sticker", "voice", "document" …"""
        return self.world.person_sends(self, {**ATTACHED[kind], **({"caption": caption} if caption else {})}, **where)

    def edits(self, message: Message, text: str) -> None:
        self.world.person_edits(self, message, text)

    def taps(self, label: str, message: Message | None = None, chat: Chat | None = None) -> Press:
        """Presses the button of that label, of the newest message that has one."""
        where = message or (chat or self.chat).newest_with(label)
        return self.presses(where, where.button(label).data)

    def presses(self, message: Message, data: str) -> Press:
        """Presses a button with that callback data, whether the message still has it or not."""
        return self.world.person_presses(self, message, data)

    def reads(self, patience: float = PATIENCE) -> Message:
        """The bot's next message or edit in the private chat; waits for it."""
        return self.chat.wait_for_reply(patience)

    def blocks_bot(self) -> None:
        self.chat.gone = "bot was blocked by the user"


def entities_in(text: str) -> list[dict[str, Any]]:
    """The commands and mentions that Telegram marks in a text."""
    marked = [(match, "bot_command") for match in _COMMAND.finditer(text)]
    marked += [(match, "mention") for match in _MENTION.finditer(text)]
    return [
        {"type": kind, "offset": units(text[: match.start()]), "length": units(match[0])}
        for match, kind in sorted(marked, key=lambda pair: pair[0].start())
        if kind == "bot_command" or not any(c.start() < match.start() < c.end() for c, k in marked if k != kind)
    ]


_FILE = {"file_id": "F", "file_unique_id": "U"}
_CLIP = {**_FILE, "duration": 1}
ATTACHED: dict[str, dict[str, Any]] = {
    "photo": {"photo": [{**_FILE, "width": 9, "height": 9}]},
    "sticker": {
        "sticker": {**_FILE, "type": "regular", "width": 9, "height": 9, "is_animated": False, "is_video": False}
    },
    "voice": {"voice": _CLIP},
    "audio": {"audio": _CLIP},
    "video": {"video": {**_CLIP, "width": 9, "height": 9}},
    "video_note": {"video_note": {**_CLIP, "length": 9}},
    "animation": {"animation": {**_CLIP, "width": 9, "height": 9}, "document": _FILE},
    "document": {"document": {**_FILE, "file_name": "aftale.docx"}},
    "location": {"location": {"latitude": 55.7, "longitude": 12.5}},
    "venue": {
        "venue": {"location": {"latitude": 55.7, "longitude": 12.5}, "title": "Biblioteket", "address": "Torvet"},
        "location": {"latitude": 55.7, "longitude": 12.5},
    },
    "contact": {"contact": {"phone_number": "12345678", "first_name": "Bo"}},
    "poll": {
        "poll": {
            "id": "1",
            "question": "?",
            "options": [{"text": "a", "voter_count": 0, "persistent_id": "1"}],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": False,
            "members_only": False,
        }
    },
    "dice": {"dice": {"value": 3, "emoji": "🎲"}},
    "pinned": {"new_chat_title": "Nyt navn"},
}


class Watched(threading.Condition):
    """Tells waiting tests that something has happened."""

    def wait_until(self, holds: Callable[[], bool], patience: float) -> bool:
        with self:
            return self.wait_for(holds, patience)
