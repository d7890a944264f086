"""What a message asks, without what leads up to it, and one question at a time.

"Og hvad med moms?" asks for "moms"; "nej, jeg mente opsigelse" asks for "opsigelse" and takes back what was answered.
The ways to lead up are learnt from examples that mark what follows (`nlu.frames`). A message with several questions is
cut where a question begins.
"""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any, Dict, List, Text

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.abbreviations import spoken
from nlu.components.stored import Stored
from nlu.frames import Frame, Frames, plain
from nlu.labels import LEAD

LEAD_FRAME = "lead_frame"  # on examples: label, what stands before, what stands after
SUBJECT = "subject"  # on messages: what they ask, where something leads up to it
CORRECTS = "corrects"  # on messages: what was answered before was not what was meant
QUESTIONS = "questions"  # on messages: their questions, where there are several
CORRECTION = f"{LEAD}/correction"
STORED = "leads.json"
DEEPEST = 3  # "nej, men og hvad med …": so many leads may follow one another
SHORTEST = 2  # words that a question has, beside the one that begins it


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class LeadReader(Stored):
    """Sets `subject`, `corrects` and `questions` on messages that have them."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """The words with which a question begins, those that join it to what stands before, and those that deny what
        stands up to the next comma: "ikke en sponsor, en forening"."""
        return {"asks": [], "joins": [], "denies": []}

    def __init__(self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, model_storage, resource)
        self._frames = Frames(())
        asks, joins = ("|".join(map(re.escape, config[name])) for name in ("asks", "joins"))
        joined = rf"(?:(?:{joins})\b[\s,:]*)*" if joins else ""
        self._begins = re.compile(rf"(?:^|[.?!:;,]\s+|\s+(?=(?:{joins})\b)){joined}(?=\b(?:{asks})\b)", re.IGNORECASE)
        self._can_split = bool(asks)
        denies = "|".join(map(re.escape, config["denies"]))
        self._denied = re.compile(
            rf"(?:\w+,?\s+)?(?:{denies})\b[^,.;]+[,.;]\s*(?P<meant>.+)", re.IGNORECASE | re.DOTALL
        )
        self._can_deny = bool(denies)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the leads."""
        told = (example.get(LEAD_FRAME) for example in training_data.training_examples)
        self._frames = Frames(Frame(label, plain(before), plain(after)) for label, before, after in filter(None, told))
        with self._model_storage.write_to(self._resource) as folder:
            (folder / STORED).write_text(json.dumps(self._frames.as_lists(), ensure_ascii=False), encoding="utf-8")
        return self._resource

    def _read(self, folder: Path) -> None:
        self._frames = Frames.from_lists(json.loads((folder / STORED).read_text(encoding="utf-8")))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leaves the examples as they are."""
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Reads each message."""
        for message in messages:
            text = spoken(message)
            denied = self._denied.fullmatch(text) if self._can_deny else None
            subject, corrects = (denied["meant"], True) if denied else self._subject(plain(text))
            if subject:
                message.set(SUBJECT, subject)
            if corrects:
                message.set(CORRECTS, True)
            questions = self._questions(text)
            if len(questions) > 1:
                message.set(QUESTIONS, questions)
        return messages

    def _subject(self, text: str) -> tuple[str | None, bool]:
        """What the plain `text` leads up to, or None; and whether it corrects."""
        said, corrects = text, False
        for _ in range(DEEPEST):
            label, middle = next(self._frames.fitting(said), (None, None))
            if not middle:
                break
            said, corrects = middle, corrects or label == CORRECTION
        return (said if said != text else None), corrects

    def _questions(self, text: str) -> list[str]:
        """The questions of the text. What stands before the first belongs to it, what follows one to that."""
        if not self._can_split:
            return []
        starts = [found.end() for found in self._begins.finditer(text)]
        cut = [text[start:end].strip() for start, end in pairwise([*starts, len(text)])]
        return [question for question in cut if len(question.split()) > SHORTEST]
