"""Who answered what, where a walkthrough is a group's."""

from __future__ import annotations

from dialogues.walkthrough.moves import Choose, Move
from dialogues.walkthrough.state import Run


def credited(before: Run, after: Run, who: str | None) -> Run:
    """The run after a move of `who`, who is noted at each answer that the move gave or changed."""
    if who is None or before.answers == after.answers:
        return after
    fresh = {step for step, answer in after.answers.items() if before.answers.get(step) != answer}
    kept = {step: name for step, name in after.by.items() if step in after.answers}
    return after.with_(by={**kept, **dict.fromkeys(fresh, who)})


def answered_first(run: Run, move: Move, who: str | None) -> str | None:
    """Who has answered the step that a button would answer now, where it is another than `who` and the group has gone
    on since: a press that came too late, and is not to change what the other said."""
    if who is None or not isinstance(move, Choose) or move.step == run.at:
        return None
    first = run.by.get(move.step)
    return first if first and first != who else None
