"""`makker chat` in a process of its own: lines in, replies out, and an end by SIGKILL."""

from __future__ import annotations

import contextlib
import os
import select
import subprocess
import sys
import time
from pathlib import Path

MAKKER = Path(sys.executable).parent / "makker"
PATIENCE = 300.0  # seconds; a program that says nothing for so long doesn't answer, however busy the machine is
SETTLED = 0.02  # seconds of silence after the end that was looked for …
SILENT = 1.0  # … and after anything else


class Program:
    """A running program. `printed` is all that it has said in its life."""

    def __init__(self, data: Path, models: Path, language: str) -> None:
        self.began = time.monotonic()
        self.printed = b""
        self._read_up_to = 0
        settings = {"MAKKER_DATA_DIR": str(data), "MAKKER_MODEL_DIR": str(models)}
        others = {name: value for name, value in os.environ.items() if not name.startswith(("MAKKER_", "TELEGRAM_"))}
        others.pop("PYTHONDONTWRITEBYTECODE", None)
        data.mkdir(parents=True, exist_ok=True)
        with (data / "errors.txt").open("ab") as errors:
            self._process = subprocess.Popen(
                [str(MAKKER), "chat", "--lang", language],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=others | settings,
                cwd=data,
                bufsize=0,
            )
        assert self._process.stdin and self._process.stdout
        self._in, self._out = self._process.stdin, self._process.stdout

    def write(self, line: str) -> None:
        """Types a line. Whoever has died already reads it no more."""
        with contextlib.suppress(BrokenPipeError):
            self._in.write(f"{line}\n".encode())

    def reply(self, ends: str) -> str:
        """What is said from here on, up to `ends`; or, where that doesn't come, until it is silent for a while."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            said = self._said()
            wait = SETTLED if ends and ends in said else SILENT if said.strip() else 0.2
            if not self._take(wait) and (said.strip() or self._process.poll() is not None):
                break
        said = self._said()
        self._read_up_to = len(self.printed)
        return said

    def kill(self) -> str:
        """Ends it, and gives what it had said since the last reply that was read."""
        self._process.kill()
        while self._take(None):
            pass
        self._process.wait()
        self._in.close()
        self._out.close()
        said = self._said()
        self._read_up_to = len(self.printed)
        return said

    def all_said(self) -> str:
        return self.printed.decode("utf-8", "ignore")

    def _said(self) -> str:
        return self.printed[self._read_up_to :].decode("utf-8", "ignore")

    def _take(self, wait: float | None) -> bool:
        """Takes what has been printed; False where nothing came in `wait` seconds, or nothing comes any more."""
        if not select.select([self._out], [], [], wait)[0]:
            return False
        found = os.read(self._out.fileno(), 1 << 16)
        self.printed += found
        return bool(found)
