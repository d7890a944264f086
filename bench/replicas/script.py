"""What people do, and what they are answered where nothing goes wrong: found out once, by going ahead."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from random import Random
from typing import Any, NamedTuple

from bench.replicas.telegram import Telegram
from tests.botapi import Message, Person

QUESTIONS = {
    "da": [
        "Hvad er et partnerskab?",
        "hvad skal der stå i en samarbejdsaftale",
        "hvem ejer det vi laver sammen?",
        "hvordan afsluter man et partnerskab",
        "må vi bruge deres logo",
        "Hvor tit skal vi holde møde?",
        "hej",
        "tak",
        "hvad koster en cykel",
    ],
    "en": [
        "What is a partnership?",
        "what goes into an agreement",
        "how do we find the right partner?",
        "how do we end it",
        "thanks",
        "who owns what we make together",
        "what's the weather like",
    ],
}
COMMANDS = {
    "da": ["/menu", "/hjaelp", "/emner", "/tjeklister", "/fortsaet", "/pause", "/dokumenter"],
    "en": ["/menu", "/help", "/topics", "/checklists", "/continue", "/pause", "/documents"],
}
CHECKLISTS = ("agreement", "readiness")
TYPED = {"da": "Bibliotek Nord og Boldklubben", "en": "North Library and the ball club"}
_QUIET = 0.15  # seconds


class Shown(NamedTuple):
    """What somebody got to see: a message, or the edit of one."""

    edit: bool
    text: str
    labels: tuple[str, ...]
    file: str | None
    poll: str | None

    @classmethod
    def of(cls, message: Message) -> Shown:
        file, poll = message.file, message.poll
        return cls(message.edits > 0, message.text, tuple(message.buttons), file and file.name, poll and poll.question)


@dataclass(frozen=True)
class Act:
    """One or more things that are done at once, and what comes of it. Each: `say`, `tap`, `vote`, with words."""

    doings: tuple[tuple[str, str], ...]
    shows: tuple[Shown, ...] = ()


@dataclass
class Script:
    """What one person does; `runs` is how their walkthroughs stand in the store then, `papers` the files' names."""

    language: str
    acts: list[Act] = field(default_factory=list)
    runs: list[dict[str, Any]] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)


def do(person: Person, doings: tuple[tuple[str, str], ...]) -> None:
    """Does it. Raises AssertionError where a button isn't there."""
    for kind, words in doings:
        if kind == "say":
            person.says(words)
        elif kind == "tap":
            person.taps(words)
        elif kind == "vote":
            person.votes(_last_poll(person), words)


def _last_poll(person: Person) -> Message:
    return next(message for message in reversed(person.chat.messages) if message.poll and not message.poll.closed)


class Explorer:
    """Goes ahead, in whatever comes up; the same for the same number."""

    def __init__(self, telegram: Telegram, number: int, length: int) -> None:
        self.language = "en" if number % 3 == 2 else "da"
        self.person = telegram.user("P", language=self.language)
        self.script = Script(self.language)
        self._random = Random(number)
        self._walks = number
        self._length = length
        self._plan: list[str] = []

    def done(self) -> bool:
        return len(self.script.acts) >= self._length

    def act(self) -> Act:
        """What they do next."""
        if not self._plan:
            walk = ["start", "quick", *["answer"] * self._random.choice((3, 5, 12))]
            short = [self._random.choice(("ask", "ask", "command", "tap", "burst", "twice", "course"))]
            self._plan = walk if self._random.random() < 0.3 else short
        kind = self._plan.pop(0)
        return Act(self._doings(kind))

    def _doings(self, kind: str) -> tuple[tuple[str, str], ...]:
        draw, ask = self._random, ("say", self._random.choice(QUESTIONS[self.language]))
        if kind == "start":
            self._walks += 1
            return (("say", f"/start c_{CHECKLISTS[self._walks % len(CHECKLISTS)]}"),)
        if kind == "command":
            return (("say", draw.choice(COMMANDS[self.language])),)
        if kind == "course":
            return (("say", "/intro" if self.language == "da" else "/course"),)
        if kind == "burst":
            return ask, ("say", draw.choice(QUESTIONS[self.language])), ("say", draw.choice(COMMANDS[self.language]))
        if kind in ("tap", "twice", "answer", "quick"):
            found = self._pressed(kind)
            if found:
                return found
        return (ask,)

    def _pressed(self, kind: str) -> tuple[tuple[str, str], ...]:
        shown = [message for message in self.person.chat.messages if message.by_bot and not message.deleted]
        if shown and (poll := shown[-1].poll) and not poll.closed and self.person.id not in poll.votes:
            return (("vote", self._random.choice(poll.options)),)
        newest = next((message for message in reversed(shown) if message.rows), None)
        if newest is None:
            return ()
        labels = [button.label for row in newest.rows for button in row if button.data]
        unique = [label for label in labels if labels.count(label) == 1]
        if not unique:
            return ()
        if kind == "quick":
            return (("tap", unique[0]),)
        if kind == "answer":
            if self._random.random() < 0.4:
                return (("say", TYPED[self.language] if len(unique) < 4 else unique[0]),)
            return (("tap", unique[self._random.randrange(min(3, len(unique)))]),)
        label = self._random.choice(unique)
        return (("tap", label),) * (2 if kind == "twice" else 1)


def explore(
    telegram: Telegram, number: int, length: int, waits: Callable[[], int], passing: Collection[str]
) -> tuple[list[Script], list[int]]:
    """So many people go ahead; gives their scripts, and their numbers. `waits`: how much is still to be dealt with;
    `passing`: lines that aren't part of an answer."""
    explorers = [Explorer(telegram, place, length) for place in range(number)]
    seen: dict[int, list[Shown]] = {}
    for one in explorers:
        seen[one.person.id] = []
        one.person.chat.events = Noted(seen[one.person.id].append)
    while not all(one.done() for one in explorers):
        acts = []
        for one in explorers:
            seen[one.person.id].clear()
            acts.append(one.act())
            do(one.person, acts[-1].doings)
        _until_quiet(telegram, waits)
        for one, act in zip(explorers, acts, strict=True):
            one.script.acts.append(
                Act(act.doings, tuple(shown for shown in seen[one.person.id] if shown.text not in passing))
            )
    return [one.script for one in explorers], [one.person.id for one in explorers]


def _until_quiet(telegram: Telegram, waits: Callable[[], int]) -> None:
    until, quiet = time.monotonic() + 120, 0
    while quiet < 2:
        if time.monotonic() > until:
            raise RuntimeError("people are not answered even where nothing goes wrong")
        quiet = 0 if telegram.world.updates or waits() else quiet + 1
        time.sleep(_QUIET)


class Noted(list):  # type: ignore[type-arg]
    """The events of a chat, as they were when they came."""

    def __init__(self, hear: Callable[[Shown], None]) -> None:
        super().__init__()
        self._hear = hear

    def append(self, message: Message) -> None:
        super().append(message)
        self._hear(Shown.of(message))
