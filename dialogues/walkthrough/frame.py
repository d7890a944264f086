"""What all of a walkthrough's replies share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dialogues import taps
from dialogues.reply import Choice, Reply
from dialogues.walkthrough.display import say
from dialogues.walkthrough.state import Run

if TYPE_CHECKING:
    from knowledge.loader import Knowledge

LONGEST_LABEL = 60  # of a button


def control(knowledge: Knowledge, run: Run, key: str, name: str, argument: str | None = None) -> Choice:
    """A button that steers the run."""
    parts = (run.id, name) if argument is None else (run.id, name, argument)
    return Choice(str(say(knowledge, run, key)), taps.tap(taps.CONTROL, *parts))


def reply(run: Run, paragraphs: Sequence[str], buttons: Sequence[Sequence[Choice]]) -> Reply:
    """A reply in the place of the run's screen."""
    return Reply(
        "\n\n".join(paragraphs),
        tuple(tuple(row) for row in buttons if row),
        place=f"run:{run.id}",
        language=run.language,
        outcome="checklist",
        checklist=run.checklist,
    )
