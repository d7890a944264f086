"""A reminder as data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

DRAFT, WAITING, SENDING, SENT, CANCELLED, LOST = "draft", "waiting", "sending", "sent", "cancelled", "lost"
"""What a reminder is: a draft lacks what it is about, or its time; a lost one could not be said."""


@dataclass(frozen=True)
class Reminder:
    """What is said to whom, where and when. `due` is in UTC; `run` is the walkthrough that it is about."""

    id: str
    owner: str
    place: str
    text: str
    due: datetime
    language: str
    run: str | None = None
    status: str = WAITING
    course: bool = False  # it is the lesson of the day
    came: str | None = None  # by what it was made, or changed last: the id under which that came
