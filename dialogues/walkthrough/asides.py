"""What is asked beside a step: whether words were meant as the answer, which answer, what to delete, a name."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dialogues import taps
from dialogues.reply import Choice, Reply
from dialogues.walkthrough import corrections, known_names, moves, people, removals
from dialogues.walkthrough.display import entry_name, label, say, shortened, shown
from dialogues.walkthrough.frame import LONGEST_LABEL, control, reply
from dialogues.walkthrough.path import step_at
from dialogues.walkthrough.state import Run
from dialogues.walkthrough.steps import Walk

if TYPE_CHECKING:
    from knowledge.loader import Knowledge

_FREE = ("text", "person")
_QUOTED = 80  # characters of what was typed that are said back


def meant(knowledge: Knowledge, run: Run, argument: str | None = None) -> Reply:
    """The question whether the words are the answer."""
    step = step_at(knowledge.checklists[run.checklist], run)
    text = say(knowledge, run, "meant", text=_quoted(argument), label=label(knowledge, run, step) if step else "")
    buttons = [
        [
            control(knowledge, run, "button-meant", moves.CONFIRM),
            control(knowledge, run, "button-not-meant", moves.CANCEL),
        ]
    ]
    if step and not step.item.required:
        buttons.append([control(knowledge, run, "button-skip", moves.SKIP)])
    return reply(run, [text], buttons)


def which(knowledge: Knowledge, run: Run, argument: str | None = None) -> Reply:
    """The question which answer a correction is about: a button for each of the likeliest."""
    checklist = knowledge.checklists[run.checklist]
    steps = corrections.offered(checklist, run, argument or "", _day(run))
    buttons = [[_button(knowledge, run, str(label(knowledge, run, step)), moves.WHICH, step.id)] for step in steps]
    here = step_at(checklist, run)
    if here and here.item.kind in _FREE:
        buttons.append([control(knowledge, run, "button-is-answer", moves.CONFIRM)])
    buttons.append(
        [
            control(knowledge, run, "button-all-answers", moves.REVIEW),
            control(knowledge, run, "button-to-continue", moves.CANCEL),
        ]
    )
    return reply(run, [say(knowledge, run, "which", text=_quoted(argument))], buttons)


def same(knowledge: Knowledge, run: Run, argument: str | None = None) -> Reply:
    """The question whether a name is one that was used before, since results are compared by it."""
    step = step_at(knowledge.checklists[run.checklist], run)
    earlier = (known_names.near(run, step, argument) if step else None) or ""
    text = say(knowledge, run, "same-name", earlier=shortened(earlier, _QUOTED), text=_quoted(argument))
    faces = (
        say(knowledge, run, "button-same-name", name=earlier),
        say(knowledge, run, "button-other-name", name=argument or ""),
    )
    ways = (moves.CONFIRM, moves.CANCEL)
    buttons = [
        [Choice(shortened(str(face), LONGEST_LABEL), taps.tap(taps.CONTROL, run.id, way))]
        for face, way in zip(faces, ways, strict=True)
    ]
    return reply(run, [text], buttons)


def remove(knowledge: Knowledge, run: Run, argument: str | None = None) -> Reply:
    """The question what is to be deleted: an answer, an entry, all answers here, or everything about the user."""
    checklist = knowledge.checklists[run.checklist]
    walk = Walk(checklist, run)
    step = walk.step(argument) or removals.last_answer(checklist, run)
    entry = removals.last_entry(checklist, run)
    buttons = []
    if step:
        face = say(knowledge, run, "button-clear", label=label(knowledge, run, step))
        buttons.append([_button(knowledge, run, str(face), moves.CLEAR, step.id)])
    fields = [one for one in walk if entry and one.id.startswith(f"{entry}.")]
    if entry and fields:
        face = say(knowledge, run, "button-drop", entry=entry_name(run, fields[-1]))
        buttons.append([_button(knowledge, run, str(face), moves.DROP, entry)])
    everything = Choice(str(say(knowledge, run, "button-delete-all")), taps.tap(taps.COMMAND, "delete_my_data"))
    buttons += [
        [control(knowledge, run, "button-clear-all", moves.RESTART)],
        [everything],
        [control(knowledge, run, "button-delete-nothing", moves.CANCEL)],
    ]
    now = shown(knowledge, run, step, walk.value(step.id)) if step else None
    text = say(knowledge, run, "remove", label=label(knowledge, run, step) if step else None, value=now)
    return reply(run, [text], buttons)


def me(knowledge: Knowledge, run: Run, argument: str | None = None) -> Reply:
    """The question what the user's name is, since a paper is read by others; with the names given so far."""
    checklist = knowledge.checklists[run.checklist]
    step = step_at(checklist, run)
    text = say(knowledge, run, "me", label=label(knowledge, run, step) if step else "")
    names = people.named(Walk(checklist, run))
    buttons = [
        [Choice(shortened(name, LONGEST_LABEL), taps.tap(taps.ANSWER, run.id, step.id, people.token(name)))]
        for name in names
        if step
    ]
    ways = [control(knowledge, run, "button-to-continue", moves.CANCEL)]
    if step and not step.item.required:
        ways.insert(0, control(knowledge, run, "button-skip", moves.SKIP))
    return reply(run, [text], [*buttons, ways])


def _quoted(text: str | None) -> str:
    return shortened(text or "", _QUOTED)


def _button(knowledge: Knowledge, run: Run, face: str, name: str, argument: str) -> Choice:
    return Choice(shortened(face, LONGEST_LABEL), taps.tap(taps.CONTROL, run.id, name, argument))


def _day(run: Run) -> date:
    """A day to read dates by, where only the kind of the answer matters."""
    return run.started or date(2000, 1, 1)
