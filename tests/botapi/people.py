"""Who writes to the bot."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.botapi.attached import ATTACHED
from tests.botapi.chats import PATIENCE, Chat, Message, Press, Search
from tests.botapi.html import units

if TYPE_CHECKING:
    from tests.botapi.world import World

_COMMAND = re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,32}(?:@\w+)?")
_MENTION = re.compile(r"(?<!\w)@\w{3,32}")


@dataclass
class Person:
    """Somebody who writes to the bot, in the private chat or elsewhere."""

    world: World
    id: int
    name: str
    username: str | None = None
    language: str | None = None
    chat: Chat = field(init=False)  # the private chat with the bot

    def __post_init__(self) -> None:
        self.chat = self.world.add_chat(self.id, "private", self.name)
        self.chat.members[self.id] = self

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
        """Changes an own message: the bot gets edited_message."""
        self.world.person_edits(self, message, text)

    def taps(self, label: str, message: Message | None = None, chat: Chat | None = None) -> Press:
        """Presses the button of that label, of the newest message that has one."""
        where = message or (chat or self.chat).newest_with(label)
        return self.presses(where, where.button(label).data)

    def presses(self, message: Message, data: str) -> Press:
        """Presses a button with that callback data, whether the message still has it or not."""
        return self.world.person_presses(self, message, data)

    def votes(self, message: Message, *labels: str) -> None:
        """Answers a poll, in the chat or a forwarded copy of it: the bot gets poll_answer. Without a label, the vote is
        taken back."""
        self.world.person_votes(self, message, labels)

    def reads(self, patience: float = PATIENCE) -> Message:
        """The bot's next message or edit in the private chat; waits for it."""
        return self.chat.wait_for_reply(patience)

    def looks_up(self, query: str, offset: str = "", chat_type: str = "private") -> Search:
        """Types `@bot query` into a message field, in whatever chat."""
        return self.world.person_looks_up(self, query, offset, chat_type)

    def picks(self, search: Search, title: str, chat: Chat | None = None) -> Message:
        """Sends an offered result into a chat: a message via the bot."""
        return self.world.person_picks(self, search, title, chat or self.chat)

    def blocks_bot(self) -> None:
        self.world.membership(self.chat, self, "member", "kicked", "bot was blocked by the user")

    def unblocks_bot(self) -> None:
        self.world.membership(self.chat, self, "kicked", "member", None)

    def deletes_account(self) -> None:
        self.chat.gone = "user is deactivated"


def entities_in(text: str) -> list[dict[str, Any]]:
    """The commands and mentions that Telegram marks in a text."""
    marked = [(match, "bot_command") for match in _COMMAND.finditer(text)]
    marked += [(match, "mention") for match in _MENTION.finditer(text)]
    return [
        {"type": kind, "offset": units(text[: match.start()]), "length": units(match[0])}
        for match, kind in sorted(marked, key=lambda pair: pair[0].start())
        if kind == "bot_command" or not any(c.start() < match.start() < c.end() for c, k in marked if k != kind)
    ]
