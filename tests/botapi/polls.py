"""Polls: the methods that send and stop them, and what Telegram allows in one.

The limits are the Bot API's; the words of refusals are those of TDLib (`inputMessagePoll`, `stop_poll`), as far as
it is the one that refuses. What only Telegram's own servers refuse (two options that are the same, a long explanation)
has the name of the error in MTProto, and is nominal.
"""

from __future__ import annotations

import itertools
from typing import Any

from tests.botapi import rules
from tests.botapi.chats import Poll
from tests.botapi.errors import BadRequest
from tests.botapi.html import parse, units
from tests.botapi.sending import _where
from tests.botapi.world import World

Params = dict[str, Any]
QUESTION, OPTION, OPTIONS = 300, 100, 12
EXPLANATION, LINE_FEEDS = 200, 2
_ids = itertools.count(5_000_000_000)  # no two polls have the same, on whatever server


def send_poll(world: World, params: Params) -> Any:
    chat = rules.chat_of(world, params)
    question = str(params.get("question", "")).strip()
    if rules.is_blank(question):
        raise BadRequest("poll question must be non-empty")
    if len(question) > QUESTION:
        raise BadRequest(f"poll question length must not exceed {QUESTION}")
    options = _options(params)
    kind = str(params.get("type") or "regular")
    if kind not in ("regular", "quiz"):
        raise BadRequest("unsupported poll type specified")
    right = _right(params, len(options)) if kind == "quiz" else []
    poll = Poll(
        str(next(_ids)),
        question,
        options,
        kind,
        right,
        _explanation(params) if kind == "quiz" else "",
        anonymous=rules.flag(params, "is_anonymous") if "is_anonymous" in params else True,
        several=rules.flag(params, "allows_multiple_answers"),
        closed=rules.flag(params, "is_closed"),
    )
    return world.as_json(world.bot_sends(chat, poll=poll, **_where(chat, params)))


def _options(params: Params) -> list[str]:
    given = rules.json_of(params, "options", "can't parse options JSON object")
    if not isinstance(given, list):
        raise BadRequest("expected an Array of InputPollOption")
    options = [str(one.get("text", "") if isinstance(one, dict) else one).strip() for one in given]
    if len(options) < 2:
        raise BadRequest("poll must have at least 2 option")
    if len(options) > OPTIONS:
        raise BadRequest(f"poll can't have more than {OPTIONS} options")
    if any(rules.is_blank(option) for option in options):
        raise BadRequest("poll options must be non-empty")
    if any(len(option) > OPTION for option in options):
        raise BadRequest(f"poll options length must not exceed {OPTION}")
    if len(set(options)) < len(options):
        raise BadRequest("POLL_OPTION_DUPLICATE")
    return options


def _right(params: Params, count: int) -> list[int]:
    """The right options of a quiz; the older parameter `correct_option_id` isn't one any more."""
    right = rules.json_of(params, "correct_option_ids", "can't parse correct option identifiers JSON object")
    sound = isinstance(right, list) and right and all(isinstance(one, int) and 0 <= one < count for one in right)
    if not sound or right != sorted(set(right)):
        raise BadRequest("wrong correct option ID specified")
    return list(right)


def _explanation(params: Params) -> str:
    raw = str(params.get("explanation", ""))
    text = parse(raw)[0] if str(params.get("explanation_parse_mode", "")).lower() == "html" else raw
    if units(text) > EXPLANATION or text.count("\n") > LINE_FEEDS:
        raise BadRequest("message caption is too long")
    return text


def stop_poll(world: World, params: Params) -> Any:
    chat = rules.chat_of(world, params)
    message = chat.find(rules.number(params, "message_id", "message identifier is not specified"))
    if message is None:
        raise BadRequest("message with poll to stop not found")
    if message.poll is None:
        raise BadRequest("message is not a poll")
    if not message.by_bot:
        raise BadRequest("poll can't be stopped")
    if message.poll.closed:
        raise BadRequest("poll has already been closed")
    message.rows = rules.keyboard(params)
    message.poll.closed = True
    world.bot_edited(message, to_read=False)
    return message.poll.as_json()


METHODS = {"sendpoll": send_poll, "stoppoll": stop_poll}
