"""Who may have a group's data deleted: its administrators, and nobody else."""

from __future__ import annotations

import asyncio
import logging

from telegram import ChatMember

from bot.telegram.sending import Sender
from bot.telegram.updates import Spot
from dialogues import taps

log = logging.getLogger(__name__)

DELETE = taps.tap(taps.COMMAND, "delete_my_data")
DELETE_GROUPS = taps.tap(taps.COMMAND, "delete_my_data", "group")
_PATIENCE = 5.0  # seconds for Telegram to say what somebody is in the group


def in_group(tap: str) -> str:
    """What a command means in a group: "/slet" is about the group's data there."""
    return DELETE_GROUPS if tap == DELETE else tap


async def keeps_from(sender: Sender, spot: Spot, tap: str) -> bool:
    """Whether a tap would delete a group's data, and whoever gave it is not known to be an administrator."""
    if spot.private or not tap.startswith(DELETE_GROUPS):
        return False
    try:
        member = await asyncio.wait_for(sender.member(spot.chat, spot.user), _PATIENCE)
    except Exception as error:
        log.info("whether somebody is an administrator can't be told: %s", type(error).__name__)
        return True
    return member.status not in (ChatMember.OWNER, ChatMember.ADMINISTRATOR)
