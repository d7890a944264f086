"""Language of each message: Danish, English, or too short to tell."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Text

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from knowledge.spelling import normalise
from nlu.components.stored import StoredModel
from nlu.linear import LinearModel, Shape

LANGUAGE = "language"
LANGUAGES_LEARNT = "languages.json"
_SHAPE = Shape(words=(1, 1), characters=(1, 4), rarest=5, rarest_word=2)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class LanguageDetector(StoredModel):
    """Sets `language` on a message where one is likely enough; the importer sets it on the examples."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """The probability from which a language is told, and that for a single word."""
        return {"sure": 0.9, "sure_of_a_word": 0.98}

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the examples that carry a language."""
        examples = [example for example in training_data.intent_examples if example.get(LANGUAGE)]
        languages = sorted({str(example.get(LANGUAGE)) for example in examples})
        with self._model_storage.write_to(self._resource) as folder:
            (folder / LANGUAGES_LEARNT).write_text(json.dumps(languages), encoding="ascii")  # Rasa loses empty folders
            if len(languages) > 1:
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
