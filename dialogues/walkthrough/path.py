"""The way through a checklist: what comes next, how far along a run is, and all of it in one view."""

from __future__ import annotations

from dataclasses import dataclass

from dialogues.walkthrough.state import Run, Value
from dialogues.walkthrough.steps import Step, Walk
from dialogues.walkthrough.values import valid
from knowledge.schema import Checklist, Item


def asked(checklist: Checklist, run: Run) -> list[Item]:
    """The items that the run asks, in order: those of its mode whose condition holds, with what is answered so far."""
    return Walk(checklist, run).items


def steps(checklist: Checklist, run: Run) -> list[Step]:
    """The steps that the run asks, in order."""
    return Walk(checklist, run).steps


def step_at(checklist: Checklist, run: Run) -> Step | None:
    """The step on the screen; None at the end."""
    return Walk(checklist, run).step(run.at)


def given(checklist: Checklist, run: Run, item: Item) -> Value:
    """The answer to the item; None where there is none, it was skipped, or the checklist knows it no more."""
    answer = run.answers.get(item.id)
    return answer.value if answer and valid(item, checklist.choices(item), answer.value) else None


def counted(checklist: Checklist, run: Run) -> dict[str, Value]:
    """The answers that count, by item id: valid ones, to items that are asked. Groups are left out."""
    walk = Walk(checklist, run)
    pairs = ((item.id, walk.value(item.id)) for item in walk.items)
    return {item_id: value for item_id, value in pairs if value is not None}


def skipped(run: Run, step_id: str) -> bool:
    """Whether the step was passed over."""
    answer = run.answers.get(step_id)
    return answer is not None and answer.value is None


def is_settled(walk: Walk, run: Run, step: Step) -> bool:
    """Whether the step needs no asking any more: answered, or skipped where that is allowed."""
    return walk.value(step.id) is not None or (skipped(run, step.id) and not step.item.required)


def open_steps(checklist: Checklist, run: Run) -> list[Step]:
    """The steps that still need an answer."""
    walk = Walk(checklist, run)
    return [step for step in walk if not is_settled(walk, run, step)]


def forward(checklist: Checklist, run: Run, after: str | None = None) -> Run:
    """The run at its first open step after the one named, or else at its first open one, or done."""
    walk = Walk(checklist, run)
    ids = [step.id for step in walk]
    start = ids.index(after) + 1 if after in ids else 0
    for step in (*walk.steps[start:], *walk.steps[:start]):
        if not is_settled(walk, run, step):
            return run.with_(at=step.id, status="open")
    return run.with_(at=None, status="done")


def settled(checklist: Checklist, run: Run) -> Run:
    """The run, led on where the step that it stood at is asked no more (a condition, an edited checklist)."""
    if run.status == "done":
        return run.with_(at=None)
    if step_at(checklist, run):
        return run
    after = forward(checklist, run)
    return after if after.at is None else after.with_(status=run.status)


def position(checklist: Checklist, run: Run) -> tuple[int, int]:
    """Which of how many the present step is, as far as the answers so far tell; (total, total) at the end."""
    ids = [step.id for step in steps(checklist, run)]
    at = settled(checklist, run).at
    return (ids.index(at) + 1 if at else len(ids)), len(ids)


def reached(checklist: Checklist, run: Run) -> tuple[int, int]:
    """How far the run has come of how many steps, wherever in it somebody has gone back to."""
    total = len(steps(checklist, run))
    return min(total - len(open_steps(checklist, run)) + 1, total), total


@dataclass(frozen=True)
class Line:
    """A step in a summary. `value` is None for one that was skipped or is open."""

    step: Step
    value: Value
    skipped: bool
    note: str | None = None


def summary(checklist: Checklist, run: Run) -> list[Line]:
    """Every step that is asked, in order, with its answer; the questions whether there is more are left out."""
    walk = Walk(checklist, run)
    return [
        Line(step, walk.value(step.id), skipped(run, step.id), run.notes.get(step.id))
        for step in walk
        if not step.offers_more
    ]
