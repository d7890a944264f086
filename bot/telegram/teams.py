"""The message in a group that shows how many have answered alone: it is kept true while people answer in private."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from bot.door import Engine, Inbound
from bot.telegram.ports import Chats
from bot.telegram.sending import Sender
from bot.telegram.updates import spot_of_place
from dialogues import taps
from dialogues.reply import Reply

log = logging.getLogger(__name__)

_TEAM = "team:"  # how the place of a team's message begins


async def refresh(engine: Engine, sender: Sender, chats: Chats, replies: Sequence[Reply]) -> None:
    """Edits the team's message that isn't true any more after these replies. Raises nothing: it is a courtesy."""
    for place in {reply.refreshes for reply in replies if reply.refreshes}:
        try:
            await _refresh(engine, sender, chats, place)
        except Exception as error:
            log.warning("a team's message could not be brought up to date: %s", type(error).__name__)


async def _refresh(engine: Engine, sender: Sender, chats: Chats, place: str) -> None:
    team_id = place.removeprefix(_TEAM)
    team = await asyncio.to_thread(chats.team, team_id)
    if team is None or team.message is None:
        return
    asked = Inbound(f"{team.place}/0", team.owner, tap=taps.tap(taps.TEAM, team_id, "status"), language=team.language)
    told = next((reply for reply in await engine.handle(asked) if reply.place == place), None)
    if told:
        await sender.edit(spot_of_place(team.place), team.message, told)
