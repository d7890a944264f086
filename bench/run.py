"""`make bench`: this project's bot and Rasa's defaults, measured in one run, printed and kept as JSON.

python bench/run.py [--small] [--ours-only] [--stale]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))  # this file is called by its path

from bench import default, sizes
from bench.table import show
from nlu.phrasings import DATA, phrasings_in

RESULTS = sizes.ROOT / "bench" / "results"
MAKKER = Path(sys.executable).parent / "makker"
QUESTION = b"Hvad er et partnerskab?\n"
ANSWER = b"partnerskab"  # a word of its answer
SHARE = "0.1"  # of the phrasings, where Rasa's side or ten times the topics would learn for hours with all of them
BOUNDS = {  # of this project, on two cores
    "latency.p50": 15.0,
    "latency.p99": 50.0,
    "memory_mb.warm": 300.0,
    "memory_mb.after_turns": 300.0,
    "memory_mb.with_telegram": 300.0,
    "sizes.installed_mb": 900.0,
    "sizes.to_prompt_seconds.median": 8.0,
}


def main() -> None:
    """Measures both sides; where Rasa's can't be measured, says so and shows ours alone."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--small", action="store_true", help="few turns and one start, to try the bench out")
    arguments.add_argument("--ours-only", action="store_true", help="leave Rasa's side out")
    arguments.add_argument("--stale", action="store_true", help="take the last trained model of Rasa's side as it is")
    chosen = arguments.parse_args()
    sizes.keep_out_of_git(RESULTS)
    notes = [_machine()]
    with tempfile.TemporaryDirectory() as scratch:
        ours = _ours(Path(scratch), chosen.small, notes)
    stock: dict[str, Any] = {}
    if not chosen.ours_only:
        try:
            stock = _default(ours["turns"], chosen, notes)
        except (default.UnavailableError, OSError) as error:
            notes.append(f"Rasa's side could not be measured: {error}")
    notes.append(f"load of the machine at the end: {os.getloadavg()[0]:.1f}")
    made = time.strftime("%Y-%m-%d %H:%M")
    report = {"made": made, "notes": notes, "bounds": BOUNDS, "ours": ours, "default": stock}
    path = RESULTS / ("small.json" if chosen.small else "latest.json")
    path.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    show(report)
    if not chosen.small:
        _say("how well it understands, and how cost grows …")
        quality = ["--share", SHARE, *([] if chosen.ours_only or not stock else ["--stock"])]
        for script in (["bench/quality.py", *quality], ["bench/growth.py", "--share", SHARE]):
            subprocess.run([sys.executable, *script], cwd=sizes.ROOT, env=sizes.clean_environment(RESULTS), check=True)
        _say("the Telegram bot under load …")
        subprocess.run([MAKKER, "train"], cwd=sizes.ROOT, stdout=subprocess.DEVNULL, check=True)
        subprocess.run([sys.executable, "-m", "bench.telegram_door"], cwd=sizes.ROOT, check=False)  # it says what broke
    print(f"- kept in {path.relative_to(sizes.ROOT)}")


def _ours(scratch: Path, small: bool, notes: list[str]) -> dict[str, Any]:
    models, data = scratch / "models", scratch / "data"
    environment = {**sizes.clean_environment(scratch), "MAKKER_MODEL_DIR": str(models), "MAKKER_DATA_DIR": str(data)}
    _say("training ours …")
    began = time.perf_counter()
    subprocess.run([MAKKER, "train"], cwd=scratch, env=environment, stdout=subprocess.DEVNULL, check=True)
    training = round(time.perf_counter() - began, 1)
    _say("talking to ours …")
    report = scratch / "ours.json"
    command = [sys.executable, "-m", "bench.ours", str(models), str(report), *["--small"] * small]
    subprocess.run(command, cwd=sizes.ROOT, env=environment, check=True)
    found = dict(json.loads(report.read_text(encoding="utf-8")))
    _say("starting ours, and installing it afresh …")
    found |= {"training_seconds": training, "phrasings": _phrasings()}
    found["sizes"] = {
        "model_mb": round(next(models.glob("*.tar.gz")).stat().st_size / 1e6, 1),
        "to_prompt_seconds": sizes.seconds_to(
            ANSWER,
            [str(MAKKER), "chat"],
            repeats=1 if small else 5,
            cwd=scratch,
            environment=environment,
            said=QUESTION,
        ),
    }
    if not small:
        try:
            found["sizes"]["installed_mb"] = sizes.installed_size(RESULTS / "install.log")
        except OSError as error:
            notes.append(f"our installed size could not be measured: {error}")
    notes.append(f"ours: the longest conversation of the script has {found['longest_conversation']} turns")
    return found


def _default(turns: list[dict[str, Any]], chosen: argparse.Namespace, notes: list[str]) -> dict[str, Any]:
    python = default.environment(_say)
    model = default.train(python, _say, stale=chosen.stale)
    _say("starting Rasa's shell …")
    measured = default.sizes(python, model, 1 if chosen.small else 5)
    _say("talking to Rasa's defaults …")
    conversations: dict[str, list[str]] = {}
    for turn in turns:
        conversations.setdefault(turn["person"], []).append(turn["said"])
    found = default.turns(python, model, conversations, small=chosen.small)
    found |= {"sizes": measured, "training_seconds": model.seconds, "phrasings": model.phrasings}
    told = " (--stale: perhaps on older data)" if chosen.stale else ""
    notes.append(f"Rasa's defaults: trained {model.trained_on}{told}; {found['unanswered']} turns without an answer")
    short = {mark: told["turns"] for mark, told in found["conversation_ms"].items() if told["turns"] < 40}
    notes += [f"Rasa's defaults: {count} turns measured after {mark} in time" for mark, count in short.items()]
    return found


def _phrasings() -> int:
    """How many phrasings we train on."""
    return sum(1 for path in DATA.rglob("*.yml") for _ in phrasings_in(path, []))


def _machine() -> str:
    return f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, load at the start {os.getloadavg()[0]:.1f}"


def _say(text: str) -> None:
    print(f"bench: {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
