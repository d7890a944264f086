"""What stands in for Telegram (a server of one's own, an emulator) leaves things out that Telegram always says, or has
them in other shapes. Where they aren't needed here, that must break nothing."""

from __future__ import annotations

from typing import Any

_LATEST = 10**11  # seconds; above, they are milliseconds
_SAID = ("message", "edited_message", "callback_query")
_POLL = {
    "question": "",
    "options": [],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": False,
    "type": "quiz",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}


def completed(update: dict[str, Any]) -> dict[str, Any]:
    """An update with what python-telegram-bot can't do without."""
    said = {name: _complete(update[name]) for name in _SAID if isinstance(update.get(name), dict)}
    query = said.get("callback_query")
    if query:
        query.setdefault("chat_instance", "")
        if isinstance(query.get("message"), dict):
            query["message"] = _complete(query["message"])
    if isinstance(update.get("poll_answer"), dict):
        said["poll_answer"] = _vote(update["poll_answer"])
    return {**update, **said}


def kept(endpoint: str, result: Any) -> Any:
    """As much of a method's result as is needed: of a message that was sent or edited, which it is, and which poll. To
    read it all takes time, and a message that has been sent must not count as failed for how it is described."""
    if result is None:
        return True
    if endpoint == "getMe" and isinstance(result, dict):
        return {"is_bot": True, **result}
    if endpoint.startswith(("send", "editMessage")):
        return [_message(one) for one in result] if isinstance(result, list) else _message(result)
    return result


def _complete(said: dict[str, Any]) -> dict[str, Any]:
    sender = said.get("from")
    if isinstance(sender, dict):
        said = {**said, "from": {"is_bot": False, **sender}}
    return {**said, "date": 0} if "chat" in said and not isinstance(said.get("date"), int) else {**said}


def _vote(answer: dict[str, Any]) -> dict[str, Any]:
    user = {"user": {"is_bot": False, **answer["user"]}} if isinstance(answer.get("user"), dict) else {}
    return {"option_persistent_ids": [], **answer, **user}


def _message(result: Any) -> Any:
    if not (isinstance(result, dict) and "message_id" in result and "chat" in result):
        return result
    edited = result.get("edit_date")
    known: dict[str, Any] = {"edit_date": edited} if isinstance(edited, int) and edited < _LATEST else {}
    if isinstance(result.get("poll"), dict) and "id" in result["poll"]:
        known["poll"] = {**_POLL, "id": str(result["poll"]["id"])}  # its name comes with the message only
    return {"message_id": result["message_id"], "date": 0, "chat": result["chat"], **known}
