"""What Makker is made of, as a CycloneDX file: `make sbom` writes it beside this one, from uv.lock, the same each time.

Only what is installed where Makker runs; what tests need is left out. `--check` compares, and writes nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
SBOM = ROOT / "deploy" / "sbom.cdx.json"
_UV = Path(sys.executable).parent / "uv"


def sbom() -> str:
    """The file's text."""
    command = [str(_UV), "export", "--frozen", "--offline", "--no-dev", "--format", "cyclonedx1.5"]
    command += ["--preview-features", "sbom-export", "--quiet"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 – uv, without a shell
    found: dict[str, Any] = json.loads(told.stdout)
    found["metadata"].pop("timestamp", None)
    for component in found["components"]:
        component.pop("properties", None)
        component["externalReferences"] = [
            {"type": one["type"], "url": one["url"].rsplit("/", 1)[-1], "hashes": one["hashes"]}
            for one in component.get("externalReferences", ())
            if one.get("hashes")
        ]
    found.pop("serialNumber", None)
    told_apart = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(found, sort_keys=True))
    return json.dumps({**found, "serialNumber": f"urn:uuid:{told_apart}"}, indent=1, ensure_ascii=False) + "\n"


def main() -> int:
    """Writes it, or compares it."""
    if "--check" in sys.argv[1:]:
        same = SBOM.exists() and SBOM.read_text(encoding="utf-8") == sbom()
        print(
            "deploy/sbom.cdx.json is up to date"
            if same
            else "deploy/sbom.cdx.json isn't what uv.lock names: run `make sbom`"
        )
        return 0 if same else 1
    SBOM.write_text(sbom(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
