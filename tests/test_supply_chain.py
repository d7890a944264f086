"""What goes into the program: known vulnerabilities are mended or judged, and the bill of materials is the lock's."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.specifiers import SpecifierSet

REPO = Path(__file__).parent.parent
LOCKED = dict(
    re.findall(
        r'\[\[package\]\]\nname = "([^"]+)"\nversion = "([^"]+)"', (REPO / "uv.lock").read_text(encoding="utf-8")
    )
)
LISTED = yaml.safe_load((REPO / "deploy" / "advisories.yml").read_text(encoding="utf-8"))["advisories"]


@pytest.mark.parametrize("one", LISTED, ids=lambda one: str(one["id"]))
def test_a_known_vulnerability_is_mended_in_the_lock_or_judged(one: dict[str, Any]) -> None:
    version = LOCKED.get(one["package"])
    affected = version is not None and SpecifierSet(one["affected"]).contains(version, prereleases=True)
    assert affected == ("why" in one), f"{one['package']} {version}: {one['id']} concerns {one['affected']}"


def test_each_is_listed_once() -> None:
    ids = [one["id"] for one in LISTED]
    assert len(ids) == len(set(ids))


def test_the_page_tells_what_stays_and_why() -> None:
    page = (REPO / "docs" / "security.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ((?:CVE|PYSEC|GHSA)-[\w-]+) \| ([\w-]+) \| (.+) \|$", page, re.MULTILINE)
    judged = [(one["id"], one["package"], " ".join(one["why"].split())) for one in LISTED if "why" in one]
    assert rows == judged


def test_the_page_names_tests_that_are_there() -> None:
    page = (REPO / "docs" / "security.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:tests|bench|deploy)/[\w/.]+)`", page))
    assert named and not [name for name in named if not (REPO / name).exists()]


def test_the_bill_of_materials_is_in_step_with_the_lock() -> None:
    done = subprocess.run(
        [sys.executable, "deploy/sbom.py", "--check"], cwd=REPO, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    components = json.loads((REPO / "deploy" / "sbom.cdx.json").read_text(encoding="utf-8"))["components"]
    named = {component["name"]: component["version"] for component in components}
    assert {"rasa", "python-telegram-bot", "aiohttp", "jinja2"} <= named.keys()
    assert all(LOCKED[name] == version for name, version in named.items())
    assert "pytest" not in named
