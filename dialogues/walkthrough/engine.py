"""One engine for all walkthroughs: the state and a move in, the new state and what to show out.

Pure: no clock, no store, no channel. `dialogues.walkthrough.render` says the outcome in words.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from dialogues.walkthrough import answers, moves, people, words
from dialogues.walkthrough.answering import answer, pass_over
from dialogues.walkthrough.moves import Choose, Correct, Move, Remark, Say
from dialogues.walkthrough.orders import order
from dialogues.walkthrough.outcome import Notice, Show, Turn, present
from dialogues.walkthrough.path import asked, counted, position, settled, step_at, summary
from dialogues.walkthrough.remarks import remark
from dialogues.walkthrough.state import Answer, Run, Value, fingerprint
from dialogues.walkthrough.steering import start, steer
from dialogues.walkthrough.steps import Step, Walk
from dialogues.walkthrough.values import LONGEST_TEXT, clean, valid, visible
from knowledge.schema import IRRELEVANT, NONE, UNSURE, Checklist

__all__ = ["Fit", "Notice", "Show", "Turn", "apply", "asked", "counted", "fits", "position", "start", "summary"]

Fit = Literal["answer", "control", "free", "question", "none"]

DAYS = {"d7": 7, "d30": 30, "d90": 90}
"""Days from today that a button of a plan's date offers."""
_NO_ANSWER = {answers.UNKNOWN: "not-known-yet", answers.NEEDLESS: "skipped"}
"""What to say where words that give no answer pass a step over."""


def apply(checklist: Checklist, run: Run, move: Move, today: date) -> Turn:
    """The run after `move`, and what to show. Never raises for a move that doesn't fit: a notice says why."""
    turn = _moved(checklist, settled(checklist, run), move, today)
    after = turn.run.with_(known=tuple(item.id for item in checklist.items))
    finished = turn.show == "result" and owes_papers(after)
    return replace(turn, run=after.with_(finished=today) if finished else after, finished=finished)


def owes_papers(run: Run) -> bool:
    """Whether the run is done, and its documents haven't been made from the answers as they are now."""
    return run.status == "done" and fingerprint(run) != run.made


def with_papers(run: Run) -> Run:
    """The run once its documents are made: one edition more."""
    return run.with_(edition=run.edition + 1, made=fingerprint(run))


def fits(checklist: Checklist, run: Run, text: str, today: date) -> Fit:
    """How `text` would be taken at the present step, for whoever must tell an answer from a question.

    `answer`: a number, date or choice that the step asks for, or "I don't know"; `control`: words such as "tilbage";
    `free`: the step takes any text; `question`: it doesn't fit, and is put as a question; `none`: it doesn't fit.
    """
    run = settled(checklist, run)
    made = order(checklist, run, text, today)
    if isinstance(made, Remark) and run.asking:
        return "free"
    if made:
        return "control"
    step = step_at(checklist, run)
    if step is None or run.asking or run.status == "paused":
        return "question" if words.is_question(text) else "none"
    outcome, _ = answers.with_note(step.item, checklist.choices(step.item), text, today)
    if isinstance(outcome, answers.Misunderstood) and outcome.reason in _NO_ANSWER:
        return "answer"
    if step.item.kind in ("text", "person"):
        return "free"
    if not isinstance(outcome, answers.Misunderstood):
        return "answer"
    return "question" if words.is_question(text) else "none"


def _moved(checklist: Checklist, run: Run, move: Move, today: date) -> Turn:
    if isinstance(move, Say):
        made = order(checklist, run, move.text, today)
        return _moved(checklist, run, made, today) if made else _say(checklist, run, move.text, today)
    if isinstance(move, Choose):
        return _choose(checklist, run.with_(asking=None), move, today)
    if isinstance(move, Correct):
        step = Walk(checklist, run).step(move.step)
        return answer(checklist, run.with_(asking=None), step, move.value) if step else present(run)
    if isinstance(move, Remark):
        return _note(run, move.text)
    if move.name not in (moves.CONFIRM, moves.CANCEL):
        run = run.with_(asking=None)
    return steer(checklist, run, move)


# --- in words ----------------------------------------------------------------------------------


def _say(checklist: Checklist, run: Run, text: str, today: date) -> Turn:
    """Words are an answer to the step on the screen only: neither to one that rests nor to one behind a question."""
    step = step_at(checklist, run)
    if step is None:
        return present(run.with_(asking=None), Notice("already-done"), understood=False)
    if run.asking or run.status == "paused":
        notice = Notice("not-restarted" if run.asking == moves.RESTART else "on-we-go")
        return present(run.with_(asking=None), notice, understood=False)
    outcome, note = answers.with_note(step.item, checklist.choices(step.item), text, today)
    if not isinstance(outcome, answers.Misunderstood):
        return answer(checklist, run, step, outcome, note=note, **remark(checklist, run, step, outcome, today))
    if outcome.reason in _NO_ANSWER:
        return pass_over(checklist, run, step, _NO_ANSWER[outcome.reason])
    return _misunderstood(checklist, run, step, outcome)


def _misunderstood(checklist: Checklist, run: Run, step: Step, outcome: answers.Misunderstood) -> Turn:
    can_skip = not step.item.required or Walk(checklist, run).value(step.id) is not None
    run = run.with_(status="open", failures=run.failures + 1)
    values = {**outcome.values, "again": run.failures > 1, "can_skip": can_skip}
    return Turn(run, Notice(outcome.reason, values), understood=False)


_GONE = ("-", "slet", "slet noten", "fjern", "ingen", "delete", "remove", "none")


def _note(run: Run, text: str) -> Turn:
    """Puts a note on the step that was asked about, or else on the one on the screen."""
    asked, argument = moves.asks(run.asking)
    step_id = argument if asked == moves.NOTE else run.at
    note = clean(text)[:LONGEST_TEXT]
    run = run.with_(asking=None)
    if step_id is None or not visible(note):
        return present(run)
    if note.casefold() in _GONE:
        kept = {step: text for step, text in run.notes.items() if step != step_id}
        return present(run.with_(notes=kept), Notice("note-gone", {"step": step_id}))
    noted = run.with_(notes={**run.notes, step_id: note})
    return present(noted, Notice("note-kept", {"step": step_id}))


# --- by button ---------------------------------------------------------------------------------


def _choose(checklist: Checklist, run: Run, move: Choose, today: date) -> Turn:
    walk = Walk(checklist, run)
    step = walk.step(move.step)
    if step is None:
        return present(run, Notice("gone-question"))
    if step.item.kind == "several":
        return _toggle(checklist, run, step, move.choice, walk.value(step.id))
    value: Value = move.choice
    if step.item.kind == "person":
        value = people.by_token(walk, move.choice)
    elif step.item.kind == "date":
        value = today + timedelta(DAYS[move.choice]) if move.choice in DAYS else None
    elif step.item.kind not in ("yesno", "choice", "scale"):
        value = None
    if value is None or not valid(step.item, checklist.choices(step.item), value):
        return present(run, Notice("gone-choice", {"step": step.id}))
    return answer(checklist, run, step, value)


def _toggle(checklist: Checklist, run: Run, step: Step, choice: str, now: Value) -> Turn:
    """Chooses one of several, or takes it back; the step stays until `moves.NEXT`."""
    ids = [one.id for one in checklist.choices(step.item)]
    if choice not in ids:
        return present(run, Notice("gone-choice", {"step": step.id}))
    chosen = set(now if isinstance(now, tuple) else ())
    if choice not in chosen and len(chosen) >= step.item.at_most:
        return Turn(run.with_(at=step.id, status="open"), Notice("not-so-many", {"limit": step.item.at_most}))
    chosen ^= {choice}
    alone = {UNSURE, IRRELEVANT, NONE}  # they go with nothing else
    if choice in chosen:
        chosen = {choice} if choice in alone else chosen - alone
    value = tuple(one for one in ids if one in chosen)
    answers_now = {step_id: given for step_id, given in run.answers.items() if step_id != step.id}
    if value:
        answers_now[step.id] = Answer(value)
    return Turn(run.with_(answers=answers_now, at=step.id, status="open", failures=0))
