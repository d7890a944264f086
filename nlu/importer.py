"""Turns the knowledge into what Rasa trains on.

Phrasings stand in `nlu/data/<language>/…` in Rasa's own YAML, by label. The importer tells each its language
from its folder, gives every label a response of its name (Rasa warns of a retrieval intent without one), and
leaves out phrasings of topics and checklists that the knowledge doesn't hold. What is not classified goes along as
examples without text or intent: the words of the glossary for `nlu.components.terms`, what leads up to a question for
`nlu.components.leads`, and which topics are related for `nlu.components.context`.
"""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import Any, Dict, List, Optional, Text, Union

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import ENTITIES, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from knowledge.glossary import words
from knowledge.loader import CONTENT, load
from knowledge.schema import LANGUAGES
from nlu.components.context import RELATIVES, RELATIVES_OF
from nlu.components.language import LANGUAGE
from nlu.components.leads import LEAD_FRAME
from nlu.components.terms import FRAME, TERM_ID, WORD
from nlu.labels import CHECKLIST, LEAD, TERM, TOPIC, split


class KnowledgeImporter(TrainingDataImporter):
    """Reads configuration, domain, rules and phrasings as Rasa does, and joins the knowledge to them.

    `MAKKER_OVERLAY` names a library's own folder: its topics count, and so do the phrasings in its `nlu/`.
    """

    def __init__(
        self,
        config_file: Optional[Text] = None,
        domain_path: Optional[Text] = None,
        training_data_paths: Optional[Union[List[Text], Text]] = None,
        **kwargs: Any,
    ) -> None:
        overlay = os.environ.get("MAKKER_OVERLAY")
        paths = [training_data_paths] if isinstance(training_data_paths, str) else list(training_data_paths or [])
        if overlay and (Path(overlay) / "nlu").is_dir():
            paths.append(str(Path(overlay) / "nlu"))
        self._files = RasaFileImporter(config_file, domain_path, paths)
        self._knowledge = load(CONTENT, Path(overlay) if overlay else None)

    def get_domain(self) -> Domain:
        """The domain, with a response for every label."""
        labels = {example.get(INTENT_RESPONSE_KEY) for example in self.get_nlu_data().intent_examples} - {None}
        responses = {f"utter_{label}": [{"text": label}] for label in sorted(labels)}
        return self._files.get_domain().merge(Domain.from_dict({"responses": responses}))

    def get_stories(self, exclusion_percentage: Optional[int] = None) -> StoryGraph:
        """The rules."""
        return self._files.get_stories(exclusion_percentage)

    def get_conversation_tests(self) -> StoryGraph:
        """The conversation tests."""
        return self._files.get_conversation_tests()

    def get_config(self) -> Dict:
        """The configuration."""
        return self._files.get_config()

    def get_config_file_for_auto_config(self) -> Optional[Text]:
        """The configuration's path."""
        return self._files.get_config_file_for_auto_config()

    def get_nlu_data(self, language: Optional[Text] = "da") -> TrainingData:
        """All phrasings, of every language, each told its own."""
        return self._nlu_data

    @cached_property
    def _nlu_data(self) -> TrainingData:
        """Read once, and put together once: `TrainingData.merge` copies all that it has with every file."""
        examples = [Message({WORD: word, TERM_ID: id_}) for word, id_ in words(self._knowledge)]
        examples += [
            Message({RELATIVES_OF: id_, RELATIVES: list(topic.related)})
            for id_, topic in self._knowledge.topics.items()
        ]
        short_forms: dict[str, str] = {}
        for path in self._files._nlu_files:
            spoken = _language_of(Path(path))
            data = load_data(path)
            short_forms |= data.entity_synonyms
            for example in data.training_examples:
                if spoken:
                    example.set(LANGUAGE, spoken)
                examples.append(_with_frame(example))
        return TrainingData([one for one in examples if self._is_known(one)], entity_synonyms=short_forms)

    def _is_known(self, example: Message) -> bool:
        kind, name = split(example.get(INTENT_RESPONSE_KEY) or "")
        known = {TOPIC: set(self._knowledge.topics), CHECKLIST: set(self._knowledge.checklists)}.get(kind)
        return known is None or name in known


def _with_frame(example: Message) -> Message:
    """Of "hvad betyder [forankring](term)" notes what stands before and after the word, rather than the word. What
    leads up to a question is nothing but its frame."""
    label = example.get(INTENT_RESPONSE_KEY) or ""
    kind, _ = split(label)
    if kind not in (TERM, LEAD):
        return example
    text = example.get(TEXT)
    for word in example.data.pop(ENTITIES, []):
        frame = [text[: word["start"]], text[word["end"] :]]
        if kind == LEAD:
            return Message({LEAD_FRAME: [label, *frame]})
        example.set(FRAME, frame)
    return example


def _language_of(path: Path) -> str | None:
    return next((part for part in reversed(path.parts) if part in LANGUAGES), None)
