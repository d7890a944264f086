"""Many at once over one database: nobody gets in another's way, and nothing that belongs to nobody is left."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone

from sqlalchemy import select

from bot.store.database import connect
from bot.store.store import SqlStore
from bot.store.tables import metadata
from dialogues.walkthrough.state import Answer, Run

DUE = datetime(2027, 3, 3, 8, tzinfo=timezone.utc)
OWNERS = ("telegram:1", "telegram:-7", "telegram:-7:3")
PROCESSES, DEEDS = 6, 40


def deeds(store: SqlStore, owner: str, chance: random.Random) -> list[Callable[[], object]]:
    """What is done for an owner, at any time and in any order."""
    place, run = f"{owner}:0", f"run{OWNERS.index(owner)}{chance.randint(0, 2)}"

    def goes_on() -> None:
        stored = store.conversation(place)
        store.save_conversation(place, owner, [{"event": "user"}], stored[1] if stored else 0)

    def reminds() -> None:
        if claimed := store.claim_reminder("telegram", DUE):
            store.reminder_sent(claimed.id)

    return [
        lambda: store.delete(owner),
        lambda: store.save_run(owner, Run(run, "agreement", answers={"partner": Answer("x")}, at="purpose")),
        lambda: store.set_language(owner, "da"),
        lambda: store.add_reminder(owner, place, str(chance.randint(0, 3)), DUE, "da"),
        lambda: store.vote(owner, "agreement.sign", True, "1"),
        lambda: store.add_document(owner, run, "Aftale.pdf", "application/pdf", b"%PDF"),
        lambda: store.add_team(owner, place, "agreement", "quick", "da"),
        lambda: store.set_screen(place, owner, f"run:{run}", 1),
        lambda: store.expect_poll(owner, place, ["a"]),
        lambda: store.add_feedback(owner, "x", None),
        goes_on,
        reminds,
    ]


def test_several_processes_do_all_of_it_for_the_same_owners(database_url: str) -> None:
    def process(seed: int) -> None:
        store, chance = SqlStore(connect(database_url)), random.Random(seed)
        for _ in range(DEEDS):
            chance.choice(deeds(store, chance.choice(OWNERS), chance))()
        store.engine.dispose()

    with ThreadPoolExecutor(PROCESSES) as pool:
        for done in [pool.submit(process, seed) for seed in range(PROCESSES)]:
            done.result()
    store = SqlStore(connect(database_url))
    for owner in OWNERS:
        store.delete(owner)
    with store.engine.connect() as connection:
        left = [table.name for table in metadata.sorted_tables if connection.execute(select(table)).first()]
    store.engine.dispose()
    assert left == []
