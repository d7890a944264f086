"""What was answered before makes some meanings likelier than others.

After an answer on sponsorship, "og moms?" is more likely about VAT than about nothing, and "hvor lang tid tager det?"
asks on about sponsorship. To the logarithm of a label's chance something is added by how it stands to the topic
answered last. A long message says more by itself: to it, less is added.
"""

from __future__ import annotations

import json
from math import exp, log
from pathlib import Path
from typing import Any, Dict, List, Text

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.classifier import EXACT, ranking_of, set_ranking
from nlu.components.leads import CORRECTS
from nlu.components.stored import Stored
from nlu.labels import FOLLOWUP, OUT_OF_SCOPE, TOPIC, split

RELATIVES_OF, RELATIVES = "relatives_of", "relatives"  # on examples: a topic, and those that it names as related
STORED = "relatives.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ContextReader(Stored):
    """Ranks the labels of a message anew by the topic that was answered last."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """What is added, in natural logarithms of chances; fitted by `bench/fit.py`.

        `slot` holds the topic answered last; `floor` is the least chance that a label has; to a message of more than
        `words` words less is added, in proportion.
        """
        weights = {"same": 3.0, "related": 2.5, "group": 1.0, "followup": 3.0, "outside": 0.0, "corrected": -5.0}
        return {"slot": "topic", "floor": 0.0001, "words": 12, **weights}

    def __init__(self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, model_storage, resource)
        self._relatives: dict[str, list[str]] = {}

    def train(self, training_data: TrainingData) -> Resource:
        """Learns which topics are related."""
        self._relatives = {
            example.get(RELATIVES_OF): example.get(RELATIVES)
            for example in training_data.training_examples
            if example.get(RELATIVES_OF)
        }
        with self._model_storage.write_to(self._resource) as folder:
            (folder / STORED).write_text(json.dumps(self._relatives), encoding="utf-8")
        return self._resource

    def _read(self, folder: Path) -> None:
        self._relatives = json.loads((folder / STORED).read_text(encoding="utf-8"))

    def process(self, messages: List[Message], tracker: DialogueStateTracker | None = None) -> List[Message]:
        """Ranks each message anew; as it was where nothing has been answered, or the text is a phrasing by heart."""
        before = tracker.get_slot(self._config["slot"]) if tracker else None
        if before is not None and before in self._relatives:
            for message in messages:
                if ranking_of(message) and not message.get(EXACT):
                    self._rank(message, before)
        return messages

    def _rank(self, message: Message, before: str) -> None:
        share = min(1.0, self._config["words"] / max(1, len((message.get(TEXT) or "").split())))
        scores = {}
        for label, chance in ranking_of(message):
            scores[label] = log(chance + self._config["floor"]) + share * self._added(label, before)
            if message.get(CORRECTS) and label == f"{TOPIC}/{before}":
                scores[label] += self._config["corrected"]
        whole = sum(exp(score) for score in scores.values())
        set_ranking(message, sorted(((label, exp(score) / whole) for label, score in scores.items()), key=_falling))

    def _added(self, label: str, before: str) -> float:
        kind, name = split(label)
        if label == OUT_OF_SCOPE:
            return float(self._config["outside"])
        if kind == FOLLOWUP:
            return float(self._config["followup"])
        if kind != TOPIC:
            return 0.0
        if name == before:
            return float(self._config["same"])
        if name in self._relatives[before]:
            return float(self._config["related"])
        return float(self._config["group"]) if name.partition(".")[0] == before.partition(".")[0] else 0.0


def _falling(entry: tuple[str, float]) -> float:
    return -entry[1]
