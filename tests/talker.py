"""Somebody who talks to the engine, for tests that read like a conversation."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING

from bot.door import Inbound
from bot.rendering.plain import plain
from dialogues.reply import Choice, Reply

if TYPE_CHECKING:
    from bot.engine.engine import RasaEngine

_numbers = count(1)


class Talker:
    """One person in one conversation. `replies` are those to what was done last."""

    def __init__(self, engine: RasaEngine, name: str | None = None, language: str | None = None) -> None:
        self.engine = engine
        self.name = name or f"test:{next(_numbers)}"
        self.language = language
        self.replies: list[Reply] = []

    def says(self, text: str) -> Talker:
        """Types a message."""
        return self._does(text=text)

    def taps(self, label: str) -> Talker:
        """Presses the button with that label, or the first that begins with it."""
        found = [choice for choice in self.buttons if choice.label == label]
        found += [choice for choice in self.buttons if choice.label.startswith(label)]
        assert found, f"there is no button {label!r} among {[choice.label for choice in self.buttons]}"
        return self._does(tap=found[0].tap)

    def sends(self, tap: str) -> Talker:
        """Sends a tap as it is, as an old button would."""
        return self._does(tap=tap)

    @property
    def text(self) -> str:
        """What the user reads."""
        return "\n\n".join(plain(reply.text) for reply in self.replies)

    @property
    def buttons(self) -> list[Choice]:
        """The buttons on offer."""
        return [choice for reply in self.replies for choice in reply.buttons]

    @property
    def labels(self) -> list[str]:
        """What the buttons say."""
        return [choice.label for choice in self.buttons]

    @property
    def files(self) -> dict[str, bytes]:
        """The attached files by name."""
        store = self.engine._services.store
        attached = [attachment for reply in self.replies for attachment in reply.attachments]
        return {one.file_name: store.document_content(self.name, one.document)[1] for one in attached}

    def _does(self, text: str | None = None, tap: str | None = None) -> Talker:
        inbound = Inbound(
            self.name, self.name, text=text, tap=tap, language=self.language, forced=self.language is not None
        )
        self.replies = asyncio.run(self.engine.handle(inbound))
        return self


@contextmanager
def conversation_lost(engine: RasaEngine, name: str) -> Iterator[None]:
    """What is done within is stored, but for the conversation: as where a process died over it."""
    store = engine._services.store
    before = store.conversation(name)
    yield
    after = store.conversation(name)
    assert before and after and store.save_conversation(name, name, before.events, after.version)


def twice(engine: RasaEngine, inbound: Inbound) -> list[Reply]:
    """Has it handled, and once more as where a process died over it; both times the same has to be said. Gives the
    replies."""
    with conversation_lost(engine, inbound.conversation):
        first = asyncio.run(engine.handle(inbound))
    again = asyncio.run(engine.handle(inbound))
    assert [reply.text for reply in again] == [reply.text for reply in first]
    return first
