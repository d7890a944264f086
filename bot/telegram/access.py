"""Who may talk to the bot: everyone, or whom `MAKKER_ALLOWED` names.

The list holds Telegram user ids (`123456`), user names (`@anna`) and invite codes (`k7mq-2wxd-9hpt`), with commas
or spaces between them. A name without `@` counts as both user name and code, so write names with it.
Who came in by `/start <code>` stays in, also when the code is taken off the list later.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable

from bot.telegram.ports import Members


def entries(setting: str | Iterable[str] | None) -> tuple[str, ...]:
    """The entries of a list, as the setting or a sequence has them."""
    if setting is None:
        return ()
    texts = [setting] if isinstance(setting, str) else [str(entry) for entry in setting]
    return tuple(entry for text in texts for entry in re.split(r"[\s,;]+", text) if entry)


class Access:
    """Decides. An empty list lets everyone in."""

    def __init__(self, allowed: str | Iterable[str] | None, members: Members) -> None:
        listed = entries(allowed)
        self._open = not listed
        self._members = members
        self._ids = {entry for entry in listed if entry.isdigit()}
        self._names = {entry.removeprefix("@").lower() for entry in listed if not entry.isdigit()}
        self._codes = [entry for entry in listed if not entry.isdigit() and not entry.startswith("@")]

    @property
    def by_name(self) -> bool:
        """Whether somebody may come in by their user name."""
        return bool(self._names)

    def admits(self, user_id: int, username: str | None, owner: str, code: str | None = None) -> bool:
        """Whether this user may come in; `code` is what came with `/start`, if anything did."""
        if self._open or str(user_id) in self._ids or (username or "").lower() in self._names:
            return True
        if code and any(hmac.compare_digest(code.encode(), known.encode()) for known in self._codes):
            self._members.add(owner)
            return True
        return self._members.has(owner)
