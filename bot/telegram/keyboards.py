"""Buttons: rows of choices as an inline keyboard, each with its tap signed."""

from __future__ import annotations

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.telegram.callbacks import Signer
from dialogues import deep_links, taps
from dialogues.reply import Choice, Reply
from dialogues.teams.render import ADD, JOIN

LABEL = 64  # characters of a button's label; a telephone shows about half of them
_ROW, _BUTTONS = 8, 100  # that Telegram allows
NO_LABEL = "…"


def keyboard(reply: Reply, signer: Signer, chat: int, bot: str) -> InlineKeyboardMarkup | None:
    """The reply's buttons, signed for the chat that they are offered in; None where it has none.

    What is to be done in private opens the private chat with the bot of that name, where it is offered in a group.
    """
    left = _BUTTONS
    rows = []
    for choices in reply.choices:
        for start in range(0, len(choices), _ROW):
            row = choices[start : start + _ROW][:left]
            left -= len(row)
            if row:
                rows.append([button(choice, signer, chat, bot) for choice in row])
    return InlineKeyboardMarkup(rows) if rows else None


def button(choice: Choice, signer: Signer, chat: int, bot: str) -> InlineKeyboardButton:
    """One button, its tap signed for the chat."""
    tap = taps.parse(choice.tap)
    if chat < 0 and tap and tap.kind == taps.TEAM and tap.parts[1] == JOIN:
        return InlineKeyboardButton(
            label(choice.label), url=deep_links.address(bot, deep_links.payload("team", tap.parts[0]))
        )
    if tap and tap.kind == taps.TEAM and tap.parts[1] == ADD:
        carried = deep_links.payload("together", tap.parts[0])
        return InlineKeyboardButton(label(choice.label), url=deep_links.group_address(bot, carried))
    return InlineKeyboardButton(label(choice.label), callback_data=signer.sign(choice.tap, chat))


def label(text: str) -> str:
    """A button's label, cut at a word where it is too long."""
    text = " ".join(text.split())
    if len(text) <= LABEL:
        return text or NO_LABEL
    cut = text[: LABEL - 1]
    return (cut[: cut.rfind(" ")] if " " in cut[LABEL // 2 :] else cut).rstrip(" ,;:–-") + "…"
