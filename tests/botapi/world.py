"""What the server knows: people, chats, updates on their way to the bot, and what the bot did."""

from __future__ import annotations

import itertools
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.botapi.chats import Chat, File, Message, Press, Search, Watched
from tests.botapi.doings import Doings

A_DATE = 1_780_000_000
_DEFAULT_UPDATES = {"chat_member", "message_reaction", "message_reaction_count"}  # that come only when asked for


@dataclass
class World(Doings):
    token: str
    bot_id: int
    username: str
    changed: Watched = field(default_factory=Watched)
    chats: dict[int, Chat] = field(default_factory=dict)
    updates: list[dict[str, Any]] = field(default_factory=list)  # not confirmed yet
    presses: dict[str, Press] = field(default_factory=dict)
    searches: dict[str, Search] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=lambda: {"F": File("photo.jpg", b"\xff\xd8\xff\xd9", "photo")})
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)  # method and parameters, as they came
    refusals: list[tuple[str, str]] = field(default_factory=list)  # method and what it was told
    commands: dict[str, dict[str, str]] = field(default_factory=dict)  # by language, "" for all others
    scoped_commands: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)  # by scope and language
    descriptions: dict[tuple[str, str], str] = field(default_factory=dict)  # by method and language
    menu_buttons: dict[int | None, dict[str, Any]] = field(default_factory=dict)  # by chat; None for all
    webhook: dict[str, Any] | None = None
    allowed_updates: list[str] = field(default_factory=list)
    on_update: Callable[[], None] = lambda: None
    inline_mode: bool = True  # as switched on by @BotFather
    _numbers: dict[str, Any] = field(default_factory=lambda: defaultdict(lambda: itertools.count(1)))
    _began: float = field(default_factory=time.monotonic)
    _passed: float = 0.0

    def number(self, of: str) -> int:
        return int(next(self._numbers[of]))

    def message_number(self, chat: Chat) -> int:
        """The id of the next message: supergroups and channels count by themselves; private chats and basic
        groups share the one row of numbers of the bot's account."""
        own = chat.kind in ("supergroup", "channel")
        return self.number(f"messages of {chat.id}" if own else "messages")

    def time_passes(self, seconds: float) -> None:
        """Moves the clock on: of messages' age, and of what has to be answered in time."""
        self._passed += seconds

    @property
    def now(self) -> float:
        return A_DATE + time.monotonic() - self._began + self._passed

    def wait(self, holds: Callable[[], bool], patience: float) -> bool:
        return self.changed.wait_until(holds, patience)

    def add_chat(self, chat_id: int, kind: str, title: str, **details: Any) -> Chat:
        self.chats[chat_id] = Chat(self, chat_id, kind, title, **details)
        return self.chats[chat_id]

    def bot_json(self) -> dict[str, Any]:
        return {"id": self.bot_id, "is_bot": True, "first_name": "Makker", "username": self.username}

    def push(self, content: dict[str, Any], update_id: int | None = None) -> int:
        """Puts an update on its way to the bot and gives its id."""
        with self.changed:
            update_id = update_id or self.number("update") + 1000
            wanted = set(content) & set(self.allowed_updates) if self.allowed_updates else set(content)
            if wanted - (set() if self.allowed_updates else _DEFAULT_UPDATES):
                self.updates.append({"update_id": update_id, **content})
                self.on_update()
            self.changed.notify_all()
        return update_id

    # what the bot does

    def bot_sends(self, chat: Chat, **content: Any) -> Message:
        with self.changed:
            message = self.new_message(chat, self.username, by_bot=True, **content)
            chat.events.append(message)
            chat.last_bot = self.bot_id
            self.changed.notify_all()
        return message

    def bot_edited(self, message: Message, *, to_read: bool = True) -> None:
        """Notes an edit; one that only takes the buttons away brings nothing to read, and is no event."""
        with self.changed:
            message.edits += 1
            if to_read:
                message.chat.events.append(message)
            self.changed.notify_all()

    def new_message(self, chat: Chat, sender: str, **content: Any) -> Message:
        message = Message(self.message_number(chat), chat, sender, date=int(self.now), **content)
        chat.messages.append(message)
        return message

    def as_json(self, message: Message) -> dict[str, Any]:
        """A message as the Bot API describes it."""
        if not message.by_bot:
            return message.json
        described: dict[str, Any] = {
            "message_id": message.id,
            "from": self.bot_json(),
            "chat": message.chat.as_json(),
            "date": message.date,
        }
        if message.edits:
            described["edit_date"] = int(self.now)
        if message.album:
            described["media_group_id"] = message.album
        entities = [entity.as_json() for entity in message.entities]
        if message.file:
            described |= self._file_json(message.file, message.id)
            described |= {"caption": message.text, "caption_entities": entities} if message.text else {}
        elif message.poll:
            described |= {"poll": message.poll.as_json()}
        else:
            described |= {"text": message.text, "entities": entities}
        if message.rows:
            described["reply_markup"] = {"inline_keyboard": [[b.as_json() for b in row] for row in message.rows]}
        if message.thread:
            described |= {"message_thread_id": message.thread, "is_topic_message": True}
        return described

    def _file_json(self, file: File, number: int) -> dict[str, Any]:
        known = next((key for key, kept in self.files.items() if kept is file), None)
        file_id = known or f"{file.kind}-{number}"
        self.files[file_id] = file
        about = {"file_id": file_id, "file_unique_id": f"U{file_id}", "file_size": len(file.content)}
        if file.kind == "photo":
            return {"photo": [{**about, "width": 90, "height": 90}]}
        return {"document": {**about, "file_name": file.name}}
