"""Honesty: whether what the classifier found is sure enough to be said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Dict, List, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message

from nlu.components.classifier import (
    EXACT,
    GUESS_RANKINGS,
    LEAST_OF_TWO,
    QUESTION_RANKINGS,
    ranking_of,
    set_label,
    set_ranking,
)
from nlu.judgement import Judgement, Ranking, best_inside
from nlu.labels import OUT_OF_SCOPE

ALSO = "also"  # set where a message has several questions: the labels of those after the first
MOST = 3  # questions of one message that are answered
FIRMLY, AMONG = 0.9, 2
"""Where no word tells surely that a second question begins: how sure each must be, and among how many of the labels of
the whole message both must be."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Judge(GraphComponent):
    """Sets the intent to the best label, or to `unclear` or `out_of_scope` where that isn't sure enough; the confidence
    is how probably the best label is right."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Weights and bounds that stand for no data in particular: this project's are in its `config.yml`. And how many
        runners-up are told.
        """
        return {
            "right": {"best": 1.0, "outside": -0.5, "bias": 0.0, "answer_from": 0.5, "lightly_from": 0.3},
            "inside": {"best": 0.5, "outside": -1.0, "bias": 0.0, "ask_from": 0.5},
            "ranking_length": 6,
        }

    def __init__(self, config: Dict[Text, Any]) -> None:
        self._judgement = Judgement.from_config(config)
        self._length = config["ranking_length"]

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Judge:
        """A judge with the configured weights."""
        return cls(config)

    def process(self, messages: List[Message]) -> List[Message]:
        """Judges each message's ranking, and shortens it to what is told of it."""
        for message in messages:
            ranking = ranking_of(message)
            if ranking:
                self._judge(message, ranking)
        return messages

    def _judge(self, message: Message, ranking: Ranking) -> None:
        told = [*ranking[: self._length], *(entry for entry in ranking[self._length :] if entry[0] == OUT_OF_SCOPE)]
        set_ranking(message, told)
        asked = [] if message.get(EXACT) else self._several(message, ranking)
        if asked:
            (first, confidence), *others = asked
            set_label(message, first, confidence)
            message.set(ALSO, [label for label, _ in others], add_to_output=True)
            return
        verdict, confidence = self._judgement.judge(ranking)
        best = best_inside(ranking)
        if verdict is None and best:
            set_label(message, best, confidence)
        else:
            intent = {INTENT_NAME_KEY: verdict, PREDICTED_CONFIDENCE_KEY: confidence}
            message.set(INTENT, intent, add_to_output=True)

    def _several(self, message: Message, ranking: Ranking) -> List[tuple[str, float]]:
        """The topics that a message asks for, with their probabilities, where it asks for several."""
        asked = self._answered_at_once(message.get(QUESTION_RANKINGS) or [])
        if asked:
            return asked
        chances = {label: chance for label, chance in ranking[:AMONG] if chance >= LEAST_OF_TWO}
        guesses = map(self._answered_at_once, message.get(GUESS_RANKINGS) or [])
        sure = [both for both in guesses if both and all(one in chances and right >= FIRMLY for one, right in both)]
        return sorted(sure[0], key=lambda one: -chances[one[0]]) if sure else []

    def _answered_at_once(self, rankings: Sequence[Ranking]) -> List[tuple[str, float]]:
        """The topic of each question with its probability, where there are several topics and all are sure."""
        found: Dict[str, float] = {}
        for ranking in rankings:
            topic, confidence = self._judgement.one_of_several(ranking)
            if topic is None:
                return []
            found.setdefault(topic, confidence)
        return list(found.items())[:MOST] if len(found) > 1 else []
