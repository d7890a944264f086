"""Compares what the user has been told with what the dead program had stored."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from bench.stress.book import Book, Said
from bench.stress.stored import Stored
from dialogues.walkthrough.state import Run


@dataclass
class Verdict:
    """Faults by their name (see `tally.FAULTS`), and whether the line that the program died on was taken."""

    faults: list[tuple[str, str]] = field(default_factory=list)
    taken: bool = False
    started: Run | None = None  # the walkthrough that the line began

    def add(self, name: str, what: str) -> None:
        self.faults.append((name, what))


def judge(book: Book, stored: Stored, died_on: Said | None, *, resuming: bool = False) -> Verdict:
    """`died_on`: the line without a reply, which may have been taken or not. `resuming`: it was a "go on"."""
    verdict = Verdict()
    if stored.intact != "ok":
        verdict.add("databases broken", stored.intact)
    for run_id, told in book.runs.items():
        found = stored.runs.get(run_id)
        if found is None:
            verdict.add("runs lost", f"{told.checklist} {run_id}")
        elif found != told:
            _judge_run(verdict, book, told, found, died_on, resuming)
    _judge_new(verdict, book, stored, died_on)
    papers = {(paper.name, paper.digest) for paper in stored.papers}
    for name, digest in book.files.keys() - papers:
        verdict.add("documents announced and missing", f"{name} {digest[:8]}")
    return verdict


def _judge_run(verdict: Verdict, book: Book, told: Run, found: Run, died_on: Said | None, resuming: bool) -> None:
    if died_on and died_on.after == found:
        verdict.taken = True
        return
    if died_on and _is_before_its_documents(died_on, found):
        return
    if replace(told, edition=found.edition, made=found.made) == found:  # its documents were made after it was shown
        return
    if resuming and book.resumed(told).after == found:
        return
    lost = differing(told, found)
    if lost:
        verdict.add("answers lost", f"{told.checklist} {told.id}: {', '.join(lost)}")
    else:
        verdict.add("runs at a wrong place", f"{told.checklist} {told.id}: told {told}, found {found}")


def _is_before_its_documents(died_on: Said, found: Run) -> bool:
    """Whether the last answer is there, and its documents aren't noted as made yet."""
    after = died_on.after if died_on.turn and died_on.turn.finished else None
    return after is not None and replace(after, edition=found.edition, made=found.made) == found


def _judge_new(verdict: Verdict, book: Book, stored: Stored, died_on: Said | None) -> None:
    fresh = [run for run_id, run in stored.runs.items() if run_id not in book.runs]
    expected = died_on.started if died_on else None
    if expected and len(fresh) == 1 and replace(expected, id=fresh[0].id) == fresh[0]:
        verdict.taken, verdict.started = True, fresh[0]
    elif fresh:
        verdict.add("runs doubled", ", ".join(f"{run.checklist} {run.id}" for run in fresh))


def differing(told: Run, found: Run) -> list[str]:
    """The steps whose answer or note was given, and is another now, or none."""
    answers = [step for step, answer in told.answers.items() if found.answers.get(step) != answer]
    notes = [f"note at {step}" for step, note in told.notes.items() if found.notes.get(step) != note]
    return answers + notes
