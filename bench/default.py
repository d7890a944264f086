"""Rasa's defaults on our data: their environment, their training (both kept in `bench/.rasa-default`), their turns."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.sizes import ROOT, clean_environment, folder_size, keep_out_of_git, seconds_to

HOME = ROOT / "bench" / ".rasa-default"
RASA = "rasa==3.6.21"
PORT = 5975  # of the server that `rasa shell` starts, on loopback
Say = Callable[[str], None]


class UnavailableError(Exception):
    """Rasa's side can't be measured here; the text says why."""


@dataclass(frozen=True)
class Model:
    """A trained model, and what its training took when it was trained."""

    path: Path
    seconds: float
    trained_on: str
    phrasings: int


def environment(say: Say) -> Path:
    """The Python of an environment that holds Rasa with TensorFlow; made on first use.

    Raises UnavailableError where it can't be installed.
    """
    python = HOME / "env" / "bin" / "python"
    done = HOME / "env" / f".{RASA}"
    if not done.exists():
        say(f"installing {RASA} with TensorFlow into {HOME / 'env'} (2.7 GB, some minutes, once) …")
        base = Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}"
        run([str(base), "-m", "venv", "--clear", str(HOME / "env")], "install")
        run([str(python), "-m", "pip", "install", "--disable-pip-version-check", RASA], "install")
        done.touch()
    return python


def train(python: Path, say: Say, *, stale: bool = False, share: float = 1.0) -> Model:
    """The model of our present data under Rasa's defaults; trained only if the data or the defaults have changed.

    `stale`: the last model that was trained will do, if there is one. `share`: of each label's phrasings, 0 to 1.
    Raises UnavailableError where the training failed.
    """
    trained = sorted((HOME / "models").glob(f"{share:g}-*.json"), key=lambda path: path.stat().st_mtime)
    if stale and trained:
        return _model(trained[-1])
    project = HOME / "project"
    run([sys.executable, "-m", "bench.export", str(project), str(share)], "export")
    digest = hashlib.sha256(RASA.encode())
    for file in sorted(project.glob("*.yml")):
        digest.update(file.read_bytes())
    key = f"{share:g}-{digest.hexdigest()[:16]}"
    notes = HOME / "models" / f"{key}.json"
    if not notes.exists():
        say("training Rasa's defaults on the same phrasings (many minutes; kept until the data change) …")
        began = time.perf_counter()
        run([str(python), "-m", "rasa", *_training(project, key)], "train", cwd=HOME)
        seconds = round(time.perf_counter() - began, 1)
        phrasings = (project / "nlu.yml").read_text(encoding="utf-8").count("\n    - ")
        told = {"seconds": seconds, "trained_on": time.strftime("%Y-%m-%d %H:%M"), "phrasings": phrasings}
        notes.write_text(json.dumps(told), encoding="utf-8")
        for old in [*notes.parent.glob("*.tar.gz"), *notes.parent.glob("*.json")]:
            if old.name.startswith(f"{share:g}-") and not old.name.startswith(key):
                old.unlink()
    return _model(notes)


def _model(notes: Path) -> Model:
    return Model(notes.with_suffix(".tar.gz"), **json.loads(notes.read_text(encoding="utf-8")))


def _training(project: Path, name: str) -> list[str]:
    files = {"--config": "config.yml", "--domain": "domain.yml"}
    arguments = [argument for flag, file in files.items() for argument in (flag, str(project / file))]
    data = [str(project / "nlu.yml"), str(project / "rules.yml")]
    out = ["--out", str(HOME / "models"), "--fixed-model-name", name, "--force"]
    return ["train", *arguments, "--data", *data, *out]


def turns(python: Path, model: Model, conversations: dict[str, list[str]], *, small: bool) -> dict[str, Any]:
    """What saying `conversations` (person to texts) through Rasa's agent took.

    Raises UnavailableError where it failed.
    """
    said, report = HOME / "turns.json", HOME / "report.json"
    said.write_text(json.dumps(conversations, ensure_ascii=False), encoding="utf-8")
    command = [str(python), "-m", "bench.default_turns", str(model.path), str(said), str(report)]
    run(command + ["--small"] * small, "turns")
    return dict(json.loads(report.read_text(encoding="utf-8")))


def sizes(python: Path, model: Model, repeats: int) -> dict[str, Any]:
    """Installed size, model size, seconds from `rasa shell` to its prompt."""
    shell = [str(python), "-m", "rasa", "shell", "--model", str(model.path), "--interface", "127.0.0.1"]
    seconds = seconds_to(
        b"Your input", [*shell, "--port", str(PORT)], repeats=repeats, cwd=HOME, environment=clean_environment(HOME)
    )
    return {
        "installed_mb": folder_size(HOME / "env"),
        "model_mb": round(model.path.stat().st_size / 1e6, 1),
        "to_prompt_seconds": seconds,
    }


def run(command: Sequence[str], name: str, cwd: Path = ROOT) -> None:
    """Runs the command, its output in a log file. Raises UnavailableError where it fails."""
    keep_out_of_git(HOME)
    log = HOME / f"{name}.log"
    with log.open("ab") as output:
        result = subprocess.run(
            command, cwd=cwd, env=clean_environment(HOME), stdout=output, stderr=subprocess.STDOUT, check=False
        )
    if result.returncode:
        raise UnavailableError(f"`{' '.join(command[:4])} …` failed: see {log}")
