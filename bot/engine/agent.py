"""Rasa's agent with the actions in the same process.

Stock Rasa reaches custom actions over HTTP, with the whole tracker as JSON on every call. These subclasses hand
the tracker over as it is: an agent that builds a processor that runs `rasa_sdk` actions in place.
"""

from __future__ import annotations

import copy
import logging
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from rasa.core.actions.action import Action
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, OutputChannel, UserMessage
from rasa.core.lock_store import LockStore
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import TrackerStore
from rasa.engine.loader import load_predict_graph_runner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.storage import ModelMetadata
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.common import TempDirectoryPath, get_temp_dir_name
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.engine.circles import circle_of
from bot.engine.presses import offers, pressed_in_words
from bot.engine.runner import OrderedGraphRunner
from bot.engine.trackers import read_events
from dialogues.actions import REPLY, Responding
from dialogues.reply import Reply

log = logging.getLogger(__name__)

PARSED = 1000  # characters of a message that are understood; nobody asks in more
Actions = Mapping[str, Responding]


class Replies(CollectingOutputChannel):
    """Collects the replies of one turn; `error` is what an action, or the turn, broke of."""

    def __init__(self) -> None:
        super().__init__()
        self.replies: list[Reply] = []
        self.error: Exception | None = None

    @property
    def failed(self) -> bool:
        """Whether something broke."""
        return self.error is not None


class InProcessAction(Action):
    """Runs a `rasa_sdk` action on the tracker at hand."""

    def __init__(self, action: Responding) -> None:
        self._action = action

    def name(self) -> str:
        """The action's name in the domain."""
        return self._action.name()

    async def run(
        self,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        tracker: DialogueStateTracker,
        domain: Domain,
    ) -> list[Event]:
        """Puts the action's replies into the channel and gives its events.

        An action that breaks is logged and marked on the channel; the conversation goes on.
        """
        dispatcher = CollectingDispatcher()
        try:
            events = await self._action.run(dispatcher, _as_sdk_tracker(tracker), {})
        except Exception as error:
            log.exception("the action %s failed", self.name())
            events = []
            if isinstance(output_channel, Replies):
                output_channel.error = error
        if isinstance(output_channel, Replies):
            output_channel.replies += [Reply.from_dict(message[REPLY]) for message in dispatcher.messages]
        return [*offers(dispatcher.messages), *read_events(events)]


class Said(UserMessage):
    """A message that knows its asker: owner, and what is known of their language. Rasa would keep metadata twice.
    `inbound`: the id under which it came, the same where it comes again."""

    def __init__(
        self,
        text: str,
        channel: OutputChannel,
        conversation: str,
        asker: Mapping[str, Any],
        inbound: str | None = None,
    ) -> None:
        super().__init__(text, channel, conversation)
        self.asker = asker
        self.inbound = inbound


def parse_data(text: str, understood: Mapping[str, Any], asker: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of a message: its text as typed, what was understood, and of the asker what actions need."""
    told = ("language", "tap", "exact", "term", "also")
    return {
        "text": text,
        "intent": understood["intent"],
        "entities": [],
        "intent_ranking": understood.get("intent_ranking", []),
        **{name: understood.get(name) for name in told},
        **asker,
    }


class InProcessProcessor(MessageProcessor):
    """Runs the project's actions in place, lets a button's words press it, and never reads typed text as a command to
    Rasa."""

    actions: Actions = MappingProxyType({})

    @staticmethod
    def _load_model(model_path: str | Path) -> tuple[str, ModelMetadata, GraphRunner]:
        """The model of a file, run without what Rasa's own runner costs at every message."""
        file = Path(model_path)
        with TempDirectoryPath(get_temp_dir_name()) as folder:
            found = load_predict_graph_runner(Path(folder), file, LocalModelStorage, OrderedGraphRunner)
        return file.name, *found

    async def handle_message(self, message: UserMessage) -> list[dict[str, Any]] | None:
        """Takes a turn, for which the conversation is held. What has come before and was answered is answered with the
        same: a process died over it, or was taken for dead and is at it still."""
        if isinstance(message, Said) and message.inbound and isinstance(message.output_channel, Replies):
            said = self.tracker_store.answered(message.sender_id, message.inbound)
            if said:
                message.output_channel.replies += [Reply.from_dict(reply) for reply in said]
                return None
        return await super().handle_message(message)

    async def parse_message(
        self, message: UserMessage, tracker: DialogueStateTracker | None = None, only_output_properties: bool = True
    ) -> dict[str, Any]:
        """What `message` means: a button of the last turn, where it says what that says, or what Rasa understands. Rasa
        takes text that begins with a slash for an intent: it gets a copy without."""
        asker = message.asker if isinstance(message, Said) else {}
        meant = _pressed(tracker, message.text or "") if tracker else None
        if meant:
            return parse_data(message.text or "", meant, asker)
        plain = copy.copy(message)
        plain.text = (message.text or "")[:PARSED].lstrip("/ \t\n")
        understood = await super().parse_message(plain, tracker, only_output_properties)
        return parse_data(message.text or "", understood, asker)

    async def _run_action(
        self,
        action: Action,
        tracker: DialogueStateTracker,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        prediction: PolicyPrediction,
    ) -> bool:
        own = self.actions.get(action.name())
        return await super()._run_action(
            InProcessAction(own) if own else action, tracker, output_channel, nlg, prediction
        )


class InProcessAgent(Agent):
    """An agent whose processor runs the given actions in place."""

    def __init__(self, actions: Actions, tracker_store: TrackerStore, lock_store: LockStore) -> None:
        self._actions = actions
        super().__init__(tracker_store=tracker_store, lock_store=lock_store)

    @staticmethod
    def _create_tracker_store(store: TrackerStore | None, domain: Domain | None) -> TrackerStore:
        """The store as it is. Rasa would wrap it so that a failed read begins a new conversation in silence."""
        if store is None:
            raise ValueError("the agent needs a tracker store")
        return store

    async def handle_message(self, message: UserMessage) -> list[dict[str, Any]] | None:
        """Takes a turn. The turns of a circle are taken one after another, as those of a conversation are."""
        circle = circle_of(message.sender_id)
        if circle is None:
            return await super().handle_message(message)
        async with self.lock_store.lock(circle):
            return await super().handle_message(message)

    def load_model(self, model_path: str | Path, fingerprint: str | None = None) -> None:
        """Loads the model and builds the processor."""
        self.processor = InProcessProcessor(
            model_path=model_path,
            tracker_store=self.tracker_store,
            lock_store=self.lock_store,
            generator=self.nlg,
        )
        self.processor.actions = self._actions
        self.domain = self.processor.domain
        self._set_fingerprint(fingerprint)
        self.tracker_store.domain = self.domain


def _pressed(tracker: DialogueStateTracker, text: str) -> dict[str, Any] | None:
    return pressed_in_words(list(tracker.events), text, tracker.current_slot_values())


def _as_sdk_tracker(tracker: DialogueStateTracker) -> Tracker:
    message = tracker.latest_message
    return Tracker(
        sender_id=tracker.sender_id,
        slots=tracker.current_slot_values(),
        latest_message={**(message.parse_data or {}), "text": message.text or ""} if message else {},
        events=[],
        paused=tracker.is_paused(),
        followup_action=tracker.followup_action,
        active_loop={},
        latest_action_name=tracker.latest_action_name,
    )
