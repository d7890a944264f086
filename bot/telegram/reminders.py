"""Reminders in Telegram: into the chat, or the group's thread, in which they were asked for."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.operating.farewell import ANSWERS, Farewell
from bot.reminders import Herald, Outbox, Told
from bot.telegram.access import Access
from bot.telegram.sending import Sender
from bot.telegram.updates import DOOR, Spot, spot_of_place
from dialogues.reminding.reminder import Reminder
from dialogues.reply import Reply

log = logging.getLogger(__name__)

PATIENCE = 100.0  # seconds for one: shorter than the time after which another process takes it for abandoned


@asynccontextmanager
async def reminding(outbox: Outbox | None, sender: Sender, access: Access, farewell: Farewell) -> AsyncIterator[None]:
    """While the block runs, reminders come when they are due."""
    if outbox is None:
        yield
        return

    async def say(reminder: Reminder, reply: Reply) -> Told:
        return await tell(sender, reminder, reply, access)

    herald = Herald(outbox, DOOR, say)
    task = asyncio.create_task(herald.run())
    try:
        yield
    finally:
        herald.stop()
        await asyncio.wait([task], timeout=farewell.left(ANSWERS))
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def tell(sender: Sender, reminder: Reminder, reply: Reply, access: Access) -> Told:
    """Sends a reminder. Where the bot may not write any more it is lost; where the network fails it is for later."""
    spot = spot_of_place(reminder.place)
    if spot is None:
        log.error("a reminder is for no place that there is: %s", reminder.place)
        return "lost"
    try:
        if not await _invited(sender, access, spot):
            log.info("a reminder is for somebody who may not use the bot any more")
            return "lost"
        await asyncio.wait_for(sender.deliver(spot, [reply]), PATIENCE)
    except (Forbidden, BadRequest) as error:
        log.info("a reminder can't be sent to chat %s: %s", spot.chat, error.message)
        return "lost"
    except (TelegramError, asyncio.TimeoutError) as error:
        log.warning("a reminder could not be sent, trying again later: %s", type(error).__name__)
        return "later"
    return "sent"


async def _invited(sender: Sender, access: Access, spot: Spot) -> bool:
    """Whether a person may still use the bot; a group may. Their name is asked of Telegram where that decides."""
    if not spot.private or await asyncio.to_thread(access.admits, spot.user, None, spot.person):
        return True
    return access.by_name and access.admits(spot.user, await sender.username(spot.user), spot.person)
