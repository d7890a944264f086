"""The actions, as Rasa knows them: each wraps one response.

They run in two ways. In the bot's own process `bot.engine` calls them with the services at hand; in an action
server (`rasa run actions --actions bot.action_server`) they take those that the class holds.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, Restarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.reply import Reply
from dialogues.responses import answers, awaited, commands, course, finished, glossary, small_talk, walkthroughs
from dialogues.turn import AWAITING, LANGUAGE, RUN, SLOTS, Meaning, Outcome, Services, Turn, spoken_language

Response = Callable[[Turn], Outcome]

REPLY = "makker"  # the key under which an uttered message carries the whole reply


class Responding(Action, ABC):
    """An action that answers with a response."""

    response: ClassVar[Response]
    services: ClassVar[Services | None] = None  # for an action server; in the process they come by the constructor

    def __init__(self, services: Services | None = None) -> None:
        self._given = services

    @abstractmethod
    def name(self) -> str:
        """The action's name in the domain."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Says the response's replies and gives the events that remember the turn."""
        turn = turn_of(tracker, self._services())
        outcome = type(self).response(turn)
        events = _say_and_remember(dispatcher, outcome)
        if outcome.later is not None:
            events += _say_and_remember(dispatcher, await asyncio.to_thread(outcome.later))
        if turn.slots.get(LANGUAGE) != turn.language and LANGUAGE not in outcome.slots:
            events.insert(0, SlotSet(LANGUAGE, turn.language))
        first = tracker.latest_action_name == "action_listen"
        opens = outcome.slots.get(RUN) is not None
        if (first or opens) and turn.slots.get(AWAITING) is not None and AWAITING not in outcome.slots:
            # what is awaited is awaited of the next message alone, but a result and the course till a walkthrough opens
            before = turn.slots[AWAITING]
            events.insert(0, SlotSet(AWAITING, None if opens else finished.later(before) or course.later(before)))
        return [Restarted()] if outcome.forgets else events

    def _services(self) -> Services:
        services = self._given or Responding.services
        if services is None:
            raise RuntimeError("the actions have no services: start them by bot.engine or bot.action_server")
        return services


def turn_of(tracker: Tracker, services: Services) -> Turn:
    """The turn that the tracker stands at."""
    message = tracker.latest_message or {}
    owner = message.get("owner") or tracker.sender_id
    slots = {name: tracker.slots.get(name) for name in SLOTS}
    chosen = services.store.language(owner)
    return Turn(
        services=services,
        owner=owner,
        text=message.get("text") or "",
        meaning=Meaning.from_message(message),
        language=spoken_language(slots, message, chosen),
        slots=slots,
        chosen=chosen,
        heard=spoken_language({**slots, RUN: None}, message, chosen),
        after=tracker.latest_action_name,
        place=tracker.sender_id.partition("/")[0],
        name=message.get("name"),
        came=message.get("came"),
    )


def _say_and_remember(dispatcher: CollectingDispatcher, outcome: Outcome) -> list[dict[str, Any]]:
    for reply in outcome.replies:
        say(dispatcher, reply)
    events = [SlotSet(name, value) for name, value in outcome.slots.items()]
    if outcome.follow_up:
        events.append(FollowupAction(outcome.follow_up))
    return events


def say(dispatcher: CollectingDispatcher, reply: Reply) -> None:
    """Utters a reply: text and buttons as any Rasa channel shows them, and the whole for the project's own doors."""
    buttons = [{"title": choice.label, "payload": choice.tap} for choice in reply.buttons]
    dispatcher.utter_message(text=reply.text, buttons=buttons, **{REPLY: reply.as_dict()})


def _action(name: str, response: Response) -> type[Responding]:
    members = {"name": lambda _self: name, "response": staticmethod(response)}
    return type(name.title().replace("_", ""), (Responding,), members)


ACTIONS = tuple(
    _action(name, response)
    for name, response in {
        "action_answer": course.with_way_back(answers.answer),
        "action_follow_up": course.with_way_back(answers.follow_up),
        "action_term": course.with_way_back(glossary.explain),
        "action_unclear": course.with_way_back(answers.unclear),
        "action_unknown": course.with_way_back(answers.unknown),
        "action_checklist": walkthroughs.begin,
        "action_walkthrough": walkthroughs.move,
        "action_resume": walkthroughs.show_again,
        "action_command": commands.command,
        "action_document": commands.document,
        "action_awaited": awaited.awaited,
        "action_small_talk": small_talk.small_talk,
        "action_blank": small_talk.blank,
    }.items()
)
