"""A team check as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dialogues.walkthrough.state import Mode

FEWEST = 2
"""Answers below which nothing is shown: one alone would be somebody's own."""


@dataclass(frozen=True)
class Team:
    """A group's check of one checklist. Each member has a run of their own."""

    id: str  # 8 characters
    owner: str  # the group
    place: str  # the conversation in which the group sees it
    checklist: str
    mode: Mode
    language: str
    status: Literal["open", "closed"] = "open"
    message: int | None = None  # the door's message that shows how many have answered
    name: str | None = None  # what it is about, where the checklist asks for that
    came: str | None = None  # by what it was begun, or closed since: the id under which that came
