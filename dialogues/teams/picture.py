"""The picture of a team's answers: for each theme, from the lowest to the highest, with the average."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogues.documents import markup
from dialogues.documents.pictures import SpreadRow, Spreads
from dialogues.teams.findings import TeamFindings
from dialogues.teams.model import Team
from dialogues.teams.render import percent, told_themes
from knowledge.templates import Trusted

if TYPE_CHECKING:
    from knowledge.loader import Knowledge


def picture(knowledge: Knowledge, team: Team, found: TeamFindings) -> Spreads | None:
    """The picture; None where no theme has an answer that counts."""
    if not found.themes:
        return None
    title = Trusted(knowledge.checklists[team.checklist].text(team.language).title)
    told = ". ".join(markup.text(line) for line in told_themes(knowledge, team, found))

    def say(key: str, **values: object) -> str:
        return markup.text(knowledge.say(team.language, f"team.{key}", **values))

    return Spreads(
        title=say("picture", title=title),
        rows=tuple(
            SpreadRow(section.title[team.language], spread.low, spread.mean, spread.high, percent(spread.mean))
            for section, spread in found.themes
        ),
        note=say("picture-caption"),
        alt=say("picture-alt", title=title, members=found.members, told=Trusted(told)),
    )
