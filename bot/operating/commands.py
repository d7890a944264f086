"""The commands of those who operate the bot."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.errors import StartError
from bot.settings import read_settings


def backup(file: Annotated[Path, typer.Argument(help="Where to; an older backup there is replaced.")]) -> None:
    """Write all that the database keeps into a file. The bot may run."""
    from bot.operating.backup import backup as write

    _told("kept", write(read_settings().database, file), file)


def restore(
    file: Annotated[Path, typer.Argument(help="A backup.")],
    force: Annotated[
        bool, typer.Option(help="Replace people whom the database knows, and what a newer version wrote.")
    ] = False,
    with_deleted: Annotated[bool, typer.Option(help="Bring back who was deleted after the backup.")] = False,
) -> None:
    """Put a backup in the place of all that the database keeps. The bot must not run."""
    from bot.operating.restoring import restore as read

    settings = read_settings()
    if settings.database_url is None:
        os.umask(0o077)  # a new database is its owner's
    restored = read(settings.database, file, force=force, with_deleted=with_deleted)
    _told("restored", restored.contents, file)
    if restored.left_out:
        print(
            f"left out: {restored.left_out} who are not in the database any more (--with-deleted brings them back)",
            file=sys.stderr,
        )


def _told(what: str, contents: dict[str, int], file: Path) -> None:
    if not file.exists():
        raise StartError(f"{file} is gone")
    holds = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in contents.items() if count) or "nothing"
    print(f"{what} {file}: {holds}", file=sys.stderr)
