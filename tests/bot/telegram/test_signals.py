"""The process ends well when it is told to."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.botapi import BotApi, Person

_PROGRAM = """
import asyncio, sys
from bot.telegram.app import TelegramSettings, run
from knowledge.loader import load
from tests.bot.telegram.scripted import Desk, ScriptedEngine

asyncio.run(run(TelegramSettings(sys.argv[1], sys.argv[2]), ScriptedEngine(), load(), Desk()))
print("ended")
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_bot_after_what_is_open(telegram: BotApi, anna: Person, number: signal.Signals) -> None:
    repo = Path(__file__).parents[3]
    program = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, telegram.token, telegram.url],
        cwd=repo,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    anna.says("hej")
    assert anna.reads().text == "ekko: hej"
    program.send_signal(number)
    said, complained = program.communicate(timeout=30)
    assert (program.returncode, said, complained) == (0, "ended\n", "")
