"""Clocks that jump: processes run under libfaketime, each by a wall clock that can be set while it runs."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

_PLACES = ("/usr/lib", "/usr/local/lib")
_LIBRARY = "libfaketime.so.1"


class Clocks:
    """One for each process. Raises FileNotFoundError where libfaketime isn't there (Debian: `faketime`)."""

    def __init__(self, folder: Path) -> None:
        found = (path for place in _PLACES for path in sorted(Path(place).rglob(_LIBRARY)))
        self._library = next(found, None)
        if self._library is None:
            raise FileNotFoundError(f"{_LIBRARY} isn't installed; on Debian: apt-get install faketime")
        self._folder = folder

    def environment(self, number: int) -> dict[str, str]:
        """What a process of that number is started with."""
        if not self._file(number).exists():
            self.set_by(number, timedelta())
        return {
            "LD_PRELOAD": str(self._library),
            "FAKETIME_TIMESTAMP_FILE": str(self._file(number)),
            "FAKETIME_CACHE_DURATION": "1",  # seconds after which it is read anew
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",  # as where an operator sets the clock
        }

    def set_by(self, number: int, span: timedelta) -> None:
        """From now on its clock differs by that from the machine's."""
        fresh = self._file(number).with_suffix(".new")
        fresh.write_text(f"{span.total_seconds():+.0f}", encoding="ascii")
        fresh.replace(self._file(number))

    def _file(self, number: int) -> Path:
        return self._folder / f"clock-{number}"
