"""What an update says: where it comes from, and whether and how the bot is spoken to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import CallbackQuery, Chat, Message, MessageEntity, User
from telegram.constants import ChatType

from bot import commands
from bot.telegram.callbacks import claims_walkthrough

_KINDS = {  # what is not text, and the line that it gets
    "photo": "photo",
    "sticker": "sticker",
    "voice": "voice",
    "audio": "voice",
    "video": "video",
    "video_note": "video",
    "animation": "video",
    "document": "document",
    "venue": "location",
    "location": "location",
    "contact": "contact",
    "poll": "poll",
}
DOOR = "telegram"
_EDGES = " \t\n,:;–-"


@dataclass(frozen=True)
class Spot:
    """Where a conversation takes place: one user in one thread of one chat.

    In a group everybody has a conversation of their own, and walkthroughs and files are the group's.
    """

    chat: int
    user: int
    private: bool
    thread: int | None = None
    message: int | None = None  # the one to reply to
    username: str | None = None
    language: str | None = None  # of the user's client: "da", "en" or None
    name: str | None = None  # of the user
    own: bool = False  # what is done here is the user's own, also in a group

    @property
    def circle(self) -> str:
        """The chat's thread, in which a group shares a walkthrough."""
        return f"telegram:{self.chat}:{self.thread or 0}"

    @property
    def conversation(self) -> str:
        return f"{self.circle}:{self.user}" if self.private else f"{self.circle}/{self.user}"

    @property
    def person(self) -> str:
        return f"telegram:{self.user}"

    @property
    def owner(self) -> str:
        """Whose these are, walkthroughs, files: the user's, the group's, or, in a forum, the thread's."""
        if self.private or self.own:
            return self.person
        return f"telegram:{self.chat}:{self.thread}" if self.thread else f"telegram:{self.chat}"


@dataclass(frozen=True)
class Said:
    """What somebody said to the bot: a text, a tap, or something that gets a line (a key of the texts)."""

    text: str | None = None
    tap: str | None = None
    line: str | None = None
    code: str | None = None  # what came with /start
    album: str | None = None  # several pictures sent together have the same


def spot_of_place(place: str) -> Spot | None:
    """The spot of a place: "telegram:42:0:42" a private chat, "telegram:-7:3" a thread of a group; None for another."""
    door, *parts = place.partition("/")[0].split(":")
    if door != DOOR or len(parts) < 2 or not all(part.lstrip("-").isdigit() for part in parts):
        return None
    chat, thread = int(parts[0]), int(parts[1])
    return Spot(chat=chat, user=chat, private=chat > 0, thread=thread or None)


def spot_of_message(message: Message) -> Spot | None:
    """Where a message comes from; None if no person sent it."""
    user = message.from_user
    if user is None or user.is_bot:
        return None
    return _spot(message.chat, user, message)


def spot_of_query(query: CallbackQuery) -> Spot | None:
    """Where a button was pressed; None if Telegram doesn't tell."""
    if query.message is None:
        return None
    message = query.message if isinstance(query.message, Message) else None
    return _spot(query.message.chat, query.from_user, message)


def _spot(chat: Chat, user: User, message: Message | None) -> Spot:
    in_topic = message is not None and message.is_topic_message
    return Spot(
        chat=chat.id,
        user=user.id,
        private=chat.type == ChatType.PRIVATE,
        thread=message.message_thread_id if message and in_topic else None,
        message=message.message_id if message else None,
        username=user.username,
        language=client_language(user.language_code),
        name=user.full_name.encode("utf-8", "ignore").decode(),  # without halves of characters
    )


def client_language(code: str | None) -> str | None:
    """The language of a client, where it is one of ours."""
    language = (code or "").lower().split("-")[0]
    return language if language in ("da", "en") else None


def read(message: Message, me: User, asked: Sequence[str] = ()) -> Said | None:
    """What a message says to the bot; None if it isn't spoken to, or the message is none (somebody joined …).

    A reply to the bot that calls somebody else is for them, unless an answer was asked for: `asked` are the lines with
    which the bot asks for one in a group.
    """
    private = message.chat.type == ChatType.PRIVATE
    if message.new_chat_members:
        return Said(line="group_hello") if any(user.id == me.id for user in message.new_chat_members) else None
    text = message.text if message.text is not None else message.caption or ""
    entities = message.entities if message.text is not None else message.caption_entities
    if private:
        return _said(message, text, me, private=True)
    rest = without_mention(text, entities, me)
    replied = _replies_to(message, me) and (_asks(message, asked) or not _calls_another(text, entities, me))
    called = rest is not None or replied or _commands(text, me)
    return _said(message, text if rest is None else rest, me, private=False) if called else None


def _commands(text: str, me: User) -> bool:
    """Whether a text in a group commands this bot, by name or by a command that it has."""
    command = commands.written(text)
    if command is None:
        return False
    return command.bot.lower() == (me.username or "").lower() if command.bot else command.tap is not None


def _said(message: Message, text: str, me: User, private: bool) -> Said | None:
    if message.text is None:
        return _not_text(message, text)
    command = commands.written(text)
    if command is None:
        return Said(text=text) if text or private else Said(tap=commands.START)
    if command.bot and command.bot.lower() != (me.username or "").lower():
        return None
    if command.tap is None:
        return Said(line="unknown_command")
    return Said(text=command.words, tap=command.tap, code=command.code)


def _not_text(message: Message, caption: str) -> Said | None:
    kind = next((line for name, line in _KINDS.items() if getattr(message, name, None)), None)
    if kind is None and not message.effective_attachment and not message.story:
        return None
    line = "with_words" if caption else kind or "other"
    return Said(text=caption or None, line=line, album=message.media_group_id)


def _replies_to(message: Message, me: User) -> bool:
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created:  # in a forum, every message replies to its topic's first
        return False
    return replied.from_user is not None and replied.from_user.id == me.id


def _asks(message: Message, asked: Sequence[str]) -> bool:
    """Whether the message that is replied to asks for an answer: in words, or by the buttons of a step."""
    replied = message.reply_to_message
    if replied is None:
        return False
    rows = replied.reply_markup.inline_keyboard if replied.reply_markup else ()
    step = any(claims_walkthrough(str(button.callback_data or "")) for row in rows for button in row)
    return step or any(line in (replied.text or "") for line in asked)


def _calls_another(text: str, entities: Sequence[MessageEntity], me: User) -> bool:
    mentions = (MessageEntity.MENTION, MessageEntity.TEXT_MENTION)
    return any(entity.type in mentions and not _calls(entity, _part(text, entity), me) for entity in entities)


def _part(text: str, entity: MessageEntity) -> str:
    start, end = entity.offset * 2, (entity.offset + entity.length) * 2
    return text.encode("utf-16-le", "surrogatepass")[start:end].decode("utf-16-le", "replace")


def without_mention(text: str, entities: Sequence[MessageEntity], me: User) -> str | None:
    """`text` without what calls the bot; None if nothing does."""
    units = text.encode("utf-16-le", "surrogatepass")
    called = False
    for entity in sorted(entities, key=lambda entity: entity.offset, reverse=True):
        start, end = entity.offset * 2, (entity.offset + entity.length) * 2
        if _calls(entity, units[start:end].decode("utf-16-le", "replace"), me):
            units = units[:start] + units[end:]
            called = True
    return re.sub(r"[ \t]{2,}", " ", units.decode("utf-16-le", "replace")).strip(_EDGES) if called else None


def _calls(entity: MessageEntity, text: str, me: User) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == me.id
    return entity.type == MessageEntity.MENTION and text.lower() == f"@{me.username or ''}".lower()
