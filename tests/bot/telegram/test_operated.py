"""What operators see of the bot: whether it lives, whether it is ready, and its figures."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import StartError
from bot.operating import health as health_module
from bot.operating.farewell import Farewell
from bot.operating.health import Health
from bot.operating.meters import Meters
from bot.operating.server import serving
from bot.operating.watch import Watch
from bot.running import CountedOutbox
from bot.store.database import connect
from bot.store.store import SqlStore
from knowledge.loader import Knowledge
from tests.bot.telegram.scripted import Door, ScriptedEngine
from tests.botapi import BotApi, Person


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Asked:
    """The small server, as one asks it."""

    def __init__(self, port: int, watch: Watch) -> None:
        self.port, self.watch = port, watch

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def until(self, path: str, wanted: str) -> None:
        end = time.monotonic() + 10
        while (said := self.get(path)[1]) != wanted:
            assert time.monotonic() < end, f"{path} says {said}, not {wanted}"
            time.sleep(0.02)

    def figure(self, name: str) -> float:
        found = re.search(rf"^{re.escape(name)} (\S+)$", self.get("/metrics")[1], re.MULTILINE)
        assert found, f"there is no {name}"
        return float(found[1])


@contextmanager
def asked(health: Health | None = None) -> Iterator[Asked]:
    watch, port = Watch(Meters(), health or Health()), free_port()
    with serving(("127.0.0.1", port), watch.health, watch.meters):
        yield Asked(port, watch)


def test_it_is_ready_while_it_takes_updates_and_can_answer_them(
    telegram: BotApi, knowledge: Knowledge, anna: Person, tmp_path: Path
) -> None:
    database = connect(f"sqlite:///{tmp_path / 'm.db'}")
    loaded = threading.Event()

    async def load() -> ScriptedEngine:
        await asyncio.to_thread(loaded.wait)
        return scripted

    with asked(Health(database)) as ops:
        assert ops.get("/readyz") == (503, "not ready: loading telegram\n")
        scripted = ScriptedEngine()
        door = Door(telegram, knowledge, _later(load), watch=ops.watch)
        with door:
            assert ops.get("/readyz") == (503, "not ready: loading\n")
            loaded.set()
            ops.until("/readyz", "ok\n")
            assert ops.figure("makker_ready") == 1
            assert ops.get("/healthz") == (200, "ok\n")
            database.dispose()
            (tmp_path / "m.db").rename(tmp_path / "moved.db")
            (tmp_path / "m.db").mkdir()
            assert ops.get("/readyz") == (503, "not ready: database\n")
            (tmp_path / "m.db").rmdir()
            (tmp_path / "moved.db").rename(tmp_path / "m.db")
            ops.until("/readyz", "ok\n")
            scripted.hold.clear()
            anna.says("vent")
            telegram.wait_for_call("sendChatAction")
            assert ops.figure("makker_updates_open") == 1
            assert ops.figure("makker_oldest_update_seconds") > 0
            door._loop.call_soon_threadsafe(door._stop.set)  # it stops, and ends what is open
            ops.until("/readyz", "not ready: stopping\n")
            assert ops.get("/healthz") == (200, "ok\n")
            scripted.hold.set()
        assert ops.figure("makker_updates_open") == 0


class _later:
    """An engine that is still being loaded, by a function that is called on the bot's loop."""

    def __init__(self, load: object) -> None:
        self._load = load

    def __await__(self) -> object:
        return self._load().__await__()  # type: ignore[operator]


def test_what_is_stuck_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health_module, "PATIENCE", 0.1)
    loop = asyncio.new_event_loop()  # which doesn't run
    health = Health(redis_url="redis://127.0.0.1:1")
    health.on_loop("door", loop)
    health.beats("engine", Future)
    health.loaded, health.takes = True, lambda: True
    with asked(health) as ops:
        assert ops.get("/healthz") == (503, "stuck: door engine\n")
        assert ops.get("/readyz") == (503, "not ready: redis\n")
        assert ops.get("/") == (404, "404: Not Found")
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()


def test_an_address_that_is_taken_is_told_in_one_line() -> None:
    with (
        asked() as ops,
        pytest.raises(StartError, match="MAKKER_OPS_LISTEN"),
        serving(("127.0.0.1", ops.port), Health(), Meters()),
    ):
        pass


def test_figures_of_updates_turns_and_calls(telegram: BotApi, knowledge: Knowledge, anna: Person) -> None:
    with asked() as ops, Door(telegram, knowledge, ScriptedEngine(), watch=ops.watch):
        anna.says("hej")
        anna.reads()
        telegram.faults.too_many("sendMessage", retry_after=1)
        anna.says("hej igen")
        anna.reads()
        anna.says("gå i stykker")
        anna.reads()
        anna.says("x" * 4000)  # a long text may come in several
        anna.says("y" * 100)
        anna.reads()
        deadline = time.monotonic() + 5
        while ops.figure("makker_updates_open") and time.monotonic() < deadline:
            time.sleep(0.01)
        assert ops.figure("makker_updates_taken_total") == 5
        assert ops.figure('makker_updates_finished_total{result="answered"}') == 4
        assert ops.figure('makker_updates_finished_total{result="failed"}') == 1
        assert ops.figure('makker_turns_total{outcome="other"}') == 3
        assert ops.figure('makker_turns_total{outcome="failed"}') == 1
        assert ops.figure('makker_telegram_calls_total{method="sendMessage",result="429"}') == 1
        assert (
            ops.figure('makker_telegram_calls_total{method="sendMessage",result="200"}') == 5
        )  # the long one is echoed in two
        assert ops.figure("makker_first_reply_seconds_count") == 4
        said = ops.get("/metrics")[1]
    labels = set(re.findall(r'(\w+)="([^"]*)"', said))
    assert {name for name, _ in labels} <= {
        *("method", "result", "outcome", "kind", "le", "generation", "implementation", "major", "minor", "patchlevel"),
        *("version", "model", "content"),
    }
    for private in ("hej", "anna", telegram.token, str(anna.id), "secret detail"):
        assert private not in said.lower()


def test_figures_of_reminders_and_of_the_database(tmp_path: Path, knowledge: Knowledge) -> None:
    store, meters, due = SqlStore(connect(f"sqlite:///{tmp_path / 'm.db'}")), Meters(), datetime.now(timezone.utc)
    meters.watch_database(store.engine)
    outbox = CountedOutbox(store, knowledge, meters, now=lambda: due + timedelta(seconds=61))
    for text, told in (("et", "sent"), ("to", "later"), ("tre", "lost")):
        store.add_reminder("telegram:1", "telegram:1:0:1", text, due, "da")
        claimed = outbox.claim("telegram")
        assert claimed
        outbox.end(claimed[0], told)
    with pytest.raises(SQLAlchemyError), store.engine.begin() as connection:
        connection.exec_driver_sql("SELECT * FROM nowhere")
    said = meters.text().decode()
    for result in ("late", "later", "lost"):
        assert f'makker_reminders_total{{result="{result}"}} 1.0' in said
    assert 'makker_database_errors_total{kind="operational"} 1.0' in said


def test_a_stop_has_one_time_for_all_its_parts() -> None:
    async def stop() -> Farewell:
        farewell = Farewell()
        assert not await farewell.allow(asyncio.sleep(60), of=0.1)
        assert not await farewell.allow(asyncio.sleep(60), of=0.1)
        assert farewell.left(0.1) == 0
        return farewell

    assert asyncio.run(stop()).taken < 5
