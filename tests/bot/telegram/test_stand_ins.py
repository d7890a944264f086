"""Servers that stand in for Telegram, and are not as exact."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest
from telegram import Message, Update, User

from bot.telegram.polling import Poller
from bot.telegram.stand_ins import completed, kept


def test_a_server_that_holds_no_polls_is_not_run_down() -> None:
    asked: list[str] = []

    async def call(url: str, body: dict[str, str], seconds: float) -> list[Any]:
        asked.append(url)
        return []

    async def take(updates: list[dict[str, Any]]) -> None:
        assert not updates

    async def scene() -> None:
        poller = Poller(
            cast(Any, SimpleNamespace(base_url="x")), cast(Any, SimpleNamespace(call=call)), ["message"], take
        )
        poller.start()
        await asyncio.sleep(0.7)
        await poller.refuse()

    asyncio.run(scene())
    assert 2 <= len(asked) <= 5


@pytest.mark.parametrize(
    "shape", [{}, {"date": 1785000000123}, {"link_preview_options": "{}"}, {"edit_date": 1785000000123}]
)
def test_a_message_that_was_sent_is_known_whatever_else_is_told_of_it(shape: dict[str, Any]) -> None:
    told = kept("sendMessage", {"message_id": 7, "chat": {"id": 1, "type": "private"}, **shape})
    assert cast(Message, Message.de_json(told, None)).message_id == 7


def test_a_polls_name_is_kept() -> None:
    told = {"message_id": 7, "chat": {"id": 1, "type": "private"}, "text": "x", "poll": {"id": "p"}}
    poll = cast(Message, Message.de_json(kept("sendPoll", told), None)).poll
    assert poll and poll.id == "p" and "text" not in kept("sendPoll", told)


def test_the_bot_is_a_bot() -> None:
    assert cast(User, User.de_json(kept("getMe", {"id": 1, "first_name": "Makker"}), None)).is_bot


def test_nothing_is_a_yes() -> None:
    assert kept("editMessageText", None) is True and kept("answerCallbackQuery", None) is True
    assert kept("getMyCommands", []) == []


def test_a_press_and_a_message_are_read_without_what_is_not_needed() -> None:
    chat, anna = {"id": 1, "type": "private"}, {"id": 1, "first_name": "Anna"}
    below = {"message_id": 3, "chat": chat}
    press = {"update_id": 1, "callback_query": {"id": "1", "from": anna, "message": below, "data": "x"}}
    query = Update.de_json(completed(press), None).callback_query
    assert query and query.message and query.message.message_id == 3 and not query.from_user.is_bot
    words = {"update_id": 2, "message": {"message_id": 4, "from": anna, "chat": chat, "text": "hej"}}
    message = Update.de_json(completed(words), None).message
    assert message and message.text == "hej"
    assert "chat_instance" not in press["callback_query"]  # what came stays as it came
    vote = {"update_id": 3, "poll_answer": {"poll_id": "p", "user": anna, "option_ids": [1]}}
    answer = Update.de_json(completed(vote), None).poll_answer
    assert answer and answer.user and (answer.user.id, answer.option_ids) == (1, (1,))
