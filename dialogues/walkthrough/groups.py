"""The entries of a group: adding one, and leaving one out."""

from __future__ import annotations

from dialogues.walkthrough.state import Answer, Run
from dialogues.walkthrough.steps import MORE, Step, Walk, entry_count
from knowledge.schema import Checklist, Item


def more_step(group: Item) -> str:
    """The id of the step that asks whether there is one more."""
    return f"{group.id}.{MORE.id}"


def add(run: Run, group: Item) -> tuple[Run, str]:
    """The run with an empty entry at the end, and what the ids of its steps begin with."""
    count = entry_count(run, group)
    count -= count > group.at_least and is_empty(run, group, count - 1)  # one that waits to be filled in will do
    answers = {step: answer for step, answer in run.answers.items() if step != more_step(group)}
    return run.with_(answers={**answers, group.id: Answer(count + 1)}), f"{group.id}.{count}."


def entry_of(checklist: Checklist, run: Run, path: str | None) -> tuple[Item, int] | None:
    """The group and the number of the entry that `contacts.0` names; None if there is none."""
    group_id, _, number = (path or "").partition(".")
    group = next((item for item in checklist.items if item.id == group_id and item.kind == "group"), None)
    if group is None or not (number.isascii() and number.isdigit()) or int(number) >= entry_count(run, group):
        return None
    return group, int(number)


def is_empty(run: Run, group: Item, entry: int) -> bool:
    """Whether nothing was answered in the entry, and nothing noted."""
    start = f"{group.id}.{entry}."
    given = [step for step, answer in run.answers.items() if answer.value is not None]
    return not any(step.startswith(start) for step in (*given, *run.notes))


def ends_full(walk: Walk, step: Step | None) -> bool:
    """Whether the step is the last of a group's last entry that there is room for."""
    if step is None or step.group is None or step.entry is None or step.entry + 1 < step.group.at_most:
        return False
    return [one.id for one in walk if one.group is step.group][-1:] == [step.id]


def drop(run: Run, group: Item, entry: int) -> Run:
    """The run without the entry; the later ones move up."""
    gone, shifted = f"{group.id}.{entry}.", {}
    for number in range(entry + 1, entry_count(run, group)):
        shifted[f"{group.id}.{number}."] = f"{group.id}.{number - 1}."

    def moved(step: str) -> str:
        head, dot, field = step.rpartition(".")
        return shifted.get(f"{head}{dot}", f"{head}{dot}") + field

    answers = {moved(step): answer for step, answer in run.answers.items() if not step.startswith(gone)}
    notes = {moved(step): note for step, note in run.notes.items() if not step.startswith(gone)}
    left = entry_count(run, group) - 1
    return run.with_(answers={**answers, group.id: Answer(left)}, notes=notes, last=None)
