"""What the store keeps of team checks: whose they are, and which runs belong to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Engine

from bot.store.rows import insert_once, know, new_id, now
from bot.store.tables import runs, team_members, teams
from dialogues.teams.model import Team
from dialogues.walkthrough.state import Mode, Run, from_dict


class TeamRows:
    """A part of the store, over its engine."""

    engine: Engine
    autocommit: Engine

    def add_team(
        self,
        owner: str,
        place: str,
        checklist: str,
        mode: Mode,
        language: str,
        name: str | None = None,
        came: str | None = None,
    ) -> Team:
        """A new team check of the group `owner`, shown in the conversation `place`, about what is called `name`; the
        same where it comes again under the id `came`."""
        team = Team(new_id(), owner, place, checklist, mode, language, name=name, came=came)
        before = (teams.c.owner == owner) & (teams.c.came == came)
        with self.engine.begin() as connection:
            know(connection, owner)
            known = connection.execute(select(teams).where(before)).mappings().first() if came else None
            if known:
                return _team(known)
            connection.execute(insert(teams).values({**vars(team), "created": now()}))
        return team

    def team(self, team_id: str) -> Team | None:
        """The team check of that id."""
        with self.autocommit.connect() as connection:
            row = connection.execute(select(teams).where(teams.c.id == team_id)).mappings().one_or_none()
        return _team(row) if row else None

    def close_team(self, team_id: str, came: str | None = None) -> None:
        """Nobody's answers are added any more. `came`: the id under which that came."""
        with self.engine.begin() as connection:
            connection.execute(update(teams).where(teams.c.id == team_id).values(status="closed", came=came))

    def show_team(self, team_id: str, message: int) -> None:
        """Notes the door's message that shows the team check."""
        with self.engine.begin() as connection:
            connection.execute(update(teams).where(teams.c.id == team_id).values(message=message))

    def join_team(self, team_id: str, owner: str, run_id: str) -> None:
        """The owner's run belongs to the team; one that they had in it before stays in its place."""
        row = {"team": team_id, "owner": owner, "run": run_id}
        with self.engine.begin() as connection:
            know(connection, owner)
            connection.execute(insert_once(connection, team_members, row))

    def team_run(self, team_id: str, owner: str) -> str | None:
        """The run by which the owner takes part."""
        mine = (team_members.c.team == team_id) & (team_members.c.owner == owner)
        with self.autocommit.connect() as connection:
            return connection.scalar(select(team_members.c.run).where(mine))

    def team_of_run(self, owner: str, run_id: str) -> str | None:
        """The team that a run of the owner's belongs to; the latest, where it had begun for an earlier one."""
        mine = (team_members.c.run == run_id) & (team_members.c.owner == owner)
        query = select(team_members.c.team).join(teams, teams.c.id == team_members.c.team).where(mine)
        with self.autocommit.connect() as connection:
            return connection.scalar(query.order_by(teams.c.created.desc()).limit(1))

    def team_runs(self, team_id: str) -> list[Run]:
        """The runs of all who take part, in no order that tells whose they are."""
        mine = (runs.c.id == team_members.c.run) & (runs.c.owner == team_members.c.owner)
        query = select(runs.c.state).join(team_members, mine).where(team_members.c.team == team_id)
        with self.autocommit.connect() as connection:
            return [from_dict(state) for state in connection.scalars(query.order_by(func.random()))]


def _team(row: Mapping[str, Any]) -> Team:
    return Team(**{name: row[name] for name in Team.__dataclass_fields__})
