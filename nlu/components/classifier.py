"""The intent classifier of the pipeline: one flat label per topic, command and so on.

It gives Rasa what a retrieval intent's classifier and response selector give together: the intent
(`topic`), the full retrieval intent (`topic/agreement.sign`) and the runners-up.
"""

from __future__ import annotations

import json
from math import sqrt
from pathlib import Path
from typing import Any, Dict, List, Text

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import (
    FULL_RETRIEVAL_INTENT_NAME_KEY,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    INTENT_RESPONSE_KEY,
    PREDICTED_CONFIDENCE_KEY,
    RESPONSE,
    RESPONSE_SELECTOR,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from knowledge.spelling import normalise
from nlu.components.abbreviations import spoken
from nlu.components.leads import GUESSES, QUESTIONS, SUBJECT
from nlu.components.stored import StoredModel
from nlu.labels import BLANK, KINDS, OUT_OF_SCOPE, TOPIC, split
from nlu.linear import LinearModel, Shape

QUESTION_RANKINGS = "question_rankings"  # the ranking of each question of a message that has several
GUESS_RANKINGS = "guess_rankings"  # the same for each way to cut a message that may have several
LEAST_OF_TWO = 0.005  # the chance of each of two topics in the ranking of the whole message
FLOOR = 0.001  # the least chance that a label has where two rankings are joined
EXACT = "exact"  # set where the message is a phrasing, word for word
PHRASES = "phrases.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearClassifier(IntentClassifier, StoredModel):
    """Ranks all labels by a linear model on word and character n-grams; knows the phrasings themselves by heart."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """The n-grams that count, and the firmness of the margins."""
        return {"words": [1, 3], "characters": [2, 5], "rarest": 2, "c": 1.0}

    def __init__(self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, model_storage, resource)
        self._phrases: dict[str, str] = {}  # normalised phrasing → label

    def _read(self, folder: Path) -> None:
        super()._read(folder)
        by_label = json.loads((folder / PHRASES).read_text(encoding="utf-8"))
        self._phrases = {phrase: label for label, phrases in by_label.items() for phrase in phrases}

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from every example's full label."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        shape = Shape(
            words=tuple(self._config["words"]),
            characters=tuple(self._config["characters"]),
            rarest=self._config["rarest"],
            c=self._config["c"],
        )
        texts = [spoken(example) for example in examples]
        labels = [example.get(INTENT_RESPONSE_KEY) or example.get(INTENT) for example in examples]
        self._model = LinearModel(shape).fit(texts, labels)
        self._phrases = dict(zip(map(normalise, texts), labels, strict=True))
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
            by_label: dict[str, list[str]] = {}
            for phrase, label in self._phrases.items():
                by_label.setdefault(label, []).append(phrase)
            (folder / PHRASES).write_text(json.dumps(by_label, ensure_ascii=False), encoding="utf-8")
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Sets intent, ranking and response selection of each message."""
        for message in messages:
            self._classify(message)
        return messages

    def _classify(self, message: Message) -> None:
        text = spoken(message)
        if self._model is None or not any(character.isalnum() for character in normalise(text)):
            message.set(INTENT, {INTENT_NAME_KEY: BLANK, PREDICTED_CONFIDENCE_KEY: 1.0}, add_to_output=True)
            message.set(INTENT_RANKING_KEY, [], add_to_output=True)
            return
        if normalise(text) in self._phrases:
            message.set(EXACT, True, add_to_output=True)
        ranking = self._rank(self._model, text)
        subject = message.get(SUBJECT)
        if subject and not message.get(EXACT):
            ranking = _both(ranking, self._rank(self._model, subject))
        set_ranking(message, ranking)
        if message.get(EXACT):
            return
        told = [message.get(QUESTIONS) or []]
        told += message.get(GUESSES) if _may_be_two(ranking) else []
        questions, *guesses = [[self._rank_question(self._model, *one) for one in cut] for cut in told]
        message.set(QUESTION_RANKINGS, questions)
        message.set(GUESS_RANKINGS, guesses)

    def _rank_question(self, model: LinearModel, before: str, asked: str) -> list[tuple[str, float]]:
        """What stands before a question may tell what it is about, or nothing."""
        ranking = self._rank(model, asked)
        return _both(ranking, self._rank(model, f"{before} {asked}")) if before else ranking

    def _rank(self, model: LinearModel, text: str) -> list[tuple[str, float]]:
        """All labels with their chances, best first."""
        if not any(character.isalpha() for character in text):  # a bare number is about nothing
            return [(OUT_OF_SCOPE, 1.0)]
        ranking = model.rank(text)
        known = self._phrases.get(normalise(text))  # an editor has said what this means
        return [(known, 1.0), *((label, 0.0) for label, _ in ranking if label != known)] if known else ranking


def _may_be_two(ranking: list[tuple[str, float]]) -> bool:
    """Whether a message may be about two topics: to try where it could be cut takes a while."""
    return all(split(label)[0] == TOPIC and chance >= LEAST_OF_TWO for label, chance in ranking[:2])


def _both(whole: list[tuple[str, float]], subject: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """The geometric mean of two rankings."""
    chances = dict(subject)
    means = [(label, sqrt((chance + FLOOR) * (chances.get(label, 0.0) + FLOOR))) for label, chance in whole]
    total = sum(mean for _, mean in means)
    return sorted(((label, mean / total) for label, mean in means), key=lambda entry: -entry[1])


def set_ranking(message: Message, ranking: list[tuple[str, float]]) -> None:
    """Sets the ranking, and the intent and response of the best label."""
    entries = [{INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: chance} for name, chance in ranking]
    message.set(INTENT_RANKING_KEY, entries, add_to_output=True)
    set_label(message, *ranking[0])


def ranking_of(message: Message) -> list[tuple[str, float]]:
    """The ranking that was set; empty where there is none."""
    return [
        (entry[INTENT_NAME_KEY], entry[PREDICTED_CONFIDENCE_KEY]) for entry in message.get(INTENT_RANKING_KEY) or []
    ]


def set_label(message: Message, label: str, confidence: float) -> None:
    """Sets the intent, and the response that Rasa's response selector would choose, to those of the label."""
    kind, _ = split(label)
    intent = {INTENT_NAME_KEY: kind, PREDICTED_CONFIDENCE_KEY: confidence, FULL_RETRIEVAL_INTENT_NAME_KEY: label}
    message.set(INTENT, intent, add_to_output=True)
    if kind in KINDS:
        selected = {RESPONSE: {INTENT_RESPONSE_KEY: label, PREDICTED_CONFIDENCE_KEY: confidence}}
        message.set(RESPONSE_SELECTOR, {"all_retrieval_intents": list(KINDS), kind: selected}, add_to_output=True)
