"""Shows that the bot is at work, when work takes longer than a blink."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from telegram.constants import ChatAction

from bot.telegram.sending import Sender
from bot.telegram.updates import Spot

AFTER = 0.25  # seconds; most answers are there before
EVERY = 4.5  # Telegram shows an action for five seconds


@asynccontextmanager
async def typing(sender: Sender, spot: Spot, after: float = AFTER, every: float = EVERY) -> AsyncIterator[None]:
    """While the block runs, the spot sees the bot typing."""
    task = asyncio.create_task(_keep_typing(sender, spot, after, every))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _keep_typing(sender: Sender, spot: Spot, after: float, every: float) -> None:
    await asyncio.sleep(after)
    while True:
        await sender.action(spot, ChatAction.TYPING)
        await asyncio.sleep(every)
