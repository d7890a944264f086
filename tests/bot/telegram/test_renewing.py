"""New content and a new model come while the bot runs, and nobody notices but by what it says."""

from __future__ import annotations

import os
import shutil
import signal
import statistics
import subprocess
import time
from pathlib import Path

import pytest

from bot.house import House
from bot.operating.watch import Watch
from bot.settings import Settings
from tests.bot.telegram.test_operated import Asked, free_port
from tests.bot.telegram.test_program import MAKKER
from tests.botapi import BotApi, Person

THANKS = "Selv tak. Sig til, hvis der er mere."


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    folder = tmp_path / "overlay"
    for inner in ("texts", "nlu/da"):
        (folder / inner).mkdir(parents=True)
    return folder


def says_thanks(overlay: Path, words: str) -> None:
    (overlay / "texts" / "smalltalk.yml").write_text(f"thanks:\n  da: {words}\n  en: {words}\n", encoding="utf-8")


def until_read(person: Person, words: str) -> None:
    """Reads on until it says that; what takes long is announced."""
    while words not in person.reads(60).text:
        pass


def holds_back_hangups(program: subprocess.Popen) -> None:
    """Waits until the program doesn't end at one any more."""
    while True:
        blocked = next(
            line for line in Path(f"/proc/{program.pid}/status").read_text().splitlines() if "SigBlk" in line
        )
        if int(blocked.split()[1], 16) & 1 << (signal.SIGHUP - 1):
            return
        assert program.poll() is None
        time.sleep(0.01)


def model_of(overlay: Path, models: Path) -> Path:
    return House(Settings(_env_file=None, model_dir=models, overlay=overlay)).model


def test_new_content_and_a_new_model_while_people_talk(
    telegram: BotApi, anna: Person, model_dir: Path, tmp_path: Path, overlay: Path
) -> None:
    models = tmp_path / "models"
    models.mkdir()
    shipped = House(Settings(_env_file=None, model_dir=model_dir)).model
    shutil.copy(shipped, model_of(overlay, models))
    bo, port = telegram.user("Bo"), free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("MAKKER_", "TELEGRAM_"))},
        "TELEGRAM_BOT_TOKEN": telegram.token,
        "TELEGRAM_API_BASE_URL": telegram.url,
        "MAKKER_MODEL_DIR": str(models),
        "MAKKER_DATA_DIR": str(tmp_path / "var"),
        "MAKKER_OVERLAY": str(overlay),
        "MAKKER_OPS_LISTEN": f"127.0.0.1:{port}",
        "MAKKER_MESSAGES_PER_MINUTE": "0",
    }
    log = tmp_path / "log"
    program = subprocess.Popen(
        [str(MAKKER), "telegram"], env=environment, cwd=tmp_path, stdin=subprocess.DEVNULL, stderr=log.open("w")
    )
    ops = Asked(port, Watch())
    try:
        holds_back_hangups(program)
        program.send_signal(signal.SIGHUP)  # it is still loading
        bo.says("tak")
        until_read(bo, THANKS)
        while not ops.figure('makker_renewals_total{result="nothing"}'):
            time.sleep(0.05)
        anna.says("/start c_readiness")
        anna.reads()
        anna.taps("Hurtigt: 3 min., 7 spørgsmål")
        anna.reads()
        anna.says("ja")
        until_read(anna, "2 af 7")

        says_thanks(overlay, "Så lidt")
        (overlay / "nlu" / "da" / "own.yml").write_text('version: "3.1"\nnlu: []\n')  # another model
        shutil.copy(shipped, model_of(overlay, models))
        before = ops.figure("process_resident_memory_bytes")
        program.send_signal(signal.SIGHUP)
        waits, peak, said = [], before, ""
        until = time.monotonic() + 30
        while said != "Så lidt" and time.monotonic() < until:
            began = time.monotonic()
            bo.says("tak")
            while (said := bo.reads().text) not in (THANKS, "Så lidt"):
                pass  # what is said at first contact
            waits.append(time.monotonic() - began)
            peak = max(peak, ops.figure("process_resident_memory_bytes"))
        assert said == "Så lidt", log.read_text()
        assert ops.figure('makker_renewals_total{result="done"}') == 1
        assert len(waits) > 2  # people were answered while the other model was loaded
        anna.says("ja")
        until_read(anna, "3 af 7")  # an open walkthrough goes on
        print(f"waits: median {statistics.median(waits):.3f} s, longest {max(waits):.3f} s; "
              f"memory {before / 1e6:.0f} MB, at most {peak / 1e6:.0f} MB")  # fmt: skip

        (overlay / "texts" / "smalltalk.yml").write_text("thanks: [unclosed\n")
        program.send_signal(signal.SIGHUP)
        while not ops.figure('makker_renewals_total{result="failed"}'):
            assert time.monotonic() < until + 30
            time.sleep(0.05)
        bo.says("tak")
        assert bo.reads().text == "Så lidt"  # what was good stays
    finally:
        program.send_signal(signal.SIGTERM)
        program.wait(30)
    assert program.returncode == 0
    assert "smalltalk.yml" in log.read_text()
