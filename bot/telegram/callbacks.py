"""Callback data: a tap, with version and signature, within Telegram's 64 bytes.

The signature is made with a key that comes from the bot's token: any process of the bot can check a
button of any age, without a memory, and nobody else can make one. A personal button (an answer, a document,
the deletion of one's data) is signed for the one it was offered to, and is nobody else's to press in a group.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable

from dialogues import taps

VERSION = "1"
PERSONAL_COMMANDS = ("my_documents", "export_my_data", "delete_my_data")
_SIGNATURE = 8  # base64url characters, 48 bits
_HEAD = len(VERSION) + _SIGNATURE


class Signer:
    """Signs taps and reads them back."""

    def __init__(self, token: str) -> None:
        self._key = hmac.digest(token.encode(), b"makker callback data", "sha256")

    def sign(self, tap: str, user: int) -> str:
        """Callback data for a `tap` offered to `user`. ValueError if it is not a tap, or too long for a button."""
        if taps.parse(tap) is None:
            raise ValueError(f"not a tap: {tap!r}")
        return f"{VERSION}{self._signature(tap, user)}{tap}"

    def read(self, data: str, user: int) -> str | None:
        """The tap that was signed, or None if this bot did not sign it in this version, or not for this user."""
        tap = data[_HEAD:]
        if taps.parse(tap) is None:
            return None
        genuine = hmac.compare_digest(self.sign(tap, user).encode(), data.encode("utf-8", "replace"))
        return tap if genuine else None

    def _signature(self, tap: str, user: int) -> str:
        whose = user if is_personal(tap) else ""
        mac = hmac.digest(self._key, f"{VERSION}:{whose}:{tap}".encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(mac)[:_SIGNATURE].decode()


def is_personal(tap: str) -> bool:
    """Whether a tap is about what somebody answered, has, or wants deleted."""
    parsed = taps.parse(tap)
    if parsed is None:
        return False
    own = parsed.kind == taps.COMMAND and parsed.parts[0] in PERSONAL_COMMANDS
    return own or parsed.kind in (taps.ANSWER, taps.CONTROL, taps.DOCUMENT)


def claims_walkthrough(data: str) -> bool:
    """Whether data that nobody vouches for looks like a button of a walkthrough."""
    tap = taps.parse(data[_HEAD:])
    return tap is not None and tap.kind in (taps.ANSWER, taps.CONTROL)


def place_of(pressed: str, offered: Iterable[str] = ()) -> str | None:
    """What the message under a pressed button shows, by the name that `Reply.place` has; None if it can't be told.

    The taps that the message offers tell it: a walkthrough's are about its run, and "more" is about the topic
    that is shown (while a topic's own button may lead to any other).
    """
    for tap in (pressed, *offered):
        parsed = taps.parse(tap)
        if parsed and parsed.kind in (taps.ANSWER, taps.CONTROL):
            return f"run:{parsed.parts[0]}"
        if parsed and parsed.kind in (taps.MORE, taps.EXAMPLE):
            return f"topic:{parsed.parts[0]}"
    return None
