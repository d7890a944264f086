"""Our side, in a process of its own: `python -m bench.ours <folder of models> <report.json>`.

The whole house with SQLite in a fresh file; every turn goes through `RasaEngine.handle`, as a door's does.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

_BEGAN = time.perf_counter()

from bench import script  # noqa: E402  # the clock starts before what is imported
from bench.figures import middle, resident, spread  # noqa: E402
from bench.person import Talking  # noqa: E402
from bot.engine import logs  # noqa: E402
from bot.house import House  # noqa: E402
from bot.settings import Settings  # noqa: E402

WARM_UP = 60  # turns
MARKS = (10, 100, 1_000, 5_000)  # turns of conversation after which a window of turns is measured
WINDOW = 48


def measure(models: Path, data: Path, marks: tuple[int, ...] = MARKS, people: int = script.PEOPLE) -> dict[str, Any]:
    """Every figure of our side; `turns` holds what was said, in order, for the other side to hear the same."""
    logs.configure()
    house = House(Settings(_env_file=None, model_dir=models, data_dir=data))  # type: ignore[call-arg]  # pydantic takes it
    engine = house.engine()
    ready = time.perf_counter() - _BEGAN
    try:
        asyncio.run(_warm_up(engine, house))
        warm = resident()
        talks = asyncio.run(_talk(engine, house, people))
        after = resident()
        long = asyncio.run(_long(engine, house, marks))
        after_long = resident()
    finally:
        engine.close()
    turns = [turn for talk in talks for turn in talk.turns]
    import bot.telegram.app  # noqa: F401  # what a running Telegram bot holds beside

    memory = {"warm": warm, "after_turns": after, "after_long": after_long, "with_telegram": resident()}
    return {
        "ready_seconds": round(ready, 2),
        "latency": spread([turn.milliseconds for turn in turns if not turn.document]),
        "processor": spread([turn.processor for turn in turns if not turn.document]),
        "documents": spread([turn.milliseconds for turn in turns if turn.document]),
        "by_kind": _by_kind(turns),
        "memory_mb": memory,
        "conversation_ms": long,
        "longest_conversation": max(len(talk.turns) for talk in talks),
        "turns": [asdict(turn) for turn in turns],
    }


async def _warm_up(engine: Any, house: House) -> None:
    person = script.Person("bench:warm-up", "da", list(islice(script.endless(), WARM_UP)))
    walks = script.Person("bench:warm-up-walk", "en", [script.Walk("agreement", "quick", True)])
    await Talking(engine, house, person).go()
    await Talking(engine, house, walks).go()


async def _talk(engine: Any, house: House, people: int) -> list[Talking]:
    talks = [Talking(engine, house, person) for person in script.people(people)]
    for talk in talks:
        await talk.go()
    return talks


async def _long(engine: Any, house: House, marks: tuple[int, ...]) -> dict[str, dict[str, float]]:
    """The median turn of the window after each mark, in one conversation; each window says the same."""
    talk = Talking(engine, house, script.Person("bench:long", "da"))
    found = {}
    for mark in marks:
        for said in islice(script.endless(), mark - len(talk.turns)):
            await talk.say(said)
        for said in islice(script.endless(), WINDOW):
            await talk.say(said)
        window = [turn.milliseconds for turn in talk.turns[-WINDOW:]]
        found[str(mark)] = {"turns": len(window), "p50": middle(window)}
    return found


def _by_kind(turns: list[Any]) -> dict[str, dict[str, float]]:
    kinds = dict.fromkeys(turn.kind for turn in turns)
    return {
        kind: spread([turn.milliseconds for turn in turns if turn.kind == kind and not turn.document]) for kind in kinds
    }


def main() -> None:
    """Measures and writes the report."""
    models, report = map(Path, sys.argv[1:3])
    small = "--small" in sys.argv
    with tempfile.TemporaryDirectory() as data:
        found = measure(models, Path(data), MARKS[:1], 3) if small else measure(models, Path(data))
    report.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
