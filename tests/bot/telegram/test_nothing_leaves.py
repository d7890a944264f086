"""No message leaves the machine but to Telegram: the program speaks to the Bot API server that it was given, and to
nobody else. Every process of it is watched by Python's own audit events, and refused anything but loopback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.botapi import BotApi, Person

if TYPE_CHECKING:
    from collections.abc import Iterator

MAKKER = Path(sys.executable).parent / "makker"
GUARD = """
import os, sys

HERE = ("127.0.0.1", "::1", "localhost", "", None)
ASKED = {"socket.connect": 1, "socket.sendto": 1, "socket.getaddrinfo": 0, "socket.gethostbyname": 0}

def tell(line):
    with open(os.environ["GUARD_LOG"], "a") as log:
        log.write(line + "\\n")

def watch(event, details):
    if event not in ASKED:
        return
    where = details[ASKED[event]]
    if isinstance(where, tuple):
        where = where[0]
    elif event in ("socket.connect", "socket.sendto"):
        return  # a socket of this machine's own
    where = where.decode() if isinstance(where, bytes) else where
    if where not in HERE:
        tell(f"{event} {where} {' '.join(sys.argv)}")
        raise PermissionError(f"{where} is not this machine")

tell("guarded")
sys.addaudithook(watch)
"""


def environment(telegram: BotApi, models: Path, folder: Path) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("MAKKER_", "TELEGRAM_"))}
    (folder / "guard").mkdir()
    (folder / "guard" / "sitecustomize.py").write_text(GUARD)
    return own | {
        "TELEGRAM_BOT_TOKEN": telegram.token,
        "TELEGRAM_API_BASE_URL": telegram.url,
        "MAKKER_MODEL_DIR": str(models),
        "MAKKER_DATA_DIR": str(folder / "var"),
        "PYTHONPATH": str(folder / "guard"),
        "GUARD_LOG": str(folder / "connections"),
    }


def said(folder: Path) -> Iterator[str]:
    yield from (folder / "connections").read_text().splitlines()


def test_the_guard_would_notice(tmp_path: Path, telegram: BotApi, model_dir: Path) -> None:
    asks = "import socket; socket.create_connection(('192.0.2.1', 80))"
    done = subprocess.run(
        [sys.executable, "-c", asks], env=environment(telegram, model_dir, tmp_path), check=False, capture_output=True
    )
    assert done.returncode and any("192.0.2.1" in line for line in said(tmp_path))


def test_from_the_first_word_to_the_papers_nobody_but_telegram_is_spoken_to(
    telegram: BotApi, anna: Person, model_dir: Path, tmp_path: Path
) -> None:
    env = environment(telegram, model_dir, tmp_path)
    program = subprocess.Popen([str(MAKKER), "telegram"], env=env, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    try:
        anna.says("hvem må skrive under på en aftale?")
        anna.reads(60)
        anna.says("mind mig om mødet på fredag")
        anna.says("/start c_readiness")
        while "Hurtigt: 3 min., 7 spørgsmål" not in (step := anna.reads(30)).buttons:
            pass
        anna.taps("Hurtigt: 3 min., 7 spørgsmål", step)
        for number in range(1, 8):
            while f"{number} af 7" not in anna.reads(30).text:
                pass
            anna.says("ja")
        assert telegram.world.wait(lambda: any(message.file for message in anna.chat.from_bot), 60)
        anna.says("/mine_data")
        assert telegram.world.wait(lambda: any("alt, hvad jeg" in (m.text or "") for m in anna.chat.from_bot), 30)
    finally:
        program.send_signal(signal.SIGTERM)
        _, complained = program.communicate(timeout=30)
    assert program.returncode == 0, complained
    lines = list(said(tmp_path))
    assert lines.count("guarded") >= 2  # the program, and what writes its papers
    assert [line for line in lines if line != "guarded"] == []
