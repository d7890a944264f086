"""What the dialogues need from outside: a store for what people care about. `bot.store` provides it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from dialogues.course.state import Course
from dialogues.reminding.reminder import Reminder
from dialogues.teams.model import Team
from dialogues.walkthrough.state import Mode, Run

File = tuple[str, str, bytes]
"""The name of a file, its MIME type, and what is in it."""


class Store(Protocol):
    """Everything is committed when a method returns. `owner` is whose it is: a user's key, say `telegram:42`."""

    def language(self, owner: str) -> str | None:
        """The language that the owner chose, or None."""

    def set_language(self, owner: str, language: str) -> None: ...

    def save_run(self, owner: str, run: Run) -> None:
        """Stores the run as it stands now, new or known."""

    def save_with_papers(self, owner: str, run: Run, papers: Sequence[File]) -> Sequence[str]:
        """Stores the run as it stands now together with the files made of it, all or nothing; gives their ids."""

    def run(self, owner: str, run_id: str) -> Run | None:
        """The owner's run of that id; None where there is none, or it is another's."""

    def runs(self, owner: str) -> Sequence[Run]:
        """The owner's runs, the one touched last first."""

    def add_document(self, owner: str, run_id: str, file_name: str, mime: str, content: bytes) -> str:
        """Stores a file and gives its id (8 characters)."""

    def documents(self, owner: str) -> Sequence[StoredDocument]:
        """The owner's files, newest first, without their bytes."""

    def document_content(self, owner: str, document_id: str) -> tuple[StoredDocument, bytes] | None: ...

    def add_feedback(self, owner: str, text: str, topic: str | None, came: str | None = None) -> None:
        """Stores what the owner says of the advisor, once for what came under the id `came`."""

    def vote(self, owner: str, topic: str, helped: bool, version: str) -> None:
        """Stores whether the topic's answer helped, in that version of the content; an earlier vote is gone."""

    def timezone(self, owner: str) -> str | None:
        """The time zone that the owner chose, by its name, or None."""

    def set_timezone(self, owner: str, name: str) -> None: ...

    def add_reminder(
        self,
        owner: str,
        place: str,
        text: str,
        due: datetime | None,
        language: str,
        run: str | None = None,
        came: str | None = None,
    ) -> Reminder:
        """Stores a reminder, a draft where its text or time is still to be said; `place` is where it is to be said,
        `came` the id under which it was asked for: what comes again under the same gets the same reminder."""

    def reminder(self, owner: str, reminder_id: str) -> Reminder | None: ...

    def reminders(self, owner: str) -> Sequence[Reminder]:
        """The owner's waiting reminders, the next first."""

    def set_reminder(
        self,
        owner: str,
        reminder_id: str,
        *,
        text: str | None = None,
        due: datetime | None = None,
        came: str | None = None,
    ) -> Reminder | None:
        """Gives a reminder its text or its time, so that it waits (anew); None if it isn't there, or is being said.
        `came`: the id under which that came."""

    def cancel_reminder(self, owner: str, reminder_id: str) -> bool:
        """Whether the reminder waited, and now does so no more."""

    def course(self, owner: str) -> Course | None:
        """The owner's introduction course; None where it hasn't been begun."""

    def save_course(self, owner: str, course: Course) -> None:
        """Stores the course as it stands now."""

    def shared_course(self, code: str) -> Course | None:
        """The course that a learner shows to whoever has the code; None where nobody does."""

    def remind_of_course(self, owner: str, place: str, text: str, due: datetime | None, language: str) -> None:
        """Lets the course's one reminder wait until `due`, to be said in `place`; None: no more."""

    def record_unknown(self, text: str, language: str, nearest: list[str]) -> None:
        """Notes a question that found no answer, without its asker, for the editors."""

    def add_team(
        self,
        owner: str,
        place: str,
        checklist: str,
        mode: Mode,
        language: str,
        name: str | None = None,
        came: str | None = None,
    ) -> Team:
        """A new team check of the group `owner`, shown in the conversation `place`, about what is called `name`; the
        same where it comes again under the id `came`."""

    def team(self, team_id: str) -> Team | None:
        """The team check of that id, whoever's it is."""

    def close_team(self, team_id: str, came: str | None = None) -> None:
        """Nobody's answers are added any more. `came`: the id under which that came."""

    def join_team(self, team_id: str, owner: str, run_id: str) -> None:
        """By this run the owner takes part in the team check."""

    def team_run(self, team_id: str, owner: str) -> str | None:
        """The run by which the owner takes part."""

    def team_of_run(self, owner: str, run_id: str) -> str | None:
        """The team check that a run of the owner's belongs to."""

    def team_runs(self, team_id: str) -> Sequence[Run]:
        """The runs of all who take part, in no order that tells whose they are."""

    def export(self, owner: str) -> dict[str, Any]:
        """All that is stored about the owner, as JSON-ready data."""

    def delete(self, owner: str) -> dict[str, int]:
        """Removes all that is stored about the owner; how many of what."""

    def forget_exports(self, owner: str) -> None:
        """Removes the files with the owner's data that were made before."""

    def traces(self, owner: str) -> dict[str, int]:
        """In which tables something of the owner can still be found, and how many rows of it."""

    def tables(self) -> int:
        """How many tables that looks through."""


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

    @property
    def run(self) -> str | None:
        """The run that it was made from, if it was."""
