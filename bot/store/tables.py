"""The tables. A change here needs a migration: see `bot/store/migrations/README.md`."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

people = Table(
    "people",
    metadata,
    Column("owner", String(120), primary_key=True),  # say telegram:42
    Column("language", String(2)),  # chosen, not guessed
    Column("member", Boolean, nullable=False, default=False),  # came in by an invite code
    Column("created", DateTime, nullable=False),
)


def _owner() -> Column:
    return Column("owner", String(120), ForeignKey("people.owner", ondelete="CASCADE"), nullable=False)


runs = Table(
    "runs",
    metadata,
    Column("id", String(8), primary_key=True),
    _owner(),
    Column("checklist", String(48), nullable=False),
    Column("status", String(8), nullable=False),
    Column("state", JSON, nullable=False),  # dialogues.walkthrough.state.to_dict
    Column("created", DateTime, nullable=False),
    Column("touched", DateTime, nullable=False),
    Index("ix_runs_owner_touched", "owner", "touched"),
)

documents = Table(
    "documents",
    metadata,
    Column("id", String(8), primary_key=True),
    _owner(),
    Column("run", String(8)),
    Column("file_name", String(200), nullable=False),
    Column("mime", String(100), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("created", DateTime, nullable=False),
    Index("ix_documents_owner_created", "owner", "created"),
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", Integer, primary_key=True),
    _owner(),
    Column("text", Text, nullable=False),
    Column("topic", String(32)),
    Column("created", DateTime, nullable=False),
    Index("ix_feedback_owner", "owner"),
)

unknown = Table(  # without its asker, for the editors
    "unknown",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("language", String(2), nullable=False),
    Column("nearest", JSON, nullable=False),
    Column("day", String(10), nullable=False),
)

conversations = Table(  # where each conversation is: one row, bounded
    "conversations",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("owner", String(120)),
    Column("events", JSON, nullable=False),
    Column("version", Integer, nullable=False),
    Column("touched", DateTime, nullable=False),
    Index("ix_conversations_owner", "owner"),
)

updates = Table(  # updates of a door that have been taken, so that one that comes twice acts once
    "updates",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("taken", DateTime, nullable=False),
)
