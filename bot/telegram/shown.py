"""What messages show: Telegram refuses an edit that changes nothing, so none such is tried."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime

from telegram import InlineKeyboardMarkup, Message

from bot.rendering.telegram_html import text_of

_REMEMBERED = 1024  # messages


@dataclass(frozen=True)
class Tapped:
    """The message under the button that was pressed, as it was at that moment."""

    message: int
    place: str | None  # what it shows, see Reply.place
    text: str | None = None  # what stands there …
    keyboard: InlineKeyboardMarkup | None = None  # … and below it
    edited: datetime | None = None  # when it was last changed


class Shown:
    """Remembers the edits that were made last. What Telegram told at a press counts where it is as new: another process
    may have edited the message since."""

    def __init__(self) -> None:
        self._edits: OrderedDict[tuple[int, int], tuple[datetime, str, InlineKeyboardMarkup | None]] = OrderedDict()

    def note(self, edited: Message | bool, html: str, keyboard: InlineKeyboardMarkup | None) -> None:
        """A message has been edited, and is now as Telegram gave it back."""
        if not isinstance(edited, Message) or edited.edit_date is None:
            return
        key = edited.chat.id, edited.message_id
        self._edits[key] = edited.edit_date, text_of(html).strip(), keyboard
        self._edits.move_to_end(key)
        if len(self._edits) > _REMEMBERED:
            self._edits.popitem(last=False)

    def shows(self, chat: int, tapped: Tapped, html: str, keyboard: InlineKeyboardMarkup | None) -> bool:
        """Whether the message is as it would be after an edit."""
        if tapped.text is None:
            return False
        own = self._edits.get((chat, tapped.message))
        if own and (tapped.edited is None or own[0] > tapped.edited):
            return own[1:] == (text_of(html).strip(), keyboard)
        return (tapped.text.strip(), tapped.keyboard) == (text_of(html).strip(), keyboard)
