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
    Table,
    text,
)

from bot.store.words import String, Text

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
    Column("timezone", String(64)),  # chosen, as the tz database names it
    Column("told", String(80)),  # the id of what came in when they were told what is stored
    Column("seen", DateTime),  # the day on which they did something last, at some time of it
    Column("gone", DateTime),  # of a group: since when the bot isn't in it any more
    Column("created", DateTime, nullable=False),
)


def _owner() -> Column:
    return Column("owner", String(120), ForeignKey("people.owner", ondelete="CASCADE"), nullable=False)


def _came() -> Column[str]:
    """The id under which that came by which the row was made, or changed last: what comes again is told by it."""
    return Column("came", String(64))


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
    _came(),
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
    Column("answered", JSON(none_as_null=True)),  # what came last, by its id, and the replies to it
    Column("touched", DateTime, nullable=False),
    Index("ix_conversations_owner", "owner"),
)

_WAITS = "waiting IS NOT NULL"

updates = Table(  # updates of a door that have been taken, so that one that comes twice acts once
    "updates",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("taken", DateTime, nullable=False),
    Column("waiting", JSON(none_as_null=True)),  # what it says, until it has been dealt with
    Column("lane", String(64)),  # what is dealt with one after another: a chat's
    Column("holder", String(32)),  # the process that deals with it
    Column("tries", Integer, nullable=False, default=0, server_default="0"),  # processes that have died over it
    Column("sent", JSON(none_as_null=True)),  # what has been sent in answer to it, see bot.telegram.journal
    Index("ix_updates_waiting", "taken", sqlite_where=text(_WAITS), postgresql_where=text(_WAITS)),
    Index("ix_updates_lane", "lane", sqlite_where=text(_WAITS), postgresql_where=text(_WAITS)),
)

processes = Table(  # those that run now, each with its last sign of life
    "processes",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("seen", DateTime, nullable=False),
)

reminders = Table(  # what somebody wants to be reminded of, and when
    "reminders",
    metadata,
    Column("id", String(8), primary_key=True),
    _owner(),
    Column("place", String(200), nullable=False),  # where it is said: a conversation, say telegram:42:0:42
    Column("text", Text, nullable=False),
    Column("due", DateTime, nullable=False),  # UTC
    Column("run", String(8)),  # the walkthrough that it is about
    Column("language", String(2), nullable=False),
    Column("status", String(9), nullable=False),  # waiting, sending, sent, cancelled, lost
    Column("claimed", DateTime),  # when a process began to send it
    Column("course", Boolean, nullable=False, default=False, server_default=text("false")),  # the lesson of the day
    _came(),
    Column("created", DateTime, nullable=False),
    Index("ix_reminders_status_due", "status", "due"),
    Index("ix_reminders_owner", "owner"),
)

courses = Table(  # how far somebody is in the introduction course
    "courses",
    metadata,
    Column("owner", String(120), ForeignKey("people.owner", ondelete="CASCADE"), primary_key=True),
    Column("state", JSON, nullable=False),  # dialogues.course.state.to_dict
    Column("shared", String(8), unique=True),  # by this code a manager sees some of it
    Column("touched", DateTime, nullable=False),
)

polls = Table(  # questions that a door asked as polls of its own, and what each answer means
    "polls",
    metadata,
    Column("id", String(64), primary_key=True),
    _owner(),
    Column("place", String(200), nullable=False),  # the conversation that it was asked in
    Column("taps", JSON, nullable=False),  # one for each answer
    Column("created", DateTime, nullable=False),
    Index("ix_polls_owner", "owner"),
)

teams = Table(  # a checklist that several answer alone, for a group
    "teams",
    metadata,
    Column("id", String(8), primary_key=True),
    _owner(),  # the group
    Column("place", String(200), nullable=False),  # where in the group it is shown
    Column("checklist", String(48), nullable=False),
    Column("mode", String(5), nullable=False),  # quick, full
    Column("language", String(2), nullable=False),
    Column("status", String(8), nullable=False),  # open, closed
    Column("message", BigInteger),  # the message that shows how many have answered
    Column("name", Text),  # what the group answers about, where each would be asked for its name
    _came(),
    Column("created", DateTime, nullable=False),
    Index("ix_teams_owner", "owner"),
)

team_members = Table(
    "team_members",
    metadata,
    Column("team", String(8), ForeignKey("teams.id", ondelete="CASCADE"), primary_key=True),
    Column("owner", String(120), ForeignKey("people.owner", ondelete="CASCADE"), primary_key=True),
    Column("run", String(8), nullable=False),
    Index("ix_team_members_owner", "owner"),
    Index("ix_team_members_run", "run"),
)

votes = Table(  # whether an answer helped
    "votes",
    metadata,
    Column("owner", String(120), ForeignKey("people.owner", ondelete="CASCADE"), primary_key=True),
    Column("topic", String(64), primary_key=True),
    Column("helped", Boolean, nullable=False),
    Column("version", String(32), nullable=False),  # of the content that was read
    Column("created", DateTime, nullable=False),
)

screens = Table(  # the message of a door that shows a walkthrough's step, so that it can be taken away
    "screens",
    metadata,
    Column("place", String(200), primary_key=True),  # a conversation
    Column("owner", String(120), ForeignKey("people.owner", ondelete="CASCADE"), nullable=False),
    Column("shows", String(64), nullable=False),  # see Reply.place
    Column("message", BigInteger, nullable=False),
    Index("ix_screens_owner", "owner"),
)

moved_chats = Table(  # groups that have become supergroups, and have another id since
    "moved_chats",
    metadata,
    Column("old", BigInteger, primary_key=True, autoincrement=False),
    Column("new", BigInteger, nullable=False),
)

chores = Table(  # what one process does for all, once in a while
    "chores",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("begun", DateTime, nullable=False),
)
