"""What the running bot leaves out of its process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_PROGRAM = """
import sys
from pathlib import Path
from bot.engine.logs import configure
configure()
from bot.house import House
from bot.settings import Settings
House(Settings(_env_file=None, model_dir=Path(sys.argv[1]), data_dir=Path(sys.argv[2]))).engine()
for name in ("aiogram", "slack_sdk", "twilio", "matplotlib.pyplot", "rasa_sdk.endpoint", "docxtpl", "typst"):
    assert name not in sys.modules, name
assert sys.modules["tensorflow"].__standin__
print("lean")
"""


def test_what_no_door_of_ours_uses_is_not_loaded(model_dir: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(model_dir), str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.stdout == "lean\n", done.stderr
