"""Somebody who walks through checklists: what they type next, and what must come of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from random import Random

from bench.stress.book import Book, Said, Screen
from dialogues import taps
from dialogues.walkthrough import engine, moves
from dialogues.walkthrough.path import settled, step_at
from dialogues.walkthrough.state import Mode, Run
from dialogues.walkthrough.steps import Walk
from tests.walker import in_words

WORDS = {
    "da": {
        "back": "tilbage",
        "skip": "spring over",
        "pause": "pause",
        "review": "mine svar",
        "note": "note: spørg Bodil om {number}",
        "meant": "nej, jeg mente {value}",
        "aside": "hvem må skrive under på aftalen?",
        "quick": "hurtigt",
        "full": "grundigt",
    },
    "en": {
        "back": "back",
        "skip": "skip",
        "pause": "pause",
        "review": "my answers",
        "note": "note: ask Bodil about {number}",
        "meant": "no, I meant {value}",
        "aside": "who may sign the agreement?",
        "quick": "quick",
        "full": "full",
    },
}
MOODS = {"answer": 64, "button": 10, "back": 5, "note": 6, "meant": 6, "aside": 4, "skip": 2, "review": 2, "pause": 1}
PLANS = 0.5  # of the results that offer one, so many are planned


@dataclass
class User:
    """Types into one program after another. `book` is what they have been told so far."""

    book: Book
    random: Random
    turns: int = 0

    def __post_init__(self) -> None:
        self._next = self._walks()

    def _walks(self) -> Iterator[tuple[str, Mode]]:
        """All checklists in turn, quickly and thoroughly."""
        ids = list(self.book.knowledge.checklists)
        self.random.shuffle(ids)
        ways: list[Mode] = ["quick", "quick", "full"]
        yield from ((name, way) for way, name in zip(cycle(ways), cycle(ids), strict=False))

    def says(self) -> Said:
        """The next line."""
        self.turns += 1
        run, screen = self.book.run, self.book.screen
        if screen and screen.awaits:
            words = WORDS[self.book.language]
            return self.book.said(words["quick" if screen.way == "quick" else "full"])
        if run is None or run.status == "done":
            return self._after_the_end(run, screen)
        if run.asking:
            return self._asked(screen)
        if run.status == "paused":
            return self.book.said(self.book.continues)
        mood = self.random.choices(list(MOODS), list(MOODS.values()))[0]
        return self._in_mood(mood, run, screen)

    def _after_the_end(self, run: Run | None, screen: Screen | None) -> Said:
        planned = screen.label_of(moves.PLAN) if run and screen and not run.plan else None
        if planned and self.random.random() < PLANS:
            return self.book.said(planned)
        checklist_id, way = next(self._next)
        return self.book.said(f"/start c_{checklist_id}", begins=(checklist_id, way))

    def _asked(self, screen: Screen | None) -> Said:
        """Out of what is asked in between: to an answer, by its button, or back to the step."""
        label = screen.label_of(moves.EDIT, self.random.randrange(5)) if screen else None
        return self.book.said(label or self.book.continues)

    def _in_mood(self, mood: str, run: Run, screen: Screen | None) -> Said:
        checklist, words = self.book.knowledge.checklists[run.checklist], WORDS[self.book.language]
        step = step_at(checklist, settled(checklist, run))
        if step is None:
            return self.book.said(self.book.continues)
        plain = in_words(checklist, run, step, self.turns)
        if mood == "button" and screen:
            pressed = screen.number_of(taps.ANSWER, self.random.randrange(5))
            return self.book.said(pressed or plain)
        if mood == "meant":
            return self._meant(run) or self.book.said(plain)
        if mood == "aside":
            return self.book.said(words[mood], asks=True)
        if mood in words:
            return self.book.said(words[mood].format(number=self.turns))
        return self.book.said(plain)

    def _meant(self, run: Run) -> Said | None:
        """Another answer to the step answered last, where words can say it."""
        checklist = self.book.knowledge.checklists[run.checklist]
        step = Walk(checklist, run).step(run.last)
        if step is None:
            return None
        value = in_words(checklist, run, step, self.turns)
        text = WORDS[self.book.language]["meant"].format(value=value)
        turn = engine.apply(checklist, run, moves.Say(text), date.today())
        return self.book.said(text) if turn.notice and turn.notice.key == "changed" else None
