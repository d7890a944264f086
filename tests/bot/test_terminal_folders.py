"""One folder for each user of the terminal, whatever they call themselves; and what an operator forgets."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import pytest

from bot.cli import main
from bot.errors import StartError
from bot.people import forget, known
from bot.store.database import connect
from bot.store.store import SqlStore
from bot.terminal import Paper, Speaker, folder_of
from dialogues.reply import Choice, Reply

NAMES = (
    "",
    ".",
    "..",
    "../x",
    "/etc",
    "a/b",
    "a\\b",
    "con",
    "NUL",
    "a\x00b",
    "x" * 4000,
    "x" * 4001,
    "~",
    "\u202ex",
    "%",
    "%2F",
)


def test_a_users_files_lie_in_one_folder_right_below(tmp_path: Path) -> None:
    folders = [folder_of(tmp_path, f"terminal:{name}") for name in NAMES]
    assert all(folder.parent == tmp_path and folder.name not in ("", ".", "..") for folder in folders)
    assert len(set(folders)) == len(NAMES)
    for folder in folders:
        folder.mkdir()


def test_no_name_makes_a_user_part_of_anothers_conversation() -> None:
    for name in NAMES:
        assert "/" not in Speaker(name).owner


def test_an_operator_lists_and_forgets_people(tmp_path: Path) -> None:
    store = SqlStore(connect(f"sqlite:///{tmp_path / 'm.db'}"))
    house = SimpleNamespace(store=store, settings=SimpleNamespace(data_dir=tmp_path))
    store.add("telegram:42")
    store.add_document("terminal:anna", "", "a.docx", "x", b"x")
    store.add_document("telegram:7", "", "b.docx", "x", b"x")
    paper = folder_of(tmp_path / "documents", "terminal:anna") / "a.docx"
    paper.parent.mkdir(parents=True)
    paper.write_bytes(b"x")
    assert {(row["owner"], row["by_code"]) for row in known(house)} == {
        ("telegram:42", True), ("terminal:anna", False), ("telegram:7", False)
    }  # fmt: skip
    assert forget(house, "terminal:anna") == 1 and not paper.exists()
    assert forget(house, "telegram:42") == 0 and not store.has("telegram:42")
    assert [row["owner"] for row in known(house)] == ["telegram:7"] and store.documents("telegram:7")
    for nobody in ("telegram:42", "telegram:%", "terminal:", "telegram:7' OR '1'='1"):
        with pytest.raises(StartError, match="nothing is kept"):
            forget(house, nobody)


@pytest.mark.parametrize(
    ("name", "told"),
    [("a" * 120, "is too long: 90 characters at most"), ("a\nb", "holds a line break or the like")],
    ids=["long", "two lines"],
)
def test_a_name_that_is_none_is_told_before_anything_is_begun(
    capsys: pytest.CaptureFixture[str], name: str, told: str
) -> None:
    with pytest.raises(SystemExit), patch.object(sys, "argv", ["makker", "chat", "--user", name]):
        main()
    assert capsys.readouterr().err.startswith(f"makker: the name that --user gives {told}")


def test_a_button_turns_no_text_around(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    voice = SimpleNamespace(say=lambda *_, **__: "")
    paper = Paper(tmp_path, SimpleNamespace(), voice, coloured=False)  # type: ignore[arg-type]
    paper.print("terminal:me", [Reply("hej", ((Choice("slet \u202etxt.exe", "k:x"),),))])
    assert "slet txt.exe" in capsys.readouterr().out
