"""Language of each message: Danish, English, or too short to tell."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.linear import LinearModel, Shape
from nlu.normalise import normalise

LANGUAGE = "language"
_SHAPE = Shape(words=(1, 1), characters=(1, 4), rarest=3)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class LanguageDetector(GraphComponent):
    """Sets `language` on a message where one is likely enough; the importer sets it on the examples."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """The probability from which a language is told, and that for a single word."""
        return {"sure": 0.9, "sure_of_a_word": 0.98}

    def __init__(self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model: LinearModel | None = None

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LanguageDetector:
        """A detector that has not learnt yet."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LanguageDetector:
        """The detector that `train` stored; one that tells nothing where the examples had no languages."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            if (folder / "model.json").exists():
                component._model = LinearModel.load(folder)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the examples that carry a language."""
        examples = [example for example in training_data.intent_examples if example.get(LANGUAGE)]
        with self._model_storage.write_to(self._resource) as folder:
            if len({example.get(LANGUAGE) for example in examples}) > 1:
                texts = [example.get(TEXT) for example in examples]
                self._model = LinearModel(_SHAPE).fit(texts, [example.get(LANGUAGE) for example in examples])
                self._model.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leaves the examples as they are."""
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Tells each message's language."""
        for message in messages:
            language = self._language(message.get(TEXT) or "")
            if language:
                message.set(LANGUAGE, language, add_to_output=True)
        return messages

    def _language(self, text: str) -> str | None:
        words = [word for word in normalise(text).split() if word.isalpha()]
        if self._model is None or not words:
            return None
        language, chance = self._model.rank(text)[0]
        return language if chance >= self._config["sure" if len(words) > 1 else "sure_of_a_word"] else None
