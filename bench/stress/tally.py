"""The figures of a kill test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.stress.book import Said
    from dialogues.walkthrough.state import Run

PHASES = ("starting", "between", "in a turn", "in documents")
COUNTED = (
    "lines typed",
    "answers given",
    "walkthroughs finished",
    "documents announced",
    "answers without a reply: stored",
    "answers without a reply: not",
    "typed again",
    "replies that were not foreseen",
)
FAULTS = (
    "answers lost",
    "answers taken twice",
    "runs lost",
    "runs doubled",
    "runs at a wrong place",
    "documents announced and missing",
    "announced files broken on disk",
    "finished without documents",
    "databases broken",
    "restarts that failed",
    "restarts at a wrong step",
)


@dataclass
class Tally:
    """What was counted. `told` says of each fault where it was."""

    kills: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)
    recovery: float = 0.0  # seconds from a start to the reply to the first line, at worst
    turn: float = 0.03  # seconds that a turn takes, of late; the machine may be busy
    documents: float = 0.5  # … and one that makes documents

    def counted(self, before: Run | None, said: Said) -> None:
        """Counts what a line gave, when its reply has been shown."""
        after = said.after
        if after is None:
            return
        self.counts["answers given"] += before is None or after.answers != before.answers or after.notes != before.notes
        self.counts["walkthroughs finished"] += said.turn is not None and said.turn.finished

    def fault(self, name: str, where: str, count: int = 1) -> None:
        assert name in FAULTS, name
        self.counts[name] += count
        self.told.append(f"{name}: {where}")

    def faults(self) -> int:
        return sum(self.counts[name] for name in FAULTS)

    def lines(self) -> Iterable[str]:
        """The figures, one a line."""
        phases = ", ".join(f"{name} {self.kills[name]}" for name in PHASES)
        yield f"{'kills':34} {sum(self.kills.values()):6}   {phases}"
        yield from (f"{name:34} {self.counts[name]:6}" for name in COUNTED)
        yield from (f"{name:34} {self.counts[name]:6}{'   ✗' if self.counts[name] else ''}" for name in FAULTS)
        yield f"{'slowest recovery':34} {self.recovery:6.1f} s"


def together(tallies: Iterable[Tally]) -> Tally:
    """All of them as one."""
    whole = Tally()
    for one in tallies:
        whole.kills += one.kills
        whole.counts += one.counts
        whole.told += one.told
        whole.recovery = max(whole.recovery, one.recovery)
    return whole
