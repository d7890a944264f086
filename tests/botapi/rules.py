"""What Telegram allows in a message, and the words in which it refuses the rest."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

from tests.botapi.chats import Button, Chat, Message
from tests.botapi.errors import BadRequest, Forbidden
from tests.botapi.html import Entity, parse, units
from tests.botapi.world import World

MESSAGE, CAPTION, ANSWER = 4096, 1024, 200
ACTIONS = {
    "typing",
    "upload_photo",
    "upload_document",
    "upload_video",
    "upload_voice",
    "choose_sticker",
    "find_location",
}


def text_of(params: dict[str, Any], field: str, limit: int) -> tuple[str, list[Entity]]:
    """The text and entities of a message or a caption."""
    raw = str(params.get(field, ""))
    mode = str(params.get("parse_mode", "")).lower()
    if mode not in ("", "html"):
        raise BadRequest("unsupported parse_mode")
    text, entities = parse(raw) if mode else (raw, [])
    if field == "text" and not raw:
        raise BadRequest("message text is empty")
    if field == "text" and is_blank(text):
        raise BadRequest("text must be non-empty")
    if units(text) > limit:
        raise BadRequest("message is too long" if field == "text" else "message caption is too long")
    return text.strip(), entities


def is_blank(text: str) -> bool:
    return all(char.isspace() or unicodedata.category(char) in ("Cf", "Cc") or char in "\u2800\u3164" for char in text)


def keyboard(params: dict[str, Any]) -> list[list[Button]]:
    """The inline buttons of a message."""
    if not params.get("reply_markup"):
        return []
    try:
        markup = json.loads(params["reply_markup"])
    except ValueError:
        raise BadRequest("can't parse reply keyboard markup JSON object") from None
    rows = markup.get("inline_keyboard", [])
    buttons = [[_button(button) for button in row] for row in rows]
    if sum(len(row) for row in buttons) > 100 or any(len(row) > 8 for row in buttons):
        raise BadRequest("reply markup is too long")
    return [row for row in buttons if row]


def _button(button: dict[str, Any]) -> Button:
    label = button.get("text")
    if not isinstance(label, str) or not label.strip():
        raise BadRequest("can't parse inline keyboard button: Text must be non-empty")
    if set(button) & {"url", "switch_inline_query", "web_app", "login_url"}:
        return Button(label, "")
    if "callback_data" not in button:
        raise BadRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if not 1 <= len(button["callback_data"].encode()) <= 64:
        raise BadRequest("BUTTON_DATA_INVALID")
    return Button(label, button["callback_data"])


def chat_of(world: World, params: dict[str, Any]) -> Chat:
    """The chat to which the bot writes."""
    try:
        chat = world.chats[int(params["chat_id"])]
    except KeyError:
        raise BadRequest("chat not found" if "chat_id" in params else "chat_id is empty") from None
    if chat.gone:
        raise Forbidden(chat.gone)
    if chat.upgraded_to:
        raise BadRequest("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.upgraded_to)
    return chat


def thread_of(chat: Chat, params: dict[str, Any]) -> int | None:
    thread = int(params.get("message_thread_id") or 0)
    if thread and thread not in chat.threads:
        raise BadRequest("message thread not found")
    return thread or None


def reply_of(chat: Chat, params: dict[str, Any]) -> int | None:
    if not params.get("reply_parameters"):
        return None
    reply = json.loads(params["reply_parameters"])
    if chat.find(int(reply["message_id"])):
        return int(reply["message_id"])
    if not reply.get("allow_sending_without_reply"):
        raise BadRequest("message to be replied not found")
    return None


def editable(world: World, params: dict[str, Any]) -> Message:
    """The message that the bot wants to edit."""
    message = chat_of(world, params).find(int(params.get("message_id") or 0))
    if message is None:
        raise BadRequest("message to edit not found")
    if not message.by_bot:
        raise BadRequest("message can't be edited")
    return message


def commands(params: dict[str, Any]) -> dict[str, str]:
    """The commands of a menu, by name."""
    menu = json.loads(params["commands"])
    if len(menu) > 100:
        raise BadRequest("BOT_COMMANDS_TOO_MUCH")
    for entry in menu:
        name, description = entry["command"], entry["description"]
        allowed = name.isascii() and name.islower() and name.replace("_", "").isalnum() and len(name) <= 32
        if not allowed:
            raise BadRequest("BOT_COMMAND_INVALID")
        if not 1 <= len(description) <= 256:
            raise BadRequest("BOT_COMMAND_DESCRIPTION_INVALID")
    return {entry["command"]: entry["description"] for entry in menu}
