"""Small talk, and messages without words."""

from __future__ import annotations

from dialogues import taps
from dialogues.reply import Choice, Reply, rows
from dialogues.responses import resting
from dialogues.turn import Outcome, Turn

_WITH_A_WAY_ON = {"greet", "who_are_you"}


def small_talk(turn: Turn) -> Outcome:
    """A friendly line in kind; after a complaint, the way to the editors."""
    name = turn.meaning.name
    choices = way_on(turn) if name in _WITH_A_WAY_ON else ()
    if name == "greet":
        choices = (*resting.unfinished_buttons(turn, 1), *choices)
    if name == "complaint":
        choices = ((Choice(turn.say("command.button-feedback"), taps.tap(taps.COMMAND, "give_feedback")),),)
    text = turn.say(f"smalltalk.{name}")
    return Outcome((Reply(text, choices, language=turn.language, outcome="smalltalk", smalltalk=name),))


def blank(turn: Turn) -> Outcome:
    """For a message without words, and for one that is too long to be understood."""
    key = "answer.too-long" if turn.text.strip() and any(map(str.isalnum, turn.text)) else "answer.blank"
    return Outcome((Reply(turn.say(key), way_on(turn), language=turn.language, outcome="unknown"),))


def way_on(turn: Turn) -> tuple[tuple[Choice, ...], ...]:
    """Buttons to the topics, the checklists and help."""
    return rows(
        [
            Choice(turn.say("command.button-topics"), taps.tap(taps.COMMAND, "list_topics")),
            Choice(turn.say("command.button-checklists"), taps.tap(taps.COMMAND, "list_checklists")),
            Choice(turn.say("command.button-help"), taps.tap(taps.COMMAND, "help")),
        ],
        3,
    )
