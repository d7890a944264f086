"""What a scenario plays in: services, Telegram, processes, people with their scripts; and what is told afterwards."""

from __future__ import annotations

import pickle
import sys
import time
from collections.abc import Iterable
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

from bench.figures import percentile
from bench.replicas.clocks import Clocks
from bench.replicas.fleet import Fleet, Settings, used_by_family, used_by_machine
from bench.replicas.people import Crowd, Taken, Words
from bench.replicas.script import Script, explore
from bench.replicas.stored import Stored
from bench.replicas.telegram import Telegram
from bot.rendering.plain import plain
from bot.store.database import connect
from knowledge.loader import CONTENT, load
from tests.services import Postgres, Redis

SCRIPTS, LENGTH = 18, 30
_SHOWN = 12  # of a kind of fault


class Scene:
    """Use it as a context manager."""

    def __init__(
        self,
        folder: Path,
        models: Path,
        *,
        processes: int = 2,
        services: tuple[Postgres, Redis] | None = None,
        clocks: Clocks | None = None,
    ) -> None:
        self.folder, self._models, self._number, self._given = folder, models, processes, services
        self._clocks = clocks
        self._open = ExitStack()

    def __enter__(self) -> Scene:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.postgres, self.redis = self._given or (Postgres(), Redis())
        if not self._given:
            self._open.callback(self.postgres.end)
            self._open.callback(self.redis.end)
        self.database = self.postgres.database(_migrated)
        self.stored = Stored(self.database)
        self._open.callback(self.stored.close)
        self.telegram = self._open.enter_context(Telegram())
        self.fleet = self._fleet(self._number)
        return self

    def __exit__(self, *exc: object) -> None:
        self._open.close()

    def _fleet(self, number: int) -> Fleet:
        settings = Settings(self.folder, self._models, self.database, self.redis.empty(), self._clocks)
        fleet = Fleet(number, self.telegram, settings)
        self._open.callback(fleet.end)
        began = time.monotonic()
        fleet.start()
        say(f"{number} processes answer after {time.monotonic() - began:.1f} s")
        return fleet

    def crowd(self, people: int, seed: int, scripts: Path | None = None) -> Crowd:
        """People who know what comes of what they do."""
        return Crowd(self.telegram, self.scripts(scripts), people, words(), seed)

    def scripts(self, kept: Path | None, number: int = SCRIPTS, length: int = LENGTH) -> list[Script]:
        """What people do: read from a file, or found out and kept there."""
        if kept:
            kept = kept.with_suffix(f".{load(CONTENT, None).version}")
        if kept and kept.exists():
            return list(pickle.loads(kept.read_bytes()))
        began = time.monotonic()
        scripts, ids = explore(self.telegram, number, length, self.stored.stuck, words().notes)
        for script, person in zip(scripts, ids, strict=True):
            self.stored.complete(script, person)
        acts = sum(len(script.acts) for script in scripts)
        say(f"{number} scripts with {acts} acts, found out in {time.monotonic() - began:.0f} s")
        if kept:
            kept.write_bytes(pickle.dumps(scripts))
        return scripts

    def processor(self) -> dict[str, float]:
        """Seconds of processor time so far, by who has used it."""
        services = {"PostgreSQL": self.postgres, "Redis": self.redis}
        served = {name: used_by_family(service.pid) for name, service in services.items()}
        return {**self.fleet.processor(), **served, "the whole machine": used_by_machine()}

    def settles(self, patience: float = 60.0) -> tuple[int, int]:
        """Waits until everything is dealt with; how many updates are stuck then, at Telegram and in the store."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if not self.telegram.world.updates and not self.stored.stuck():
                break
            time.sleep(0.2)
        time.sleep(3.0)  # what comes twice comes now
        return len(self.telegram.world.updates), self.stored.stuck()

    def tell(self, crowd: Crowd) -> dict[str, Any]:
        """The figures, and whatever was wrong."""
        at_telegram, in_store = self.settles()
        noticed, different = crowd.noticed, self.stored.differences(crowd.everybody)
        compared = int(different.pop("compared")[0])
        faults = {
            "updates stuck": [f"{at_telegram} at Telegram, {in_store} in the store"] * bool(at_telegram or in_store),
            "people without an answer": noticed.stuck,
            "answers doubled": noticed.doubled,
            "answers unforeseen": noticed.unforeseen,
            "answers out of order": noticed.disordered,
            "walkthroughs not as answered": different["walkthroughs"],
            "papers not as made": different["papers"],
            "notes left standing": self._notes_left(),
            "rules of Telegram broken": [f"{method}: {said}" for method, said in self._refused()],
        }
        for name, told in faults.items():
            for one in told[:_SHOWN]:
                print(f"  !! {name}: {one}", flush=True)
        figures: dict[str, Any] = {
            "people": len(crowd.everybody),
            "people compared with the store": compared,
            "acts answered": noticed.answered,
            **delays(noticed.taken),
            "apologies": len(noticed.apologies),
            "answered in other words": len(noticed.otherwise),
            "notes that it takes a while": noticed.notes,
            "updates that had to come again": self.telegram.line.again,
            **{name: len(told) for name, told in faults.items()},
        }
        for name, value in figures.items():
            print(f"  {name:36} {value}", flush=True)
        for line, count in self.fleet.complaints().most_common(_SHOWN):
            print(f"  log, {count:5} x {line}", flush=True)
        self._keep_histories(crowd)
        for apology in noticed.apologies[:3]:
            print(f"  apology: {apology}", flush=True)
        return figures

    def _keep_histories(self, crowd: Crowd) -> None:
        """What befell those who noticed something, with the calls of the processes."""
        for double in crowd.everybody:
            if any(what == "!!" for _, what, _ in double.history) or double.gave_up:
                every = [*double.history, *self.telegram.line.told.get(double.person.id, ())]
                lines = [f"{moment:.3f} {what} {more}" for moment, what, more in sorted(every)]
                (self.folder / f"person-{double.number}.txt").write_text("\n".join(lines), encoding="utf-8")

    def _notes_left(self) -> list[str]:
        notes = words().notes
        return [
            f"{chat.id}: {message.text}"
            for chat in self.telegram.world.chats.values()
            for message in chat.messages
            if message.by_bot and not message.deleted and message.text in notes
        ]

    def _refused(self) -> list[tuple[str, str]]:
        for words_ in ("message is not modified", "message to edit not found", "query is too old", "can't be edited"):
            self.telegram.tolerates(words_)
        self.telegram.tolerates("message to delete not found")
        return self.telegram.broken_rules()


def delays(taken: Iterable[Taken]) -> dict[str, int]:
    """How long people waited for the first of an answer, in milliseconds."""
    waits = [one.seconds * 1000 for one in taken]
    if not waits:
        return {}
    told = {f"p{part * 100:g} ms": round(percentile(waits, part)) for part in (0.5, 0.9, 0.99)}
    return {**told, "longest ms": round(max(waits))}


@cache
def words() -> Words:
    knowledge = load(CONTENT, None)

    def said(*keys: str) -> frozenset[str]:
        return frozenset(plain(knowledge.say(language, key)).strip() for key in keys for language in ("da", "en"))

    return Words(
        said("answer.error", "telegram.error", "telegram.slow", "telegram.busy"),
        said("telegram.working", "telegram.working_still"),
        said("walkthrough.stored-before"),
    )


def say(text: str) -> None:
    print(f"replicas: {text}", file=sys.stderr, flush=True)


def _migrated(url: str) -> None:
    connect(url).dispose()
