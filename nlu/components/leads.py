"""What a message asks, without what leads up to it, and one question at a time.

"Og hvad med moms?" asks for "moms"; "nej, jeg mente opsigelse" asks for "opsigelse" and takes back what was answered.
The ways to lead up are learnt from examples that mark what follows (`nlu.frames`), but for what is denied: "ikke en
sponsor, en forening", "en forening, ikke en sponsor". A message with several questions is cut by `nlu.questions`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
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
from nlu.questions import Cutter

LEAD_FRAME = "lead_frame"  # on examples: label, what stands before, what stands after
SUBJECT = "subject"  # on messages: what they ask, where something leads up to it
CORRECTS = "corrects"  # on messages: what was answered before was not what was meant
QUESTIONS = "questions"  # on messages: their questions, where there are several, each with what leads up to it
GUESSES = "guesses"  # on messages: ways to cut them into several where a question may begin
CORRECTION = f"{LEAD}/correction"
STORED = "leads.json"
DEEPEST = 4  # "nej, men og hvad med …": so many leads may follow one another
LONGEST_DENIED = 5  # words that are denied at the end of a message


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class LeadReader(Stored):
    """Sets `subject` and `corrects` on messages that have them, and how they can be cut."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """For `nlu.questions`: the words with which a question begins, those that join it to what stands before, those
        that begin one by themselves, and those of a condition. For corrections: the words that deny, those that say
        what was meant, and those that may stand before them."""
        return {"asks": [], "joins": [], "adds": [], "ifs": [], "denies": [], "means": [], "leads": []}

    def __init__(self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, model_storage, resource)
        self._frames = Frames(())
        self._cutter = Cutter(config)
        self._corrections = _corrections(config["denies"], config["means"], config["leads"])

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
            subject, corrects = self._read_leads(text)
            if subject:
                message.set(SUBJECT, subject)
            if corrects:
                message.set(CORRECTS, True)
            message.set(QUESTIONS, self._cutter.questions(text))
            message.set(GUESSES, self._cutter.guesses(text))
        return messages

    def _read_leads(self, text: str) -> tuple[str | None, bool]:
        """What the text leads up to, or None; and whether it corrects."""
        meant = next((found["meant"] for found in (way.fullmatch(text) for way in self._corrections) if found), None)
        subject, corrects = self._subject(plain(meant or text))
        return subject or meant, corrects or meant is not None

    def _subject(self, text: str) -> tuple[str | None, bool]:
        """What the plain `text` leads up to, or None; and whether it corrects."""
        said, corrects = text, False
        for _ in range(DEEPEST):
            label, middle = next(self._frames.fitting(said), (None, None))
            if not middle:
                break
            said, corrects = middle, corrects or label == CORRECTION
        return (said if said != text else None), corrects


def _corrections(denies: Sequence[str], means: Sequence[str], leads: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    """The ways to say what was meant: last in a message; after what is denied; before what is denied."""
    denied, meant, led = (rf"(?:{'|'.join(map(re.escape, words)) or '(?!)'})" for words in (denies, means, leads))
    before = rf"(?:{led}\b[\s,.:!]*)*"
    few = rf"\S+(?:\s+\S+){{0,{LONGEST_DENIED - 1}}}"
    return (
        re.compile(rf".+[,.;!?]\s*{before}{meant}\b[\s,:]+(?!{denied}\b)(?P<meant>.+)", re.IGNORECASE | re.DOTALL),
        re.compile(
            rf"{before}(?:\w+,?\s+)?{denied}\b[^,.;]+?(?:[,.;]\s*|\s+(?=(?:men|but)\b))(?:(?:men|but)\b\s*)?(?P<meant>.+)",
            re.IGNORECASE | re.DOTALL,
        ),
        re.compile(rf"{before}(?P<meant>[^,.;]+)[,.;]\s*(?:og\s+|and\s+)?{denied}\s+{few}", re.IGNORECASE),
    )
