"""Rasa's own commands work on the repository, with the flags that the README names."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

from tests.conftest import REPO

RASA = Path(sys.executable).parent / "rasa"
QUIET = {"RASA_TELEMETRY_ENABLED": "false", "PYTHONWARNINGS": "ignore"}


def rasa(*arguments: str, typed: str = "", **settings: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [str(RASA), *arguments],
        cwd=REPO,
        env={**os.environ, **QUIET, **settings},
        input=typed,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def test_rasa_test_runs_conversations_and_phrasings(model_dir: Path, tmp_path: Path) -> None:
    arguments = "--stories tests/data --nlu tests/data/nlu_heldout.yml --config nlu/config.yml --no-plot"
    done = rasa(
        "test",
        *arguments.split(),
        "--domain",
        "dialogues/domain.yml",
        "--model",
        str(model_dir),
        "--out",
        str(tmp_path),
    )
    assert done.returncode == 0, done.stderr
    stories = json.loads((tmp_path / "story_report.json").read_text())
    assert stories["conversation_accuracy"]["accuracy"] == 1.0
    assert "topic/agreement.sign" in json.loads((tmp_path / "response_selection_report.json").read_text())


def test_rasa_shell_talks_with_the_actions_in_a_server(model_dir: Path, tmp_path: Path) -> None:
    port, own = free_port(), free_port()
    endpoints = tmp_path / "endpoints.yml"
    endpoints.write_text((REPO / "nlu/endpoints.yml").read_text().replace("5055", str(port)))
    server = subprocess.Popen(
        [str(RASA), "run", "actions", "--actions", "bot.action_server", "--port", str(port)],
        cwd=REPO,
        env={**os.environ, **QUIET, "MAKKER_DATA_DIR": str(tmp_path / "var")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port)
        said = rasa(
            *("shell", "--model", str(model_dir), "--endpoints", str(endpoints), "--port", str(own)),
            typed="tak for hjælpen\n/stop\n",
        )
    finally:
        server.kill()
        server.wait()
    assert "Selv tak" in re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", said.stdout), said.stdout + said.stderr


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int, patience: float = 60) -> None:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise AssertionError("the action server did not come up")
