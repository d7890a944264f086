"""Rasa's tracker store over the project's own, bounded: one row a conversation, however long it grows.

Stock Rasa keeps every event and copies and replays them all at every action, so that a conversation's cost grows
with its length. Nothing that people care about is in the event log; the last turns are enough.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from functools import cache
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, FollowupAction, Restarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine import circles
from bot.engine.answering import answering
from bot.engine.presses import without_old_offers
from bot.store.store import SqlStore, StoredConversation

KEPT_EVENTS = 24
# What a turn has read of its conversation, and has not made a tracker of yet.
_READ: ContextVar[tuple[str, StoredConversation | None] | None] = ContextVar("read", default=None)
_VERSION, _HELD = "stored_version", "shared_at_begin"  # attributes of a tracker


class ConversationMovedError(Exception):
    """Another process went on with the conversation since it was read."""


class BoundedTrackerStore(TrackerStore):
    """Keeps the last events of a conversation, and what the slots held before them."""

    def __init__(self, store: SqlStore) -> None:
        super().__init__(Domain.empty())
        self._store = store

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation's tracker, or None for one that has not begun."""
        read = _READ.get()
        if read and read[0] == sender_id:
            _READ.set(None)
        stored = read[1] if read and read[0] == sender_id else self._store.conversation(sender_id)
        if stored is None:
            return None
        events, version, _ = stored
        held = circles.shared(self._store, sender_id)
        every = circles.with_shared(read_events(events), sender_id, held)
        tracker = DialogueStateTracker.from_events(sender_id, every, self.domain.slots)
        setattr(tracker, _VERSION, version)
        setattr(tracker, _HELD, held)
        return tracker

    async def create_tracker(self, sender_id: str, append_action_listen: bool = True) -> DialogueStateTracker:
        """A tracker for a new conversation; it is stored at the end of its first turn."""
        tracker = self.init_tracker(sender_id)
        held = circles.shared(self._store, sender_id)
        # Rasa begins a session, which ends in `action_listen`, where a tracker is empty: one with slots is not.
        listens = append_action_listen or circles.circle_of(sender_id) is not None
        begin: list[Event] = [ActionExecuted("action_listen")] if listens else []
        for event in circles.with_shared(begin, sender_id, held):
            tracker.update(event)
        setattr(tracker, _HELD, held)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Stores what is kept of the tracker.

        Raises ConversationMovedError where the stored conversation is newer than the one that this tracker began with.
        """
        # What is to follow within a turn means nothing after it; left over by a turn that broke, it breaks the next.
        every = without_old_offers(list(tracker.events))
        events = [event for event in kept(every) if not isinstance(event, FollowupAction)]
        if not any(isinstance(event, UserUttered) for event in events):
            return  # nothing has been said, or all of it is to be forgotten
        version = getattr(tracker, _VERSION, 0)
        message = tracker.latest_message
        owner = (message.parse_data or {}).get("owner") if message else None
        rows = [_slim(event.as_dict()) for event in events]
        stored = self._store.save_conversation(tracker.sender_id, owner, rows, version, answering())
        if not stored or not circles.keep(self._store, tracker, getattr(tracker, _HELD), owner):
            raise ConversationMovedError(tracker.sender_id)
        setattr(tracker, _VERSION, version + 1)

    def answered(self, sender_id: str, inbound: str) -> list[dict[str, Any]] | None:
        """The replies to what has come before under that id and was answered; None where it wasn't. The turn that
        follows goes on with what was read of the conversation here."""
        stored = self._store.conversation(sender_id)
        last = stored and stored[2]
        if last and last["id"] == inbound:
            replies: list[dict[str, Any]] = last["replies"]
            return replies
        _READ.set((sender_id, stored))
        return None

    async def keys(self) -> list[str]:
        """The ids of all conversations."""
        return self._store.conversation_ids()


@cache
def _kind(name: str) -> type[Event]:
    return Event.resolve_by_type(name)


def read_events(rows: Iterable[dict[str, Any]]) -> list[Event]:
    """Events from their data. Rasa's own reader looks through all classes there are for every event anew."""
    return [_kind(row["event"])._from_parameters(row) for row in rows]


def kept(events: list[Event], most: int = KEPT_EVENTS) -> list[Event]:
    """The events after a restart, at most `most` of them and cut where a user began to speak, with the slots
    that earlier events set."""
    restarts = [place for place, event in enumerate(events) if isinstance(event, Restarted)]
    events = events[restarts[-1] + 1 :] if restarts else events
    if len(events) <= most:
        return events
    cuts = [place for place, event in enumerate(events) if isinstance(event, UserUttered)]
    cut = next((place for place in cuts if len(events) - place <= most), cuts[-1] if cuts else 0)
    held = {event.key: event for event in events[:cut] if isinstance(event, SlotSet)}
    # A user speaks after `action_listen`: so the rules see the first turn that is kept as they saw it then.
    return [*held.values(), ActionExecuted("action_listen"), *events[cut:]]


def _slim(event: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in event.items() if value not in (None, {}, [])}
