"""Whom the house knows, and how an operator has it forget somebody."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from bot.errors import StartError
from bot.store.tables import people
from bot.terminal import folder_of
from dialogues.my_data import archive

if TYPE_CHECKING:
    from bot.house import House

_OWNER = re.compile(r"telegram:-?\d+(:\d+)?|[a-z]+:\S.*", re.DOTALL)


def known(house: House | Any) -> list[dict[str, Any]]:
    """Everybody of whom something is kept: the name that `forget` takes, the day they came, whether by a code."""
    columns = (people.c.owner, people.c.created, people.c.member)
    with house.store.engine.connect() as connection:
        rows = connection.execute(select(*columns).order_by(people.c.created, people.c.owner)).all()
    return [{"owner": row.owner, "since": row.created.date().isoformat(), "by_code": bool(row.member)} for row in rows]


def forget(house: House | Any, owner: str) -> int:
    """Removes all that is kept of somebody, and what let them in by a code; gives how many entries there were.

    Raises StartError where nothing is kept of them.
    """
    if not _OWNER.fullmatch(owner) or owner not in {row["owner"] for row in known(house)}:
        raise StartError(f"nothing is kept of {owner}: `makker people` lists whom the house knows")
    if owner.startswith("terminal:"):
        shutil.rmtree(folder_of(house.settings.data_dir / "documents", owner), ignore_errors=True)
    return sum(house.store.delete(owner).values())


def write_data(house: House, owner: str, path: Path, language: str, *, force: bool = False) -> None:
    """Writes all that is kept of somebody, or of a group, into a ZIP for its owner alone, as they would get it
    themselves.

    Raises StartError where nothing is kept of them, or the file can't be written; one that is there is, by `force`.
    """
    if owner not in {row["owner"] for row in known(house)}:
        raise StartError(f"nothing is kept of {owner}: `makker people` lists whom the house knows")
    try:
        content = archive(house.knowledge, house.store, owner, language)
        if force:
            path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
    except FileExistsError as error:
        raise StartError(f"{path} is there: give another by --out, or write over it by --force") from error
    except OSError as error:
        raise StartError(f"{path} can't be written ({error}): choose another by --out") from error


def traces_of(house: House, owner: str) -> dict[str, int]:
    """In which tables anything of somebody is found, and in how many rows: every column is looked through."""
    return house.store.traces(owner, deep=True)
