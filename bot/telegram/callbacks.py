"""Callback data: a tap, with version and signature, within Telegram's 64 bytes.

The signature is made with a key that comes from the bot's token: any process of the bot can check a
button of any age, without a memory, and nobody else can make one. A button about what belongs to somebody (an
answer, a document, the deletion of one's data) is signed for the chat it was offered in: what is a group's is for
everybody in the group, and for nobody elsewhere.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable

from dialogues import taps
from dialogues.course.buttons import ANSWER, COMMAND, PLACE, SCENE, SCENE_PLACE, SCENES, TURN

VERSION = "1"
PRIVATE_COMMANDS = ("export_my_data", "delete_my_data", COMMAND, "dilemmas")  # about a person, not for a group's eyes
GROUP = "group"  # how the argument of a command begins that is about a group's data
_OWNED_COMMANDS = ("export_my_data", "delete_my_data", "my_documents")
_IN_A_LIST = "x"  # the verb of a tap that cancels a reminder where all of them are listed
_OF_A_REMINDER = ("c", "k", "m", "s", _IN_A_LIST)  # verbs of taps below a reminder; the others offer one
_LESSON, _QUESTION = 1, 2  # where they stand in an answer
_SIGNATURE = 8  # base64url characters, 48 bits
_HEAD = len(VERSION) + _SIGNATURE


class Signer:
    """Signs taps and reads them back."""

    def __init__(self, token: str) -> None:
        self._key = hmac.digest(token.encode(), b"makker callback data", "sha256")

    def sign(self, tap: str, chat: int) -> str:
        """Callback data for a `tap` offered in `chat`. ValueError if it is not a tap, or too long for a button."""
        if taps.parse(tap) is None:
            raise ValueError(f"not a tap: {tap!r}")
        return f"{VERSION}{self._signature(tap, chat)}{tap}"

    def read(self, data: str, chat: int) -> str | None:
        """The tap that was signed, or None if this bot did not sign it in this version, or not in this chat."""
        tap = data[_HEAD:]
        if taps.parse(tap) is None:
            return None
        genuine = hmac.compare_digest(self.sign(tap, chat).encode(), data.encode("utf-8", "replace"))
        return tap if genuine else None

    def _signature(self, tap: str, chat: int) -> str:
        whose = chat if is_owned(tap) else ""
        # `hmac.digest` would give up Python's one lock for it, and then wait for whoever has taken that.
        mac = hmac.new(self._key, f"{VERSION}:{whose}:{tap}".encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(mac)[:_SIGNATURE].decode()


def is_owned(tap: str) -> bool:
    """Whether a tap is about what somebody, or a group, answered, has, or wants deleted."""
    parsed = taps.parse(tap)
    if parsed is None:
        return False
    own = parsed.kind == taps.COMMAND and parsed.parts[0] in _OWNED_COMMANDS
    return own or parsed.kind in (taps.ANSWER, taps.CONTROL, taps.DOCUMENT)


def is_private(tap: str) -> bool:
    """Whether a tap is about a person's own data or learning, and not for a group."""
    parsed = taps.parse(tap)
    if parsed is None:
        return False
    if parsed.kind == taps.COMMAND and len(parsed.parts) > 1 and parsed.parts[1].startswith(GROUP):
        return False  # about the group's data
    return parsed.kind == taps.COURSE or (parsed.kind == taps.COMMAND and parsed.parts[0] in PRIVATE_COMMANDS)


def claims_walkthrough(data: str) -> bool:
    """Whether data that nobody vouches for looks like a button of a walkthrough."""
    tap = taps.parse(data[_HEAD:])
    return tap is not None and tap.kind in (taps.ANSWER, taps.CONTROL)


def place_of(pressed: str, offered: Iterable[str] = ()) -> str | None:
    """What the message under a pressed button shows, by the name that `Reply.place` has; None if it can't be told.

    The taps that the message offers tell it: the way back is a menu's, a walkthrough's are about its run, and "more"
    is about the topic that is shown (while a topic's own button may lead to any other).
    """
    below = (pressed, *offered)
    for tap in below:
        command, _, argument = tap.removeprefix(f"{taps.COMMAND}:").partition(":")
        if command == "menu" or (command == "list_topics" and argument):
            return "menu"
        if command == "choose_checklist" and argument:
            return "triage"
        if command == "delete_my_data" and argument:
            return "deletion"
    for tap in below:
        parsed = taps.parse(tap)
        if parsed and parsed.kind == taps.REMINDER and parsed.parts[0] in _OF_A_REMINDER:
            return "menu" if parsed.parts[0] == _IN_A_LIST else f"reminder:{parsed.parts[1]}"
    for tap in below:
        parsed = taps.parse(tap)
        if parsed and parsed.kind in (taps.ANSWER, taps.CONTROL):
            return f"run:{parsed.parts[0]}"
        if parsed and parsed.kind in (taps.MORE, taps.EXAMPLE):
            return f"topic:{parsed.parts[0]}"
        if parsed and parsed.kind == taps.TEAM:
            return f"team:{parsed.parts[0]}"
    return _course_place([parsed.parts for tap in below if (parsed := taps.parse(tap)) and parsed.kind == taps.COURSE])


def _course_place(below: list[tuple[str, ...]]) -> str | None:
    """The same for a message of the introduction course, from what its taps do."""
    verbs = {verb for verb, *_ in below}
    for verb, *parts in below:
        if verb == ANSWER and len(parts) > _QUESTION:
            return f"quiz:{parts[_LESSON]}:{parts[_QUESTION]}"
    if (
        TURN in verbs or {SCENE, SCENES} <= verbs
    ):  # a list of scenes, and a lesson, lead to a scene, but to no such list
        return SCENE_PLACE
    return PLACE if verbs else None
