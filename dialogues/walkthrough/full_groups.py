"""What is said when the last entry that a group has room for is answered, and the ways on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogues.reply import Choice
from dialogues.walkthrough import groups, moves
from dialogues.walkthrough.display import say
from dialogues.walkthrough.frame import control
from dialogues.walkthrough.outcome import Notice
from dialogues.walkthrough.path import summary
from dialogues.walkthrough.state import Run
from dialogues.walkthrough.steps import Step, Walk

if TYPE_CHECKING:
    from knowledge.loader import Knowledge

_LEADS_ON = ("noted", "noted-unsure", "noted-na", "skipped", "not-known-yet")


def full_group(knowledge: Knowledge, run: Run, notice: Notice | None) -> Step | None:
    """The step that has just filled its group; None where none has."""
    if notice is None or notice.key not in _LEADS_ON:
        return None
    walk = Walk(knowledge.checklists[run.checklist], run)
    step = walk.step(notice.values.get("step"))
    return step if groups.ends_full(walk, step) else None


def full_line(knowledge: Knowledge, run: Run, filled: Step) -> str:
    """That there is room for no more."""
    return say(knowledge, run, "group-full", n=filled.group.at_most if filled.group else 0)


def full_buttons(knowledge: Knowledge, run: Run, filled: Step) -> list[Choice]:
    """To write the rest as a note on the last entry, or to change the entries there are."""
    lines = summary(knowledge.checklists[run.checklist], run)
    titles = list(dict.fromkeys(line.step.section.title[run.language] for line in lines))
    section = str(titles.index(filled.section.title[run.language]))
    return [
        control(knowledge, run, "button-rest-as-note", moves.NOTE, filled.id),
        control(knowledge, run, "button-swap", moves.REVIEW, section),
    ]
