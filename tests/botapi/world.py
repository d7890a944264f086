"""What the server knows: people, chats, updates on their way to the bot, and what the bot did."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.botapi.chats import Chat, Message, Person, Press, Watched, entities_in

A_DATE = 1_780_000_000


@dataclass
class World:
    token: str
    bot_id: int
    username: str
    changed: Watched = field(default_factory=Watched)
    chats: dict[int, Chat] = field(default_factory=dict)
    updates: list[dict[str, Any]] = field(default_factory=list)  # not confirmed yet
    presses: dict[str, Press] = field(default_factory=dict)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)  # method and parameters, as they came
    refusals: list[tuple[str, str]] = field(default_factory=list)  # method and what it was told
    commands: dict[str, dict[str, str]] = field(default_factory=dict)  # by language, "" for all others
    descriptions: dict[tuple[str, str], str] = field(default_factory=dict)  # by method and language
    webhook: dict[str, Any] | None = None
    allowed_updates: list[str] = field(default_factory=list)
    on_update: Callable[[], None] = lambda: None
    _numbers: dict[str, Any] = field(default_factory=lambda: defaultdict(lambda: itertools.count(1)))

    def number(self, of: str) -> int:
        return int(next(self._numbers[of]))

    def wait(self, holds: Callable[[], bool], patience: float) -> bool:
        return self.changed.wait_until(holds, patience)

    def add_chat(self, chat_id: int, kind: str, title: str, **details: Any) -> Chat:
        self.chats[chat_id] = Chat(self, chat_id, kind, title, **details)
        return self.chats[chat_id]

    def bot_json(self) -> dict[str, Any]:
        return {"id": self.bot_id, "is_bot": True, "first_name": "Makker", "username": self.username}

    # what people do

    def person_sends(
        self,
        person: Person,
        content: dict[str, Any],
        chat: Chat | None = None,
        reply_to: Message | None = None,
        thread: int | None = None,
        **more: Any,
    ) -> Message:
        with self.changed:
            message = self._new_message(chat or person.chat, person.name, text=content.get("text", ""), thread=thread)
            message.json = {
                "message_id": message.id,
                "from": person.as_json(),
                "chat": message.chat.as_json(),
                "date": A_DATE,
                **content,
                **more,
            }
            if thread:
                message.json |= {"message_thread_id": thread, "is_topic_message": True}
            if reply_to:
                message.json["reply_to_message"] = self.as_json(reply_to)
            self.push({"message": message.json})
        return message

    def person_edits(self, person: Person, message: Message, text: str) -> None:
        with self.changed:
            message.text = text
            message.json |= {"text": text, "entities": entities_in(text), "edit_date": A_DATE + 60}
            self.push({"edited_message": dict(message.json)})

    def person_presses(self, person: Person, message: Message, data: str) -> Press:
        with self.changed:
            press = Press(str(self.number("press")))
            self.presses[press.id] = press
            query = {"id": press.id, "from": person.as_json(), "chat_instance": "1", "data": data}
            self.push({"callback_query": {**query, "message": self.as_json(message)}})
        return press

    def push(self, content: dict[str, Any], update_id: int | None = None) -> int:
        """Puts an update on its way to the bot and gives its id."""
        with self.changed:
            update_id = update_id or self.number("update") + 1000
            if not self.allowed_updates or set(content) & set(self.allowed_updates):
                self.updates.append({"update_id": update_id, **content})
                self.on_update()
            self.changed.notify_all()
        return update_id

    # what the bot does

    def bot_sends(self, chat: Chat, **content: Any) -> Message:
        with self.changed:
            message = self._new_message(chat, self.username, by_bot=True, **content)
            chat.events.append(message)
            self.changed.notify_all()
        return message

    def bot_edited(self, message: Message) -> None:
        with self.changed:
            message.edits += 1
            message.chat.events.append(message)
            self.changed.notify_all()

    def _new_message(self, chat: Chat, sender: str, **content: Any) -> Message:
        message = Message(self.number(f"messages of {chat.id}"), chat, sender, **content)
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
            "date": A_DATE,
        }
        entities = [entity.as_json() for entity in message.entities]
        if message.file:
            described["document"] = {"file_id": "D", "file_unique_id": "D", "file_name": message.file.name}
            described |= {"caption": message.text, "caption_entities": entities} if message.text else {}
        else:
            described |= {"text": message.text, "entities": entities}
        if message.rows:
            rows = [[{"text": b.label, "callback_data": b.data} for b in row] for row in message.rows]
            described["reply_markup"] = {"inline_keyboard": rows}
        if message.thread:
            described |= {"message_thread_id": message.thread, "is_topic_message": True}
        return described
