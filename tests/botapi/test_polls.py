"""Polls are refused, answered and stopped as Telegram has it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.botapi import BotApi, Person

SOUND = {"question": "Ja?", "options": ["Ja", "Nej"], "type": "quiz", "correct_option_ids": [0], "is_anonymous": False}


@pytest.fixture
def telegram() -> Iterator[BotApi]:
    with BotApi() as server:
        yield server


@pytest.fixture
def anna(telegram: BotApi) -> Person:
    return telegram.user("Anna")


def _call(telegram: BotApi, method: str, **params: Any) -> dict[str, Any]:
    data = {key: value if isinstance(value, str) else json.dumps(value) for key, value in params.items()}
    reply: dict[str, Any] = httpx.post(f"{telegram.url}/bot{telegram.token}/{method}", data=data).json()
    return reply


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"question": " "}, "poll question must be non-empty"),
        ({"question": "x" * 301}, "poll question length must not exceed 300"),
        ({"options": ["Ja"]}, "poll must have at least 2 option"),
        ({"options": [str(number) for number in range(13)]}, "poll can't have more than 12 options"),
        ({"options": ["Ja", {"text": " "}]}, "poll options must be non-empty"),
        ({"options": ["Ja", "x" * 101]}, "poll options length must not exceed 100"),
        ({"options": ["Ja", "Ja"]}, "POLL_OPTION_DUPLICATE"),
        ({"correct_option_ids": [2]}, "wrong correct option ID specified"),
        ({"correct_option_ids": []}, "wrong correct option ID specified"),
        ({"correct_option_ids": [1, 0]}, "wrong correct option ID specified"),
        ({"type": "exam"}, "unsupported poll type specified"),
        ({"explanation": "x" * 201}, "message caption is too long"),
        ({"explanation": "a\nb\nc\nd"}, "message caption is too long"),
        ({"explanation": "<b>", "explanation_parse_mode": "HTML"}, "Can't find end tag"),
        ({"chat_id": 7}, "chat not found"),
    ],
)
def test_what_no_quiz_may_have(telegram: BotApi, anna: Person, params: dict[str, Any], words: str) -> None:
    told = _call(telegram, "sendPoll", **{"chat_id": anna.id, **SOUND, **params})
    assert words in told["description"]


def test_a_vote_is_told_to_the_bot_once(telegram: BotApi, anna: Person) -> None:
    sent = _call(telegram, "sendPoll", chat_id=anna.id, **SOUND)["result"]
    assert sent["poll"]["correct_option_ids"] == [0] and not sent["poll"]["is_closed"]
    message = anna.reads()
    bo = telegram.user("Bo")
    anna.votes(message, "Nej")
    bo.votes(message, "Ja")  # who has got it forwarded
    told = [update["poll_answer"] for update in telegram.world.updates]
    assert [(one["user"]["id"], one["option_ids"]) for one in told] == [(anna.id, [1]), (bo.id, [0])]
    assert {one["poll_id"] for one in told} == {sent["poll"]["id"]}
    with pytest.raises(AssertionError, match="answered once"):
        anna.votes(message, "Ja")


def test_votes_in_an_anonymous_poll_are_not_told(telegram: BotApi, anna: Person) -> None:
    _call(telegram, "sendPoll", chat_id=anna.id, question="Hvad?", options=["Ja", "Nej"])
    anna.votes(anna.reads(), "Ja")
    assert telegram.world.updates == []


def test_a_poll_is_stopped_once(telegram: BotApi, anna: Person) -> None:
    sent = _call(telegram, "sendPoll", chat_id=anna.id, **SOUND)["result"]
    where = {"chat_id": anna.id, "message_id": sent["message_id"]}
    assert "no text in the message" in _call(telegram, "editMessageText", text="hej", **where)["description"]
    assert "is not modified" in _call(telegram, "editMessageReplyMarkup", **where)["description"]
    stopped = _call(telegram, "stopPoll", **where)["result"]
    assert stopped["is_closed"] and stopped["id"] == sent["poll"]["id"]
    assert "poll has already been closed" in _call(telegram, "stopPoll", **where)["description"]
    assert "is not modified" in _call(telegram, "editMessageReplyMarkup", **where)["description"]
    with pytest.raises(AssertionError, match="closed"):
        anna.votes(anna.reads(), "Ja")


def test_what_is_no_poll_is_not_stopped(telegram: BotApi, anna: Person) -> None:
    said = _call(telegram, "sendMessage", chat_id=anna.id, text="hej")["result"]
    for message, words in ((said["message_id"], "message is not a poll"), (99, "message with poll to stop not found")):
        assert words in _call(telegram, "stopPoll", chat_id=anna.id, message_id=message)["description"]
