"""Chooses among the topics of a group by what a question names: "et eksempel med en privat virksomhed"."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.loader import Knowledge
from knowledge.schema import LANGUAGES, Facet, Topic
from knowledge.vocabulary import Vocabulary


@dataclass(frozen=True)
class Selection:
    """The facets that a question names, and the topics that have any of them, those with most of them first."""

    facets: tuple[Facet, ...]
    topics: tuple[Topic, ...]

    @property
    def is_complete(self) -> bool:
        """Whether the first topic has all the facets."""
        return {facet.id for facet in self.facets} <= set(self.topics[0].facets)


def select(knowledge: Knowledge, overview: Topic, text: str) -> Selection | None:
    """What the text chooses in the group of the topic `overview`; None where it names no facet of that group."""
    members = [topic for topic in knowledge.topics.values() if topic.group == overview.group]
    in_use = {facet for topic in members for facet in topic.facets}
    wanted = _vocabulary(knowledge, in_use).mentioned(text)
    if not wanted:
        return None
    found = [topic for topic in members if set(topic.facets) & set(wanted)]
    found.sort(key=lambda topic: (-len(set(topic.facets) & set(wanted)), topic.order, topic.id))
    return Selection(tuple(knowledge.facets[facet] for facet in wanted), tuple(found))


def _vocabulary(knowledge: Knowledge, in_use: set[str]) -> Vocabulary:
    return Vocabulary(
        (word, facet.id)
        for language in LANGUAGES
        for facet in knowledge.facets.values()
        if facet.id in in_use
        for word in facet.text(language).words
    )
