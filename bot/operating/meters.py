"""The figures, as Prometheus reads them. Labels have few values, which we choose; nobody's data is in any of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable
from importlib.metadata import version
from typing import Any

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    Info,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from sqlalchemy import event
from sqlalchemy.engine import Engine as Database

from bot.door import Engine, Inbound, Query
from bot.operating.telling import Told
from bot.operating.work import Work, at, current
from dialogues.cards import Card
from dialogues.reply import Reply

CONTENT_TYPE = CONTENT_TYPE_LATEST
OUTCOMES = ("answer", "clarify", "unknown", "checklist", "command", "smalltalk", "other", "failed")
RESULTS = ("answered", "quiet", "failed", "dropped", "elsewhere")
REMINDED = ("sent", "late", "later", "lost")
DATABASE_ERRORS = ("operational", "integrity", "timeout", "other")
RENEWED = ("done", "nothing", "failed")
_MOST = 10_000  # updates
LATE = 60.0  # seconds after its time that a reminder is late
_SECONDS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


class Meters:
    """Every figure of a process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ours: Any = {"registry": self.registry}
        ProcessCollector(**ours)
        PlatformCollector(**ours)
        GCCollector(**ours)
        self.taken = Counter("makker_updates_taken", "Updates that were taken from Telegram.", **ours)
        self.finished = _counter("makker_updates_finished", "Updates by what became of them.", "result", RESULTS, ours)
        self.first_reply = Histogram(
            "makker_first_reply_seconds", "From taking an update to its first reply.", buckets=_SECONDS, **ours
        )
        self.turns = _counter("makker_turns", "Turns of the engine by their outcome.", "outcome", OUTCOMES, ours)
        self.turn = Histogram("makker_turn_seconds", "Turns of the engine.", buckets=_SECONDS, **ours)
        self.calls = Counter("makker_telegram_calls", "Calls to Telegram.", ("method", "result"), **ours)
        self.reminders = _counter("makker_reminders", "Reminders that were due.", "result", REMINDED, ours)
        self.database = _counter("makker_database_errors", "Errors of the database.", "kind", DATABASE_ERRORS, ours)
        self.renewals = _counter("makker_renewals", "Times that content was read anew.", "result", RENEWED, ours)
        self.ready = Gauge("makker_ready", "1 while updates are taken and can be answered.", **ours)
        self.model = Info("makker_build", "What is running.", **ours)
        self._came: dict[int, float] = {}
        self.open: Callable[[], Collection[int]] = lambda: [*self._came]  # the updates that are queued or at work
        waiting = Gauge("makker_updates_open", "Updates that were taken and aren't dealt with yet.", **ours)
        waiting.set_function(lambda: len(self.open()))
        oldest = Gauge("makker_oldest_update_seconds", "How long the oldest of those has waited.", **ours)
        oldest.set_function(self._oldest)

    # --- updates -----------------------------------------------------------------------------

    def came(self, number: int) -> None:
        """An update has been taken."""
        self.taken.inc()
        if len(self._came) > _MOST:  # some went to another process, which took this one for dead
            still = {*self.open()}
            self._came = {one: moment for one, moment in self._came.items() if one in still}
        self._came.setdefault(number, time.monotonic())

    def work(self, number: int) -> Work:
        """What is begun for an update."""
        return Work(self._came.get(number))

    def replied(self) -> None:
        """What is being dealt with got a reply."""
        work = current()
        seconds = work.replies() if work else None
        if seconds is not None:
            self.first_reply.observe(seconds)

    def ended(self, numbers: Iterable[int], result: str) -> None:
        """Updates have been dealt with."""
        for number in numbers:
            if self._came.pop(number, None) is not None:
                self.finished.labels(result).inc()

    def _oldest(self) -> float:
        still = {*self.open()}
        began = min((moment for number, moment in [*self._came.items()] if number in still), default=None)
        return 0.0 if began is None else time.monotonic() - began

    # --- the rest ----------------------------------------------------------------------------

    def reminded(self, told: str, late: float) -> None:
        """A reminder was said, that many seconds after its time, or could not be."""
        self.reminders.labels("late" if told == "sent" and late > LATE else told).inc()

    def watch_database(self, database: Database) -> None:
        """Counts the database's errors."""

        def count(context: Any) -> None:
            name = type(context.sqlalchemy_exception or context.original_exception).__name__
            kind = name.removesuffix("Error").lower()
            self.database.labels(kind if kind in DATABASE_ERRORS else "other").inc()

        event.listen(database, "handle_error", count)

    def runs(self, model: str, content: str) -> None:
        """What is running now."""
        self.model.info({"version": version("makker"), "model": model, "content": content})

    def text(self) -> bytes:
        """All of it, as Prometheus reads it."""
        return generate_latest(self.registry)


class MeteredEngine:
    """An engine whose turns are counted."""

    def __init__(self, engine: Engine, meters: Meters) -> None:
        self._engine = engine
        self._meters = meters

    async def handle(self, inbound: Inbound) -> list[Reply]:
        """What the engine says."""
        began = time.monotonic()
        work = Work()
        outcome = "failed"
        try:
            with at(current() or work) as work:
                replies = await self._engine.handle(inbound)
            if not work.failed:
                outcome = next((reply.outcome for reply in replies if reply.outcome), None) or "other"
            return replies
        finally:
            seconds = time.monotonic() - began
            self._meters.turn.observe(seconds)
            self._meters.turns.labels(outcome if outcome in OUTCOMES else "other").inc()
            work.outcome = Told(outcome)

    async def find(self, query: Query) -> list[Card]:
        """What the engine finds."""
        return await self._engine.find(query)


def _counter(name: str, about: str, label: str, values: Iterable[str], ours: dict[str, Any]) -> Counter:
    """A counter that shows all its labels from the beginning, so that an alarm may rely on them."""
    counter = Counter(name, about, (label,), **ours)
    for value in values:
        counter.labels(value)
    return counter
