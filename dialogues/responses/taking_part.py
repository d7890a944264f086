"""What a member of a team check is told when their answers are in; the group then sees one more."""

from __future__ import annotations

from collections.abc import Sequence

from dialogues.reply import Reply
from dialogues.teams.model import Team
from dialogues.turn import Turn
from dialogues.walkthrough.state import Run
from dialogues.walkthrough.steps import Walk
from knowledge.schema import Checklist


def place_of(team: Team) -> str:
    """The name of what shows a team's check, as `Reply.place` and `Reply.refreshes` have it."""
    return f"team:{team.id}"


def in_round(checklist: Checklist, team: Team, run: Run) -> Run | None:
    """What of a member's run is part of the round: the answers to what everybody is asked; None until all are given.

    Who then changes an answer, or goes on with more questions, stays in the round all the while.
    """
    asked = run.with_(mode=team.mode, plan=())
    finished = run.status == "done" or (run.edition and all(step.id in run.answers for step in Walk(checklist, asked)))
    return asked if finished else None


def counts(checklist: Checklist, team: Team, runs: Sequence[Run]) -> tuple[int, int]:
    """How many have finished, and how many are at it."""
    done = sum(in_round(checklist, team, run) is not None for run in runs)
    return done, len(runs) - done


def rounds_of(turn: Turn) -> str | None:
    """The places of the open rounds that the user takes part in, for `Reply.refreshes`."""
    ids = (turn.store.team_of_run(turn.owner, run.id) for run in turn.store.runs(turn.owner))
    teams = (turn.store.team(team_id) for team_id in ids if team_id)
    return " ".join(place_of(team) for team in teams if team and team.status == "open") or None


def answered(turn: Turn, run: Run) -> tuple[Reply, ...]:
    """Thanks to a member whose run has just finished; nothing for a run that is nobody's but its owner's."""
    team_id = turn.store.team_of_run(turn.owner, run.id)
    team = turn.store.team(team_id) if team_id else None
    if team is None or team.status == "closed" or run.edition:  # it was counted when it first finished
        return ()
    done, _ = counts(turn.knowledge.checklists[team.checklist], team, turn.store.team_runs(team.id))
    text = turn.knowledge.say(run.language, "team.finished", done=done)
    return (Reply(text, language=run.language, checklist=run.checklist, refreshes=place_of(team)),)
