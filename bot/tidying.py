"""Takes away what is older than it may get: by command, and once a day while the bot runs."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.operating.lines import note
from bot.store.retention import Limits
from bot.terminal import folder_of

if TYPE_CHECKING:
    from bot.house import House
    from bot.settings import Settings

log = logging.getLogger(__name__)

CHORE = "retention"
EVERY = timedelta(hours=20)  # so that it falls to about the same time of day
LEAP = timedelta(days=7)  # after so long a silence the clock may be wrong: by it, nearly all there is would be too old
LOOKS = 1800.0  # seconds between two looks whether it is due


def limits(settings: Settings) -> Limits:
    """How long things are kept, as the settings have it."""
    return Limits(
        people=settings.keep_days,
        work=settings.keep_work_days,
        talk=settings.keep_talk_days,
        words=settings.keep_words_days,
        left=settings.keep_left_days,
    )


def tidy(house: House, *, dry_run: bool = False) -> dict[str, int]:
    """Removes what is too old, the terminal's files of whom nothing is left with it; gives how many of what. With
    `dry_run` only tells."""
    done = house.store.tidy(limits(house.settings), dry_run=dry_run)
    if not dry_run:
        _remove_files(house.settings.data_dir / "documents", done.owners)
        house.store.scrub()
    return done.counts


@asynccontextmanager
async def tidying(house: House, every: float = LOOKS) -> AsyncIterator[None]:
    """While the block runs, one of the processes that share the database tidies once a day."""
    task = asyncio.create_task(_tidy_daily(house, every))
    try:
        yield
    finally:
        task.cancel()


async def _tidy_daily(house: House, every: float) -> None:
    while True:
        try:
            since = await asyncio.to_thread(house.store.since_chore, CHORE)
            if await asyncio.to_thread(house.store.claim_chore, CHORE, EVERY):
                if since is not None and since > LEAP:
                    days = since // timedelta(days=1)
                    note(log, logging.WARNING, "nothing is removed today: the clock has leapt, check it", days=days)
                else:
                    counts = await asyncio.to_thread(tidy, house)
                    note(log, logging.INFO, "what was too old has been removed", **counts)
        except Exception:
            log.exception("what is too old could not be removed")
        await asyncio.sleep(every)


def _remove_files(folder: Path, owners: list[str]) -> None:
    for owner in owners:
        if owner.startswith("terminal:"):
            shutil.rmtree(folder_of(folder, owner), ignore_errors=True)
