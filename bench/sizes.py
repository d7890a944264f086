"""Sizes on disk and seconds to a first answer."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median

from bench.figures import MEGA

ROOT = Path(__file__).parent.parent
ROOMS = ("knowledge", "nlu", "dialogues", "bot")
PATIENCE = 300  # seconds that a program may take to its prompt


def clean_environment(cache: Path) -> dict[str, str]:
    """This process's environment, as a user's would be: bytecode is written, nobody else's settings count."""
    gone = ("PYTHONDONTWRITEBYTECODE", "VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT", "PYTHONPATH", "PYTHONPYCACHEPREFIX")
    kept = {name: value for name, value in os.environ.items() if name not in gone and not name.startswith("MAKKER_")}
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}
    return {**kept, **quiet, "RASA_CACHE_DIRECTORY": str(cache / "cache"), "MPLCONFIGDIR": str(cache / "matplotlib")}


def keep_out_of_git(folder: Path) -> None:
    """Makes the folder, if it isn't there, and has git leave it alone."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".gitignore").write_text("*\n", encoding="ascii")


def folder_size(folder: Path) -> float:
    """What a folder takes on disk, in MB (10⁶ bytes); a file linked twice counts once."""
    seen: dict[tuple[int, int], int] = {}
    for path, _, files in os.walk(folder):
        for name in files:
            told = (Path(path) / name).lstat()
            seen[told.st_dev, told.st_ino] = told.st_blocks * 512
    return round(sum(seen.values()) / MEGA, 0)


def installed_size(log: Path) -> float:
    """Size of the environment that `deploy/setup.sh` makes of a fresh clone. OSError where it can't be made."""
    with tempfile.TemporaryDirectory() as scratch:
        clone = Path(scratch) / "clone"
        for name in (*ROOMS, "deploy"):
            shutil.copytree(ROOT / name, clone / name, ignore=shutil.ignore_patterns("__pycache__", "build"))
        for name in ("pyproject.toml", "uv.lock", "README.md"):
            shutil.copy(ROOT / name, clone / name)
        with log.open("ab") as output:
            result = subprocess.run(
                ["sh", "deploy/setup.sh"],
                cwd=clone,
                env={**clean_environment(clone), "PYTHON": str(Path(sys.base_prefix) / "bin" / "python3")},
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
            )
        if result.returncode:
            raise OSError(f"deploy/setup.sh failed: see {log}")
        return folder_size(clone / ".venv")


def seconds_to(
    told: bytes,
    command: Sequence[str],
    *,
    repeats: int,
    cwd: Path,
    environment: dict[str, str],
    said: bytes = b"",
) -> dict[str, float]:
    """Seconds from the start of `command` until it prints `told`.

    With `said` on its standard input it runs piped, else in a terminal. One run goes first that doesn't count.
    The median and the slowest of `repeats` runs.
    """
    taken = [_seconds(told, command, cwd, environment, said) for _ in range(repeats + 1)][1:]
    return {"median": round(median(taken), 2), "max": round(max(taken), 2), "runs": len(taken)}


def _seconds(told: bytes, command: Sequence[str], cwd: Path, environment: dict[str, str], said: bytes) -> float:
    began = time.perf_counter()
    with _running(command, cwd, environment, said) as output:
        heard = b""
        while time.perf_counter() - began < PATIENCE:
            more = _read(output)
            heard += more
            if told in heard:
                return time.perf_counter() - began
            if not more:
                break
    raise OSError(f"`{' '.join(command[:3])} …` ended without a word: {heard[-300:].decode('utf-8', 'replace')}")


def _read(output: int) -> bytes:
    """What comes next; nothing where the program has ended or its time is up."""
    ready, _, _ = select.select([output], [], [], PATIENCE)
    if ready:
        with suppress(OSError):  # a terminal whose program has ended
            return os.read(output, 65_536)
    return b""


@contextmanager
def _running(command: Sequence[str], cwd: Path, environment: dict[str, str], said: bytes) -> Iterator[int]:
    """Runs the command, and gives the end of its output to read from; it is ended afterwards."""
    if said:
        output, writing = os.pipe()
        reading = subprocess.PIPE
    else:
        output, writing = pty.openpty()
        reading = writing
    process = subprocess.Popen(
        command, cwd=cwd, env=environment, stdin=reading, stdout=writing, stderr=subprocess.DEVNULL
    )
    os.close(writing)
    try:
        if process.stdin:
            process.stdin.write(said)
            process.stdin.flush()
        yield output
    finally:
        process.kill()
        process.wait()
        os.close(output)
        if process.stdin:
            with suppress(OSError):
                process.stdin.close()
