"""One database and the lives of the program upon it: each begins where the one before was killed."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from bench.stress.book import Book, Said, Screen
from bench.stress.judge import judge
from bench.stress.program import Program
from bench.stress.session import Session, broken_files, saved_sign
from bench.stress.stored import DATABASE, read
from bench.stress.tally import Tally
from bench.stress.user import User
from dialogues import taps
from dialogues.reply import Reply

if TYPE_CHECKING:
    from knowledge.loader import Knowledge

PHASES = {"starting": 12, "between": 14, "in a turn": 54, "in documents": 20}
STARTING = 2.5  # seconds in which a start is killed
MAKING = 0.15  # seconds in which a start that makes the database is killed
SHORT = 0.06  # seconds after a line in which a turn is killed, unless turns take longer
MOST_LINES = 250  # to the end of a checklist
FIRST = 0.4  # of the starts that are killed have no database yet


@dataclass(frozen=True)
class Place:
    """Where a database lies, and what runs upon it."""

    name: str
    folder: Path
    models: Path
    language: str
    seed: int
    unseen: float  # of the lines that the program died on so many are typed again without looking where one is


@dataclass(frozen=True)
class Died:
    """A line that got no reply. `taken`: it is in the store; `screen`: what had been on the screen."""

    said: Said
    taken: bool
    screen: Screen | None

    @property
    def makes_sense_alone(self) -> bool:
        """Whether it can be typed with no buttons on the screen."""
        pressed = self.screen.offered.pressed(self.said.text) if self.screen else None
        return not pressed or (pressed.startswith(f"{taps.ANSWER}:") and not self.said.text.strip("#").isdigit())


class Database:
    """`live` is one life: start, go on, answer, be killed, be compared."""

    def __init__(self, place: Place, knowledge: Knowledge, tally: Tally) -> None:
        self._place, self._tally = place, tally
        self._data = place.folder / place.name
        self._book = Book(knowledge, place.language)
        self._random = Random(f"{place.seed}:{place.name}")
        self._user = User(self._book, self._random)
        self._lives = 0
        self._died: Died | None = None
        self._data.mkdir(parents=True, exist_ok=True)

    def live(self, phase: str | None = None) -> None:
        """A life that ends in the phase, or in one that is drawn."""
        self._lives += 1
        self._random = self._user.random = Random(f"{self._place.seed}:{self._place.name}:{self._lives}")
        phase = phase or self._random.choices(list(PHASES), list(PHASES.values()))[0]
        self._note(f"--- life {self._lives}, to be killed {phase}")
        if phase != "starting":
            self._run_and_kill(phase)
        elif self._random.random() < FIRST:
            self._kill_the_first_start()
        else:
            self._kill_a_start()

    def close(self) -> None:
        """A last life: it must go on where it was, too."""
        self._note("--- the last life")
        session = self._session(self._data)
        self._go_on(session)
        self._compare(session, session.program.kill(), None)

    # --- lives -------------------------------------------------------------------------------

    def _session(self, data: Path) -> Session:
        program = Program(data, self._place.models, self._place.language)
        return Session(program, data, self._book, self._tally, self._note, self._fault)

    def _kill_the_first_start(self) -> None:
        """While the database is being made."""
        data = self._data.with_name(f"{self._place.name}-first-{self._lives}")
        program = Program(data, self._place.models, self._place.language)
        while not (data / DATABASE).exists() and time.monotonic() < program.began + 4 * STARTING:
            time.sleep(0.001)
        time.sleep(self._random.uniform(0, MAKING))
        program.kill()
        self._tally.kills["starting"] += 1
        book = Book(self._book.knowledge, self._place.language)
        again = Program(data, self._place.models, self._place.language)
        session = Session(again, data, book, self._tally, self._note, self._fault)
        session.recover()
        again.kill()
        if read(data).intact != "ok":
            self._fault("databases broken", f"killed while it was made: {data}")

    def _kill_a_start(self) -> None:
        session = self._session(self._data)
        resuming = self._random.random() < 0.5
        if resuming:
            session.program.write(self._book.continues)
        time.sleep(self._random.uniform(0, STARTING))
        out = session.program.kill()
        self._killed("between" if out.strip() else "starting", self._book.continues if resuming else "")
        self._compare(session, out, None, resuming=resuming)

    def _run_and_kill(self, phase: str) -> None:
        session = self._session(self._data)
        if not self._go_on(session):
            self._compare(session, session.program.kill(), None)
            return
        for _ in range(MOST_LINES if phase == "in documents" else self._random.randint(0, 12)):
            said = self._user.says()
            if phase == "in documents" and session.makes_documents(said):
                break
            session.say(said)
        else:
            said = self._user.says()
        if phase == "between":
            time.sleep(self._random.uniform(0, SHORT))
            self._killed(phase)
            self._compare(session, session.program.kill(), None)
        else:
            self._kill_on(session, phase, said)

    def _kill_on(self, session: Session, phase: str, said: Said) -> None:
        """Kills it when the line has been typed, a moment later."""
        longest = (
            self._tally.documents if phase == "in documents" else max(self._tally.turn, self._random.choice((SHORT, 0)))
        )
        delay = self._random.uniform(0, longest)
        session.program.write(said.text)
        time.sleep(delay)
        out = session.program.kill()
        whole = said.shows in out and (phase != "in documents" or saved_sign(self._book) in out)
        self._killed("between" if whole and out.strip() else phase, f"{delay * 1000:.0f} ms after {said.text!r}")
        self._compare(session, out, said)

    def _go_on(self, session: Session) -> bool:
        """Looks where one is, and types the line again that the program died on, if it isn't there; or types it
        again at once."""
        died, book = self._died, self._book
        self._died = None
        if died and died.makes_sense_alone and self._random.random() < self._place.unseen:
            self._note("typed again unseen:")
            self._tally.counts["typed again"] += 1
            book.screen = Screen(Reply(""), died.screen.awaits) if died.screen and died.screen.awaits else None
            session.say_unseen(book.said(died.said.text), died.taken)
            return True
        if not session.recover():
            return False
        if died and died.taken and session.missing_papers(book.run):
            self._fault("finished without documents", f"after {died.said.text!r}")
        if died and not died.taken and died.said.after and book.run and book.run.id == died.said.after.id:
            self._tally.counts["typed again"] += 1
            session.say(book.said(died.said.text))
        return True

    # --- after a kill ------------------------------------------------------------------------

    def _compare(self, session: Session, out: str, said: Said | None, *, resuming: bool = False) -> None:
        """Compares, when the program is dead. `said`: the line that was typed last; a reply to it may be in `out`."""
        session.announced(out)
        book, screen = self._book, self._book.screen
        stored = read(self._data)
        verdict = judge(book, stored, said, resuming=resuming)
        for name, what in verdict.faults:
            self._fault(name, what)
        for name in broken_files(book, stored):
            self._fault("announced files broken on disk", name)
        told = bool(out.strip())
        if said and said.changes(book.run):
            foreseen = said.shows in out or said.shows.startswith(out.strip())
            if told and foreseen and not verdict.taken:
                self._fault("answers lost", f"a reply to {said.text!r} was shown, and nothing stored")
            if told and verdict.taken:
                self._tally.counted(book.run, said)
            if not told:
                name = "stored" if verdict.taken else "not"
                self._tally.counts[f"answers without a reply: {name}"] += 1
        self._died = Died(said, verdict.taken, screen) if said and said.changes(book.run) and not told else None
        book.adopt(stored.runs, stored.newest_first)

    def _killed(self, phase: str, how: str = "") -> None:
        self._tally.kills[phase] += 1
        self._note(f"killed {phase} {how}")

    def _fault(self, name: str, what: str) -> None:
        place = self._place
        where = f"--seed {place.seed}, database {place.name}, life {self._lives} (see {self._journal})"
        self._note(f"!!! {name}: {what}")
        self._tally.fault(name, f"{what}\n    {where}")

    @property
    def _journal(self) -> Path:
        return self._data / "journal.txt"

    def _note(self, line: str) -> None:
        with self._journal.open("a", encoding="utf-8") as journal:
            journal.write(f"{datetime.now():%H:%M:%S.%f} {line}\n")
