"""The draft that a walkthrough's answers make before its end, to be read."""

from __future__ import annotations

from dataclasses import replace

from dialogues import taps
from dialogues.reply import Choice, Reply
from dialogues.responses import papers
from dialogues.turn import Turn
from dialogues.walkthrough import moves, outcome, render
from dialogues.walkthrough.path import open_steps


def so_far(turn: Turn, after: outcome.Turn, *, whole: bool = False) -> Reply | None:
    """The draft, or as much of it as fits a message, with what is missing, and the ways on; None where the walkthrough
    gives a score instead."""
    run = after.run
    told = papers.so_far(turn, run, whole=whole)
    if told is None:
        return None
    text, more = told
    knowledge, language = turn.knowledge, run.language
    left = len(open_steps(knowledge.checklists[run.checklist], run))
    opening = knowledge.say(language, "documents.draft-so-far", left=left)
    shown = render.turn(knowledge, after)
    ways = shown.choices
    if more:
        face = knowledge.say(language, "documents.button-whole-draft")
        ways = ((Choice(str(face), taps.tap(taps.CONTROL, run.id, moves.DONE, moves.WHOLE)),), *ways)
    return replace(shown, text=f"{opening}\n\n{text}", choices=ways)
