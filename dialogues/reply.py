"""The reply model: what an action says, free of any channel. Each door renders it in its own way.

`text` is light markup: paragraphs, `**bold**`, `_emphasis_`, `[label](https://…)` and lists with `- ` or `1. `;
nothing else. What a user typed comes into it through `knowledge.templates`, which escapes it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Choice:
    """A button: what it says, and the tap (see `dialogues.taps`) that it sends."""

    label: str
    tap: str


@dataclass(frozen=True)
class Attachment:
    """A file that lies in the store; the door fetches its bytes by `document`."""

    document: str
    file_name: str
    mime: str
    caption: str = ""


@dataclass(frozen=True)
class Link:
    """A link to a topic or a checklist, that the door makes and shows: what it carries (see `dialogues.deep_links`)."""

    payload: str
    title: str


@dataclass(frozen=True)
class Quiz:
    """That the first `options` choices of a reply answer a question with one right answer: a door that has quizzes of
    its own may ask it as one, and then shows the explanation itself."""

    question: str
    options: int
    right: int  # its place among the choices, from 0
    explanation: str


@dataclass(frozen=True)
class Reply:
    """One message to the user.

    `place` names what the message shows (say, a walkthrough's step): a door that can edit puts a
    reply in the place of the tapped message of the same name, so that a walkthrough is one living message.
    `outcome` and the fields below it are for `makker ask` and for tests; the user doesn't see them.
    """

    text: str
    choices: tuple[tuple[Choice, ...], ...] = ()  # rows of buttons
    attachments: tuple[Attachment, ...] = ()
    title: str | None = None  # what it is about is called, for who shares it
    link: Link | None = None  # to be shown, as a picture where the door can
    quiz: Quiz | None = None
    told_by_quiz: bool = False  # says what a door that asked by a quiz of its own has shown already
    place: str | None = None
    refreshes: str | None = None  # places of messages elsewhere that aren't true any more: "team:k3 team:k4"
    notice: str | None = None  # for the one who pressed a button, and nobody else: a door may show it without a message
    takes_text: bool = False  # words are an answer here
    takes_numbers: bool = False  # a typed number is an answer here, not a button
    language: str = "da"
    forgotten: bool = False  # all about the user has been deleted: the door removes what it keeps
    outcome: str | None = (
        None  # answer, clarify, unknown, checklist, command, smalltalk; None: belongs to the one before
    )
    topics: tuple[tuple[str, float], ...] = ()  # id and score, best first
    checklist: str | None = None
    command: str | None = None
    smalltalk: str | None = None
    sources: tuple[str, ...] = ()  # as named in the text

    @property
    def buttons(self) -> tuple[Choice, ...]:
        return tuple(choice for row in self.choices for choice in row)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Reply:
        """The reply that `as_dict` described, also after a round through JSON."""
        return cls(
            **{
                **data,
                "choices": tuple(tuple(Choice(**choice) for choice in row) for row in data["choices"]),
                "link": Link(**data["link"]) if data["link"] else None,
                "quiz": Quiz(**data["quiz"]) if data["quiz"] else None,
                "attachments": tuple(Attachment(**attachment) for attachment in data["attachments"]),
                "topics": tuple((topic, score) for topic, score in data["topics"]),
                "sources": tuple(data["sources"]),
            }
        )


def rows(choices: list[Choice], per_row: int = 1) -> tuple[tuple[Choice, ...], ...]:
    """Buttons laid out in rows of at most `per_row`."""
    return tuple(tuple(choices[start : start + per_row]) for start in range(0, len(choices), per_row))
