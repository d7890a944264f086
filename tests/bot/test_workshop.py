"""Papers written in a process of their own: the same bytes, the same errors, and no trace of it when it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from bot.workshop import Workshop


def _write(text: str, *, number: int = 1) -> bytes:
    if text == "broken":
        raise ValueError("no such paper")
    if text == "who":
        return str(os.getpid()).encode()
    return text.encode() * number


@pytest.fixture
def workshop() -> Iterator[Workshop]:
    made = Workshop()
    yield made
    made.close()


def test_what_is_written_there_is_what_would_be_written_here(workshop: Workshop) -> None:
    assert workshop(_write, "aftale", number=2) == b"aftaleaftale"
    assert workshop(_write, "who") != str(os.getpid()).encode()


def test_what_goes_wrong_there_goes_wrong_here(workshop: Workshop) -> None:
    with pytest.raises(ValueError, match="no such paper"):
        workshop(_write, "broken")


def test_when_the_other_process_is_killed_the_paper_is_written_all_the_same(workshop: Workshop) -> None:
    os.kill(int(workshop(_write, "who")), signal.SIGKILL)
    assert workshop(_write, "aftale") == b"aftale"
    assert workshop(_write, "aftale") == b"aftale"


def test_it_ends_with_the_program_however_that_ends() -> None:
    script = (
        "import time\nfrom bot.workshop import Workshop\nfrom tests.bot.test_workshop import _write\n"
        "if __name__ == '__main__':\n print(Workshop()(_write, 'who').decode(), flush=True)\n time.sleep(60)\n"
    )
    program = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    other = int(program.stdout.readline())
    program.kill()
    program.wait()
    program.stdout.close()
    until = time.monotonic() + 10
    while _lives(other) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _lives(other)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
