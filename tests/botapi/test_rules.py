"""The server refuses what Telegram refuses, in Telegram's words."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.botapi import BotApi, Person


@pytest.fixture
def telegram() -> Iterator[BotApi]:
    with BotApi() as server:
        yield server


@pytest.fixture
def anna(telegram: BotApi) -> Person:
    return telegram.user("Anna")


def _call(telegram: BotApi, method: str, **params: Any) -> dict[str, Any]:
    reply: dict[str, Any] = httpx.post(f"{telegram.url}/bot{telegram.token}/{method}", data=params).json()
    return reply


def _keyboard(*buttons: dict[str, str]) -> str:
    return json.dumps({"inline_keyboard": [list(buttons)]})


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \u200b\n"}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "hej", "chat_id": 7}, "chat not found"),
        ({"text": "hej", "message_thread_id": 3}, "message thread not found"),
        ({"text": "hej", "parse_mode": "Wiki"}, "unsupported parse_mode"),
        ({"text": "hej", "reply_parameters": '{"message_id": 99}'}, "message to be replied not found"),
        ({"text": "<h1>x</h1>", "parse_mode": "HTML"}, 'Unsupported start tag "h1" at byte offset 0'),
        ({"text": "æ<b>x", "parse_mode": "HTML"}, 'Can\'t find end tag corresponding to start tag "b"'),
        (
            {"text": "<b>x</i>", "parse_mode": "HTML"},
            'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
        ),
        ({"text": "x</b>", "parse_mode": "HTML"}, "Unexpected end tag at byte offset 1"),
        ({"text": "1 < 2", "parse_mode": "HTML"}, "Unclosed start tag at byte offset 2"),
        ({"text": "&nbsp;", "parse_mode": "HTML"}, "Unsupported entity"),
        ({"text": "a & b", "parse_mode": "HTML"}, "Unsupported entity"),
        ({"text": "hej", "reply_markup": "{"}, "can't parse reply keyboard markup"),
        ({"text": "hej", "reply_markup": _keyboard({"text": "x", "callback_data": "d" * 65})}, "BUTTON_DATA_INVALID"),
        ({"text": "hej", "reply_markup": _keyboard({"text": "x", "callback_data": ""})}, "BUTTON_DATA_INVALID"),
        ({"text": "hej", "reply_markup": _keyboard({"text": "x"})}, "Text buttons are unallowed"),
        ({"text": "hej", "reply_markup": _keyboard({"text": " ", "callback_data": "d"})}, "Text must be non-empty"),
        ({"text": "hej", "reply_markup": _keyboard(*[{"text": "x", "callback_data": "d"}] * 9)}, "markup is too long"),
    ],
)
def test_a_message_that_telegram_refuses(telegram: BotApi, anna: Person, params: dict[str, Any], words: str) -> None:
    answer = _call(telegram, "sendMessage", **{"chat_id": anna.id, **params})
    assert answer["error_code"] == 400 and answer["description"].startswith("Bad Request: ")
    assert words in answer["description"]
    assert telegram.broken_rules() and not anna.chat.messages


def test_length_is_counted_after_the_entities_are_read(telegram: BotApi, anna: Person) -> None:
    text = "<b>" + "&amp;" * 4096 + "</b>"
    assert _call(telegram, "sendMessage", chat_id=anna.id, text=text, parse_mode="HTML")["ok"]
    assert anna.reads().text == "&" * 4096


def test_an_edit_has_its_rules(telegram: BotApi, anna: Person) -> None:
    _call(telegram, "sendMessage", chat_id=anna.id, text="et")
    message = anna.reads()
    where = {"chat_id": anna.id, "message_id": message.id}
    assert "message is not modified" in _call(telegram, "editMessageText", text="et", **where)["description"]
    assert _call(telegram, "editMessageText", text="to", **where)["ok"]
    assert anna.reads() is message and message.text == "to"
    mine = anna.says("min")
    not_mine = _call(telegram, "editMessageText", text="x", chat_id=anna.id, message_id=mine.id)
    assert "message can't be edited" in not_mine["description"]
    message.deleted = True
    assert "message to edit not found" in _call(telegram, "editMessageText", text="tre", **where)["description"]


def test_a_press_is_answered_once_it_is_known(telegram: BotApi, anna: Person) -> None:
    _call(
        telegram, "sendMessage", chat_id=anna.id, text="?", reply_markup=_keyboard({"text": "Ja", "callback_data": "y"})
    )
    press = anna.taps("Ja", anna.reads())
    assert _call(telegram, "answerCallbackQuery", callback_query_id=press.id, text="Tak")["ok"]
    assert press.answered and press.text == "Tak"
    assert "query is too old" in _call(telegram, "answerCallbackQuery", callback_query_id="x")["description"]
    with pytest.raises(AssertionError, match="no message with a button 'Nej'"):
        anna.taps("Nej")


def test_a_file_has_a_name_a_content_and_a_short_caption(telegram: BotApi, anna: Person) -> None:
    url = f"{telegram.url}/bot{telegram.token}/sendDocument"
    form = {"chat_id": str(anna.id), "caption": "Aftalen"}
    assert httpx.post(url, data=form, files={"document": ("a.pdf", b"%PDF")}).json()["ok"]
    file = anna.reads().file
    assert file is not None and (file.name, file.content) == ("a.pdf", b"%PDF")
    long = httpx.post(url, data=form | {"caption": "x" * 1025}, files={"document": ("a.pdf", b"%PDF")}).json()
    assert "caption is too long" in long["description"]
    assert "non-empty" in httpx.post(url, data=form, files={"document": ("a.pdf", b"")}).json()["description"]


def test_updates_stay_until_they_are_confirmed(telegram: BotApi, anna: Person) -> None:
    anna.says("et")
    anna.says("to")
    first = _call(telegram, "getUpdates")["result"]
    assert [update["message"]["text"] for update in first] == ["et", "to"]
    assert _call(telegram, "getUpdates")["result"] == first
    assert _call(telegram, "getUpdates", offset=first[0]["update_id"] + 1)["result"] == first[1:]
    assert _call(telegram, "getUpdates", offset=first[1]["update_id"] + 1)["result"] == []


def test_a_long_poll_ends_with_the_next_update_and_a_second_one_ends_the_first(telegram: BotApi, anna: Person) -> None:
    answers: list[dict[str, Any]] = []
    threads = [
        threading.Thread(target=lambda: answers.append(_call(telegram, "getUpdates", timeout=5))) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
        time.sleep(0.1)
    anna.says("hej")
    for thread in threads:
        thread.join()
    answers.sort(key=lambda answer: bool(answer["ok"]))
    assert [answer["ok"] for answer in answers] == [False, True]
    assert answers[0]["error_code"] == 409 and len(answers[1]["result"]) == 1


def test_tokens_methods_and_menus_are_checked(telegram: BotApi) -> None:
    assert httpx.post(f"{telegram.url}/bot42:other/getMe").json()["description"] == "Unauthorized"
    assert httpx.post(f"{telegram.url}/botnonsense/getMe").json()["description"] == "Not Found"
    assert _call(telegram, "getTea")["error_code"] == 404
    bad = json.dumps([{"command": "Hjælp", "description": "x"}])
    assert "BOT_COMMAND_INVALID" in _call(telegram, "setMyCommands", commands=bad)["description"]
    assert "HTTPS URL must be provided" in _call(telegram, "setWebhook", url="http://example.org")["description"]
    assert (
        "wrong parameter action"
        in _call(telegram, "sendChatAction", chat_id=telegram.user("Bo").id, action="x")["description"]
    )


def test_what_people_do_reads_like_a_chat(telegram: BotApi, anna: Person) -> None:
    anna.says("hej @makkerbot")
    _call(
        telegram,
        "sendMessage",
        chat_id=anna.id,
        text="Hej",
        reply_markup=_keyboard({"text": "Ja", "callback_data": "y"}),
    )
    assert anna.chat.transcript() == "Anna: hej @makkerbot\nmakkerbot: Hej [Ja]"
