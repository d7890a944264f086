"""Steering a walkthrough: back, skip, pause, jump, change, note, plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from dialogues.walkthrough import groups, known_names, moves, scoring
from dialogues.walkthrough.answering import answer, pass_over
from dialogues.walkthrough.moves import Control
from dialogues.walkthrough.outcome import Notice, Turn, present
from dialogues.walkthrough.path import forward, is_settled, open_steps, settled, step_at, steps
from dialogues.walkthrough.state import Mode, Run, Value
from dialogues.walkthrough.steps import MORE, PLAN, Walk
from dialogues.walkthrough.values import clean
from knowledge.schema import Checklist

PLANNED = 3  # actions at a time: more than three are none
CHANGED = "checklist-changed"
_FREE = ("text", "person")
_CANCELLED = {moves.RESTART: "not-restarted", moves.MEANT: "not-meant", moves.WHICH: "not-meant"}


def start(
    checklist: Checklist,
    run_id: str,
    language: str,
    mode: Mode = "full",
    *,
    answers: dict[str, Any] | None = None,
    started: date | None = None,
) -> Run:
    """A new run at its first question, with the answers that it begins with.

    Where a checklist has no quick questions, the quick way is the full one.
    """
    known = tuple(item.id for item in checklist.items)
    blank = Run(run_id, checklist.id, language, mode, answers=dict(answers or {}), known=known, started=started)
    run = forward(checklist, blank)
    if run.at is None and mode == "quick" and not steps(checklist, blank):
        return start(checklist, run_id, language, "full", answers=answers, started=started)
    return run


def steer(checklist: Checklist, run: Run, control: Control) -> Turn:
    """The run after the control; an unknown one is an old button's."""
    return _CONTROLS.get(control.name, _old_button)(checklist, run, control)


def _old_button(checklist: Checklist, run: Run, move: Control) -> Turn:
    return present(run.with_(asking=None), Notice("old-button"))


def _back(checklist: Checklist, run: Run, move: Control) -> Turn:
    ids = [step.id for step in steps(checklist, run)]
    place = len(ids) if run.at is None else ids.index(run.at)
    if place == 0:
        return present(run, Notice("first-step"))
    return Turn(run.with_(at=ids[place - 1], status="open", failures=0))


def _edit(checklist: Checklist, run: Run, move: Control) -> Turn:
    if move.argument not in {step.id for step in steps(checklist, run)}:
        return present(run, Notice("gone-question"))
    return Turn(run.with_(at=move.argument, status="open", failures=0))


def _skip(checklist: Checklist, run: Run, move: Control) -> Turn:
    step = step_at(checklist, run)
    return pass_over(checklist, run, step, "skipped") if step else present(run)


def _next(checklist: Checklist, run: Run, move: Control) -> Turn:
    """On from a step of which several choices were chosen one by one; nothing chosen is passed over."""
    step = step_at(checklist, run)
    if step is None:
        return present(run)
    value: Value = Walk(checklist, run).value(step.id)
    if value is None:
        return pass_over(checklist, run, step, "skipped")
    if isinstance(value, tuple) and len(value) < step.item.at_least:
        return present(run, Notice("not-so-few", {"limit": step.item.at_least}))
    after = forward(checklist, run.with_(failures=0, last=step.id), step.id)
    return present(after, Notice("noted", {"step": step.id, "value": value}))


def _why(checklist: Checklist, run: Run, move: Control) -> Turn:
    return present(run) if run.at is None else Turn(run.with_(status="open"), show="why")


def _pause(checklist: Checklist, run: Run, move: Control) -> Turn:
    return present(run) if run.at is None else Turn(run.with_(status="paused"), show="paused")


def _continue(checklist: Checklist, run: Run, move: Control) -> Turn:
    changed = changes(checklist, run)
    if changed:
        return present(run, Notice(CHANGED, changed))
    return present(run, Notice("welcome-back") if run.status == "paused" else None)


def changes(checklist: Checklist, run: Run) -> dict[str, int]:
    """What editors have changed since the last move: questions that are new or gone, and answers that no longer fit."""
    there = {item.id for item in checklist.items}
    if not run.known or set(run.known) == there:
        return {}
    walk = Walk(checklist, run)
    new = sum(item.id not in run.known for item in walk.items)
    gone = sum(item_id not in there and item_id in run.answers for item_id in run.known)
    return {"new": new, "gone": gone} if new or gone else {}


def _restart(checklist: Checklist, run: Run, move: Control) -> Turn:
    if run.answers or run.notes:
        return Turn(run.with_(asking=moves.RESTART), show="confirm")
    return present(_anew(checklist, run))


def _anew(checklist: Checklist, run: Run) -> Run:
    fresh = start(checklist, run.id, run.language, run.mode, started=run.started)
    return fresh.with_(edition=run.edition, names=run.names, me=run.me)


def _confirm(checklist: Checklist, run: Run, move: Control) -> Turn:
    asked, argument = moves.asks(run.asking)
    run = run.with_(asking=None)
    entry = groups.entry_of(checklist, run, argument)
    if asked == moves.DROP and entry:
        after = groups.drop(run, *entry)
        if run.status != "done":
            here = (run.at or "").startswith(f"{entry[0].id}.")
            after = forward(checklist, after) if here else settled(checklist, after)
        return present(after, Notice("dropped", {"group": entry[0].id}))
    if asked == moves.RESTART:
        return present(_anew(checklist, run), Notice("restarted"))
    step = step_at(checklist, run)
    if asked in (moves.MEANT, moves.WHICH) and step and step.item.kind in _FREE and argument:
        return answer(checklist, run, step, clean(argument))
    earlier = known_names.near(run, step, argument) if asked == moves.SAME and step else None
    if step and earlier:
        return answer(checklist, run, step, earlier)
    return _old_button(checklist, run, move)


def _cancel(checklist: Checklist, run: Run, move: Control) -> Turn:
    asked, argument = moves.asks(run.asking)
    step = step_at(checklist, run)
    if asked == moves.SAME and step and argument:
        return answer(checklist, run.with_(asking=None), step, argument)
    notice = Notice(_CANCELLED[asked]) if asked in _CANCELLED else None
    return present(run.with_(asking=None), notice)


def _drop(checklist: Checklist, run: Run, move: Control) -> Turn:
    """Asks before an entry goes; an empty one goes at once, and means that there are no more."""
    entry = groups.entry_of(checklist, run, move.argument)
    if entry is None:
        return present(run, Notice("gone-question"))
    group, number = entry
    if not groups.is_empty(run, group, number):
        return Turn(run.with_(asking=f"{moves.DROP}:{move.argument}"), show="drop")
    after = groups.drop(run, group, number)
    step = Walk(checklist, after).step(groups.more_step(group))
    return (
        pass_over(checklist, after.with_(at=step.id), step, "skipped") if step else present(forward(checklist, after))
    )


def _remove(checklist: Checklist, run: Run, move: Control) -> Turn:
    """Asks what is to be deleted."""
    return present(run.with_(asking=f"{moves.REMOVE}:{move.argument or ''}"))


def _clear(checklist: Checklist, run: Run, move: Control) -> Turn:
    """The step without its answer, which is said once more so that nothing is lost."""
    step = Walk(checklist, run).step(move.argument)
    if step is None:
        return present(run, Notice("gone-question"))
    kept = {step_id: given for step_id, given in run.answers.items() if step_id != step.id}
    after = run.with_(answers=kept, at=step.id, status="open", failures=0)
    given = run.answers.get(step.id)
    return present(after, Notice("cleared", {"step": step.id, "value": given.value if given else None}))


def _add(checklist: Checklist, run: Run, move: Control) -> Turn:
    """One entry more in a group, at its first field."""
    step = Walk(checklist, run).step(f"{move.argument}.{MORE.id}")
    return answer(checklist, run, step, "yes") if step else present(run, Notice("gone-question"))


def _done(checklist: Checklist, run: Run, move: Control) -> Turn:
    """The result; where questions are open, the result so far, and the walkthrough stays open."""
    ended = forward(checklist, run)
    if ended.status == "done":
        return present(ended)
    left = len(open_steps(checklist, run))
    return Turn(run.with_(asking=moves.REVIEW), Notice("so-far", {"left": left}), show="result")


def _close(checklist: Checklist, run: Run, move: Control) -> Turn:
    return Turn(run, show="closed") if run.status == "done" else _pause(checklist, run, move)


def _review(checklist: Checklist, run: Run, move: Control) -> Turn:
    return Turn(run.with_(asking=moves.REVIEW), show="review", argument=move.argument)


def _full(checklist: Checklist, run: Run, move: Control) -> Turn:
    """All the questions instead of the quick ones; in the middle, from the step on the screen on."""
    whole = run.with_(mode="full")
    if run.at is None:
        return present(forward(checklist, whole))
    more = len(steps(checklist, whole)) - len(steps(checklist, run))
    return present(whole, Notice("whole-way", {"count": more}) if more else Notice("on-we-go"))


def _sections(checklist: Checklist, run: Run, move: Control) -> Turn:
    return Turn(run.with_(asking=moves.SECTIONS), show="sections")


def _jump(checklist: Checklist, run: Run, move: Control) -> Turn:
    """To the first open step of a section, or else its first one."""
    walk = Walk(checklist, run)
    there = [step for step in walk if step.section.id == move.argument and not step.about]
    if not there:
        return present(run, Notice("gone-section"))
    target = next((step for step in there if not is_settled(walk, run, step)), there[0])
    return Turn(run.with_(at=target.id, status="open", failures=0))


def _note(checklist: Checklist, run: Run, move: Control) -> Turn:
    if move.argument not in {step.id for step in steps(checklist, run)}:
        return present(run, Notice("gone-question"))
    return Turn(run.with_(asking=f"{moves.NOTE}:{move.argument}"), show="note")


def _plan(checklist: Checklist, run: Run, move: Control) -> Turn:
    """Asks who does the most important actions, and when; asks again where that is known."""
    most = [action.item.id for action in scoring.score(checklist, run).actions[:PLANNED]]
    after = run.with_(plan=tuple(dict.fromkeys((*run.plan, *most))))
    planned = [step.id for step in steps(checklist, after) if step.id.startswith(f"{PLAN}.")]
    if not planned:
        return present(run, Notice("no-actions"))
    ahead = forward(checklist, after)
    return present(ahead if ahead.at else after.with_(at=planned[0], status="open"))


def _status(checklist: Checklist, run: Run, move: Control) -> Turn:
    return Turn(run, show="status")


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
    moves.NEXT: _next,
    moves.DROP: _drop,
    moves.ADD: _add,
    moves.REMOVE: _remove,
    moves.CLEAR: _clear,
    moves.SECTIONS: _sections,
    moves.JUMP: _jump,
    moves.NOTE: _note,
    moves.PLAN: _plan,
    moves.STATUS: _status,
}
