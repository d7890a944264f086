"""The store over SQL: what `dialogues.ports.Store` promises, and what the doors and the engine keep beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.engine import Connection, Engine

from bot.store.chats import ChatRows
from bot.store.courses import CourseRows
from bot.store.database import autocommit
from bot.store.polls import PollRows
from bot.store.privacy import PrivacyRows
from bot.store.reminders import ReminderRows
from bot.store.retention import RetentionRows
from bot.store.rows import insert_once, know, new_id, now
from bot.store.tables import conversations, documents, feedback, metadata, people, runs, unknown
from bot.store.teams import TeamRows
from bot.store.votes import VoteRows
from dialogues.ports import File
from dialogues.walkthrough.state import Run, from_dict, to_dict

MAX_FILE_NAME = 200


@dataclass(frozen=True)
class StoredDocument:
    id: str
    file_name: str
    mime: str
    created: datetime
    run: str | None = None


class StoredConversation(NamedTuple):
    events: list[dict[str, Any]]
    version: int
    answered: dict[str, Any] | None  # the `id` of what came last under one, and the `replies` to it


# What is asked or stored at every turn: to put a statement together takes SQLAlchemy longer than to send it.
_LANGUAGE = select(people.c.language).where(people.c.owner == bindparam("whose"))
_RUN = select(runs.c.state).where(runs.c.id == bindparam("run"), runs.c.owner == bindparam("whose"))
_RUNS = select(runs.c.state).where(runs.c.owner == bindparam("whose")).order_by(runs.c.touched.desc())
_SAVE_RUN = update(runs).where(runs.c.id == bindparam("run"), runs.c.owner == bindparam("whose"))
_CONVERSATION = select(conversations.c.events, conversations.c.version, conversations.c.answered).where(
    conversations.c.id == bindparam("conversation")
)
_SAVE_CONVERSATION = update(conversations).where(
    conversations.c.id == bindparam("conversation"), conversations.c.version == bindparam("before")
)


class SqlStore(ChatRows, VoteRows, TeamRows, ReminderRows, CourseRows, PollRows, PrivacyRows, RetentionRows):
    """Everything is committed when a method returns; what belongs to another owner is as good as not there."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.autocommit = autocommit(engine)

    # --- people ------------------------------------------------------------------------------

    def language(self, owner: str) -> str | None:
        with self.autocommit.connect() as connection:
            return connection.scalar(_LANGUAGE, {"whose": owner})

    def set_language(self, owner: str, language: str) -> None:
        with self.engine.begin() as connection:
            know(connection, owner)
            connection.execute(update(people).where(people.c.owner == owner).values(language=language))

    def has(self, owner: str) -> bool:
        """Whether the owner came in by an invite code."""
        with self.autocommit.connect() as connection:
            return bool(connection.scalar(select(people.c.member).where(people.c.owner == owner)))

    def add(self, owner: str) -> None:
        """Notes that the owner came in by an invite code."""
        with self.engine.begin() as connection:
            know(connection, owner)
            connection.execute(update(people).where(people.c.owner == owner).values(member=True))

    # --- walkthroughs ------------------------------------------------------------------------

    def save_run(self, owner: str, run: Run) -> None:
        with self.autocommit.connect() as connection:
            if connection.execute(_SAVE_RUN, _saved(owner, run)).rowcount:
                return
        with self.engine.begin() as connection:
            know(connection, owner)
            _save_run(connection, owner, run)  # it may have come in meanwhile

    def save_with_papers(self, owner: str, run: Run, papers: Sequence[File]) -> list[str]:
        rows = [_document(owner, run.id, *paper) for paper in papers]
        with self.engine.begin() as connection:
            know(connection, owner)
            _save_run(connection, owner, run)
            if rows:
                connection.execute(insert(documents), rows)
        return [row["id"] for row in rows]

    def run(self, owner: str, run_id: str) -> Run | None:
        with self.autocommit.connect() as connection:
            state = connection.scalar(_RUN, {"run": run_id, "whose": owner})
        return from_dict(state) if state else None

    def runs(self, owner: str) -> list[Run]:
        with self.autocommit.connect() as connection:
            return [from_dict(state) for state in connection.scalars(_RUNS, {"whose": owner})]

    # --- documents ---------------------------------------------------------------------------

    def add_document(self, owner: str, run_id: str, file_name: str, mime: str, content: bytes) -> str:
        row = _document(owner, run_id, file_name, mime, content)
        with self.engine.begin() as connection:
            know(connection, owner)
            connection.execute(insert(documents).values(row))
        return row["id"]

    def documents(self, owner: str) -> list[StoredDocument]:
        columns = (documents.c.id, documents.c.file_name, documents.c.mime, documents.c.created, documents.c.run)
        query = select(*columns).where(documents.c.owner == owner).order_by(documents.c.created.desc())
        with self.autocommit.connect() as connection:
            return [StoredDocument(*row) for row in connection.execute(query)]

    def document_content(self, owner: str, document_id: str) -> tuple[StoredDocument, bytes] | None:
        query = select(documents).where(documents.c.id == document_id, documents.c.owner == owner)
        with self.autocommit.connect() as connection:
            row = connection.execute(query).one_or_none()
        return row and (StoredDocument(row.id, row.file_name, row.mime, row.created, row.run), row.content)

    # --- for the editors ---------------------------------------------------------------------

    def add_feedback(self, owner: str, text: str, topic: str | None, came: str | None = None) -> None:
        """Stores what the owner says of the advisor, once for what came under the id `came`."""
        before = select(feedback.c.id).where(feedback.c.owner == owner, feedback.c.came == came)
        row = {"owner": owner, "text": text, "topic": topic, "created": now(), "came": came}
        with self.engine.begin() as connection:
            know(connection, owner)
            if came is None or connection.execute(before).first() is None:
                connection.execute(insert(feedback).values(row))

    def record_unknown(self, text: str, language: str, nearest: list[str]) -> None:
        row = {"text": text, "language": language, "nearest": nearest, "day": now().date().isoformat()}
        with self.engine.begin() as connection:
            connection.execute(insert(unknown).values(row))

    def unanswered(self) -> list[dict[str, Any]]:
        """The questions that found no answer: text, language, nearest topics, day; oldest first."""
        columns = (unknown.c.day, unknown.c.language, unknown.c.text, unknown.c.nearest)
        with self.autocommit.connect() as connection:
            return [dict(row) for row in connection.execute(select(*columns).order_by(unknown.c.id)).mappings()]

    def forget_unanswered(self) -> int:
        """Removes those questions; gives how many there were."""
        with self.engine.begin() as connection:
            return int(connection.execute(delete(unknown)).rowcount)

    # --- conversations -----------------------------------------------------------------------

    def conversation(self, conversation_id: str) -> StoredConversation | None:
        """The stored events of a conversation, with their version, and what was answered last."""
        with self.autocommit.connect() as connection:
            row = connection.execute(_CONVERSATION, {"conversation": conversation_id}).one_or_none()
        return row and StoredConversation(*row)

    def save_conversation(
        self,
        conversation_id: str,
        owner: str | None,
        events: Sequence[dict[str, Any]],
        version: int,
        answered: dict[str, Any] | None = None,
    ) -> bool:
        """Stores the events as version `version + 1`; False where somebody else stored that version first. `answered`:
        the `id` of what came, and the `replies` to it."""
        values = {"events": list(events), "version": version + 1, "touched": now(), "owner": owner}
        values["answered"] = answered
        with self.autocommit.connect() as connection:
            if version == 0:
                fresh = connection.execute(insert_once(connection, conversations, {"id": conversation_id, **values}))
                if fresh.rowcount:
                    return True
            saved = {"conversation": conversation_id, "before": version, **values}
            return bool(connection.execute(_SAVE_CONVERSATION, saved).rowcount)

    def conversation_ids(self) -> list[str]:
        """The ids of all conversations."""
        with self.autocommit.connect() as connection:
            return list(connection.scalars(select(conversations.c.id)))

    def counts(self) -> dict[str, int]:
        """How many rows each table holds."""
        with self.autocommit.connect() as connection:
            return {
                table.name: connection.scalar(select(func.count()).select_from(table)) or 0
                for table in metadata.sorted_tables
            }


def _saved(owner: str, run: Run) -> dict[str, Any]:
    """What `_SAVE_RUN` asks for."""
    return {"run": run.id, "whose": owner, "status": run.status, "state": to_dict(run), "touched": now()}


def _save_run(connection: Connection, owner: str, run: Run) -> None:
    """Within a transaction: brings what is stored of the run up to date, or stores it for the first time."""
    saved = _saved(owner, run)
    if not connection.execute(_SAVE_RUN, saved).rowcount:
        values = {key: saved[key] for key in ("status", "state", "touched")}
        row = {"id": run.id, "owner": owner, "checklist": run.checklist, "created": saved["touched"], **values}
        connection.execute(insert(runs).values(row))


def _document(owner: str, run_id: str, file_name: str, mime: str, content: bytes) -> dict[str, Any]:
    return {
        "id": new_id(),
        "owner": owner,
        "run": run_id or None,
        "file_name": file_name[:MAX_FILE_NAME],
        "mime": mime,
        "content": content,
        "created": now(),
    }
