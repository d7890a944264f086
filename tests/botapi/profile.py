"""Methods about the bot itself: its name, its commands, its menu, its webhook."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.botapi import rules
from tests.botapi.errors import BadRequest
from tests.botapi.world import World

Params = dict[str, Any]
_SCOPES = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


def get_me(world: World, params: Params) -> Any:
    abilities = {"can_join_groups": True, "can_read_all_group_messages": False}
    return {**world.bot_json(), **abilities, "supports_inline_queries": world.inline_mode}


def _scope(params: Params) -> str:
    scope = rules.json_of(params, "scope", "can't parse BotCommandScope JSON object") or {"type": "default"}
    kind = scope.get("type")
    if kind not in _SCOPES:
        raise BadRequest("can't parse BotCommandScope: Unsupported type specified")
    if any(field not in scope for field in _SCOPES[kind]):
        raise BadRequest("chat_id is empty")
    return ":".join([kind, *(str(scope[field]) for field in _SCOPES[kind])])


def set_my_commands(world: World, params: Params) -> Any:
    scope, language, menu = _scope(params), _language(params), rules.commands(params)
    world.scoped_commands[scope, language] = menu
    if scope == "default":
        world.commands[language] = menu
    return True


def delete_my_commands(world: World, params: Params) -> Any:
    world.scoped_commands.pop((_scope(params), _language(params)), None)
    return True


def get_my_commands(world: World, params: Params) -> Any:
    menu = world.scoped_commands.get((_scope(params), _language(params)), {})
    return [{"command": name, "description": description} for name, description in menu.items()]


def _language(params: Params) -> str:
    code = str(params.get("language_code", ""))
    if code and not (len(code) == 2 and code.isascii() and code.isalpha() and code.islower()):
        raise BadRequest("LANG_CODE_INVALID")
    return code


def _set(method: str, field: str, limit: int) -> Callable[[World, Params], Any]:
    def described(world: World, params: Params) -> Any:
        text = str(params.get(field, ""))
        if len(text) > limit:
            raise BadRequest(f"{method}: the text is too long")
        world.descriptions[method, _language(params)] = text
        return True

    return described


def _get(method: str, field: str) -> Callable[[World, Params], Any]:
    def told(world: World, params: Params) -> Any:
        known = world.descriptions
        return {field: known.get((method, _language(params)), known.get((method, ""), ""))}

    return told


def set_chat_menu_button(world: World, params: Params) -> Any:
    button = rules.json_of(params, "menu_button", "can't parse menu button JSON object") or {"type": "default"}
    if button.get("type") not in ("default", "commands", "web_app"):
        raise BadRequest("can't parse menu button: Unsupported type specified")
    if button["type"] == "web_app" and not str(button.get("web_app", {}).get("url", "")).startswith("https://"):
        raise BadRequest("menu button Web App URL is invalid: Only HTTPS links are allowed")
    chat = rules.chat_of(world, params) if params.get("chat_id") else None
    if chat is not None and chat.kind != "private":
        raise BadRequest("chat not found")
    world.menu_buttons[chat.id if chat else None] = button
    return True


def get_chat_menu_button(world: World, params: Params) -> Any:
    buttons = world.menu_buttons
    wanted = int(params["chat_id"]) if params.get("chat_id") else None
    return buttons.get(wanted, buttons.get(None, {"type": "commands"}))


def set_webhook(world: World, params: Params) -> Any:
    url = str(params.get("url", ""))
    if url and not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise BadRequest("bad webhook: An HTTPS URL must be provided for webhook")
    secret = str(params.get("secret_token", ""))
    if len(secret) > 256 or (not secret.replace("_", "").replace("-", "").isalnum() and secret):
        raise BadRequest("secret token contains unallowed characters")
    if "allowed_updates" in params:
        world.allowed_updates = json.loads(params["allowed_updates"])
    world.webhook = {"url": url, "secret": secret} if url else None
    return True


def delete_webhook(world: World, params: Params) -> Any:
    world.webhook = None
    if rules.flag(params, "drop_pending_updates"):
        world.updates.clear()
    return True


def get_webhook_info(world: World, params: Params) -> Any:
    waiting = len(world.updates)
    url = (world.webhook or {}).get("url", "")
    return {"url": url, "has_custom_certificate": False, "pending_update_count": waiting}


METHODS: dict[str, Callable[[World, Params], Any]] = {
    "getme": get_me,
    "setmycommands": set_my_commands,
    "deletemycommands": delete_my_commands,
    "getmycommands": get_my_commands,
    "setmyname": _set("setMyName", "name", 64),
    "getmyname": _get("setMyName", "name"),
    "setmydescription": _set("setMyDescription", "description", 512),
    "getmydescription": _get("setMyDescription", "description"),
    "setmyshortdescription": _set("setMyShortDescription", "short_description", 120),
    "getmyshortdescription": _get("setMyShortDescription", "short_description"),
    "setchatmenubutton": set_chat_menu_button,
    "getchatmenubutton": get_chat_menu_button,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
    "logout": lambda world, params: True,
    "close": lambda world, params: True,
}
