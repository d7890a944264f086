"""Numbers that sum up many."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

MEGA = 1_000_000


class Clock:
    """Runs from when it is made."""

    def __init__(self) -> None:
        self._began, self._worked = time.perf_counter(), time.process_time()

    def taken(self) -> tuple[float, float]:
        """Milliseconds since, and milliseconds of processor time that all threads of this process used."""
        worked = time.process_time() - self._worked
        return (time.perf_counter() - self._began) * 1000, worked * 1000


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` of them (0 to 1) do not exceed. ValueError where there are none."""
    if not values:
        raise ValueError("no values")
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def spread(milliseconds: Sequence[float]) -> dict[str, float]:
    """How many, and p50, p95, p99 and the largest."""
    if not milliseconds:
        return {"turns": 0}
    shares = {"p50": 0.50, "p95": 0.95, "p99": 0.99}
    figures = {name: round(percentile(milliseconds, share), 2) for name, share in shares.items()}
    return {"turns": len(milliseconds), **figures, "max": round(max(milliseconds), 2)}


def middle(values: Sequence[float]) -> float:
    """The median, in two decimals."""
    return round(median(values), 2)


def resident() -> float:
    """The memory that this process holds now, in MB (10⁶ bytes)."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmRSS"))
        return round(int(line.split()[1]) * 1024 / MEGA, 1)
    import os
    import subprocess

    told = subprocess.run(["ps", "-o", "rss=", "-p", str(os.getpid())], capture_output=True, text=True, check=True)
    return round(int(told.stdout) * 1024 / MEGA, 1)
