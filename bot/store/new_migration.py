"""Writes the migration that leads from the migrations there are to the tables as they stand."""

from __future__ import annotations

import sys

from alembic import command
from sqlalchemy import create_engine

from bot.store.database import MIGRATIONS, migration_config


def main(message: str) -> None:
    """Writes a file into `migrations/versions`, numbered after the last."""
    config = migration_config()
    with create_engine("sqlite://", future=True).connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        last = len(list((MIGRATIONS / "versions").glob("*.py")))
        command.revision(config, message, autogenerate=True, rev_id=f"{last + 1:04d}")


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]) or "change")
