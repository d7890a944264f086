"""Team checks, in a group and beside it: the message that shows how many have answered alone is kept true while
people answer in private, and only the group's members may answer."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Sequence

from telegram import ChatMember, ChatMemberRestricted
from telegram.error import BadRequest, ChatMigrated

from bot.door import Engine, Inbound
from bot.telegram.ports import Chats
from bot.telegram.sending import Sender
from bot.telegram.updates import Spot, spot_of_place
from dialogues import taps
from dialogues.reply import Reply
from dialogues.teams.render import JOIN

log = logging.getLogger(__name__)

_REMEMBERED = 500  # teams
_TEAM = "team:"  # how the place of a team's message begins
_PATIENCE = 5.0  # seconds for Telegram to say whether somebody is in the group
_NO_MEMBER = ("member not found", "user not found", "user_not_participant")


async def keeps_out(sender: Sender, chats: Chats, spot: Spot, tap: str) -> bool:
    """Whether a press of "answer alone" comes from somebody who isn't in the group.

    Only a clear word of Telegram's keeps anybody out. It doesn't always know: a bot that is no administrator of the
    group is told only of some of its members, one that was removed of none, and the network may be down. Then they may
    answer: the link stands in the group alone.
    """
    pressed = taps.parse(tap)
    if pressed is None or pressed.kind != taps.TEAM or pressed.parts[1] != JOIN or not spot.private:
        return False
    team = await asyncio.to_thread(chats.team, pressed.parts[0])
    group = spot_of_place(team.place) if team and team.status == "open" else None
    if group is None or group.private:
        return False
    try:
        return not await asyncio.wait_for(_is_member(sender, chats, group.chat, spot.user), _PATIENCE)
    except BadRequest as error:
        if error.message.lower() in _NO_MEMBER:
            return True
        log.info("whether somebody is in a group can't be told: %s", error.message)
    except Exception as error:
        log.info("whether somebody is in a group can't be told: %s", type(error).__name__)
    return False


async def _is_member(sender: Sender, chats: Chats, chat: int, user: int) -> bool:
    try:
        member = await sender.member(chat, user)
    except ChatMigrated as moved:
        await asyncio.to_thread(chats.move_chat, chat, moved.new_chat_id)
        member = await sender.member(moved.new_chat_id, user)
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status not in (ChatMember.LEFT, ChatMember.BANNED)


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
        if told and not (team.message and await self._shows(spot, place, team.message, told)):
            await self._sender.deliver(spot, [told])  # the other stayed behind when the group became a supergroup

    async def _shows(self, spot: Spot, place: str, message: int, told: Reply) -> bool:
        """Whether the message tells it, now at the latest."""
        if self._shown.get(place) == (message, told):
            return True
        edited = await self._sender.edit(spot, message, told)
        if edited:
            self._note(place, message, told)
        return edited

    def _note(self, place: str, message: int, told: Reply) -> None:
        self._shown[place] = message, told
        if len(self._shown) > _REMEMBERED:
            oldest, _ = self._shown.popitem(last=False)
            self._locks.pop(oldest, None)
