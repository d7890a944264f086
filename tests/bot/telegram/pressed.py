"""Presses of buttons, as Telegram tells them."""

from __future__ import annotations

from datetime import datetime, timezone

from telegram import CallbackQuery, Chat, Message, User


def pressed(press: str, data: str = "button", person: int = 7, below: str = "a step") -> CallbackQuery:
    """That person's press of a button below a message that says `below`."""
    message = Message(12, datetime.now(timezone.utc), Chat(person, "private"), text=below)
    return CallbackQuery(press, User(person, "P", is_bot=False), "1", message=message, data=data)
