"""Honesty: whether what the classifier found is sure enough to be said."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message

from nlu.judgement import Thresholds, judge


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Judge(GraphComponent):
    """Replaces the intent by `unclear` or `out_of_scope` where confidence or margin is too small."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """The thresholds: see `nlu.judgement.Thresholds`."""
        return dict(vars(Thresholds()))

    def __init__(self, config: Dict[Text, Any]) -> None:
        self._thresholds = Thresholds(**{key: config[key] for key in vars(Thresholds())})

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Judge:
        """A judge with the configured thresholds."""
        return cls(config)

    def process(self, messages: List[Message]) -> List[Message]:
        """Judges each message's ranking."""
        for message in messages:
            ranking = [
                (entry[INTENT_NAME_KEY], entry[PREDICTED_CONFIDENCE_KEY])
                for entry in message.get(INTENT_RANKING_KEY) or []
            ]
            verdict = judge(ranking, self._thresholds)
            if verdict is not None:
                confidence = ranking[0][1]
                message.set(
                    INTENT, {INTENT_NAME_KEY: verdict, PREDICTED_CONFIDENCE_KEY: confidence}, add_to_output=True
                )
        return messages
