"""Words of the glossary that somebody asks for: "hvad betyder X", "X på engelsk", or a bare X that nothing else knows.

The ways of asking are learnt from examples that mark the word, as Rasa marks entities: what stands before and after
it is a frame, and a message that fits one and has a word of the glossary in the middle asks for that word.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict, List, Text

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from knowledge.vocabulary import Vocabulary
from nlu.components.classifier import EXACT, set_label
from nlu.components.stored import Stored
from nlu.frames import Frame, Frames, plain
from nlu.labels import FOLLOWUP, OUT_OF_SCOPE, TERM, UNCLEAR, WHAT_IS

FRAME, WORD, TERM_ID = "frame", "word", "term"  # set on examples by the importer; the last also on messages
MEANING = f"{TERM}/meaning"
STORED = "terms.json"
UNSURE = (OUT_OF_SCOPE, UNCLEAR, TERM)  # the intents that leave a message open to be asking for a word


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TermFinder(Stored):
    """Sets `term` to the id of the word, and mostly the intent `term`, on messages that ask for a word of the glossary.

    A topic that surely answers "what is X", and one that editors have given this very phrasing, keeps the message.
    """

    def __init__(self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, model_storage, resource)
        self._frames = Frames(())
        self._vocabulary = Vocabulary(())

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the frames of the marked examples and the words of the glossary."""
        frames = Frames(
            Frame(example.get(INTENT_RESPONSE_KEY), *map(plain, example.get(FRAME)))
            for example in training_data.intent_examples
            if example.get(FRAME)
        )
        words = [(one.get(WORD), one.get(TERM_ID)) for one in training_data.training_examples if one.get(TERM_ID)]
        with self._model_storage.write_to(self._resource) as folder:
            stored = json.dumps({"frames": frames.as_lists(), "words": words}, ensure_ascii=False)
            (folder / STORED).write_text(stored, encoding="utf-8")
            self._read(folder)
        return self._resource

    def _read(self, folder: Path) -> None:
        stored = json.loads((folder / STORED).read_text(encoding="utf-8"))
        self._frames = Frames.from_lists(stored["frames"])
        self._vocabulary = Vocabulary(map(tuple, stored["words"]))

    def process(self, messages: List[Message]) -> List[Message]:
        """Looks for a word of the glossary in each message that may be asking for one."""
        for message in messages:
            self._find(message)
        return messages

    def _find(self, message: Message) -> None:
        text = plain(message.get(TEXT) or "")
        unsure = _intent(message) in UNSURE
        for label, word in self._frames.fitting(text):
            term = self._vocabulary.named(word)
            if term:
                message.set(TERM_ID, term, add_to_output=True)
                if unsure or (label != WHAT_IS and not message.get(EXACT)):
                    set_label(message, label, 1.0)
                return
        guessed = _intent(message) == FOLLOWUP and not message.get(EXACT)  # a bare word: it rather asks for itself
        term = self._vocabulary.named(text) if unsure or guessed else None
        if term:
            message.set(TERM_ID, term, add_to_output=True)
            set_label(message, MEANING, 1.0)


def _intent(message: Message) -> str | None:
    return (message.get(INTENT) or {}).get(INTENT_NAME_KEY)
