"""Buttons in the conversation: what a tap means, and which buttons a typed text may press."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rasa.shared.core.events import BotUttered, Event, UserUttered

from dialogues import taps
from dialogues.offered import numbered, pressed, way_through
from dialogues.reply import Choice
from dialogues.responses.learning import COURSE
from dialogues.turn import AWAITING, STEP, WAY

BLANK: dict[str, Any] = {"intent": {"name": "blank", "confidence": 1.0}}
_INTENTS = {
    taps.TOPIC: "topic",
    taps.START: "checklist",
    taps.COMMAND: "command",
    taps.MORE: "followup",
    taps.EXAMPLE: "followup",
    taps.ANSWER: "answer",
    taps.CONTROL: "answer",
    taps.DOCUMENT: "document",
    taps.VOTE: "command",
    taps.TEAM: "command",
    taps.REMINDER: "command",
    taps.COURSE: "command",
}
_NAMES = {
    taps.MORE: "more",
    taps.EXAMPLE: "example",
    taps.VOTE: "vote",
    taps.TEAM: "together",
    taps.REMINDER: "remind",
    taps.COURSE: "start_course",
}
_BUTTONS = "buttons"  # Rasa's name for them, with title and payload


def parse_data_of(tap_text: str) -> dict[str, Any]:
    """What a tap means, as if it had been understood from words. A tap that is none means nothing: `blank`."""
    tap = taps.parse(tap_text)
    if tap is None:
        return BLANK
    intent = _INTENTS[tap.kind]
    name = _NAMES.get(tap.kind, tap.parts[0])
    return {
        "intent": {"name": intent, "confidence": 1.0, "full_retrieval_intent_name": f"{intent}/{name}"},
        "tap": tap_text,
    }


def pressed_in_words(events: Sequence[Event], text: str, slots: Mapping[str, Any]) -> dict[str, Any] | None:
    """What the text means where it says what a button of the last turn says, or None. Where nothing else is on the
    screen, no step and no question, the button's number will do, and so will the way through the one checklist on
    offer."""
    offered = list(_offered(events))
    tap = pressed(offered, text)
    if tap is None and slots.get(STEP) is None:
        tap = (numbered(offered, text) if _is_free(slots) else None) or way_through(offered, text)
    return parse_data_of(tap) if tap else None


def _is_free(slots: Mapping[str, Any]) -> bool:
    return str(slots.get(AWAITING) or WAY).partition(":")[0] in (WAY, COURSE)


def offers(messages: Iterable[Mapping[str, Any]]) -> list[Event]:
    """The events that remember the buttons of messages that are said now."""
    return [BotUttered(data={_BUTTONS: list(message[_BUTTONS])}) for message in messages if message.get(_BUTTONS)]


def without_old_offers(events: Sequence[Event]) -> list[Event]:
    """The events without buttons of earlier turns: they can't be pressed in words any more."""
    turns = [place for place, event in enumerate(events) if isinstance(event, UserUttered)]
    last = turns[-1] if turns else 0
    return [event for place, event in enumerate(events) if place > last or not isinstance(event, BotUttered)]


def _offered(events: Sequence[Event]) -> Iterable[Choice]:
    """The buttons of the last turn, those of its last message first."""
    for event in reversed(events):
        if isinstance(event, UserUttered):
            return
        if isinstance(event, BotUttered):
            for button in event.data.get(_BUTTONS) or ():
                yield Choice(button["title"], button["payload"])
