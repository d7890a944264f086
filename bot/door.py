"""What stands between a door and the engine: what comes in, what is asked of the house.

A door (Telegram, the terminal) turns what a person does into an `Inbound`, hands it to the `Engine`,
and renders the replies. It knows nothing of Rasa, nor of the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from dialogues.ports import StoredDocument
from dialogues.reply import Reply


@dataclass(frozen=True)
class Inbound:
    """One thing that a person did: typed a text, or tapped a button."""

    conversation: str  # "telegram:<chat>:<thread or 0>:<user>"
    owner: str  # "telegram:<user>"
    text: str | None = None  # typed text, as typed
    tap: str | None = None  # an unsigned tap, see dialogues.taps
    language: str | None = None  # hint: the language of the user's client ("da", "en"), or None
    forced: bool = False  # the language is not a hint but an order


class Engine(Protocol):
    """Answers. One call is one turn; the turns of a conversation are taken one after another."""

    async def handle(self, inbound: Inbound) -> list[Reply]: ...


class Files(Protocol):
    """Where attachments lie. `dialogues.ports.Store` fulfils it."""

    def document_content(self, owner: str, document_id: str) -> tuple[StoredDocument, bytes] | None:
        """The owner's file and its bytes; None where there is none, or it is another's."""


class Desk(Files, Protocol):
    """What a door needs of the store: the files, and the language that a person chose."""

    def language(self, owner: str) -> str | None: ...


class Voice(Protocol):
    """Speaks the house's own texts. `knowledge.loader.Knowledge` fulfils it."""

    def say(self, language: str, key: str, **values: Any) -> str:
        """The text of that key in light markup."""
