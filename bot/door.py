"""What stands between a door and the engine: what comes in, what is asked of the house.

A door (Telegram, the terminal) turns what a person does into an `Inbound`, hands it to the `Engine`,
and renders the replies. It knows nothing of Rasa, nor of the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from dialogues.cards import Card
from dialogues.ports import StoredDocument
from dialogues.reply import Reply


@dataclass(frozen=True)
class Inbound:
    """One thing that a person did: typed a text, or tapped a button."""

    conversation: str  # "telegram:42:0:42"; in a group "circle/member": "telegram:-7:0/42" shares its walkthrough
    owner: str  # whose walkthroughs and files these are: "telegram:42", or a group's, "telegram:-7"
    text: str | None = None  # typed text, as typed
    tap: str | None = None  # an unsigned tap, see dialogues.taps
    language: str | None = None  # hint: the language of the user's client ("da", "en"), or None
    name: str | None = None  # who it was, where several share a walkthrough
    forced: bool = False  # the language is not a hint but an order
    id: str | None = None  # of what came: one that comes again, after a crash, gets the same answer and does nothing


@dataclass(frozen=True)
class Query:
    """Words that somebody looks for. `chosen` is the language that they chose, `hint` that of their client."""

    text: str
    chosen: str | None = None
    hint: str | None = None
    start: int = 0  # how many of what is found were shown before
    limit: int = 20


class Engine(Protocol):
    """Answers. One call is one turn; the turns of a conversation are taken one after another."""

    async def handle(self, inbound: Inbound) -> list[Reply]:
        """The replies, in order; at least one. Raises AwayError where nothing can be stored for now, and what came in
        has an id, under which it can come again."""

    async def find(self, query: Query) -> list[Card]:
        """Topics and checklists for a few words, best first. No conversation is touched, and nothing is noted."""


class Files(Protocol):
    """Where attachments lie. `dialogues.ports.Store` fulfils it."""

    def document_content(self, owner: str, document_id: str) -> tuple[StoredDocument, bytes] | None:
        """The owner's file and its bytes; None where there is none, or it is another's."""


class Desk(Files, Protocol):
    """What a door needs of the store: the files, the language that a person chose, and how they voted."""

    def language(self, owner: str) -> str | None: ...

    def voted(self, owner: str, topic: str) -> bool | None:
        """Whether the topic's answer helped, as the owner voted; None where there is no vote."""


class Voice(Protocol):
    """Speaks the house's own texts. `knowledge.loader.Knowledge` fulfils it."""

    def say(self, language: str, key: str, **values: Any) -> str:
        """The text of that key in light markup."""
