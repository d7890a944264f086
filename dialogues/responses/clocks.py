"""The time zone that somebody's reminders follow."""

from __future__ import annotations

from dialogues import taps
from dialogues.reminding.zones import find, zone
from dialogues.reply import Choice, Reply, rows
from dialogues.turn import Outcome, Turn
from knowledge.templates import Trusted

TIMEZONE = "timezone"  # the command
_NEAR = ("Copenhagen", "London", "Faroe", "Nuuk")


def timezone(turn: Turn, argument: str | None = None) -> Outcome:
    """Sets the zone that is named, by a button or in words; without a name, tells the present one."""
    said = argument or turn.words
    name = find(said) if said else None
    if name is None:
        return _told(turn, "timezone-unknown" if said else "timezone")
    turn.store.set_timezone(turn.owner, name)
    return _told(turn, "timezone-set")


def _told(turn: Turn, key: str) -> Outcome:
    where = zone(turn.store.timezone(turn.owner))
    now = turn.services.now().astimezone(where)
    values = {"zone": where.key, "hour": Trusted(now.hour), "minute": Trusted(f"{now.minute:02}")}
    text = turn.say(f"reminders.{key}", count=len(turn.store.reminders(turn.owner)), **values)
    near = [Choice(_city(name), taps.tap(taps.COMMAND, TIMEZONE, name)) for name in _NEAR]
    choices = () if key == "timezone-set" else rows(near, 2)
    reply = Reply(text, choices, place="menu", language=turn.language, outcome="command", command=TIMEZONE)
    return Outcome((reply,))


def _city(name: str) -> str:
    return (find(name) or name).replace("_", " ")
