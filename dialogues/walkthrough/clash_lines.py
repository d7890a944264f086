"""Dates that contradict each other, in words, and the buttons to change them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from dialogues import taps
from dialogues.reply import Choice
from dialogues.walkthrough import moves
from dialogues.walkthrough.clashes import Clash, as_of, clashes
from dialogues.walkthrough.display import day, label, say, shortened
from dialogues.walkthrough.frame import LONGEST_LABEL
from dialogues.walkthrough.state import Run
from dialogues.walkthrough.steps import Step, Walk

if TYPE_CHECKING:
    from knowledge.loader import Knowledge

MENDED = 3  # dates with a button each


def told(knowledge: Knowledge, run: Run) -> Iterator[str]:
    """Each contradiction in a line. That a date is past was said when it was answered; where there are papers, they say
    it once more, and that will do."""
    papers = knowledge.checklists[run.checklist].result.document is not None
    walk = Walk(knowledge.checklists[run.checklist], run)
    for clash in (one for one in _of(knowledge, run) if not (papers and one.key == "past")):
        values = {"label": label(knowledge, run, clash.step), "day": _day(knowledge, run, walk, clash.step.id)}
        if clash.other:
            values["other"] = label(knowledge, run, clash.other)
            values["there"] = _day(knowledge, run, walk, clash.other.id)
        yield say(knowledge, run, f"clash-{clash.key}", **values)


def mend_buttons(knowledge: Knowledge, run: Run) -> list[Choice]:
    """A button for each of the first dates that are to be looked at, which leads to its question."""
    steps = {clash.step.id: clash.step for clash in _of(knowledge, run)}
    return [_mend(knowledge, run, step) for step in list(steps.values())[:MENDED]]


def _mend(knowledge: Knowledge, run: Run, step: Step) -> Choice:
    face = say(knowledge, run, "button-mend-date", label=label(knowledge, run, step))
    return Choice(shortened(str(face), LONGEST_LABEL), taps.tap(taps.CONTROL, run.id, moves.EDIT, step.id))


def _of(knowledge: Knowledge, run: Run) -> list[Clash]:
    walk = Walk(knowledge.checklists[run.checklist], run)
    return clashes(walk, as_of(run, date.min))


def _day(knowledge: Knowledge, run: Run, walk: Walk, step_id: str) -> str:
    value = walk.value(step_id)
    return day(knowledge, run, value) if isinstance(value, date) else ""
