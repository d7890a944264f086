"""A Bot API that says yes to everything, without a network: it keeps what was sent, and checks its HTML."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from telegram.request import BaseRequest, RequestData

from tests.botapi.html import parse

ME = {"id": 4242, "is_bot": True, "first_name": "Makker", "username": "makker_bot", "can_join_groups": True}

_PLAIN: dict[str, Any] = {
    "getMyCommands": [],
    "getMyDescription": {"description": ""},
    "getMyShortDescription": {"short_description": ""},
    "getChatMenuButton": {"type": "default"},
}


class Silent(BaseRequest):
    """Answers calls. `sent` are the texts of messages, `faults` what Telegram would have refused."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.data: list[str] = []
        self.faults: list[str] = []
        self._messages = 1000

    async def call(self, url: str, body: bytes, seconds: float) -> Any:
        """Fetches updates: there are none."""
        await asyncio.sleep(1.0)
        return []

    @property
    def read_timeout(self) -> float:
        return 5.0

    async def initialize(self) -> None:
        """Nothing is to be opened."""

    async def shutdown(self) -> None:
        """Nothing is to be closed."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **others: Any
    ) -> tuple[int, bytes]:
        name = url.rsplit("/", 1)[-1]
        given = dict(request_data.parameters) if request_data else {}
        return 200, json.dumps({"ok": True, "result": self._result(name, given)}).encode()

    def _result(self, name: str, given: dict[str, Any]) -> Any:
        for key in ("text", "caption", "explanation"):
            if given.get(key) is not None and name != "answerCallbackQuery":
                self._check(str(given[key]), given.get("parse_mode") or given.get("explanation_parse_mode"))
        if name == "getMe":
            return ME
        if name in _PLAIN:
            return _PLAIN[name]
        if name == "sendMediaGroup":
            return [self._message(given)]
        if name.startswith(("send", "editMessage")) and name != "sendChatAction":
            return self._message(given)
        if name == "getChatMember":
            return {"user": ME, "status": "member"}
        if name == "getChat":
            return {"id": given.get("chat_id"), "type": "private", "accent_color_id": 0, "max_reaction_count": 1}
        return True

    def _check(self, text: str, mode: str | None) -> None:
        self.sent.append(text)
        try:
            shown = parse(text)[0] if mode == "HTML" else text
            text.encode()
        except Exception as error:
            self.faults.append(f"{error!r}: {text[:200]!r}")
            return
        if not shown.strip() or len(shown.encode("utf-16-le")) // 2 > 4096:
            self.faults.append(f"blank or too long: {text[:200]!r}")

    def _message(self, given: dict[str, Any]) -> dict[str, Any]:
        self._messages += 1
        chat = int(given.get("chat_id") or 1)
        message = {
            "message_id": int(given.get("message_id") or self._messages),
            "date": 1_800_000_000,
            "chat": {"id": chat, "type": "private" if chat > 0 else "group", "first_name": "X", "title": "X"},
            "from": ME,
            "text": "x",
        }
        markup = given.get("reply_markup")
        if markup:
            message["reply_markup"] = json.loads(markup) if isinstance(markup, str) else markup
            rows = message["reply_markup"].get("inline_keyboard", ())
            found = [button["callback_data"] for row in rows for button in row if "callback_data" in button]
            self.data = (self.data + found)[-200:]
        return message
