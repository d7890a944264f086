"""One engine for all walkthroughs: the state and a move in, the new state and what to show out.

Pure: no clock, no store, no channel. `dialogues.walkthrough.render` says the outcome in words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from dialogues.walkthrough import answers, moves, words
from dialogues.walkthrough.moves import Choose, Control, Move, Say
from dialogues.walkthrough.path import asked, counted, forward, given, is_settled, position, settled, summary
from dialogues.walkthrough.remarks import needed, remark
from dialogues.walkthrough.state import Answer, Mode, Run, Value
from knowledge.schema import UNSURE, Checklist, Item

__all__ = ["Fit", "Notice", "Show", "Turn", "apply", "asked", "counted", "fits", "position", "start", "summary"]

Show = Literal["step", "why", "paused", "confirm", "review", "result", "closed"]
Fit = Literal["answer", "control", "free", "question", "none"]

_NO_ANSWER = {answers.UNKNOWN: "not-known-yet", answers.NEEDLESS: "skipped"}
"""What to say where words that give no answer pass an item over."""
_TRIES = 2  # how often it is said why an item can't be passed over


@dataclass(frozen=True)
class Notice:
    """One line to say before the step: a key under `walkthrough.` and its values.

    `value` among them is an answer as stored, and `item` beside it the item it belongs to:
    rendering shows it as people write it.
    """

    key: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Turn:
    """What a move led to. `finished`: the answers are complete, and new since the result was last made."""

    run: Run
    notice: Notice | None = None
    finished: bool = False
    show: Show = "step"
    argument: str | None = None  # of REVIEW: the number of the section
    understood: bool = True  # False: the words fitted no answer


def start(checklist: Checklist, run_id: str, language: str, mode: Mode = "full") -> Run:
    """A new run at its first question. Where a checklist has no quick questions, the quick way is the full one."""
    run = forward(checklist, Run(id=run_id, checklist=checklist.id, language=language, mode=mode))
    if run.at is None and mode == "quick":
        return start(checklist, run_id, language, "full")
    return run


def apply(checklist: Checklist, run: Run, move: Move, today: date) -> Turn:
    """The run after `move`, and what to show. Never raises for a move that doesn't fit: a notice says why."""
    run = settled(checklist, run)
    if isinstance(move, Say):
        return _say(checklist, run, move.text, today)
    if isinstance(move, Choose):
        return _choose(checklist, run.with_(asking=None), move)
    if move.name not in (moves.CONFIRM, moves.CANCEL):
        run = run.with_(asking=None)
    return _CONTROLS.get(move.name, _old_button)(checklist, run, move)


def fits(checklist: Checklist, run: Run, text: str, today: date) -> Fit:
    """How `text` would be taken at the present step, for whoever must tell an answer from a question.

    `answer`: a number, date or choice that the step asks for, or "I don't know"; `control`: words such as "tilbage";
    `free`: the step takes any text; `question`: it doesn't fit, and is put as a question; `none`: it doesn't fit.
    """
    run = settled(checklist, run)
    if _control(checklist, run, text):
        return "control"
    if run.at is None or run.asking or run.status == "paused":
        return "question" if words.is_question(text) else "none"
    item = checklist.item(run.at)
    outcome = answers.parse(item, checklist.choices(item), text, today)
    if isinstance(outcome, answers.Misunderstood) and outcome.reason in _NO_ANSWER:
        return "answer"
    if item.kind == "text":
        return "free"
    if not isinstance(outcome, answers.Misunderstood):
        return "answer"
    return "question" if words.is_question(text) else "none"


# --- answers -----------------------------------------------------------------------------------


def _say(checklist: Checklist, run: Run, text: str, today: date) -> Turn:
    """Words are an answer to the step on the screen only: neither to one that rests nor to one behind a question."""
    control = _control(checklist, run, text)
    if control:
        return apply(checklist, run, control, today)
    if run.at is None:
        return _present(run.with_(asking=None), Notice("already-done"), understood=False)
    if run.asking or run.status == "paused":
        notice = Notice("not-restarted" if run.asking == moves.RESTART else "on-we-go")
        return _present(run.with_(asking=None), notice, understood=False)
    item = checklist.item(run.at)
    outcome = answers.parse(item, checklist.choices(item), text, today)
    if not isinstance(outcome, answers.Misunderstood):
        return _answer(checklist, run, item, outcome, remark(checklist, run, item, outcome, today))
    if outcome.reason in _NO_ANSWER:
        return _pass_over(checklist, run, item, _NO_ANSWER[outcome.reason])
    return _misunderstood(checklist, run, item, outcome)


def _control(checklist: Checklist, run: Run, text: str) -> Control | None:
    """The control that the words mean on the present screen; the label of a choice is none."""
    decision = answers.yes_or_no(text) if run.asking == moves.RESTART else None
    if decision:
        return Control(moves.CONFIRM if decision == "yes" else moves.CANCEL)
    name = words.control(text)
    if run.at and not run.asking and run.status == "open" and set(text.strip()) == {"?"}:
        item = checklist.item(run.at)
        return None if any(choice.id == UNSURE for choice in checklist.choices(item)) else Control(moves.WHY)
    if run.asking == moves.REVIEW and not name:
        labels = [(item.id, words.fold(item.text(run.language).label)) for item in asked(checklist, run)]
        chosen = answers.pick(labels, text)
        return Control(moves.EDIT, chosen) if chosen else None
    if not name:
        return None
    choices = checklist.choices(checklist.item(run.at)) if run.at else ()
    is_label = words.fold(text) in {words.fold(label) for choice in choices for label in (choice.da, choice.en)}
    return None if is_label else Control(name)


def _misunderstood(checklist: Checklist, run: Run, item: Item, outcome: answers.Misunderstood) -> Turn:
    can_skip = not item.required or given(checklist, run, item) is not None
    run = run.with_(status="open", failures=run.failures + 1)
    values = {**outcome.values, "again": run.failures > 1, "can_skip": can_skip}
    return Turn(run, Notice(outcome.reason, values), understood=False)


def _choose(checklist: Checklist, run: Run, move: Choose) -> Turn:
    item = next((item for item in asked(checklist, run) if item.id == move.item), None)
    if item is None:
        return _present(run, Notice("gone-question"))
    if item.kind not in ("yesno", "choice", "scale") or not answers.valid(item, checklist.choices(item), move.choice):
        return _present(run, Notice("gone-choice", {"label": item.text(run.language).label}))
    return _answer(checklist, run, item, move.choice)


def _answer(checklist: Checklist, run: Run, item: Item, value: Value, remarked: dict[str, str] | None = None) -> Turn:
    """Records a valid answer. One to the present step leads on; one to another step changes that answer only,
    and is followed by what it newly asks for, or else by the present step."""
    earlier = run.answers.get(item.id)
    after = run.with_(answers={**run.answers, item.id: Answer(value)}, failures=0)
    if item.id == run.at:
        after, key = forward(checklist, after), "noted"
    else:
        known = {other.id for other in asked(checklist, run)}
        fresh = [
            new for new in asked(checklist, after) if new.id not in known and not is_settled(checklist, after, new)
        ]
        if fresh:
            after = after.with_(at=fresh[0].id, status="open")
        elif run.status != "done":
            after = settled(checklist, after.with_(status="open"))
        key = "changed"
    same = earlier == Answer(value)
    notice = Notice(key, {"label": item.text(run.language).label, "item": item.id, "value": value, **(remarked or {})})
    finished = after.status == "done" and (run.status != "done" or not same)
    return _present(after, None if same and key == "changed" else notice, finished=finished)


def _pass_over(checklist: Checklist, run: Run, item: Item, key: str) -> Turn:
    """Leads on without an answer, and says `key`; an answer that is there already stays."""
    values = {"label": item.text(run.language).label}
    if given(checklist, run, item) is not None:
        notice = Notice("kept", values)
        after = run
    elif item.required:
        return _needed(checklist, run, item)
    else:
        notice = Notice(key, {**values, "draft": bool(checklist.result.document)})
        after = run.with_(answers={**run.answers, item.id: Answer(None)})
    after = forward(checklist, after.with_(failures=0))
    return _present(after, notice, finished=after.status == "done")


def _needed(checklist: Checklist, run: Run, item: Item) -> Turn:
    """Why a required item cannot be passed over; who tries a third time gets a pause to find out."""
    tries = run.failures + 1
    if tries > _TRIES:
        return Turn(run.with_(status="paused", failures=0), show="paused", understood=False)
    values = {**needed(checklist, run, item), "again": tries > 1}
    return Turn(run.with_(status="open", failures=tries), Notice("needed", values), understood=False)


# --- controls ----------------------------------------------------------------------------------


def _present(run: Run, notice: Notice | None = None, *, finished: bool = False, understood: bool = True) -> Turn:
    show: Show = "result" if run.status == "done" else "step"
    return Turn(run if show == "result" else run.with_(status="open"), notice, finished, show, understood=understood)


def _old_button(checklist: Checklist, run: Run, move: Control) -> Turn:
    return _present(run.with_(asking=None), Notice("old-button"))


def _back(checklist: Checklist, run: Run, move: Control) -> Turn:
    ids = [item.id for item in asked(checklist, run)]
    place = len(ids) if run.at is None else ids.index(run.at)
    if place == 0:
        return _present(run, Notice("first-step"))
    return Turn(run.with_(at=ids[place - 1], status="open", failures=0))


def _edit(checklist: Checklist, run: Run, move: Control) -> Turn:
    if move.argument not in {item.id for item in asked(checklist, run)}:
        return _present(run, Notice("gone-question"))
    return Turn(run.with_(at=move.argument, status="open", failures=0))


def _skip(checklist: Checklist, run: Run, move: Control) -> Turn:
    return _present(run) if run.at is None else _pass_over(checklist, run, checklist.item(run.at), "skipped")


def _why(checklist: Checklist, run: Run, move: Control) -> Turn:
    return _present(run) if run.at is None else Turn(run.with_(status="open"), show="why")


def _pause(checklist: Checklist, run: Run, move: Control) -> Turn:
    return _present(run) if run.at is None else Turn(run.with_(status="paused"), show="paused")


def _continue(checklist: Checklist, run: Run, move: Control) -> Turn:
    return _present(run, Notice("welcome-back") if run.status == "paused" else None)


def _restart(checklist: Checklist, run: Run, move: Control) -> Turn:
    if run.answers:
        return Turn(run.with_(asking=moves.RESTART), show="confirm")
    return _present(start(checklist, run.id, run.language, run.mode))


def _confirm(checklist: Checklist, run: Run, move: Control) -> Turn:
    if run.asking != moves.RESTART:
        return _old_button(checklist, run, move)
    return _present(start(checklist, run.id, run.language, run.mode), Notice("restarted"))


def _cancel(checklist: Checklist, run: Run, move: Control) -> Turn:
    return _present(run.with_(asking=None), Notice("not-restarted") if run.asking else None)


def _done(checklist: Checklist, run: Run, move: Control) -> Turn:
    """The result; where questions are open, the result so far, and the walkthrough stays open."""
    ended = forward(checklist, run)
    if ended.status == "done":
        return _present(ended, finished=run.status != "done")
    left = sum(not is_settled(checklist, run, item) for item in asked(checklist, run))
    return Turn(run.with_(asking=moves.REVIEW), Notice("so-far", {"left": left}), show="result")


def _close(checklist: Checklist, run: Run, move: Control) -> Turn:
    return Turn(run, show="closed") if run.status == "done" else _pause(checklist, run, move)


def _review(checklist: Checklist, run: Run, move: Control) -> Turn:
    return Turn(run.with_(asking=moves.REVIEW), show="review", argument=move.argument)


def _full(checklist: Checklist, run: Run, move: Control) -> Turn:
    return _present(forward(checklist, run.with_(mode="full")))


_CONTROLS: dict[str, Callable[[Checklist, Run, Control], Turn]] = {
    moves.BACK: _back,
    moves.SKIP: _skip,
    moves.WHY: _why,
    moves.PAUSE: _pause,
    moves.CONTINUE: _continue,
    moves.RESTART: _restart,
    moves.CONFIRM: _confirm,
    moves.CANCEL: _cancel,
    moves.DONE: _done,
    moves.CLOSE: _close,
    moves.REVIEW: _review,
    moves.EDIT: _edit,
    moves.FULL: _full,
}
