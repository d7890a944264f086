"""Asks the OSV database for known vulnerabilities of what uv.lock names: `make audit`.

Fails for one that `advisories.yml` doesn't judge. Where the database can't be reached, that is said, and the committed
list is all there is: a test holds the lock to it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import yaml

HERE = Path(__file__).parent
ADVISORIES = HERE / "advisories.yml"
_UNREACHED = "error sending request"


def main() -> int:
    """0 where there is nothing new, or the database can't be reached; else what the audit says."""
    listed = yaml.safe_load(ADVISORIES.read_text(encoding="utf-8"))
    ignored = [part for one in listed["advisories"] if "why" in one for part in ("--ignore", one["id"])]
    uv = Path(sys.executable).parent / "uv"
    command = [str(uv), "audit", "--frozen", "--preview-features", "audit", *ignored]
    done = subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True, check=False)  # noqa: S603 – uv, without a shell
    if done.returncode and _UNREACHED in done.stderr:
        print(f"audit: the advisory database can't be reached; the list of {listed['checked']} stands", file=sys.stderr)
        return 0
    print(done.stdout + done.stderr)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
