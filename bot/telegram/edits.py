"""What becomes of a message that somebody edits after it has been answered.

In a private chat the latest message counts as said anew: a question is asked again, and the answer to it is edited in
place where it was one message; an answer in a walkthrough is corrected, as by "nej, jeg mente …". What opened or ended
a walkthrough can't be taken back by an edit: a line says how to go about it. Older messages and those in groups stay as
they were answered. What the latest is, is known for as long as the process runs.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bot.telegram.pasted import Written
from dialogues.reply import Reply

MEANT = {"da": "nej, jeg mente {}", "en": "no, I meant {}"}  # what the engine is told
_RUN = "run:"
_MOST = 4096  # chats
Kind = Literal["question", "answer", "other"]


@dataclass
class Exchange:
    """The latest message of a chat, and how it was answered."""

    written: Written
    kind: Kind
    answer: int | None  # the message that answers it, if it is one of text

    def again(self, text: str, language: str) -> str:
        """What to tell the engine, now that the message says `text`."""
        return MEANT.get(language, MEANT["da"]).format(text) if self.kind == "answer" else text


class Edits:
    """Remembers the latest exchange of every private chat."""

    def __init__(self) -> None:
        self._latest: OrderedDict[int, Exchange] = OrderedDict()
        self._in_run: OrderedDict[int, None] = OrderedDict()  # chats in which a walkthrough was shown last

    def note(
        self, chat: int, written: Written | None, sent: Sequence[tuple[str, int]], replies: Sequence[Reply]
    ) -> None:
        """A turn is over: `written` is what was answered, None if a button was pressed; `sent` what it brought."""
        was_run, in_run = chat in self._in_run, any((reply.place or "").startswith(_RUN) for reply in replies)
        if in_run:
            _keep(self._in_run, chat, None)
        else:
            self._in_run.pop(chat, None)
        if written is None:
            if in_run or was_run:
                self._latest.pop(chat, None)
            return
        kind: Kind = "question" if not in_run else "answer" if was_run else "other"
        one = len(sent) == 1 and sent[0][0] == "sendMessage"
        _keep(self._latest, chat, Exchange(written, kind, sent[0][1] if one else None))

    def latest(self, chat: int, message: int) -> Exchange | None:
        """The exchange that the message began, or is a part of, if no other has come since."""
        exchange = self._latest.get(chat)
        return exchange if exchange and exchange.written.has(message) else None


def _keep(memory: OrderedDict[int, Any], chat: int, value: Any) -> None:
    memory[chat] = value
    memory.move_to_end(chat)
    if len(memory) > _MOST:
        memory.popitem(last=False)


def in_same(message: int | None) -> list[tuple[str, int]]:
    """What counts as sent where a message was edited."""
    return [("sendMessage", message)] if message is not None else []
