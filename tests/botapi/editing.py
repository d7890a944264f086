"""Methods that change, take away or pin what has been sent."""

from __future__ import annotations

from typing import Any

from tests.botapi import rules
from tests.botapi.chats import Message
from tests.botapi.errors import NOT_MODIFIED, BadRequest
from tests.botapi.sending import _file
from tests.botapi.world import World

Params = dict[str, Any]


def edit_message_text(world: World, params: Params) -> Any:
    if params.get("inline_message_id"):
        rules.text_of(params, "text", rules.MESSAGE)
        rules.keyboard(params, edits=True)
        return True
    message = rules.editable(world, params)
    if message.file or message.poll:
        raise BadRequest("there is no text in the message to edit")
    text, entities = rules.text_of(params, "text", rules.MESSAGE)
    return _changed(world, message, text, entities, params["text"], rules.keyboard(params, edits=True))


def edit_message_caption(world: World, params: Params) -> Any:
    message = rules.editable(world, params)
    if not message.file:
        raise BadRequest("there is no caption in the message to edit")
    text, entities = rules.text_of(params, "caption", rules.CAPTION)
    return _changed(world, message, text, entities, params.get("caption", ""), rules.keyboard(params, edits=True))


def edit_reply_markup(world: World, params: Params) -> Any:
    if params.get("inline_message_id"):
        rules.keyboard(params, edits=True)
        return True
    message = rules.editable(world, params)
    rows = rules.keyboard(params, edits=True)
    return _changed(world, message, message.text, message.entities, message.html, rows)


def edit_message_media(world: World, params: Params) -> Any:
    message = rules.editable(world, params)
    media = rules.json_of(params, "media", "can't parse media JSON object") or {}
    if media.get("type") not in ("photo", "document"):
        raise BadRequest("wrong type of the media")
    message.file = _file(world, params, media.get("media"), media["type"])
    text, entities = rules.text_of(media, "caption", rules.CAPTION)
    message.text, message.entities, message.html = text, entities, str(media.get("caption", ""))
    message.rows = rules.keyboard(params, edits=True)
    world.bot_edited(message)
    return world.as_json(message)


def _changed(world: World, message: Message, text: str, entities: Any, html: str, rows: Any) -> Any:
    if (text, entities, rows) == (message.text, message.entities, message.rows):
        raise BadRequest(NOT_MODIFIED)
    to_read = bool(rows) or (text, entities) != (message.text, message.entities)
    message.text, message.entities, message.rows, message.html = text, entities, rows, html
    world.bot_edited(message, to_read=to_read)
    return world.as_json(message)


def delete_message(world: World, params: Params) -> Any:
    chat = rules.chat_of(world, params)
    message_id = rules.number(params, "message_id", "message identifier is not specified")
    rules.deletable(world, chat, message_id).deleted = True
    return True


def delete_messages(world: World, params: Params) -> Any:
    chat = rules.chat_of(world, params)
    wanted = rules.json_of(params, "message_ids", "can't parse message identifiers JSON object") or []
    if not 1 <= len(wanted) <= 100:
        raise BadRequest("message identifiers are not specified" if not wanted else "too many message identifiers")
    for message_id in wanted:
        message = chat.find(int(message_id))
        if message is not None:  # what isn't there is passed over
            rules.deletable(world, chat, message.id).deleted = True
    return True


def pin_chat_message(world: World, params: Params) -> Any:
    return _pinned(world, params, True)


def unpin_chat_message(world: World, params: Params) -> Any:
    return _pinned(world, params, False)


def _pinned(world: World, params: Params, pinned: bool) -> Any:
    chat = rules.chat_of(world, params)
    wanted = rules.number(params, "message_id", "message identifier is not specified")
    if chat.kind != "private" and chat.privacy:
        raise BadRequest("not enough rights to manage pinned messages in the chat")
    if not wanted and not pinned:
        newest = [message for message in chat.messages if message.pinned]
        wanted = newest[-1].id if newest else 0
    message = chat.find(wanted)
    if message is None:
        raise BadRequest("message to pin not found" if pinned else "message to unpin not found")
    if message.pinned == pinned:
        raise BadRequest("CHAT_NOT_MODIFIED")
    message.pinned = pinned
    return True


METHODS = {
    "editmessagetext": edit_message_text,
    "editmessagecaption": edit_message_caption,
    "editmessagereplymarkup": edit_reply_markup,
    "editmessagemedia": edit_message_media,
    "deletemessage": delete_message,
    "deletemessages": delete_messages,
    "pinchatmessage": pin_chat_message,
    "unpinchatmessage": unpin_chat_message,
}
