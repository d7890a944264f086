"""Shows that the bot is at work, when work takes longer than a blink, and says so when it takes long."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from telegram.constants import ChatAction

from bot.telegram.sending import Sender
from bot.telegram.updates import Spot

AFTER = 0.25  # seconds; most answers are there before
EVERY = 4.5  # Telegram shows an action for five seconds
LONG, LONGER = 3.0, 12.0  # seconds from which a line says that it takes a while, and that it takes a while longer

Words = Callable[[Spot, str], Awaitable[str]]


@asynccontextmanager
async def typing(
    sender: Sender, spot: Spot, words: Words | None = None, after: float = AFTER, every: float = EVERY
) -> AsyncIterator[None]:
    """While the block runs, the spot sees the bot typing. Given `words` (the door's own texts), it reads from the
    third second on that the bot is at work; the line is gone when the block is done."""
    tasks = [asyncio.create_task(_keep_typing(sender, spot, after, every))]
    if words:
        tasks.append(asyncio.create_task(_say_so(sender, spot, words)))
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task


async def _keep_typing(sender: Sender, spot: Spot, after: float, every: float) -> None:
    await asyncio.sleep(after)
    while True:
        await sender.action(spot, ChatAction.TYPING)
        await asyncio.sleep(every)


async def _say_so(sender: Sender, spot: Spot, words: Words) -> None:
    """Says that it takes a while, then that it takes a while longer; and takes it back."""
    await asyncio.sleep(LONG)
    said = asyncio.ensure_future(_note(sender, spot, words))  # not to be cut short: what is sent must be known
    try:
        message = await asyncio.shield(said)
        await asyncio.sleep(LONGER - LONG)
        if message is not None:
            await sender.renote(spot, message, await words(spot, "working_still"))
        await asyncio.Event().wait()
    finally:
        message = await said
        if message is not None:
            await sender.take_back(spot, message)


async def _note(sender: Sender, spot: Spot, words: Words) -> int | None:
    return await sender.note(spot, await words(spot, "working"))
