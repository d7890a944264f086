"""Short forms as people type them on a phone, written out: "ifm" is "i forbindelse med".

They stand in Rasa's own form for synonyms, so that an editor can add one; they are written out in the examples too.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Dict, List, Mapping, Text

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.stored import Stored

WRITTEN_OUT = "written_out"  # on messages and examples: the text, where it has short forms
STORED = "abbreviations.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class Abbreviations(Stored):
    """Sets `written_out` on messages that hold a short form; `spoken` reads it."""

    def __init__(self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, model_storage, resource)
        self._long: dict[str, str] = {}
        self._short = re.compile(r"(?!)")

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the short forms."""
        self._learn(training_data.entity_synonyms)
        with self._model_storage.write_to(self._resource) as folder:
            (folder / STORED).write_text(json.dumps(self._long, ensure_ascii=False), encoding="utf-8")
        return self._resource

    def _read(self, folder: Path) -> None:
        self._learn(json.loads((folder / STORED).read_text(encoding="utf-8")))

    def _learn(self, synonyms: Mapping[str, str]) -> None:
        self._long = {short.lower(): long for short, long in synonyms.items()}
        forms = "|".join(re.escape(short) for short in sorted(self._long, key=len, reverse=True))
        if forms:
            self._short = re.compile(rf"(?<![\w.])(?:{forms})(?!\w)", re.IGNORECASE)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Writes the examples out."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Writes each message out."""
        for message in messages:
            text = message.get(TEXT) or ""
            written_out = self._short.sub(lambda found: self._long[found[0].lower()], text)
            if written_out != text:
                message.set(WRITTEN_OUT, written_out)
        return messages


def spoken(message: Message) -> str:
    """The message's text, its short forms written out."""
    return str(message.get(WRITTEN_OUT) or message.get(TEXT) or "")
