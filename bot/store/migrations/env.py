"""Alembic's entry: runs the migrations over the connection that `bot.store.database` hands in."""

from alembic import context
from sqlalchemy.types import TypeDecorator

from bot.store.tables import metadata


def render(kind, value, _autogenerate):
    """A migration names the database's types: those of the code may change, what it did then does not."""
    return f"sa.{value.impl!r}" if kind == "type" and isinstance(value, TypeDecorator) else False


connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, render_item=render)
with context.begin_transaction():
    context.run_migrations()
