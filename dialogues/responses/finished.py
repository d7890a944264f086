"""Words that follow a result: a correction, the papers again, the rest of the questions, a plan, one more of the kind.

They are about the walkthrough that has just ended, as long as its result is the last thing in the conversation. After a
question in between only what can hardly mean anything else still is: the words of its buttons, and a correction that
says which answer it is about.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dialogues import taps
from dialogues.offered import pressed
from dialogues.responses import resting, walkthroughs
from dialogues.turn import Outcome, Turn
from dialogues.walkthrough import answers, corrections, moves, orders, results, wishes, words
from dialogues.walkthrough.moves import Control, Correct, Doubt, Move, Remark
from dialogues.walkthrough.path import open_steps
from dialogues.walkthrough.state import Run
from dialogues.walkthrough.steps import Walk
from knowledge.schema import Checklist

ASIDE = "aside"  # behind a run's id: something else was asked since its result was shown
_STEERS = (moves.EDIT, moves.REVIEW, moves.BACK, moves.STATUS, moves.DONE, moves.DROP, moves.JUMP, moves.NOTE)
_POINTS = ("igen", "again", "more", "til")  # "vis det igen" is about what was said last
_OWN_WORDS = ("text", "person")


def later(awaiting: str | None) -> str | None:
    """What is still awaited after a message about something else: a result stays within reach, and nothing more."""
    wanted, _, argument = (awaiting or "").partition(":")
    return f"{wanted}:{run_id(argument)}:{ASIDE}" if wanted == resting.RESULT else None


def run_id(argument: str) -> str:
    """The run in what stands behind `result:`."""
    return argument.partition(":")[0]


def said(turn: Turn, argument: str) -> Outcome | None:
    """What the words want of the walkthrough that has ended; None where they are about something else."""
    run = resting.run_of(turn, run_id(argument))
    if run is None or run.status != "done":
        return None
    aside = argument.endswith(f":{ASIDE}")
    folded = words.fold(turn.text)
    if wishes.SHOW.fullmatch(folded) and not (aside and folded.endswith(_POINTS)):
        return walkthroughs.papers_again(turn, run)
    if wishes.ONE_MORE.fullmatch(folded):
        compared = turn.knowledge.checklists[run.checklist].result.compare
        return walkthroughs.offer(turn, run.checklist) if compared else None
    if words.control(turn.text) == moves.SKIP or (turn.meaning.label == "command/skip" and not aside):
        return resting.nothing_open(turn, run)
    pressed_now = offered_by(turn, run)
    if pressed_now and pressed_now.kind == taps.START:
        return walkthroughs.offer(turn, pressed_now.parts[0])
    made = _move(turn, run, folded)
    if aside and made and not _says_which(made, turn.text):
        made = None
    button = moves.from_tap(pressed_now) if pressed_now else None
    made = made or (button[1] if button else None)
    if made is None:
        return None
    shown = walkthroughs.moved(turn, run, made)
    return replace(shown, follow_up="action_listen")  # what it shows needs no showing again


def offered_by(turn: Turn, run: Run) -> taps.Tap | None:
    """The result's button that the words name, also where it isn't in the last message."""
    tap = pressed(results.result(turn.knowledge, run).buttons, turn.text)
    return taps.parse(tap) if tap else None


def _says_which(made: Move, text: str) -> bool:
    if isinstance(made, Control):
        return made.name in (moves.FULL, moves.PLAN, moves.REVIEW, moves.CLOSE)
    return isinstance(made, Correct) and corrections.unnamed(text) is None


def _move(turn: Turn, run: Run, folded: str) -> Move | None:
    checklist = turn.knowledge.checklists[run.checklist]
    if wishes.REST.fullmatch(folded):
        return Control(moves.FULL) if open_steps(checklist, run.with_(mode="full")) else None
    if wishes.PLAN.fullmatch(folded):
        return Control(moves.PLAN) if checklist.result.plan and checklist.result.bands else None
    if wishes.CHANGE_IT.fullmatch(folded):
        return Control(moves.REVIEW)
    return _correction(checklist, run, turn.text, turn.services.today())


def _correction(checklist: Checklist, run: Run, text: str, today: date) -> Move | None:
    """Another answer, or the way to one: "nej, jeg mente to år", "ret formålet til …", "varigheden skal være to år"."""
    if words.is_question(text):
        return None
    made = orders.order(checklist, run, text, today)
    if isinstance(made, Correct) or (isinstance(made, Control) and made.name == moves.EDIT):
        step_id = made.step if isinstance(made, Correct) else made.argument
        return (_elsewhere(checklist, run, text, today) if step_id == run.last else None) or made
    steers = isinstance(made, Remark | Doubt) or (isinstance(made, Control) and made.name in _STEERS)
    return made if steers else None


def _elsewhere(checklist: Checklist, run: Run, text: str, today: date) -> Move | None:
    """The only answer that "nej, jeg mente to år" can be meant for, where that isn't the one given last; where there
    are several, all of them to choose from."""
    walk = Walk(checklist, run)
    rest, last = corrections.unnamed(text), walk.step(run.last)
    if rest is None or last is None:
        return None
    found = []
    for step in (one for one in walk if one.written and one.item.kind not in _OWN_WORDS):
        value = answers.parse(step.item, checklist.choices(step.item), rest, today)
        if walk.value(step.id) not in (None, value) and not isinstance(value, answers.Misunderstood):
            found.append(Correct(step.id, value))
    if any(one.step == last.id for one in found) or not found:
        return None
    return found[0] if len(found) == 1 else Control(moves.REVIEW)
