"""A stop under load: what was begun is ended, nothing is lost or said twice, and it is in time."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.operating import farewell
from bot.operating.watch import Watch
from bot.reminders import Outbox
from bot.store.database import connect
from bot.store.holding import Holding
from bot.store.store import SqlStore
from knowledge.loader import Knowledge
from tests.bot.telegram.scripted import Door, ScriptedEngine
from tests.botapi import BotApi, Person
from tests.test_rooms import REPO

PEOPLE, EACH = 20, 8
_PROGRAM = """
import asyncio, sys
from bot.operating.watch import Watch
from bot.store.database import connect
from bot.store.holding import Holding
from bot.telegram.app import TelegramSettings, run
from knowledge.loader import load
from tests.bot.telegram.scripted import Desk, ScriptedEngine

class Slow(ScriptedEngine):
    async def handle(self, inbound):
        await asyncio.sleep(0.1)
        return await super().handle(inbound)

watch = Watch()
settings = TelegramSettings(sys.argv[1], sys.argv[2], messages_per_minute=0)
asyncio.run(run(settings, Slow(), load(), Desk(), seen=Holding(connect(sys.argv[3])), watch=watch))
print(f"stopped in {watch.farewell.taken:.2f} s")
"""


def start(telegram: BotApi, database: str) -> subprocess.Popen[str]:
    program = [sys.executable, "-c", _PROGRAM, telegram.token, telegram.url, database]
    polls = telegram.polls
    process = subprocess.Popen(program, cwd=REPO, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while telegram.polls == polls:
        assert process.poll() is None
        time.sleep(0.02)
    return process


def test_nothing_is_lost_or_doubled_when_it_is_stopped_under_load(telegram: BotApi, tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'm.db'}"
    connect(database).dispose()
    crowd = [telegram.user(f"P{number}") for number in range(PEOPLE)]

    def write() -> None:
        for number in range(EACH):
            for person in crowd:
                person.says(f"nr. {number}")
            time.sleep(0.3)

    writing = threading.Thread(target=write)
    program = start(telegram, database)
    writing.start()
    time.sleep(0.7)
    program.send_signal(signal.SIGTERM)
    ended(program)
    program = start(telegram, database)
    writing.join()
    for person in crowd:
        for _ in range(EACH):
            person.reads(30)
    program.send_signal(signal.SIGTERM)
    ended(program)
    for person in crowd:
        assert [message.text for message in person.chat.from_bot] == [f"ekko: nr. {number}" for number in range(EACH)]


def ended(program: subprocess.Popen[str]) -> None:
    said, complained = program.communicate(timeout=60)
    assert (program.returncode, complained) == (0, "")
    took = re.fullmatch(r"stopped in (\S+) s\n", said)
    assert took, said
    assert float(took[1]) < farewell.BUDGET


def test_what_hangs_is_left_when_the_time_is_up_and_the_next_start_does_it(
    telegram: BotApi, knowledge: Knowledge, anna: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.app.ANSWERS", 0.5)
    monkeypatch.setattr("bot.telegram.reminders.ANSWERS", 0.5)
    store = SqlStore(connect(f"sqlite:///{tmp_path / 'm.db'}"))
    moment = datetime.now(timezone.utc) - timedelta(minutes=1)
    place = f"telegram:{anna.id}:0:{anna.id}"
    store.add_reminder(f"telegram:{anna.id}", place, "mødet", moment, "da")
    telegram.faults.slow("sendMessage", 60)  # the reminder hangs
    scripted, watch = ScriptedEngine(), Watch()
    scripted.hold.clear()
    door = Door(
        telegram, knowledge, scripted, seen=Holding(store.engine), reminders=Outbox(store, knowledge), watch=watch
    )
    with door:
        anna.says("vent")
        telegram.wait_for_call("sendChatAction")  # the answer, which hangs
    assert watch.farewell.taken < farewell.BUDGET
    scripted.hold.set()
    with Door(telegram, knowledge, scripted, seen=Holding(store.engine)):
        while anna.reads().text != "ekko: vent":
            pass
