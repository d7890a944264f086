"""Methods that answer a pressed button or an inline query."""

from __future__ import annotations

from typing import Any

from tests.botapi import rules
from tests.botapi.errors import TOO_OLD, BadRequest
from tests.botapi.world import World

Params = dict[str, Any]
PATIENCE = 15.0  # seconds that a client waits; nominal: Telegram does not promise a number
_RESULTS = 50
_MEDIA = {"photo", "gif", "mpeg4_gif", "video", "audio", "voice", "document", "sticker"}
_PLAIN = {"article", "location", "venue", "contact", "game"}


def answer_callback_query(world: World, params: Params) -> Any:
    press = world.presses.get(str(params.get("callback_query_id")))
    if press is None or press.answered or world.now - press.at > PATIENCE:
        raise BadRequest(TOO_OLD)
    text = str(params.get("text", ""))
    if len(text) > rules.ANSWER:
        raise BadRequest("MESSAGE_TOO_LONG")
    if params.get("url"):
        raise BadRequest("URL_INVALID")  # only games and links to the bot itself may open
    press.answers.append(text)
    press.alert = rules.flag(params, "show_alert")
    return True


def answer_inline_query(world: World, params: Params) -> Any:
    search = world.searches.get(str(params.get("inline_query_id")))
    if search is None or search.answers or world.now - search.at > PATIENCE:
        raise BadRequest(TOO_OLD)
    results = rules.json_of(params, "results", "can't parse inline query results JSON object")
    if not isinstance(results, list):
        raise BadRequest("expected an Array of inline query results")
    if len(results) > _RESULTS:
        raise BadRequest("RESULTS_TOO_MUCH")
    ids = [_result(result) for result in results]
    if len(set(ids)) < len(ids):
        raise BadRequest("RESULT_ID_DUPLICATE")
    if len(str(params.get("next_offset", "")).encode()) > 64:
        raise BadRequest("NEXT_OFFSET_INVALID")
    rules.number(params, "cache_time", "invalid parameter cache_time specified")
    _button(rules.json_of(params, "button", "can't parse inline query results button JSON object"))
    search.results = results
    search.answers.append(params)
    return True


def _button(button: Any) -> None:
    if button is None:
        return
    if not str(button.get("text", "")).strip():
        raise BadRequest("SWITCH_PM_TEXT_EMPTY")
    start = str(button.get("start_parameter", ""))
    sound = start.isascii() and start.replace("_", "").replace("-", "").isalnum()
    if "web_app" not in button and not (sound and 1 <= len(start) <= 64):
        raise BadRequest("START_PARAM_INVALID" if start else "START_PARAM_EMPTY")


def _result(result: dict[str, Any]) -> str:
    """The id of a result that is sound."""
    kind, number = result.get("type"), str(result.get("id", ""))
    if kind not in _MEDIA | _PLAIN:
        raise BadRequest("can't parse inline query result: Unallowed inline query result type")
    if not 1 <= len(number.encode()) <= 64:
        raise BadRequest("RESULT_ID_INVALID")
    if kind == "article":
        if not str(result.get("title", "")).strip():
            raise BadRequest("can't parse inline query result: Can't find field \"title\"")
        if not isinstance(result.get("input_message_content"), dict):
            raise BadRequest("can't parse inline query result: Can't find field \"input_message_content\"")
    content = result.get("input_message_content")
    if isinstance(content, dict) and "message_text" in content:
        rules.text_of(content, "message_text", rules.MESSAGE)
    elif isinstance(content, dict) and not set(content) & {"latitude", "phone_number", "title"}:
        raise BadRequest("can't parse inline query result: Input message content must be non-empty")
    if "caption" in result:
        rules.text_of(result, "caption", rules.CAPTION)
    if "reply_markup" in result:
        rules.inline_rows(result["reply_markup"])
    return number


METHODS = {"answercallbackquery": answer_callback_query, "answerinlinequery": answer_inline_query}
