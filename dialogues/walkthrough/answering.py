"""Recording an answer, or that there is none, and where that leads."""

from __future__ import annotations

from typing import Any

from dialogues.walkthrough import groups
from dialogues.walkthrough.outcome import Notice, Turn, present
from dialogues.walkthrough.path import forward, is_settled, settled
from dialogues.walkthrough.points import best
from dialogues.walkthrough.remarks import needed
from dialogues.walkthrough.state import Answer, Run, Value
from dialogues.walkthrough.steps import Step, Walk
from knowledge.schema import IRRELEVANT, UNSURE, Checklist

_TRIES = 2  # how often it is said why a step can't be passed over


def answer(
    checklist: Checklist, run: Run, step: Step, value: Value, *, note: str | None = None, **remarked: Any
) -> Turn:
    """Records a valid answer. One to the present step leads on; one to another step changes that answer only,
    and is followed by what it newly asks for, or else by the present step."""
    if step.offers_more and step.group:
        return _more(checklist, run, step, wanted=value == "yes")
    earlier = run.answers.get(step.id)
    notes = {**run.notes, step.id: note} if note else run.notes
    after = run.with_(answers={**run.answers, step.id: Answer(value)}, notes=notes, failures=0, last=step.id)
    here = step.id == run.at
    after = forward(checklist, after, step.id) if here else _after_change(checklist, run, after)
    same = earlier == Answer(value) and not note
    key = _noted(checklist, step, value) if here else "changed"
    notice = Notice(key, {"step": step.id, "value": value, "note": note, **remarked})
    return present(after, None if same and not here else notice)


def _after_change(checklist: Checklist, run: Run, after: Run) -> Run:
    """The run at what a changed answer newly asks for, or else where it was."""
    known = {step.id for step in Walk(checklist, run)}
    walk = Walk(checklist, after)
    fresh = [step for step in walk if step.id not in known and not is_settled(walk, after, step)]
    if fresh:
        return after.with_(at=fresh[0].id, status="open")
    return after if run.status == "done" else settled(checklist, after.with_(status="open"))


def _noted(checklist: Checklist, step: Step, value: Value) -> str:
    """What to say to an answer: with its effect on the score, where it has none of its own."""
    scored = bool(checklist.result.bands) and step.written and not step.group and best(checklist, step.item) > 0
    return {UNSURE: "noted-unsure", IRRELEVANT: "noted-na"}.get(str(value), "noted") if scored else "noted"


def _more(checklist: Checklist, run: Run, step: Step, *, wanted: bool) -> Turn:
    """One entry more, at its first field; or none."""
    assert step.group is not None  # noqa: S101 – what offers more is of a group
    if wanted:
        after, start = groups.add(run, step.group)
        first = next((one.id for one in Walk(checklist, after) if one.id.startswith(start)), None)
        return present(after.with_(at=first, status="open", failures=0) if first else settled(checklist, after))
    after = run.with_(answers={**run.answers, step.id: Answer("no")}, failures=0)
    after = forward(checklist, after, step.id) if step.id == run.at else settled(checklist, after)
    return present(after)


def pass_over(checklist: Checklist, run: Run, step: Step, key: str) -> Turn:
    """Leads on without an answer, and says `key`; an answer that is there already stays."""
    if step.offers_more:
        return answer(checklist, run, step, "no")
    values = {"step": step.id}
    if Walk(checklist, run).value(step.id) is not None:
        notice = Notice("kept", values)
        after = run
    elif step.item.required:
        return _needed(checklist, run, step)
    else:
        notice = Notice(key, values)
        after = run.with_(answers={**run.answers, step.id: Answer(None)})
    after = forward(checklist, after.with_(failures=0), step.id)
    return present(after, notice)


def _needed(checklist: Checklist, run: Run, step: Step) -> Turn:
    """Why a required step cannot be passed over; who tries a third time gets a pause to find out."""
    tries = run.failures + 1
    if tries > _TRIES:
        return Turn(run.with_(status="paused", failures=0), show="paused", understood=False)
    values = {**needed(checklist, run, step.item), "again": tries > 1}
    return Turn(run.with_(status="open", failures=tries), Notice("needed", values), understood=False)
