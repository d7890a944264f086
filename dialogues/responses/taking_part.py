"""What a member of a team check is told when their answers are in; the group then sees one more."""

from __future__ import annotations

from collections.abc import Sequence

from dialogues.reply import Reply
from dialogues.teams.model import Team
from dialogues.turn import Turn
from dialogues.walkthrough.state import Run


def place_of(team: Team) -> str:
    """The name of what shows a team's check, as `Reply.place` and `Reply.refreshes` have it."""
    return f"team:{team.id}"


def counts(runs: Sequence[Run]) -> tuple[int, int]:
    """How many have finished, and how many are at it."""
    done = sum(run.status == "done" for run in runs)
    return done, len(runs) - done


def answered(turn: Turn, run: Run) -> tuple[Reply, ...]:
    """Thanks to a member whose run has just finished; nothing for a run that is nobody's but its owner's."""
    team_id = turn.store.team_of_run(turn.owner, run.id)
    team = turn.store.team(team_id) if team_id else None
    if team is None or team.status == "closed" or run.edition:  # it was counted when it first finished
        return ()
    done, _ = counts(turn.store.team_runs(team.id))
    text = turn.knowledge.say(run.language, "team.finished", done=done)
    return (Reply(text, language=run.language, checklist=run.checklist, refreshes=place_of(team)),)
