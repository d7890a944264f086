"""What the database holds at the end, and what it should hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import create_engine, func, select
from sqlalchemy.engine import Engine

from bench.replicas.people import Double
from bench.replicas.script import Script
from bot.store.store import SqlStore
from bot.store.tables import documents, updates
from dialogues.walkthrough.state import to_dict

_OWN = ("id", "started", "finished", "made", "came")


class Stored:
    """The processes' database, as somebody reads it beside them."""

    def __init__(self, url: str) -> None:
        self._engine: Engine = create_engine(url, future=True, pool_pre_ping=True)
        self._store = SqlStore(self._engine)

    def stuck(self) -> int:
        """How many updates are still to be dealt with."""
        query = select(func.count()).select_from(updates).where(updates.c.waiting.is_not(None))
        with self._engine.connect() as connection:
            return int(connection.scalar(query) or 0)

    def complete(self, script: Script, person: int) -> None:
        """Notes in a script how the store stands at its end."""
        script.runs, script.papers = self._runs(person), self._papers(person)

    def _runs(self, person: int) -> list[dict[str, Any]]:
        runs = [to_dict(run) for run in self._store.runs(f"telegram:{person}")]
        told = [{name: value for name, value in run.items() if name not in _OWN} for run in runs]
        return sorted(told, key=repr)

    def _papers(self, person: int) -> list[str]:
        with self._engine.connect() as connection:
            names = connection.scalars(select(documents.c.file_name).where(documents.c.owner == f"telegram:{person}"))
            return sorted(names)

    def differences(self, everybody: Iterable[Double]) -> dict[str, list[str]]:
        """Of those who have come to the end of their script: what the store has too much or too little of."""
        found: dict[str, list[str]] = {"walkthroughs": [], "papers": []}
        compared = 0
        for double in everybody:
            if double.gave_up or double.place < len(double.script.acts):
                continue
            compared += 1
            runs, papers = self._runs(double.person.id), self._papers(double.person.id)
            if runs != double.script.runs:
                found["walkthroughs"].append(f"person {double.number}: {_differing(runs, double.script.runs)}")
            if papers != double.script.papers:
                more = Counter(papers) - Counter(double.script.papers)
                fewer = Counter(double.script.papers) - Counter(papers)
                found["papers"].append(f"person {double.number}: too many {dict(more)}, too few {dict(fewer)}")
        found["compared"] = [str(compared)]
        return found

    def close(self) -> None:
        self._engine.dispose()


def _differing(found: list[dict[str, Any]], foreseen: list[dict[str, Any]]) -> str:
    if len(found) != len(foreseen):
        return f"{len(found)} walkthroughs instead of {len(foreseen)}"
    different = [
        f"{name}: {run.get(name)!r} instead of {other.get(name)!r}"
        for run, other in zip(found, foreseen, strict=True)
        for name in other
        if run.get(name) != other.get(name)
    ]
    return "; ".join(different)[:600]
