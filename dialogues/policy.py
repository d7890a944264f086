"""Who speaks next while a walkthrough is open.

The policy holds no model. Typed text goes to the walkthrough first, which takes it as an answer or passes it on
as a question (`dialogues.interruptions`); after a question in the middle the same step is shown again. It stands
above `RulePolicy`, and once it has begun to steer a turn it always has the next action, `action_listen` included.
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Text

from rasa.core.featurizers.tracker_featurizers import TrackerFeaturizer
from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from dialogues.turn import AWAITING, RUN

WALKTHROUGH, RESUME, AWAITED = "action_walkthrough", "action_resume", "action_awaited"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class WalkthroughPolicy(Policy):
    """Predicts the walkthrough's actions, by slots alone."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Above `RulePolicy`, which has 6."""
        return {"priority": 7}

    def __init__(
        self,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        featurizer: Optional[TrackerFeaturizer] = None,
    ) -> None:
        super().__init__(config, model_storage, resource, execution_context, featurizer)

    def train(
        self,
        training_trackers: List[TrackerWithCachedStates],
        domain: Domain,
        **kwargs: Any,
    ) -> Resource:
        """Learns nothing, and says so by an empty resource."""
        with self._model_storage.write_to(self._resource):
            return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> WalkthroughPolicy:
        """The policy as configured."""
        return cls(config, model_storage, resource, execution_context)

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: Optional[Dict[Text, Any]] = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """The next action where a walkthrough or an awaited text decides it; else an abstention."""
        action = next_action(
            tracker.latest_action_name or ACTION_LISTEN_NAME,
            typed=_is_typed(tracker),
            open_run=tracker.get_slot(RUN) is not None,
            awaiting=tracker.get_slot(AWAITING) is not None,
        )
        probabilities = self._default_predictions(domain)
        if action is not None:
            probabilities[domain.index_for_action(action)] = 1.0
        return self._prediction(probabilities)


def next_action(latest: str, *, typed: bool, open_run: bool, awaiting: bool) -> str | None:
    """The action after `latest`, or None to leave it to the rules.

    `typed`: the user's message was text, not a button; `open_run`: a walkthrough is on the screen;
    `awaiting`: the advisor asked for a text, say feedback.
    """
    if latest == ACTION_LISTEN_NAME:
        if typed and awaiting:
            return AWAITED
        return WALKTHROUGH if typed and open_run else None
    if latest in (WALKTHROUGH, RESUME) or not open_run or awaiting:
        return ACTION_LISTEN_NAME  # a step shown below a question of the advisor's own would hide that question
    return RESUME


def _is_typed(tracker: DialogueStateTracker) -> bool:
    message = tracker.latest_message
    return message is not None and not (message.parse_data or {}).get("tap")
