"""Methods that send something."""

from __future__ import annotations

from typing import Any

from tests.botapi import rules
from tests.botapi.chats import Chat, File
from tests.botapi.errors import BadRequest
from tests.botapi.pictures import photo
from tests.botapi.world import World

Params = dict[str, Any]
_ALBUM = range(2, 11)


def _where(chat: Chat, params: Params) -> dict[str, Any]:
    return {
        "rows": rules.keyboard(params),
        "thread": rules.thread_of(chat, params),
        "reply_to": rules.reply_of(chat, params),
        "silent": rules.flag(params, "disable_notification"),
    }


def send_message(world: World, params: Params) -> Any:
    chat = rules.chat_of(world, params)
    text, entities = rules.text_of(params, "text", rules.MESSAGE)
    preview = rules.json_of(params, "link_preview_options", "can't parse link preview options JSON object") or {}
    sent = world.bot_sends(
        chat,
        text=text,
        html=params["text"],
        entities=entities,
        previews=not preview.get("is_disabled"),
        **_where(chat, params),
    )
    return world.as_json(sent)


def send_document(world: World, params: Params) -> Any:
    return _send_file(world, params, "document")


def send_photo(world: World, params: Params) -> Any:
    return _send_file(world, params, "photo")


def _send_file(world: World, params: Params, kind: str) -> Any:
    chat = rules.chat_of(world, params)
    file = _file(world, params, params.get(kind), kind)
    text, entities = rules.text_of(params, "caption", rules.CAPTION)
    html = params.get("caption", "")
    sent = world.bot_sends(chat, text=text, html=html, entities=entities, file=file, **_where(chat, params))
    return world.as_json(sent)


def _file(world: World, params: Params, given: Any, kind: str) -> File:
    file = rules.uploaded(world, params, given, kind)
    return photo(file) if kind == "photo" else file


def send_media_group(world: World, params: Params) -> Any:
    chat = rules.chat_of(world, params)
    media = rules.json_of(params, "media", "can't parse media JSON object")
    if not isinstance(media, list):
        raise BadRequest("expected an Array of InputMedia")
    if "reply_markup" in params:
        raise BadRequest("an album can't have a reply markup")  # the method has no such parameter
    if len(media) not in _ALBUM:
        raise BadRequest("too many messages to send as an album" if media[10:] else "an album has 2 to 10 messages")
    kinds = {str(item.get("type")) for item in media}
    if not kinds <= {"photo", "video", "document", "audio"}:
        raise BadRequest("can't use the media of the specified type in the album")
    if len(kinds) > 1 and kinds & {"document", "audio"}:
        raise BadRequest("Document can't be mixed with other media types")
    prepared = [(_file(world, params, item.get("media"), item["type"]), _caption(item)) for item in media]
    where, album = _where(chat, params), str(world.number("album"))
    sent = [
        world.bot_sends(chat, text=text, html=html, entities=entities, file=file, album=album, **where)
        for file, (text, entities, html) in prepared
    ]
    return [world.as_json(message) for message in sent]


def _caption(item: dict[str, Any]) -> tuple[str, list[Any], str]:
    text, entities = rules.text_of(item, "caption", rules.CAPTION)
    return text, entities, str(item.get("caption", ""))


def send_chat_action(world: World, params: Params) -> Any:
    chat = rules.chat_of(world, params)
    rules.thread_of(chat, params)
    if params.get("action") not in rules.ACTIONS:
        raise BadRequest("wrong parameter action in request")
    chat.actions.append(params["action"])
    return True


METHODS = {
    "sendmessage": send_message,
    "senddocument": send_document,
    "sendphoto": send_photo,
    "sendmediagroup": send_media_group,
    "sendchataction": send_chat_action,
}
