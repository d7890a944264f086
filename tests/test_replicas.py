"""Two processes of the Telegram bot, killed at random moments: everybody is answered once. More in `make stress`."""

from __future__ import annotations

from pathlib import Path

from bench.replicas.killing import Killer
from bench.replicas.people import Crowd
from bench.replicas.scenarios import Talk, faults
from bench.replicas.scene import Scene, words
from tests.services import Postgres, Redis

KILLS, PEOPLE, RATE = 5, 20, 6.0


def test_processes_that_are_killed_lose_and_double_nothing(
    model_dir: Path, postgres: Postgres, redis_server: Redis, tmp_path: Path
) -> None:
    with Scene(tmp_path, model_dir, services=(postgres, redis_server)) as scene:
        scripts = scene.scripts(None, number=6, length=12)
        crowd = Crowd(scene.telegram, scripts, PEOPLE, words(), seed=8)
        with Talk(crowd, RATE):
            killer = Killer(scene.fleet, scene.telegram, KILLS, seed=8, unready=0.5)
            killer.start()
            killer.join(150)
        figures = scene.tell(crowd)
    assert killer.done.total() == KILLS
    assert figures["acts answered"] > 10
    assert not faults(figures), figures
