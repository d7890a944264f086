"""Runs one service for the tests, and ends it when they end, however they do: python guard.py FOLDER USER COMMAND …

It reads `start`, `stop`, `kill`, `freeze` and `thaw` on its standard input, a line each, and answers with a line when
that is done. When the input closes or the process that began it is gone, the service is killed and the folder removed.
It needs nothing but Python's own library. An empty USER means: as who we are.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import pwd
import select
import shutil
import signal
import subprocess
import sys
from pathlib import Path

WATCHES = 0.5  # seconds
PATIENCE = 20  # seconds
_PR_SET_PDEATHSIG = 1


def _die_with_the_guard() -> None:
    """On Linux the service goes even where this process is killed."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


class Guard:
    """The service as a child process."""

    def __init__(self, folder: str, user: str, command: list[str]) -> None:
        self.folder, self.command = Path(folder), command
        entry = pwd.getpwnam(user) if user else None
        self.identity = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []} if entry else {}
        self.child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        if self.child and self.child.poll() is None:
            return
        with (self.folder / "log").open("ab") as log:
            self.child = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                preexec_fn=_die_with_the_guard,  # noqa: PLW1509 - there are no threads here
                **self.identity,
            )

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:  # PostgreSQL's "fast"; Redis ends on it as well
        if self.child:
            self.child.send_signal(how)
            try:
                self.child.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.child.kill()
                self.child.wait()

    def does(self, word: str) -> None:
        if word == "start":
            self.start()
        elif word == "stop":
            self.stop()
        elif word == "kill":
            self.stop(signal.SIGKILL)
        elif self.child:
            self.child.send_signal(signal.SIGSTOP if word == "freeze" else signal.SIGCONT)

    def end(self) -> None:
        self.stop()  # in order, so that a server sees its own processes to their end
        shutil.rmtree(self.folder, ignore_errors=True)


def main(folder: str, user: str, *command: str) -> None:
    for signum in (signal.SIGINT, signal.SIGHUP):
        signal.signal(signum, signal.SIG_IGN)  # Ctrl+C is the tests' to answer
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    began, guard = os.getppid(), Guard(folder, user, list(command))
    try:
        while os.getppid() == began:
            if select.select([sys.stdin], [], [], WATCHES)[0]:
                line = sys.stdin.readline()
                if not line:
                    break
                guard.does(line.strip())
                print("done", flush=True)
    finally:
        guard.end()


if __name__ == "__main__":
    main(*sys.argv[1:])
