"""The tests' own PostgreSQL and Redis: fresh for each, gone afterwards whatever happens, told where they lack."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg2
import pytest

from tests.services import NEEDED, Postgres, Redis

REPO = Path(__file__).parents[2]
BEGINS = """
import time
from tests.services import Redis
redis = Redis()
print(redis.folder, redis._guard.pid, redis.client.info()["process_id"], flush=True)
time.sleep(60)
"""
NOT_INSTALLED = """
import tests.services.fixtures as fixtures
from tests.services import NoServiceError
from tests.services.fixtures import *

def missing():
    raise NoServiceError("PostgreSQL")

fixtures.Postgres = missing

def pytest_terminal_summary(terminalreporter):
    tell_what_was_left_out(terminalreporter)
"""
NEEDS = """
def test_one(store):
    pass
"""


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_gets_databases_of_its_own(postgres_url: str, redis_url: str, redis_server: Redis, turn: int) -> None:
    connection = psycopg2.connect(postgres_url)
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people")
        assert cursor.fetchone() == (0,)
        cursor.execute("INSERT INTO people (owner, member, created) VALUES ('a', false, now())")
    connection.close()
    assert redis_server.client.incr("turns") == 1


def test_they_run_without_rights(postgres: Postgres, redis_server: Redis) -> None:
    for instance in (postgres, redis_server):
        owners = {path.stat().st_uid for path in [*instance.folder.glob("*.sock"), *instance.folder.glob("data")]}
        assert owners and 0 not in owners


@pytest.mark.parametrize("victim", ["tests", pytest.param("guard", marks=pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux ends a process together with the one that began it"))])  # fmt: skip
def test_nothing_is_left_when_the_tests_are_killed(redis_server: Redis, victim: str) -> None:
    tests = subprocess.Popen([sys.executable, "-c", BEGINS], cwd=REPO, stdout=subprocess.PIPE, text=True)
    assert tests.stdout
    folder, guard, service = tests.stdout.readline().split()
    os.kill(tests.pid if victim == "tests" else int(guard), signal.SIGKILL)
    until = time.monotonic() + 10
    while alive(int(service)) or (victim == "tests" and Path(folder).exists()):
        assert time.monotonic() < until, "the service outlives the tests"
        time.sleep(0.05)
    tests.kill()
    tests.wait()
    tests.stdout.close()
    shutil.rmtree(folder, ignore_errors=True)  # a killed guard leaves it


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("needed", [False, True])
def test_missing_ones_are_told_in_one_line_and_an_error_where_they_are_needed(tmp_path: Path, needed: bool) -> None:
    (tmp_path / "conftest.py").write_text(NOT_INSTALLED)
    (tmp_path / "test_it.py").write_text(NEEDS)
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "--rootdir", tmp_path, tmp_path],
        cwd=REPO,
        env={**os.environ, NEEDED: "1" if needed else ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == int(needed), run.stdout
    line = "Left out: 1 that need PostgreSQL, which is not installed here. On Debian: apt-get install postgresql"
    if needed:
        line = f"PostgreSQL is not installed here, and {NEEDED} says that it has to be: apt-get install postgresql"
    assert line in run.stdout
