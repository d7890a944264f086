"""People who follow a script, at a given rate, and what they notice: what is missing, doubled, late, or an apology."""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from bench.replicas.script import Act, Noted, Script, Shown, do
from bench.replicas.telegram import Telegram
from tests.botapi import Person

PATIENCE = 120.0  # seconds after which somebody gives up
_AGAIN = 2.0  # seconds after an apology
_BEHIND = 0.2  # seconds of acts that are made up for, where everybody had to wait
_READS = 0.6  # seconds that the fastest takes to read an answer: the same button pressed sooner is a double tap


@dataclass
class Words:
    """What the bot says that is no answer."""

    apologies: frozenset[str]
    notes: frozenset[str]  # that it is at work; taken back afterwards
    stored: frozenset[str] = frozenset()  # that something had been stored before


class Taken(NamedTuple):
    """How long somebody waited."""

    since: float  # when they did something
    seconds: float  # to the first answer
    papers: bool  # whether papers had to be written for that


@dataclass
class Noticed:
    """Of all people together."""

    answered: int = 0  # acts
    doubled: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)
    unforeseen: list[str] = field(default_factory=list)
    disordered: list[str] = field(default_factory=list)
    otherwise: list[str] = field(default_factory=list)  # answered, in other words, as after a death
    apologies: list[str] = field(default_factory=list)
    notes: int = 0
    taken: list[Taken] = field(default_factory=list)
    _told: set[str] = field(default_factory=set)

    def news(self) -> list[str]:
        """What was wrong and hasn't been told yet."""
        every = [*self.doubled, *self.stuck, *self.unforeseen, *self.disordered]
        fresh = [one for one in every if one not in self._told]
        self._told.update(fresh)
        return fresh

    def clear(self) -> None:
        self.answered = self.notes = 0
        for told in (
            self.doubled,
            self.stuck,
            self.unforeseen,
            self.disordered,
            self.otherwise,
            self.apologies,
            self.taken,
        ):
            told.clear()


class Double:
    """Somebody who follows a script to its end."""

    def __init__(self, person: Person, script: Script, number: int, noticed: Noticed, words: Words) -> None:
        self.person, self.script, self.number = person, script, number
        self.place = 0
        self.since = 0.0  # when they did what they wait for an answer to; 0: they don't
        self.again = 0.0  # when they try again
        self.read = 0.0  # when they have read the answer
        self.gave_up = False
        self._heard_first = False
        self._expected: deque[Shown] = deque()
        self._before: list[Shown] = []
        self._noticed, self._words = noticed, words
        self.history: list[tuple[float, str, str]] = []  # what they did and saw, with the time of day
        person.chat.events = Noted(self._hears)

    @property
    def over(self) -> bool:
        return self.gave_up or (self.place >= len(self.script.acts) and not self.since)

    @property
    def waits(self) -> bool:
        return bool(self.since)

    def acts(self) -> None:
        """Does the next thing, or the same again."""
        act = self.script.acts[self.place]
        if not self.again:
            self._before = [*self._before[-6:]]
            self._expected = deque(act.shows)
            self._heard_first = False
        self.again = 0.0
        self.since = time.monotonic()
        self._notes("does", f"{self.place}: {act.doings}")
        try:
            do(self.person, act.doings)
        except (AssertionError, StopIteration) as error:
            self.gives_up(f"can't {act.doings}: {error}")
        if not act.shows and self.since:
            self.since = 0.0
            self.place += 1

    def gives_up(self, why: str) -> None:
        self._noticed.stuck.append(f"{self._who()}: {why}")
        self.gave_up, self.since = True, 0.0

    def lost_patience(self) -> None:
        missing = [shown.text[:60] for shown in self._expected]
        self.gives_up(f"no answer to {self._act().doings}: missing {missing}")

    def _act(self) -> Act:
        return self.script.acts[min(self.place, len(self.script.acts) - 1)]

    def _hears(self, shown: Shown) -> None:
        """Called where the server notes it, one after another."""
        self._notes("sees", f"{'edit' if shown.edit else 'new'} {shown.text[:100]!r} {shown.labels[:3]} {shown.file}")
        if shown.text in self._words.notes:
            self._noticed.notes += 1
        elif self._expected and shown == self._expected[0]:
            self._expected.popleft()
            self._took(shown)
        elif self._expected and self._is_other_words(shown, self._expected[0]):
            self._noticed.otherwise.append(f"{self._who()}: {shown.text[:80]!r} after {self._act().doings}")
            self._expected.popleft()
            self._took(shown)
        elif shown in self._expected:
            self._noticed.disordered.append(f"{self._who()}: {shown.text[:80]!r} after {self._act().doings}")
            self._expected.remove(shown)
            self._took(shown)
        elif shown.text in self._words.apologies:
            self._noticed.apologies.append(f"{self._who()}: {shown.text[:80]!r} after {self._act().doings}")
            if self.waits:  # else the answer came before, and could not be stored
                self.again = time.monotonic() + _AGAIN
        elif shown in self._before:
            self._notes("!!", "doubled")
            self._noticed.doubled.append(f"{self._who()}: {shown.text[:80]!r} {shown.file} after {self._act().doings}")
        else:
            self._notes("!!", "unforeseen")
            expects = [one.text[:70] for one in self._expected][:2]
            self._noticed.unforeseen.append(
                f"{self._who()}: {shown.text[:150]!r} {shown.labels[:3]} after {self._act().doings}; foreseen {expects}"
            )

    def _is_other_words(self, shown: Shown, foreseen: Shown) -> bool:
        """Whether it is the answer as it is given where a process has died after it had stored what was said: the same
        step, without what was noted or with a line that it had been stored."""
        step = shown.text
        for line in self._words.stored:
            step = step.removeprefix(line).strip()
        return len(step) > 20 and shown.labels == foreseen.labels and foreseen.text.endswith(step)

    def _notes(self, what: str, more: str) -> None:
        self.history.append((time.time(), what, more))

    def _took(self, shown: Shown) -> None:
        if not self._heard_first and self.since:
            self._heard_first = True
            papers = any(one.file for one in self._act().shows)
            self._noticed.taken.append(Taken(self.since, time.monotonic() - self.since, papers))
        self._before.append(shown)
        if not self._expected and self.since:
            self._noticed.answered += 1
            self.read = time.monotonic() + _READS
            self.since = 0.0
            self.again = 0.0
            self.place += 1

    def _who(self) -> str:
        return f"person {self.number} ({self.person.id}), act {self.place}"


class Crowd:
    """All of them. They act in turn, at a rate; who waits for an answer acts when it is there."""

    def __init__(self, telegram: Telegram, scripts: list[Script], number: int, words: Words, seed: int = 1) -> None:
        self.noticed = Noticed()
        self.patience = PATIENCE
        self._random = Random(seed)
        self._telegram = telegram
        self._scripts = scripts
        self._words = words
        self.everybody: list[Double] = []
        self.people: list[Double] = []
        for _ in range(number):
            self._comes()

    def _comes(self) -> Double:
        place = len(self.everybody)
        script = self._scripts[place % len(self._scripts)]
        person = self._telegram.user("P", language=script.language)
        double = Double(person, script, place, self.noticed, self._words)
        self.everybody.append(double)
        self.people.append(double)
        return double

    def talks(self, rate: float, stop: threading.Event, seconds: float = 1e9, acts: float = 1e9) -> dict[str, float]:
        """So many acts a second, each independent of the others, until `stop` is set, the time is over, or so many are
        done; who has come to the end is followed by somebody else. Gives the rate that came about."""
        began = due = time.monotonic()
        turns = deque(range(len(self.people)))
        done = 0
        while not stop.is_set() and time.monotonic() < began + seconds and done < acts:
            pause = due - time.monotonic()
            if pause > 0:
                time.sleep(min(pause, 0.05))
                continue
            double = self._who_is_free(turns)
            if double is None:
                time.sleep(0.02)
                continue
            double.acts()
            done += 1
            due = max(due + self._random.expovariate(rate), time.monotonic() - _BEHIND)
        return {"seconds": time.monotonic() - began, "acts": done}

    def _who_is_free(self, turns: deque[int]) -> Double | None:
        """Who has done nothing for the longest, of those who wait for no answer; None where all do."""
        for _ in range(len(turns)):
            place = turns[0]
            turns.rotate(-1)
            double = self.people[place]
            if double.over:
                double = self.people[place] = self._replaced(place)
            if not self._is_at_it(double):
                return double
        return None

    def answered_since(self, moment: float) -> bool:
        """Whether anybody has been answered who did something after that moment."""
        return any(one.since > moment for one in self.noticed.taken[-200:])

    def _replaced(self, place: int) -> Double:
        fresh = self._comes()
        self.people.pop()
        return fresh

    def _is_at_it(self, double: Double) -> bool:
        """Whether somebody waits; who has waited too long gives up."""
        if double.since and double.again and time.monotonic() >= double.again:
            return False
        if double.since and time.monotonic() > double.since + self.patience:
            double.lost_patience()
        return double.waits or time.monotonic() < double.read

    def ends(self) -> None:
        """Nobody begins with anything any more; waits for the answers that are still to come."""
        until = time.monotonic() + self.patience
        while any(double.waits for double in self.people) and time.monotonic() < until:
            for double in self.people:
                if double.since and double.again and time.monotonic() >= double.again:
                    double.acts()
            time.sleep(0.05)
        for double in self.people:
            if double.waits:
                double.lost_patience()
