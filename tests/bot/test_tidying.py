"""What is too old goes: by command, and by itself while the bot runs; what operators do for those who ask them."""

from __future__ import annotations

import asyncio
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from typer.testing import CliRunner

from bot.cli import app
from bot.house import House
from bot.settings import Settings
from bot.store.rows import now
from bot.store.tables import people
from bot.tidying import tidying
from tests.bot.test_store_privacy import on_disk

OWNER, CANARY = "terminal:anna", "Kanariefuglen"


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """A house with somebody who hasn't been seen for two years, and a file of theirs on the disk."""
    monkeypatch.setenv("MAKKER_DATA_DIR", str(tmp_path))
    house = House(Settings(_env_file=None, data_dir=tmp_path))
    house.store.note_contact(OWNER)
    house.store.add_document(OWNER, "", "Aftale.pdf", "application/pdf", CANARY.encode())
    with house.store.engine.begin() as connection:
        connection.execute(update(people).values(seen=now() - timedelta(days=730)))
    file = tmp_path / "documents" / "anna" / "Aftale.pdf"
    file.parent.mkdir(parents=True)
    file.write_text(CANARY)
    return house


def says(*arguments: str) -> str:
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_dry_run_tells_and_a_run_leaves_nothing_on_the_disk(old: House, tmp_path: Path) -> None:
    assert "people           1" in says("tidy", "--dry-run")
    assert len(on_disk(tmp_path, CANARY)) >= 2
    assert '"people": 1' in says("tidy", "--json")
    assert on_disk(tmp_path, CANARY) == []
    assert "people           0" in says("tidy")


def test_the_settings_say_how_long(old: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAKKER_KEEP_DAYS", "0")
    assert "people           0" in says("tidy", "--dry-run")


def test_the_bot_tidies_by_itself_and_of_several_processes_one(old: House) -> None:
    async def run() -> None:
        async with tidying(old), tidying(old):
            for _ in range(500):
                if not await asyncio.to_thread(old.store.traces, OWNER):
                    return
                await asyncio.sleep(0.01)

    asyncio.run(run())
    assert old.store.traces(OWNER, deep=True) == {}
    assert not old.store.claim_chore("retention", timedelta(hours=20))


def test_operators_hand_out_the_same_file_and_look_for_what_is_left(old: House, tmp_path: Path) -> None:
    out = tmp_path / "svar.zip"
    assert str(out) in says("data", OWNER, "--out", str(out))
    with zipfile.ZipFile(out) as found:
        [name] = [name for name in found.namelist() if name.endswith("Aftale.pdf")]
        assert found.read(name).decode() == CANARY
    assert "documents" in says("data", OWNER, "--traces")
    says("forget", OWNER)
    assert says("data", OWNER, "--traces") == "nothing is found\n"
    assert CliRunner().invoke(app, ["data", OWNER]).exit_code == 1
