"""What the dialogues need from outside: a store for what people care about. `bot.store` provides it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from dialogues.walkthrough.state import Run


class Store(Protocol):
    """Everything is committed when a method returns. `owner` is whose it is: a user's key, say `telegram:42`."""

    def language(self, owner: str) -> str | None:
        """The language that the owner chose, or None."""

    def set_language(self, owner: str, language: str) -> None: ...

    def save_run(self, owner: str, run: Run) -> None:
        """Stores the run as it stands now, new or known."""

    def run(self, owner: str, run_id: str) -> Run | None:
        """The owner's run of that id; None where there is none, or it is another's."""

    def runs(self, owner: str) -> Sequence[Run]:
        """The owner's runs, the one touched last first."""

    def add_document(self, owner: str, run_id: str, file_name: str, mime: str, content: bytes) -> str:
        """Stores a file and gives its id (8 characters)."""

    def documents(self, owner: str) -> Sequence[StoredDocument]:
        """The owner's files, newest first, without their bytes."""

    def document_content(self, owner: str, document_id: str) -> tuple[StoredDocument, bytes] | None: ...

    def add_feedback(self, owner: str, text: str, topic: str | None) -> None: ...

    def record_unknown(self, text: str, language: str, nearest: list[str]) -> None:
        """Notes a question that found no answer, without its asker, for the editors."""

    def export(self, owner: str) -> dict[str, Any]:
        """All that is stored about the owner, as JSON-ready data."""

    def delete(self, owner: str) -> dict[str, int]:
        """Removes all that is stored about the owner; how many of what."""


class StoredDocument(Protocol):
    """A file's particulars."""

    @property
    def id(self) -> str: ...

    @property
    def file_name(self) -> str: ...

    @property
    def mime(self) -> str: ...

    @property
    def created(self) -> datetime: ...
