"""Chooses among the topics of a group by what a question names: "et eksempel med en privat virksomhed"."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.loader import Knowledge
from knowledge.schema import LANGUAGES, Facet, Topic
from knowledge.vocabulary import Vocabulary


@dataclass(frozen=True)
class Selection:
    """The facets that a question names, and the topics that have them all; where none has, those that have some."""

    facets: tuple[Facet, ...]
    topics: tuple[Topic, ...]
    is_complete: bool  # the topics have all the facets


def select(knowledge: Knowledge, overview: Topic, text: str) -> Selection | None:
    """What the text chooses in the group of the topic `overview`; None where it names no facet of that group."""
    wanted = set(named := _vocabulary(knowledge, overview.group).mentioned(text))
    if not wanted:
        return None
    members = [topic for topic in knowledge.topics.values() if topic.group == overview.group]
    some = [topic for topic in members if wanted & set(topic.facets)]
    some.sort(key=lambda topic: (-len(wanted & set(topic.facets)), topic.order, topic.id))
    every = [topic for topic in some if wanted <= set(topic.facets)]
    return Selection(tuple(knowledge.facets[facet] for facet in named), tuple(every or some), bool(every))


def _vocabulary(knowledge: Knowledge, group: str) -> Vocabulary:
    return Vocabulary(
        (word, facet.id)
        for language in LANGUAGES
        for facet in knowledge.facets.values()
        if facet.group == group
        for word in facet.text(language).words
    )
