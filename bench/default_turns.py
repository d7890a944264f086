"""Rasa's side, run by the Python of its environment: `python -m bench.default_turns <model> <turns> <report>`.

Stock agent, stock SQL tracker store on a fresh SQLite file, one `Agent.handle_text` a turn.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import Any

_BEGAN = time.perf_counter()

import structlog  # noqa: E402  # the clock starts before what is imported

structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
logging.disable(logging.WARNING)

from rasa.core.agent import Agent  # noqa: E402
from rasa.core.tracker_store import SQLTrackerStore  # noqa: E402
from rasa.shared.core.domain import Domain  # noqa: E402
from rasa.shared.core.trackers import DialogueStateTracker  # noqa: E402

from bench.figures import Clock, middle, resident, spread  # noqa: E402
from bench.script import endless  # noqa: E402

WARM_UP = 60  # turns
MARKS = (10, 100, 1_000, 5_000)
WINDOW = 48
PATIENCE = 60.0  # seconds for the turns of one window
SEED = 10  # turns that are really said, and whose events are then repeated up to the mark


async def measure(model: str, conversations: dict[str, list[str]], database: Path, marks: tuple[int, ...]) -> Any:
    """Latency, memory, and the cost of a turn in long conversations."""
    store = SQLTrackerStore(Domain.empty(), dialect="sqlite", db=str(database))
    agent = Agent.load(model, tracker_store=store)
    ready = time.perf_counter() - _BEGAN
    for said in islice(endless(), WARM_UP):
        await agent.handle_text(said.text, sender_id="bench:warm-up")
    warm = resident()
    taken, silent = [], 0
    for person, texts in conversations.items():
        for text in texts:
            clock = Clock()
            answered = await agent.handle_text(text, sender_id=person)
            taken.append(clock.taken())
            silent += not answered
    memory = {"warm": warm, "after_turns": resident()}
    long = {str(mark): await _after(agent, store, mark) for mark in marks}
    memory["after_long"] = resident()
    return {
        "ready_seconds": round(ready, 2),
        "latency": spread([milliseconds for milliseconds, _ in taken]),
        "processor": spread([worked for _, worked in taken]),
        "unanswered": silent,
        "memory_mb": memory,
        "conversation_ms": long,
    }


async def _after(agent: Agent, store: SQLTrackerStore, mark: int) -> dict[str, float]:
    """The median turn after `mark` turns: as many as have time, up to a window."""
    person = f"bench:long:{mark}"
    for said in islice(endless(), SEED):
        await agent.handle_text(said.text, sender_id=person)
    if mark > SEED:
        await _lengthen(store, person, mark // SEED - 1)
    taken: list[float] = []
    until = time.perf_counter() + PATIENCE
    for said in islice(endless(), WINDOW):
        clock = Clock()
        await agent.handle_text(said.text, sender_id=person)
        taken.append(clock.taken()[0])
        if time.perf_counter() > until:
            break
    return {"turns": len(taken), "p50": middle(taken)}


async def _lengthen(store: SQLTrackerStore, person: str, times: int) -> None:
    """Repeats the turns of a conversation, as if they had been said: to say thousands takes hours."""
    tracker = await store.retrieve(person)
    assert tracker is not None
    events = list(tracker.events)
    first = next(place for place, event in enumerate(events) if event.type_name == "user")
    longer = DialogueStateTracker.from_events(person, events + events[first:] * times, tracker.slots.values())
    await store.save(longer)


def main() -> None:
    """Measures and writes the report."""
    model, said, report = sys.argv[1:4]
    marks = MARKS[:1] if "--small" in sys.argv else MARKS
    conversations = json.loads(Path(said).read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(measure(model, conversations, Path(folder) / "rasa.db", marks))
    Path(report).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
