"""A small knowledge base about tea, to break and to lay things over."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the content about tea, as `content` in the current directory."""
    shutil.copytree(FIXTURES / "content", tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "content"


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    """A copy of a library's own folder, as `overlay` beside the content."""
    shutil.copytree(FIXTURES / "overlay", tmp_path / "overlay")
    return tmp_path / "overlay"


@pytest.fixture
def edit() -> Callable[[Path, str, str], None]:
    """Changes the one place in a file where some text stands."""

    def change(path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return change
