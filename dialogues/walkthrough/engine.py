"""One engine for all walkthroughs: the state and a move in, the new state and what to show out.

Pure: no clock, no store, no channel. `dialogues.walkthrough.render` says the outcome in words.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from dialogues.walkthrough import answers, corrections, known_names, moves, people, sayings, words
from dialogues.walkthrough.answering import answer, pass_over
from dialogues.walkthrough.moves import Choose, Control, Correct, Doubt, Move, Remark, Say
from dialogues.walkthrough.orders import order
from dialogues.walkthrough.outcome import ENOUGH, Notice, Show, Turn, present
from dialogues.walkthrough.path import asked, counted, position, settled, step_at, summary
from dialogues.walkthrough.remarks import remark
from dialogues.walkthrough.state import Answer, Run, Value, fingerprint
from dialogues.walkthrough.steering import CHANGED, changes, start, steer
from dialogues.walkthrough.steps import Step, Walk
from dialogues.walkthrough.values import LONGEST_TEXT, clean, valid, visible
from knowledge.schema import IRRELEVANT, NONE, UNSURE, Checklist

__all__ = ["Fit", "Notice", "Show", "Turn", "apply", "asked", "counted", "fits", "position", "start", "summary"]

Fit = Literal["answer", "control", "free", "question", "none"]

DAYS = {"d7": 7, "d30": 30, "d90": 90}
"""Days from today that a button of a plan's date offers."""
_NO_ANSWER = {answers.UNKNOWN: "not-known-yet", answers.NEEDLESS: "skipped"}
"""What to say where words that give no answer pass a step over."""
_TOLD_EACH_TIME = ("not-empty", "not-question", "not-a-day")


def apply(checklist: Checklist, run: Run, move: Move, today: date) -> Turn:
    """The run after `move`, and what to show. Never raises for a move that doesn't fit: a notice says why."""
    changed = changes(checklist, run)
    turn = _moved(checklist, settled(checklist, _with_note(checklist, run, move, today)), move, today)
    if changed and not (turn.notice and turn.notice.key == CHANGED):
        turn = replace(turn, changed=Notice(CHANGED, changed))
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
    if isinstance(made, Remark) and moves.asks(run.asking)[0] == moves.NOTE:
        return "free"
    if made:
        return "control"
    run = _asked_no_more(run)
    step = step_at(checklist, run)
    if step and moves.asks(run.asking)[0] == moves.ME:
        return "free"
    if step is None or run.asking or run.status == "paused":
        return "question" if words.is_question(text) else "none"
    outcome, _ = answers.with_note(step.item, checklist.choices(step.item), text, today)
    if isinstance(outcome, answers.Misunderstood) and outcome.reason in (*_NO_ANSWER, answers.MYSELF):
        return "answer"
    if step.item.kind == "text" and sayings.puts(text) and sayings.to_be_put(*_questions(step)):
        return "answer"
    if step.item.kind in ("text", "person"):
        return "free"
    if not isinstance(outcome, answers.Misunderstood):
        return "answer"
    return "question" if words.is_question(text) else "none"


def _questions(step: Step) -> list[str]:
    return [step.item.text(language).question for language in ("da", "en")] if step.written else []


def _asked_no_more(run: Run) -> Run:
    """The run without a light question that what was typed leaves aside; one for a name is answered by words."""
    asked, _ = moves.asks(run.asking)
    return run.with_(asking=None) if asked in moves.LIGHT and asked != moves.ME else run


def _moved(checklist: Checklist, run: Run, move: Move, today: date) -> Turn:
    if isinstance(move, Say):
        made = order(checklist, run, move.text, today)
        return _moved(checklist, run, made, today) if made else _say(checklist, run, move.text, today)
    if isinstance(move, Choose):
        return _choose(checklist, run.with_(asking=None), move, today)
    if isinstance(move, Correct):
        return _correct(checklist, run.with_(asking=None), move)
    if isinstance(move, Remark):
        return _note(run, move.text)
    if isinstance(move, Doubt):
        return present(run.with_(asking=f"{move.asks}:{move.text}", failures=0))
    if move.name == moves.WHICH:
        return _which(checklist, run, move, today)
    asked, held = moves.asks(run.asking)
    if asked == moves.WHERE and move.name == moves.NOTE:
        return _note(run.with_(asking=f"{moves.NOTE}:{move.argument}"), held)
    if move.name not in (moves.CONFIRM, moves.CANCEL):
        run = run.with_(asking=None)
    return steer(checklist, run, move)


def _correct(checklist: Checklist, run: Run, move: Correct) -> Turn:
    """What is corrected in words is always answered, also where it stands already."""
    step = Walk(checklist, run).step(move.step)
    if step is None:
        return present(run)
    turn = answer(checklist, run, step, move.value)
    stands = Notice("unchanged", {"step": step.id, "value": move.value})
    return turn if turn.notice or step.offers_more else replace(turn, notice=stands)


def _which(checklist: Checklist, run: Run, move: Control, today: date) -> Turn:
    """The answer that a correction was about has been chosen."""
    asked, text = moves.asks(run.asking)
    chosen = corrections.chosen(checklist, run, move.argument or "", text if asked == moves.WHICH else "", today)
    return _moved(checklist, run.with_(asking=None), chosen, today)


# --- in words ----------------------------------------------------------------------------------


def _say(checklist: Checklist, run: Run, text: str, today: date) -> Turn:
    """Words are an answer to the step on the screen only: neither to one that rests nor to one behind a question."""
    step = step_at(checklist, run)
    if step is None:
        return present(run.with_(asking=None), Notice("already-done"), understood=False)
    asked, argument = moves.asks(run.asking)
    doubted = words.fold(argument) if asked == moves.SAME else None  # said a second time, it is meant
    run = _asked_no_more(run)
    named = moves.asks(run.asking)[0] == moves.ME and step.item.kind == "person"
    if named:
        run = run.with_(asking=None)
    if run.asking or run.status == "paused":
        notice = Notice("not-restarted" if run.asking == moves.RESTART else "on-we-go")
        return present(run.with_(asking=None), notice, understood=False)
    text = known_names.as_before(run, step, text) or text
    outcome, note = answers.with_note(step.item, checklist.choices(step.item), text, today)
    if not isinstance(outcome, answers.Misunderstood):
        if known_names.near(run, step, outcome) and doubted != words.fold(str(outcome)):
            return present(run.with_(asking=f"{moves.SAME}:{outcome}", failures=0))
        if named:
            run = run.with_(me=str(outcome))
        return answer(checklist, run, step, outcome, note=note, **remark(checklist, run, step, outcome, today))
    if outcome.reason == answers.MYSELF and not named:
        known = run.me if not run.by else None  # in a group, "me" is somebody else each time
        return answer(checklist, run, step, known) if known else present(run.with_(asking=moves.ME))
    if outcome.reason in _NO_ANSWER:
        return pass_over(checklist, run, step, _NO_ANSWER[outcome.reason])
    return _misunderstood(checklist, run, step, outcome)


def _misunderstood(checklist: Checklist, run: Run, step: Step, outcome: answers.Misunderstood) -> Turn:
    can_skip = not step.item.required or Walk(checklist, run).value(step.id) is not None
    run = run.with_(status="open", failures=run.failures + 1)
    values = {**outcome.values, "again": run.failures > 1, "tries": run.failures, "can_skip": can_skip}
    plain = not outcome.values and outcome.reason not in _TOLD_EACH_TIME
    return Turn(run, Notice("stuck" if plain and run.failures > ENOUGH else outcome.reason, values), understood=False)


_GONE = ("-", "slet", "slet noten", "fjern", "ingen", "delete", "remove", "none")


def _note(run: Run, text: str) -> Turn:
    """Puts a note on the step that was asked about, or else on the one on the screen; where that shows many answers,
    or none, it is asked which."""
    asked, argument = moves.asks(run.asking)
    step_id = argument if asked == moves.NOTE else run.at if asked is None else None
    note = clean(text)[:LONGEST_TEXT]
    run = run.with_(asking=None)
    if not visible(note):
        return present(run)
    if step_id is None:
        return present(run.with_(asking=f"{moves.WHERE}:{note}"))
    if note.casefold() in _GONE:
        kept = {step: text for step, text in run.notes.items() if step != step_id}
        return present(run.with_(notes=kept), Notice("note-gone", {"step": step_id}))
    noted = run.with_(notes={**run.notes, step_id: note})
    return present(noted, Notice("note-kept", {"step": step_id}))


def _with_note(checklist: Checklist, run: Run, move: Move, today: date) -> Run:
    """The run with a note that waited to be told its answer, where something else is done instead: nothing typed is
    lost."""
    asked, held = moves.asks(run.asking)
    step_id = run.at or run.last
    if asked != moves.WHERE or step_id is None:
        return run
    made = order(checklist, run, move.text, today) if isinstance(move, Say) else move
    if isinstance(made, Control) and made.name in (moves.NOTE, moves.CANCEL):
        return run
    both = "\n".join(filter(None, (run.notes.get(step_id), held)))
    return run.with_(notes={**run.notes, step_id: both}, asking=moves.REVIEW)


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
        value = known_names.by_token(run, step, move.choice) or people.by_token(walk, move.choice)
    elif step.item.kind == "text":
        value = known_names.by_token(run, step, move.choice)
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
