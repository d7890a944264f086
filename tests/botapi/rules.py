"""What Telegram allows in a message, and the words in which it refuses the rest."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

from tests.botapi.chats import Button, Chat, File, Message
from tests.botapi.errors import MIGRATED, BadRequest, Forbidden
from tests.botapi.html import Entity, parse, units
from tests.botapi.world import World

MESSAGE, CAPTION, ANSWER = 4096, 1024, 200
DAY = 24 * 3600
ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


def text_of(params: dict[str, Any], field: str, limit: int) -> tuple[str, list[Entity]]:
    """The text and entities of a message or a caption."""
    raw = str(params.get(field, ""))
    mode = str(params.get("parse_mode", "")).lower()
    if mode not in ("", "html"):
        raise BadRequest("unsupported parse_mode")
    text, entities = parse(raw) if mode else (raw, [])
    if field in ("text", "message_text") and not raw:
        raise BadRequest("message text is empty")
    if field in ("text", "message_text") and is_blank(text):
        raise BadRequest("text must be non-empty")
    if units(text) > limit:
        raise BadRequest("message caption is too long" if field == "caption" else "message is too long")
    return text.strip(), entities


def is_blank(text: str) -> bool:
    return all(char.isspace() or unicodedata.category(char) in ("Cf", "Cc") or char in "\u2800\u3164" for char in text)


def json_of(params: dict[str, Any], field: str, refusal: str) -> Any:
    """A parameter that is JSON; None where it is left out."""
    if not params.get(field):
        return None
    try:
        return json.loads(params[field])
    except (TypeError, ValueError):
        raise BadRequest(refusal) from None


def flag(params: dict[str, Any], field: str) -> bool:
    return str(params.get(field, "")).lower() in ("true", "1", "yes")


def number(params: dict[str, Any], field: str, refusal: str) -> int:
    try:
        return int(params.get(field) or 0)
    except ValueError:
        raise BadRequest(refusal) from None


def keyboard(params: dict[str, Any], edits: bool = False) -> list[list[Button]]:
    """The inline buttons of a message."""
    markup = json_of(params, "reply_markup", "can't parse reply keyboard markup JSON object")
    if markup is None:
        return []
    if not isinstance(markup, dict):
        raise BadRequest("object expected as reply markup")
    if edits and "inline_keyboard" not in markup:
        raise BadRequest("inline keyboard expected")
    return inline_rows(markup)


def inline_rows(markup: dict[str, Any]) -> list[list[Button]]:
    """The rows of an inline keyboard."""
    rows = markup.get("inline_keyboard", [])
    if not isinstance(rows, list):
        raise BadRequest('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array')
    buttons = [[_button(button) for button in row] for row in rows]
    if sum(len(row) for row in buttons) > 100 or any(len(row) > 8 for row in buttons):
        raise BadRequest("reply markup is too long")
    return [row for row in buttons if row]


_OTHER_KINDS = ("web_app", "login_url", "callback_game", "pay", "copy_text", "switch_inline_query_chosen_chat")


def _button(button: dict[str, Any]) -> Button:
    label = button.get("text")
    if not isinstance(label, str) or not label.strip():
        raise BadRequest("can't parse inline keyboard button: Text must be non-empty")
    for kind in ("switch_inline_query", "switch_inline_query_current_chat"):
        if kind in button:
            return Button(label, inline_query=str(button[kind]))
    if "url" in button:
        return Button(label, url=link(str(button["url"])))
    for kind in _OTHER_KINDS:
        if kind in button:
            return Button(label, more=kind)
    if "callback_data" not in button:
        raise BadRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if not 1 <= len(str(button["callback_data"]).encode()) <= 64:
        raise BadRequest("BUTTON_DATA_INVALID")
    return Button(label, str(button["callback_data"]))


def link(url: str) -> str:
    """The address of a button, if it is one."""
    scheme, _, rest = url.partition("://")
    if scheme == "tg" and rest:
        return url
    host = (rest or url).split("/")[0].split("?")[0]
    if (rest and scheme not in ("http", "https")) or "." not in host.strip(".") or " " in host:
        raise BadRequest(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return url


def chat_of(world: World, params: dict[str, Any], writes: bool = True) -> Chat:
    """The chat to which the bot writes."""
    try:
        chat = world.chats[int(params["chat_id"])]
    except (KeyError, ValueError):
        raise BadRequest("chat not found" if params.get("chat_id") else "chat_id is empty") from None
    if chat.upgraded_to:
        raise BadRequest(MIGRATED, migrate_to_chat_id=chat.upgraded_to)
    if chat.gone and (writes or chat.kind != "private"):
        raise Forbidden(chat.gone)
    return chat


def thread_of(chat: Chat, params: dict[str, Any]) -> int | None:
    thread = number(params, "message_thread_id", "message thread not found")
    if thread and thread not in chat.threads:
        raise BadRequest("message thread not found")
    if thread in chat.closed_threads and thread:
        raise BadRequest("TOPIC_CLOSED")
    return thread or None


def reply_of(chat: Chat, params: dict[str, Any]) -> int | None:
    reply = json_of(params, "reply_parameters", "can't parse reply parameters JSON object")
    if reply is None:
        return None
    if chat.find(int(reply["message_id"])):
        return int(reply["message_id"])
    if not reply.get("allow_sending_without_reply"):
        raise BadRequest("message to be replied not found")
    return None


def editable(world: World, params: dict[str, Any]) -> Message:
    """The message that the bot wants to edit."""
    chat = chat_of(world, params)
    wanted = number(params, "message_id", "message identifier is not specified")
    if wanted <= 0:
        raise BadRequest("message identifier is not specified")
    message = chat.find(wanted)
    if message is None:
        raise BadRequest("message to edit not found")
    if not message.by_bot:
        raise BadRequest("message can't be edited")
    return message


def deletable(world: World, chat: Chat, message_id: int) -> Message:
    """The message that the bot wants to delete: its own anywhere, others' in private chats and as administrator."""
    if message_id <= 0:
        raise BadRequest("message identifier is not specified")
    message = chat.find(message_id)
    if message is None:
        raise BadRequest("message to delete not found")
    if world.now - message.date > 2 * DAY:
        raise BadRequest("message can't be deleted for everyone")
    if not message.by_bot and chat.kind != "private" and chat.privacy:
        raise BadRequest("message can't be deleted")
    return message


def uploaded(world: World, params: dict[str, Any], given: Any, kind: str) -> File:
    """The file that is meant: attached, or known by its id."""
    if isinstance(given, str) and given.startswith("attach://"):
        given = params.get(given.removeprefix("attach://"))
    if isinstance(given, str):
        known = world.files.get(given)
        if known is None:
            raise BadRequest("wrong remote file identifier specified: Wrong string length")
        if known.kind != kind:
            raise BadRequest(f"can't use file of type {known.kind.title()} as {kind.title()}")
        return known
    if not isinstance(given, File):
        raise BadRequest(f"there is no {kind} in the request")
    if not given.content:
        raise BadRequest("file must be non-empty")
    return File(given.name, given.content, kind)


def commands(params: dict[str, Any]) -> dict[str, str]:
    """The commands of a menu, by name."""
    menu = json_of(params, "commands", "can't parse commands JSON object") or []
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
