"""The message in a group that shows how many have answered alone: it is kept true while people answer in private."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Sequence

from bot.door import Engine, Inbound
from bot.telegram.ports import Chats
from bot.telegram.sending import Sender
from bot.telegram.updates import spot_of_place
from dialogues import taps
from dialogues.reply import Reply

log = logging.getLogger(__name__)

_REMEMBERED = 500  # teams
_TEAM = "team:"  # how the place of a team's message begins


class TeamScreens:
    """Edits the teams' messages, one edit at a time for each, and none that would change nothing."""

    def __init__(self, sender: Sender, chats: Chats) -> None:
        self._sender = sender
        self._chats = chats
        self._locks: dict[str, asyncio.Lock] = {}
        self._shown: OrderedDict[str, tuple[int, Reply]] = OrderedDict()  # what was put there last, and where

    async def refresh(self, engine: Engine, replies: Sequence[Reply]) -> None:
        """Brings up to date what isn't true any more after these replies. Raises nothing: it is a courtesy."""
        for place in {place for reply in replies for place in (reply.refreshes or "").split()}:
            lock = self._locks.setdefault(place, asyncio.Lock())
            try:
                async with lock:
                    await self._refresh(engine, place)
            except Exception as error:
                log.warning("a team's message could not be brought up to date: %s", type(error).__name__)

    async def _refresh(self, engine: Engine, place: str) -> None:
        team_id = place.removeprefix(_TEAM)
        team = await asyncio.to_thread(self._chats.team, team_id)
        spot = spot_of_place(team.place) if team else None
        if team is None or spot is None:
            return
        tap = taps.tap(taps.TEAM, team_id, "status")
        asked = Inbound(f"{team.place}/0", team.owner, tap=tap, language=team.language)
        told = next((reply for reply in await engine.handle(asked) if reply.place == place), None)
        if told and team.message is not None:
            if self._shown.get(place) != (team.message, told):
                await self._sender.edit(spot, team.message, told)
                self._note(place, team.message, told)
        elif told:  # the message stayed behind when the group became a supergroup
            await self._sender.deliver(spot, [told])

    def _note(self, place: str, message: int, told: Reply) -> None:
        self._shown[place] = message, told
        if len(self._shown) > _REMEMBERED:
            oldest, _ = self._shown.popitem(last=False)
            self._locks.pop(oldest, None)
