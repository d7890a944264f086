"""Topics and what stands around them: sources, words of the trade, facets."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, root_validator

from knowledge.forms import Prose, Slug, TopicId, Url
from knowledge.schema.common import LANGUAGES, Strict, filled


class TopicText(Strict):
    """A topic in one language. All texts but the title are templates in light markup."""

    title: Prose
    short: Prose  # two to four sentences that answer the question
    more: Prose  # reasons, steps, pitfalls
    example: Prose  # one concrete example from a library's day
    do_now: Prose  # the one next step
    ask: Prose | None = None  # for a caution: what to settle, with whom


class Topic(Strict):
    """Something that people ask about, with its answer in every language."""

    id: TopicId
    order: int = Field(99, ge=1, le=99)  # its place in the menu of its group
    chapter: int | None = Field(None, ge=1, le=8)  # of the guide Byg partnerskaber
    page: int | None = Field(None, ge=1, le=99)
    caution: Literal["green", "yellow", "red"] | None = None  # for law: explain / settle / refer
    related: tuple[TopicId, ...] = ()
    checklists: tuple[Slug, ...] = ()
    facets: tuple[Slug, ...] = ()  # what it is an instance of: people choose within its group by them
    overview: bool = False  # a question for it that names facets is answered with those of its group that have them
    sources: tuple[Slug, ...]
    da: TopicText
    en: TopicText

    _sources = filled("sources")

    @property
    def group(self) -> str:
        return self.id.split(".")[0]

    def text(self, language: str) -> TopicText:
        return getattr(self, language)

    @root_validator(skip_on_failure=True)
    def _caution_says_whom_to_ask(cls, values: dict) -> dict:
        if values["caution"] in ("yellow", "red"):
            for language in LANGUAGES:
                if not values[language].ask:
                    raise ValueError(
                        f"a {values['caution']} caution needs `ask` under `{language}`: what to settle, with whom"
                    )
        return values


class Source(Strict):
    """A work that facts come from."""

    id: Slug
    title: Prose
    publisher: Prose | None = None
    year: int | None = Field(None, ge=1900, le=2100)
    url: Url | None = None


class TermText(Strict):
    term: Prose
    definition: Prose
    also: tuple[Prose, ...] = ()  # other words for the same; they are told
    forms: tuple[Prose, ...] = ()  # plurals, other forms and near words by which it is found; they aren't told


class Term(Strict):
    """A word of the trade, explained in both languages. The first of its topics is the one to read about it."""

    id: Slug
    topics: tuple[TopicId, ...] = ()
    da: TermText
    en: TermText

    def text(self, language: str) -> TermText:
        return getattr(self, language)


class FacetText(Strict):
    name: Prose  # as it stands after "Eksempler: " or the like
    words: tuple[Prose, ...]  # what people write for it

    _words = filled("words")


class Facet(Strict):
    """What a topic of a group can be an instance of: of a case the kind of partner or the place, of a tool the moment.
    A facet that no topic has lets the advisor say that it has none."""

    id: Slug
    group: Slug  # of the topics that people choose among by it
    da: FacetText
    en: FacetText

    def text(self, language: str) -> FacetText:
        return getattr(self, language)
