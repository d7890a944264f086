"""Columns of words, which hold the same over every database.

PostgreSQL refuses the character NUL, and no database can encode half of a surrogate pair: neither gets there.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import types


class _Sound(types.TypeDecorator):
    cache_ok = True
    impl = types.Text

    def process_bind_param(self, value: Any, _dialect: Any) -> Any:
        """What is stored, or looked for, in place of a value."""
        return sound(value) if isinstance(value, str) else value


class String(_Sound):
    """A few words, of a given length at the most."""

    impl = types.String
    cache_ok = True


class Text(_Sound):
    """Words of any length."""

    impl = types.Text
    cache_ok = True


def sound(text: str) -> str:
    """The text without what a database can't hold."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")
