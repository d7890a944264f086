"""What a member of a team check is told when their answers are in; the group then sees one more."""

from __future__ import annotations

from collections.abc import Sequence

from dialogues.reply import Choice, Reply, rows
from dialogues.taps import CONTROL, TEAM, tap
from dialogues.teams.model import Team
from dialogues.teams.render import PAPERS
from dialogues.turn import Turn
from dialogues.walkthrough import display, engine, moves
from dialogues.walkthrough.outcome import Notice
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


def thanks(turn: Turn, run: Run, notice: Notice | None = None) -> Reply | None:
    """What a member reads in the place of a result, as long as the group hasn't talked: their answers are in, and
    their own papers come when they ask for them. None for a run that is part of no open round."""
    team_id = turn.store.team_of_run(turn.owner, run.id) if run.status == "done" else None
    team = turn.store.team(team_id) if team_id else None
    if team is None or team.status == "closed":
        return None
    if engine.owes_papers(run):
        run = engine.with_papers(run)  # they are made when they are asked for
        turn.store.save_run(turn.owner, run)
    done, _ = counts(turn.knowledge.checklists[team.checklist], team, turn.store.team_runs(team.id))

    def say(key: str, **values: object) -> str:
        return str(turn.knowledge.say(run.language, f"team.{key}", **values))

    buttons = [
        Choice(say("button-review"), tap(CONTROL, run.id, moves.REVIEW)),
        Choice(say("button-papers"), tap(TEAM, team.id, PAPERS)),
    ]
    told = [display.notice_line(turn.knowledge, run, notice)] if notice else []
    return Reply(
        "\n\n".join([*told, say("finished", done=done)]),
        rows(buttons),
        place=f"run:{run.id}",
        language=run.language,
        checklist=run.checklist,
        refreshes=place_of(team),
    )
