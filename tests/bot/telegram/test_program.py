"""`makker telegram`, the program itself, against a Bot API server on loopback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.botapi import BotApi, Person

MAKKER = Path(sys.executable).parent / "makker"


def start(telegram: BotApi, models: Path, folder: Path, token: str | None = None) -> subprocess.Popen:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKKER_", "TELEGRAM_"))}
    environment |= {
        "TELEGRAM_BOT_TOKEN": token or telegram.token,
        "TELEGRAM_API_BASE_URL": telegram.url,
        "MAKKER_MODEL_DIR": str(models),
        "MAKKER_DATA_DIR": str(folder / "var"),
    }
    return subprocess.Popen(
        [str(MAKKER), "telegram"],
        env=environment,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_walkthrough_is_gone_on_with_after_a_restart(
    telegram: BotApi, anna: Person, model_dir: Path, tmp_path: Path
) -> None:
    program = start(telegram, model_dir, tmp_path)
    try:
        anna.says("/start c_readiness")
        while "Om dine data" not in anna.reads(60).text:
            pass  # below the first answer everybody is told what is stored
        anna.taps("Hurtigt: 3 min., 7 spørgsmål")
        assert "1 af 7" in anna.reads().text
        anna.says("ja")
        assert "2 af 7" in anna.reads().text
    finally:
        program.send_signal(signal.SIGTERM)
        _, complained = program.communicate(timeout=30)
    assert program.returncode == 0
    assert "Traceback" not in complained
    program = start(telegram, model_dir, tmp_path)
    try:
        anna.says("fortsæt")
        while "2 af 7" not in anna.reads(60).text:
            pass  # perhaps it is said first that it takes a while
        anna.taps("Delvist")  # a button that this process has handed out …
        assert "3 af 7" in anna.reads().text
    finally:
        program.kill()
        program.communicate(timeout=30)


def test_what_had_been_taken_when_the_program_was_killed_is_answered_by_the_next_one(
    telegram: BotApi, anna: Person, model_dir: Path, tmp_path: Path
) -> None:
    program = start(telegram, model_dir, tmp_path)
    anna.says("hvad er et partnerskab?")
    telegram.wait_until_fetched(60)  # noted and confirmed; the engine is still loading
    program.kill()
    program.communicate(timeout=30)
    assert not anna.chat.from_bot
    program = start(telegram, model_dir, tmp_path)
    try:
        while "partnerskab" not in anna.reads(60).text:
            pass  # perhaps it is said first that it takes a while
    finally:
        program.send_signal(signal.SIGTERM)
        _, complained = program.communicate(timeout=30)
    assert "Traceback" not in complained, complained
    assert sum("partnerskab" in message.text for message in anna.chat.from_bot) == 1


def test_a_refused_token_is_told_in_one_line(telegram: BotApi, model_dir: Path, tmp_path: Path) -> None:
    telegram.tolerates("Unauthorized")
    program = start(telegram, model_dir, tmp_path, token="1234567:not-this-bots-token-at-all-but-long-enough")
    _, complained = program.communicate(timeout=90)
    assert program.returncode == 1
    assert "BotFather" in complained
    assert "Traceback" not in complained
    assert "not-this-bots-token" not in complained
    assert len(complained.strip().splitlines()) == 1
