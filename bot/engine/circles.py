"""Conversations that share a walkthrough: those of a group's members.

Everybody in a group has a conversation of their own, with the topic that they asked for last; the walkthrough on the
screen is the group's. A conversation is called `circle/member` where it belongs to a circle, and the slots that the
circle shares are kept under the circle's name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rasa.shared.core.events import ActionExecuted, Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.store.store import SqlStore
from dialogues.turn import RUN, STEP

SHARED = (RUN, STEP)
_SEPARATOR = "/"


@dataclass(frozen=True)
class Shared:
    """The circle's slots, and the version that they were read in."""

    values: dict[str, Any]
    version: int


def circle_of(conversation: str) -> str | None:
    """The circle that a conversation belongs to, or None for one that stands alone."""
    circle, separator, _ = conversation.partition(_SEPARATOR)
    return circle if separator else None


def shared(store: SqlStore, conversation: str) -> Shared:
    """What the circle of a conversation holds; nothing where it stands alone."""
    circle = circle_of(conversation)
    return Shared(*_read(store, circle)) if circle else Shared({}, 0)


def with_shared(events: list[Event], conversation: str, held: Shared) -> list[Event]:
    """The events of a conversation with the circle's slots. Rules look at what follows `action_listen`: the slots are
    set before it."""
    if circle_of(conversation) is None:
        return events
    slots: list[Event] = [SlotSet(slot, held.values.get(slot)) for slot in SHARED]
    listens = [place for place, event in enumerate(events) if isinstance(event, ActionExecuted)]
    cut = listens[-1] if listens else len(events)
    return [*events[:cut], *slots, *events[cut:]]


def keep(store: SqlStore, tracker: DialogueStateTracker, held: Shared, owner: str | None) -> bool:
    """Stores the slots that the circle shares, where they have changed; False where another process was faster."""
    circle = circle_of(tracker.sender_id)
    if circle is None:
        return True
    values = {slot: tracker.get_slot(slot) for slot in SHARED}
    if all(value == held.values.get(slot) for slot, value in values.items()):
        return True
    rows = [SlotSet(slot, value).as_dict() for slot, value in values.items()]
    return store.save_conversation(circle, owner, rows, held.version)


def _read(store: SqlStore, circle: str) -> tuple[dict[str, Any], int]:
    stored = store.conversation(circle)
    if stored is None:
        return {}, 0
    slots = {event["name"]: event["value"] for event in stored.events if event.get("event") == "slot"}
    return slots, stored.version
