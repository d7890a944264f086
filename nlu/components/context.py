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

from nlu.components.classifier import EXACT, QUESTION_RANKINGS, ranking_of, set_ranking
from nlu.components.leads import CORRECTS
from nlu.components.stored import Stored
from nlu.judgement import Ranking
from nlu.labels import CHECKLIST, COMMAND, FOLLOWUP, OUT_OF_SCOPE, SMALLTALK, TOPIC, UNCLEAR, split

RELATIVES_OF, RELATIVES = "relatives_of", "relatives"  # on examples: a topic, and those that it names as related
STORED = "relatives.json"
POOLED = 0.9  # the share of the chances of all ways to stay with a topic that the likeliest way gets


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ContextReader(Stored):
    """Ranks the labels of a message anew by the topic that was answered last."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """What is added, in natural logarithms of chances; fitted by `bench/fit.py`.

        `slot` holds the topic answered last; `floor` is the least chance that a label has; to a message of more than
        `words` words less is added, in proportion. Who takes back an answer hardly means that topic (`corrected`), and
        rather another than an order (`ordered`). Where no walkthrough is open, as the slot `run` tells, who was just
        answered hardly speaks of one (`idle`, of the commands `within`).
        """
        weights = {"same": 4.0, "related": 3.0, "group": 1.5, "followup": 4.5, "part": 2.25, "outside": 0.0}
        less = {"corrected": -2.0, "ordered": -3.0, "idle": -3.0}
        within = ["back", "skip", "pause", "review", "status", "sections", "preview"]
        return {"slot": "topic", "run": "run", "floor": 0.0001, "words": 12, "within": within, **weights, **less}

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
        offered = self._offered(tracker)
        idle = tracker is not None and tracker.get_slot(self._config["run"]) is None
        for message in messages:
            if not ranking_of(message) or message.get(EXACT):
                continue
            corrects, words = bool(message.get(CORRECTS)), len((message.get(TEXT) or "").split())
            if offered and not corrects:
                set_ranking(message, self._among(ranking_of(message), offered, words))
            elif before in self._relatives:
                set_ranking(message, self._ranked(ranking_of(message), before, words, corrects=corrects, idle=idle))
            self._rank_questions(message, before)
        return messages

    def _offered(self, tracker: DialogueStateTracker | None) -> Dict[str, float]:
        """The topics that the advisor just asked about ("Mener du …?"), with their chances."""
        last = getattr(tracker, "latest_message", None)
        told = last.parse_data if last is not None and last.parse_data else {}
        if (told.get("intent") or {}).get("name") != UNCLEAR:
            return {}
        ranked = [(entry["name"], entry["confidence"]) for entry in told.get("intent_ranking") or []]
        topics = {split(label)[1]: chance for label, chance in ranked if split(label)[0] == TOPIC}
        known = {topic: chance for topic, chance in topics.items() if topic in self._relatives}
        return {topic: chance / max(1e-9, *known.values()) for topic, chance in known.items()}

    def _among(self, ranking: Ranking, offered: Dict[str, float], words: int) -> list[tuple[str, float]]:
        """What was asked about gets likelier, the more so the likelier it was."""
        share = min(1.0, self._config["words"] / max(1, words)) * self._config["same"]
        raised = {
            label: (chance + self._config["floor"]) * exp(share * offered.get(split(label)[1], 0.0))
            for label, chance in ranking
        }
        whole = sum(raised.values())
        return sorted(((label, chance / whole) for label, chance in raised.items()), key=_falling)

    def _rank_questions(self, message: Message, before: str | None) -> None:
        """Each of several questions leans on the one before, and hardly asks the same again."""
        ranked = []
        for number, alone in enumerate(message.get(QUESTION_RANKINGS) or []):
            ranking = alone
            if before in self._relatives:
                ranking = self._ranked(alone, before, self._config["words"], goes_on=number == 0)
            ranked.append(ranking)
            kind, name = split(ranking[0][0])
            before = name if kind == TOPIC else before
        message.set(QUESTION_RANKINGS, ranked)

    def _ranked(
        self,
        ranking: Ranking,
        before: str,
        words: int,
        *,
        corrects: bool = False,
        idle: bool = False,
        goes_on: bool = True,
    ) -> list[tuple[str, float]]:
        share = min(1.0, self._config["words"] / max(1, words))
        scores = {}
        for label, chance in ranking:
            kind, name = split(label)
            added = self._added_to_a_correction(label, before) if corrects else self._added(label, before)
            if not goes_on and (kind not in (TOPIC, OUT_OF_SCOPE) or name == before):
                added = 0.0 if name == before else float(self._config["ordered"])
            scores[label] = log(chance + self._config["floor"]) + share * added
            if idle and not corrects and kind == COMMAND and name in self._config["within"]:
                scores[label] += self._config["idle"]
        whole = sum(exp(score) for score in scores.values())
        chances = {label: exp(score) / whole for label, score in scores.items()}
        if goes_on and not corrects:
            _pool(chances, before)
        return sorted(chances.items(), key=_falling)

    def _added_to_a_correction(self, label: str, before: str) -> float:
        kind, name = split(label)
        if name == before or kind in (CHECKLIST, COMMAND, SMALLTALK):
            return float(self._config["corrected" if name == before else "ordered"])
        return 0.0 if kind == FOLLOWUP else self._added(label, before)

    def _added(self, label: str, before: str) -> float:
        kind, name = split(label)
        if label == OUT_OF_SCOPE:
            return float(self._config["outside"])
        if kind == FOLLOWUP:
            return float(self._config["followup" if name in ("more", "asks") else "part"])
        if kind != TOPIC:
            return 0.0
        if name == before:
            return float(self._config["same"])
        if name in self._relatives[before]:
            return float(self._config["related"])
        return float(self._config["group"]) if name.partition(".")[0] == before.partition(".")[0] else 0.0


def _pool(chances: Dict[str, float], before: str) -> None:
    """Gives the likeliest way to stay with the topic the chances of all such ways, as each answers by that topic."""
    staying = [label for label in chances if label == f"{TOPIC}/{before}" or split(label)[0] == FOLLOWUP]
    best = max(staying, key=lambda label: chances[label], default=None)
    if best is None:
        return
    pooled = POOLED * sum(chances[label] for label in staying if label != best)
    for label in staying:
        chances[label] = chances[best] + pooled if label == best else (1 - POOLED) * chances[label]


def _falling(entry: tuple[str, float]) -> float:
    return -entry[1]
