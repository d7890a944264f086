"""One program and who sits before it: going on after a start, saying a line, and noting what was shown."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bench.stress.book import Book, Said
from bench.stress.judge import differing
from bench.stress.program import SETTLED, Program
from bench.stress.stored import Stored, digest, read
from bench.stress.tally import Tally
from dialogues.walkthrough import scoring

if TYPE_CHECKING:
    from dialogues.walkthrough.state import Run

Note = Callable[[str], None]
Fault = Callable[[str, str], None]


class Session:
    """`note` keeps the journal, `fault` a fault by its name."""

    def __init__(self, program: Program, data: Path, book: Book, tally: Tally, note: Note, fault: Fault) -> None:
        self.program, self.book = program, book
        self._data, self._tally, self._note, self._fault = data, tally, note, fault
        self._saved = saved_sign(book)
        self._apology = str(book.knowledge.say(book.language, "answer.error"))
        self._first = True
        self._surprises = 0  # in a row
        book.screen = None

    # --- after a start -----------------------------------------------------------------------

    def recover(self) -> bool:
        """Goes on where the store says that one is. False where the program gives no answer."""
        book = self.book
        unfinished = book.unfinished()
        run = book.run
        awaited = book.resumed(run).shows if run and (run.status != "done" or not unfinished) else ""
        said = self._heard(book.continues, awaited)
        if not self._is_well(said):
            self._fault("restarts that failed", f"{said!r}")
            return False
        for one in [run, *unfinished] if run else unfinished:
            going = book.resumed(one)
            if going.after and book.step_shown(going.after) in said:
                book.told(going)
                return True
        if unfinished:
            self._choose(said, run if run in unfinished else unfinished[0])
        return True

    def _choose(self, said: str, run: Run | None) -> None:
        """Presses the button of a walkthrough, where several are offered."""
        assert run
        label = re.escape(self.book.button_to(run))
        offered = re.search(rf"\[#?(\d+)\] {label}", said)
        going = self.book.resumed(run)
        shown = self._heard(offered[1], going.shows) if offered else ""
        if going.after and self.book.step_shown(going.after) in shown:
            self.book.told(going)
        else:
            self._fault("restarts at a wrong step", f"{run.checklist} {run.id} at {run.at}: {said[-400:]!r} {shown!r}")

    def missing_papers(self, run: Run | None) -> bool:
        """Whether a walkthrough that has ended has no documents, although it should."""
        if run is None or run.status != "done" or not self._has_document(run):
            return False
        return not read(self._data).has_papers_of(run)

    def say_unseen(self, said: Said, taken: bool) -> None:
        """Types a line again without looking where one is. `taken`: it is in the store already."""
        if not taken:
            self.say(said)
            return
        before = dict(self.book.runs)
        self._heard(said.text, said.shows)
        stored = read(self._data)
        twice = said.after is not None and stored.runs.get(said.after.id) == said.after != before.get(said.after.id)
        if len(stored.runs) > len(before):
            self._fault("runs doubled", f"{said.text!r} was typed again unseen")
        elif twice:
            self._fault("answers taken twice", f"{said.text!r} was typed again unseen")
        self.book.adopt(stored.runs, stored.newest_first)

    # --- a line ------------------------------------------------------------------------------

    def say(self, said: Said) -> None:
        """Types the line, and notes what its reply tells."""
        finishes = self.makes_documents(said)
        began = time.monotonic()
        out = self._heard(said.text, self._saved if finishes else said.shows)
        taken = time.monotonic() - began - SETTLED
        if finishes:
            self._tally.documents += (taken - self._tally.documents) / 3
        elif said.shows and said.shows in out:
            self._tally.turn += (taken - self._tally.turn) / 5
        self.announced(out)
        if not self._is_well(out):
            self._fault("restarts that failed", f"{said.text!r} got {out!r}")
        if said.shows and said.shows in out:
            self._surprises = 0
            self._told(said)
        else:
            self._surprised(said, out)

    def makes_documents(self, said: Said) -> bool:
        return said.turn is not None and said.turn.finished and self._has_document(said.turn.run)

    def announced(self, out: str) -> None:
        """Notes the files that were announced, with what is in them."""
        for line in out.splitlines():
            if line.startswith(self._saved):
                path = Path(line.removeprefix(self._saved).strip())
                path = path if path.is_absolute() else self._data / path
                self._tally.counts["documents announced"] += 1
                self.book.files[path.name, digest(path.read_bytes()) if path.exists() else ""] = str(path)

    def _told(self, said: Said) -> None:
        started = None
        if said.started:
            fresh = [run for run_id, run in read(self._data).runs.items() if run_id not in self.book.runs]
            if len(fresh) != 1 or fresh[0] != replace(said.started, id=fresh[0].id):
                self._fault("runs doubled" if fresh else "runs lost", f"{said.text!r} began {fresh}")
            started = fresh[0] if fresh else None
        self._tally.counted(self.book.run, said)
        self.book.told(said, started)

    def _surprised(self, said: Said, out: str) -> None:
        """The words were taken otherwise than foreseen: no harm, as long as no earlier answer is another now."""
        self._tally.counts["replies that were not foreseen"] += 1
        self._note(f"??? awaited {said.shows!r}, got {out!r}")
        stored = read(self._data)
        for run_id, told in self.book.runs.items():
            found = stored.runs.get(run_id)
            lost = differing(told, found) if found else ["all"]
            if len(lost) > 1 or "all" in lost:
                self._fault("answers lost", f"{told.checklist} {run_id}: {lost} after {said.text!r}")
        self.book.adopt(stored.runs, stored.newest_first)
        self._surprises += 1
        if self._surprises > 1:
            self.recover()

    def _heard(self, text: str, awaited: str) -> str:
        self._note(f"> {text}")
        self._tally.counts["lines typed"] += 1
        self.program.write(text)
        said = self.program.reply(awaited)
        if self._first:
            self._tally.recovery = max(self._tally.recovery, time.monotonic() - self.program.began)
            self._first = False
        return said

    def _is_well(self, said: str) -> bool:
        return bool(said.strip()) and self._apology not in said

    def _has_document(self, run: Run) -> bool:
        checklist = self.book.knowledge.checklists[run.checklist]
        empty = bool(checklist.result.bands) and scoring.score(checklist, run).empty
        return checklist.result.document is not None and not empty


def saved_sign(book: Book) -> str:
    """How the line begins that announces a file."""
    return str(book.knowledge.say(book.language, "terminal.saved", path="")).strip()


def broken_files(book: Book, stored: Stored) -> list[str]:
    """Announced files that lie on the disk otherwise than any that the store has by that name."""
    whole = {(paper.name, paper.digest) for paper in stored.papers}
    paths = {Path(path) for path in book.files.values()}
    return [path.name for path in paths if not path.exists() or (path.name, digest(path.read_bytes())) not in whole]
