"""Several processes of the Telegram bot over one PostgreSQL and one Redis, behind a load balancer; and what goes wrong.

python -m bench.replicas [--scenario kills] [--kills 500] [--people 150] [--rate 20] [--processes 2] [--seed N]
"""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import sys
import tempfile
import time
from pathlib import Path

from bench.replicas import scenarios
from bench.sizes import ROOT


def main() -> int:
    """Plays a scenario; 1 where something was lost, doubled or stuck. Then logs are kept."""
    parser = argparse.ArgumentParser(prog="python -m bench.replicas", description=__doc__)
    parser.add_argument("--scenario", choices=sorted(scenarios.ALL), default="kills")
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--minutes", type=float, default=120.0, help="after which nothing is killed any more")
    parser.add_argument("--people", type=int, default=150)
    parser.add_argument("--rate", type=float, default=20.0, help="what people do, a second")
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--models", type=Path, default=ROOT / "models")
    parser.add_argument("--scripts", type=Path, help="where what people do is kept from one run to the next")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="makker-replicas-"))
    began = time.monotonic()
    print(f"{given.scenario}: seed {given.seed}, load of the machine {os.getloadavg()[0]:.1f}, {folder}", flush=True)
    given.models = given.models.resolve()
    faults = scenarios.ALL[given.scenario](folder, given)
    print(f"  taken {time.monotonic() - began:.0f} s, load of the machine {os.getloadavg()[0]:.1f}", flush=True)
    if not faults:
        shutil.rmtree(folder)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
