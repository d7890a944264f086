"""Walks a checklist to its end, by button or in words, with answers that fit each step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dialogues import taps
from dialogues.reply import Choice, Reply
from dialogues.walkthrough import engine, moves, render
from dialogues.walkthrough.engine import Turn
from dialogues.walkthrough.moves import Move, Say
from dialogues.walkthrough.path import settled, step_at
from dialogues.walkthrough.state import Mode, Run
from dialogues.walkthrough.steps import MORE, Step
from knowledge.loader import Knowledge
from knowledge.schema import Checklist

TODAY = date(2026, 11, 23)  # a Monday
MOST_STEPS = 300
ENTRIES = 3  # that a walker gives to each group
NAMES = (
    "Anna Holm",
    "Bo Lind",
    "Musikskolen i Bogby",
    "Cykelhandleren",
    "Bogby Idrætsforening",
    "Plejehjemmet Solgården",
)
TEXTS = {
    "da": "Vi vil nå flere børnefamilier, som ikke kommer på biblioteket i dag",
    "en": "We want to reach more families with children who don't come to the library today",
}


def in_words(checklist: Checklist, run: Run, step: Step, turn: int) -> str:
    """Words that answer the step; `turn` varies them."""
    item, danish = step.item, run.language == "da"
    if item is MORE and step.group:
        more = sum(1 for other in range(ENTRIES) if f"{step.group.id}.{other}.{step.group.fields[0].id}" in run.answers)
        return ("ja tak" if danish else "yes please") if more < ENTRIES else ("nej" if danish else "no")
    if item.kind in ("choice", "scale"):
        offered = checklist.choices(item)
        return getattr(offered[turn % len(offered)], run.language)
    if item.kind == "several":
        offered = checklist.choices(item)[: min(3, item.at_most)]
        return ", ".join(str(place) for place in range(1, len(offered) + 1))
    if item.kind == "text":
        return NAMES[turn % len(NAMES)] if len(item.text(run.language).question) < 50 else TEXTS[run.language]
    if item.kind == "number":
        return str(int(item.minimum or 3))
    return {
        "yesno": ("ja, det har vi", "nej") if danish else ("yes, we do", "no"),
        "person": NAMES[:2],
        "money": ("5.000 kr.", "12.500 kr.") if danish else ("5,000 kr.", "12,500 kr."),
        "date": ("3. marts 2027", "om to uger") if danish else ("3 March 2027", "in two weeks"),
    }[item.kind][turn % 2]


def by_button(reply: Reply, turn: int) -> Choice | None:
    """One of the buttons that answer the step on the screen; None where it has none."""
    offered = [choice for choice in reply.buttons if choice.tap.startswith(f"{taps.ANSWER}:")]
    return offered[turn % len(offered)] if offered else None


def walk(
    knowledge: Knowledge, checklist_id: str, language: str, mode: Mode, *, buttons: bool, vary: int = 1
) -> Iterator[tuple[Turn, Reply]]:
    """Each turn from the first step to the result, with what is shown."""
    checklist = knowledge.checklists[checklist_id]
    run = engine.start(checklist, "abcd1234", language, mode, started=TODAY)
    turn = Turn(run)
    for number in range(MOST_STEPS):
        reply = render.turn(knowledge, turn)
        yield turn, reply
        step = step_at(checklist, settled(checklist, turn.run))
        if step is None:
            return
        made: Move = Say(in_words(checklist, turn.run, step, number * vary))
        button = by_button(reply, number * vary) if buttons and step.item is not MORE else None
        if button and step.item.kind != "person":
            parsed = taps.parse(button.tap)
            chosen = moves.from_tap(parsed) if parsed else None
            made = chosen[1] if chosen else made
        turn = engine.apply(checklist, turn.run, made, TODAY)
        if step.item.kind == "several" and turn.run.at == step.id and turn.run.answers.get(step.id):
            turn = engine.apply(checklist, turn.run, moves.Control(moves.NEXT), TODAY)
    raise AssertionError(f"{checklist_id} doesn't end")


def finished(
    knowledge: Knowledge, checklist_id: str, language: str, mode: Mode, *, buttons: bool = False, vary: int = 1
) -> Run:
    """A run that has been walked to its end."""
    *_, (turn, _) = walk(knowledge, checklist_id, language, mode, buttons=buttons, vary=vary)
    return turn.run
