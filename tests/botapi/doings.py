"""What people do, and which of it Telegram tells the bot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tests.botapi.chats import Button, Chat, Message, Press, Search
from tests.botapi.html import parse
from tests.botapi.people import Person, entities_in

if TYPE_CHECKING:
    from tests.botapi.world import World

OTHER_BOT = 77
_INLINE_CHAT = {"private": "sender"}


class Doings:
    """The half of the `World` that people move."""

    def person_sends(
        self: World,
        person: Person,
        content: dict[str, Any],
        chat: Chat | None = None,
        reply_to: Message | None = None,
        thread: int | None = None,
        **more: Any,
    ) -> Message:
        with self.changed:
            chat = chat or person.chat
            chat.members[person.id] = person
            message = self.new_message(chat, person.name, text=content.get("text", ""), thread=thread)
            message.json = {
                "message_id": message.id,
                "from": person.as_json(),
                "chat": message.chat.as_json(),
                "date": message.date,
                **content,
                **more,
            }
            if thread:
                message.json |= {"message_thread_id": thread, "is_topic_message": True}
            if reply_to:
                message.reply_to = reply_to.id
                message.json["reply_to_message"] = self.as_json(reply_to)
            if reaches(self, message):
                self.push({"message": message.json})
        return message

    def person_edits(self: World, person: Person, message: Message, text: str) -> None:
        with self.changed:
            message.text = text
            key = "text" if "text" in message.json else "caption"
            marked = "entities" if key == "text" else "caption_entities"
            message.json |= {key: text, marked: entities_in(text), "edit_date": int(self.now)}
            if reaches(self, message):
                self.push({"edited_message": dict(message.json)})

    def person_presses(self: World, person: Person, message: Message, data: str) -> Press:
        with self.changed:
            press = Press(str(self.number("press")), at=self.now)
            self.presses[press.id] = press
            query = {"id": press.id, "from": person.as_json(), "chat_instance": "1", "data": data}
            self.push({"callback_query": {**query, "message": self.as_json(message)}})
        return press

    def person_votes(self: World, person: Person, message: Message, labels: Sequence[str]) -> None:
        with self.changed:
            poll = message.poll
            assert poll is not None, "the message is no poll"
            assert not poll.closed, "the poll is closed"
            assert poll.kind != "quiz" or (person.id not in poll.votes and labels), "a quiz is answered once"
            assert len(labels) == 1 or poll.several or not labels, "one option is to be chosen"
            chosen = [poll.options.index(label) for label in labels]
            poll.votes[person.id] = chosen
            if not poll.anonymous:
                about = {"poll_id": poll.id, "user": person.as_json(), "option_ids": chosen}
                self.push({"poll_answer": {**about, "option_persistent_ids": [f"o{number}" for number in chosen]}})

    def person_looks_up(self: World, person: Person, query: str, offset: str, chat_type: str) -> Search:
        with self.changed:
            if not self.inline_mode:
                raise AssertionError("inline mode is not switched on at @BotFather")
            search = Search(str(self.number("search")), self, query, self.now)
            self.searches[search.id] = search
            asked = {"id": search.id, "from": person.as_json(), "query": query[:256], "offset": offset}
            self.push({"inline_query": {**asked, "chat_type": _INLINE_CHAT.get(chat_type, chat_type)}})
        return search

    def person_picks(self: World, person: Person, search: Search, title: str, chat: Chat) -> Message:
        with self.changed:
            [result] = [result for result in search.results if result.get("title") == title]
            content = result.get("input_message_content") or {}
            html = str(content.get("message_text", result.get("caption", "")))
            text, entities = parse(html) if content.get("parse_mode") else (html, [])
            sent = {"text": text, "entities": [e.as_json() for e in entities], "via_bot": self.bot_json()}
            markup = result.get("reply_markup") or {}
            message = self.person_sends(person, sent, chat=chat, **({"reply_markup": markup} if markup else {}))
            message.html, message.entities = html, entities
            message.rows = [
                [Button(b["text"], b.get("callback_data", ""), b.get("url", "")) for b in row]
                for row in markup.get("inline_keyboard", [])
            ]
            chosen = {"result_id": result["id"], "from": person.as_json(), "query": search.query}
            self.push({"chosen_inline_result": chosen})
        return message

    def membership(self: World, chat: Chat, by: Person, before: str, after: str, gone: str | None) -> None:
        """The bot's place in a chat changes: `my_chat_member`."""
        with self.changed:
            chat.gone = gone
            was, now = (
                {"user": self.bot_json(), "status": status, **({"until_date": 0} if status == "kicked" else {})}
                for status in (before, after)
            )
            about = {"chat": chat.as_json(), "from": by.as_json(), "date": int(self.now)}
            self.push({"my_chat_member": {**about, "old_chat_member": was, "new_chat_member": now}})

    def service(self: World, chat: Chat, by: Person, content: dict[str, Any]) -> Message:
        """A service message: every bot of the chat sees it."""
        with self.changed:
            message = self.new_message(chat, by.name, service=True)
            about = {"message_id": message.id, "from": by.as_json(), "chat": chat.as_json(), "date": message.date}
            message.json = {**about, **content}
            self.push({"message": message.json})
        return message

    def upgrade(self: World, chat: Chat, by: Person) -> Chat:
        with self.changed:
            details = {"privacy": chat.privacy, "members": dict(chat.members), "statuses": dict(chat.statuses)}
            new = self.add_chat(-1_000_000_000_000 - self.number("upgraded"), "supergroup", chat.title, **details)
            chat.upgraded_to = new.id
            self.service(chat, by, {"migrate_to_chat_id": new.id})
            self.service(new, by, {"migrate_from_chat_id": chat.id})
        return new

    def other_bot_sends(self: World, chat: Chat, text: str) -> Message:
        with self.changed:
            message = self.new_message(chat, "otherbot", text=text)
            who = {"id": OTHER_BOT, "is_bot": True, "first_name": "Other", "username": "otherbot"}
            about = {"message_id": message.id, "from": who, "chat": chat.as_json(), "date": message.date}
            message.json = {**about, "text": text}
            chat.last_bot = OTHER_BOT
        return message


def reaches(world: World, message: Message) -> bool:
    """Whether Telegram tells the bot of a person's message.

    In a group with privacy mode on, by core.telegram.org/bots/features#privacy-mode: commands that name the bot,
    other commands if it was the last bot that wrote, messages sent via it, and replies to it or to a message that
    was meant for it. A message that merely mentions it is *not* among them.
    """
    chat = message.chat
    if chat.gone and chat.kind != "private":
        return False
    if not chat.privacy:
        return True
    if message.json.get("via_bot", {}).get("id") == world.bot_id:
        return True
    replied = chat.find(message.reply_to) if message.reply_to else None
    if replied is not None:
        return replied.by_bot or (replied.id < message.id and not replied.service and _commands(world, replied, chat))
    return _commands(world, message, chat)


def _commands(world: World, message: Message, chat: Chat) -> bool:
    text = message.text or str(message.json.get("caption", ""))
    for entity in message.json.get("entities", ()):
        if entity["type"] == "bot_command" and entity["offset"] == 0:
            _, _, named = text[: entity["length"]].partition("@")
            return named.lower() == world.username.lower() if named else chat.last_bot == world.bot_id
    return False
