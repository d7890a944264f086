"""One turn of a conversation as data: what came in, from whom, and what is said and remembered.

Responses are functions `(Turn) -> Outcome`; `dialogues.actions` wraps them as Rasa actions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timezone
from functools import cached_property
from typing import Any

from dialogues.ports import Store
from dialogues.redaction import common_words
from dialogues.reply import Reply
from dialogues.taps import Tap, parse
from knowledge.loader import Knowledge
from knowledge.schema import LANGUAGES
from knowledge.templates import Trusted

RUN, STEP, TOPIC, LANGUAGE, AWAITING = "run", "step", "topic", "language", "awaiting"
"""The slots: the run that is open; its step on the screen, None while something else, say a menu, stands there; the
topic last answered; the language last spoken; what a text is awaited for."""

WAY = "way"  # what `awaiting` says, before the checklist's id, while quick or full is to be chosen

SLOTS = (RUN, STEP, TOPIC, LANGUAGE, AWAITING)


def write_here(write: Callable[..., bytes], *arguments: object, **named: object) -> bytes:
    """A file that is written at once, in this process."""
    return write(*arguments, **named)


@dataclass(frozen=True)
class Services:
    """What responses need beside the turn itself."""

    knowledge: Knowledge
    store: Store
    today: Callable[[], date] = date.today
    now: Callable[[], datetime] = lambda: datetime.now(timezone.utc)
    write: Callable[..., bytes] = write_here  # has a file written: a function of a module, and what it takes

    @cached_property
    def common_words(self) -> frozenset[str]:
        """Words that are no names: see `dialogues.redaction`."""
        return common_words(self.knowledge)


@dataclass(frozen=True)
class Meaning:
    """What was understood: label and ranking of a typed text, or the tap of a pressed button."""

    intent: str
    label: str
    confidence: float
    ranking: tuple[tuple[str, float], ...] = ()
    tap: Tap | None = None
    exact: bool = False  # the text is a phrasing, word for word
    term: str | None = None  # the word of the glossary that is asked for
    also: tuple[str, ...] = ()  # the topics of further questions in the same message

    @property
    def name(self) -> str:
        """The label without its kind: `agreement.sign` of `topic/agreement.sign`."""
        return self.label.partition("/")[2]

    @classmethod
    def from_message(cls, message: Mapping[str, Any]) -> Meaning:
        """The meaning in Rasa's parse data."""
        intent = message.get("intent") or {}
        return cls(
            intent=intent.get("name") or "",
            label=intent.get("full_retrieval_intent_name") or intent.get("name") or "",
            confidence=float(intent.get("confidence") or 0.0),
            ranking=tuple((entry["name"], float(entry["confidence"])) for entry in message.get("intent_ranking") or []),
            tap=parse(message.get("tap") or ""),
            exact=bool(message.get("exact")),
            term=message.get("term"),
            also=tuple(label.partition("/")[2] for label in message.get("also") or ()),
        )


@dataclass(frozen=True)
class Turn:
    """A message from someone, understood."""

    services: Services
    owner: str
    text: str
    meaning: Meaning
    language: str
    slots: Mapping[str, Any] = field(default_factory=dict)
    chosen: str | None = None  # the language that the owner has chosen, not one that was guessed
    heard: str | None = None  # the language of the message by itself, also where a walkthrough is in another
    place: str = ""  # where the replies are read: the conversation, or a group's circle of them
    name: str | None = None  # who speaks, where the walkthrough is a group's
    after: str | None = None  # the action that ran before, in this turn or at the end of the one before
    came: str | None = None  # the id under which the message came, the same where it comes again after a crash

    @property
    def knowledge(self) -> Knowledge:
        return self.services.knowledge

    @property
    def store(self) -> Store:
        return self.services.store

    @property
    def words(self) -> str:
        """What was typed, also behind a slash command; empty where a button was pressed."""
        return "" if self.meaning.tap and self.text == str(self.meaning.tap) else self.text

    def say(self, key: str, **values: Any) -> Trusted:
        """A text of the user interface in the turn's language."""
        return self.knowledge.say(self.language, key, **values)


@dataclass(frozen=True)
class Outcome:
    """What a response says, which slots it sets, which action goes next, and work that may take a while.

    `later` is work that may take a while, say a document: it runs off the event loop, and gives the rest of the
    outcome. `forgets`: the conversation so far is to be forgotten.
    """

    replies: tuple[Reply, ...] = ()
    slots: Mapping[str, Any] = field(default_factory=dict)
    follow_up: str | None = None
    later: Callable[[], Outcome] | None = None
    forgets: bool = False

    def remember(self, **slots: Any) -> Outcome:
        """The same outcome with more slots set."""
        return replace(self, slots={**self.slots, **slots})

    def alone(self) -> Outcome:
        """The same outcome, with nothing to follow it: the step of an open walkthrough isn't shown below, and isn't
        what is on the screen any more."""
        return replace(self.remember(**{STEP: None}), follow_up="action_listen")


def spoken_language(turn_slots: Mapping[str, Any], message: Mapping[str, Any], chosen: str | None) -> str:
    """The language to answer in.

    An order (`--lang`) goes first, then the user's own choice, the language of the message where it is
    plain, the language of the conversation so far, the language of the user's client; else Danish.
    In a walkthrough the conversation's language goes before the message's: an answer is often a word or two.
    """
    told, heard, so_far = message.get("hint"), message.get("language"), turn_slots.get(LANGUAGE)
    spoken = (so_far, heard) if turn_slots.get(RUN) else (heard, so_far)
    candidates = (told if message.get("forced") else None, chosen, *spoken, told)
    return next((candidate for candidate in candidates if candidate in LANGUAGES), LANGUAGES[0])
