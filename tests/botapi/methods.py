"""The methods of the Bot API that the bot may call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.botapi import rules
from tests.botapi.chats import File
from tests.botapi.errors import BadRequest, NotFound
from tests.botapi.world import World

Params = dict[str, Any]


def call(world: World, method: str, params: Params) -> Any:
    """Does what the method does and gives its result; raises `Refused` as Telegram would."""
    known = _METHODS.get(method.lower())
    if known is None:
        raise NotFound("method not found")
    with world.changed:
        result = known(world, params)
        world.changed.notify_all()
    return result


def _get_me(world: World, params: Params) -> Any:
    abilities = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}
    return {**world.bot_json(), **abilities}


def _send_message(world: World, params: Params) -> Any:
    chat = rules.chat_of(world, params)
    text, entities = rules.text_of(params, "text", rules.MESSAGE)
    sent = world.bot_sends(
        chat,
        text=text,
        html=params["text"],
        entities=entities,
        rows=rules.keyboard(params),
        thread=rules.thread_of(chat, params),
        reply_to=rules.reply_of(chat, params),
        previews='"is_disabled": true' not in params.get("link_preview_options", ""),
    )
    return world.as_json(sent)


def _send_document(world: World, params: Params) -> Any:
    chat = rules.chat_of(world, params)
    file = params.get("document")
    if isinstance(file, str) and file.startswith("attach://"):
        file = params.get(file.removeprefix("attach://"))
    if not isinstance(file, File):
        raise BadRequest("there is no document in the request")
    if not file.content:
        raise BadRequest("file must be non-empty")
    text, entities = rules.text_of(params, "caption", rules.CAPTION)
    sent = world.bot_sends(
        chat,
        text=text,
        html=params.get("caption", ""),
        entities=entities,
        file=file,
        rows=rules.keyboard(params),
        thread=rules.thread_of(chat, params),
        reply_to=rules.reply_of(chat, params),
    )
    return world.as_json(sent)


def _edit_message_text(world: World, params: Params) -> Any:
    message = rules.editable(world, params)
    if message.file:
        raise BadRequest("there is no text in the message to edit")
    text, entities = rules.text_of(params, "text", rules.MESSAGE)
    rows = rules.keyboard(params)
    if (text, entities, rows) == (message.text, message.entities, message.rows):
        raise BadRequest(
            "message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message"
        )
    message.text, message.entities, message.rows, message.html = text, entities, rows, params["text"]
    world.bot_edited(message)
    return world.as_json(message)


def _edit_reply_markup(world: World, params: Params) -> Any:
    message = rules.editable(world, params)
    rows = rules.keyboard(params)
    if rows == message.rows:
        raise BadRequest("message is not modified")
    message.rows = rows
    world.bot_edited(message)
    return world.as_json(message)


def _delete_message(world: World, params: Params) -> Any:
    message = rules.chat_of(world, params).find(int(params.get("message_id") or 0))
    if message is None:
        raise BadRequest("message to delete not found")
    message.deleted = True
    return True


def _send_chat_action(world: World, params: Params) -> Any:
    chat = rules.chat_of(world, params)
    rules.thread_of(chat, params)
    if params.get("action") not in rules.ACTIONS:
        raise BadRequest("wrong parameter action in request")
    chat.actions.append(params["action"])
    return True


def _answer_callback_query(world: World, params: Params) -> Any:
    press = world.presses.get(str(params.get("callback_query_id")))
    if press is None:
        raise BadRequest("query is too old and response timeout expired or query ID is invalid")
    text = str(params.get("text", ""))
    if len(text) > rules.ANSWER:
        raise BadRequest("MESSAGE_TOO_LONG")
    press.answers.append(text)
    press.alert = str(params.get("show_alert", "")).lower() == "true"
    return True


def _set_my_commands(world: World, params: Params) -> Any:
    world.commands[params.get("language_code", "")] = rules.commands(params)
    return True


def _describe(method: str, field: str, limit: int) -> Callable[[World, Params], Any]:
    def described(world: World, params: Params) -> Any:
        text = str(params.get(field, ""))
        if len(text) > limit:
            raise BadRequest(f"{method}: the text is too long")
        world.descriptions[method, params.get("language_code", "")] = text
        return True

    return described


def _set_webhook(world: World, params: Params) -> Any:
    url = str(params.get("url", ""))
    if url and not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise BadRequest("bad webhook: An HTTPS URL must be provided for webhook")
    secret = str(params.get("secret_token", ""))
    if len(secret) > 256 or (not secret.replace("_", "").replace("-", "").isalnum() and secret):
        raise BadRequest("secret token contains unallowed characters")
    world.webhook = {"url": url, "secret": secret} if url else None
    return True


def _delete_webhook(world: World, params: Params) -> Any:
    world.webhook = None
    return True


_METHODS: dict[str, Callable[[World, Params], Any]] = {
    "getme": _get_me,
    "sendmessage": _send_message,
    "senddocument": _send_document,
    "editmessagetext": _edit_message_text,
    "editmessagereplymarkup": _edit_reply_markup,
    "deletemessage": _delete_message,
    "sendchataction": _send_chat_action,
    "answercallbackquery": _answer_callback_query,
    "setmycommands": _set_my_commands,
    "setmydescription": _describe("setMyDescription", "description", 512),
    "setmyshortdescription": _describe("setMyShortDescription", "short_description", 120),
    "setwebhook": _set_webhook,
    "deletewebhook": _delete_webhook,
    "getwebhookinfo": lambda world, params: {
        "url": (world.webhook or {}).get("url", ""),
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates),
    },
    "logout": lambda world, params: True,
    "close": lambda world, params: True,
}
