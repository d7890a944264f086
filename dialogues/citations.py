"""How sources are named below what the advisor says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.loader import Knowledge
from knowledge.schema import Source, Topic
from knowledge.templates import Trusted, escape

GUIDE = "byg-partnerskaber"  # the source that chapter and page belong to


@dataclass(frozen=True)
class Citation:
    """A source as it is named, and the same in light markup with its link."""

    name: str
    link: str


def cited(knowledge: Knowledge, ids: Iterable[str]) -> list[Citation]:
    """The sources of those ids; ids that nobody knows are left out."""
    return [_citation(knowledge.sources[source]) for source in ids if source in knowledge.sources]


def cited_by_topic(knowledge: Knowledge, topic: Topic, language: str) -> list[Citation]:
    """A topic's sources. Where the guide's chapter is known, it goes first, with its page."""
    if not topic.chapter:
        return cited(knowledge, topic.sources)
    page = knowledge.say(language, "answer.guide-page", chapter=topic.chapter, page=topic.page)
    guide = knowledge.sources.get(GUIDE)
    first = Citation(page, f"[{page}]({guide.url})" if guide and guide.url else page)
    return [first, *cited(knowledge, (source for source in topic.sources if source != GUIDE))]


def source_line(knowledge: Knowledge, language: str, citations: Sequence[Citation], rest: int = 0) -> Trusted:
    """ "Kilde: …" with links; `rest` are named elsewhere."""
    links = Trusted(" · ".join(citation.link for citation in citations))
    return knowledge.say(language, "answer.sources", sources=links, many=len(citations) > 1, rest=rest)


def _citation(source: Source) -> Citation:
    rest = ", ".join(str(part) for part in (source.publisher, source.year) if part)
    title = f"[{escape(source.title)}]({source.url})" if source.url else escape(source.title)
    return Citation(
        ", ".join(part for part in (source.title, rest) if part),
        f"{title}, {escape(rest)}" if rest else title,
    )
