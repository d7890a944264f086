"""The main menu: the ways that there are, as buttons."""

from __future__ import annotations

from collections.abc import Collection

from dialogues import taps
from dialogues.reply import Choice, Reply, rows
from dialogues.responses import resting
from dialogues.turn import Outcome, Turn

NAME = "menu"
ASK = "ask"  # the way that says how to ask
COURSE = "course"  # a person's: not offered in a group
PLACE = "menu"
NOT_AT_FIRST = ("ask", "link")  # ways that who begins has been told, or doesn't need yet
_WAYS = (
    ("ask", (NAME, ASK)),
    ("topics", ("list_topics", "all")),
    ("checklists", ("list_checklists",)),
    ("choose", ("choose_checklist",)),
    (COURSE, ("start_course",)),
    ("documents", ("my_documents",)),
    ("reminders", ("my_reminders",)),
    ("terms", ("list_terms",)),
    ("link", ("link",)),
    ("language", ("change_language",)),
    ("help", ("help",)),
)
"""What each button says (`menu.button-…`), and the command that it gives."""


def menu(turn: Turn, argument: str | None, commands: frozenset[str]) -> Outcome:
    """The main menu, or how to ask. A way whose command isn't among `commands` isn't offered."""
    key = "menu.ask" if argument == ASK else "menu.menu"
    choices = () if argument == ASK else ways(turn, commands)
    return Outcome(
        (Reply(turn.say(key), choices, place=PLACE, language=turn.language, outcome="command", command=NAME),)
    )


def ways(turn: Turn, commands: frozenset[str], but: Collection[str] = ()) -> tuple[tuple[Choice, ...], ...]:
    """A walkthrough that rests first, then all there is `but` for some, two in a row."""
    offered = [
        Choice(turn.say(f"menu.button-{name}"), taps.tap(taps.COMMAND, *command))
        for name, command in _WAYS
        if command[0] in commands and name not in but and (turn.name is None or name != COURSE)
    ]
    return (*resting.unfinished_buttons(turn, 1), *rows(offered, 2))
