"""The shape of the content: what a topic, a checklist, a term or a source may hold.

Every model forbids unknown keys, so a misspelt key is a fault that `makker check` can name.
Texts that people read stand under their language (`da`, `en`); ids, links and numbers stand beside.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Extra, Field, root_validator, validator

from knowledge.forms import ChoiceId, ItemId, Prose, Slug, TemplateName, TopicId, Url

Language = Literal["da", "en"]
LANGUAGES: tuple[Language, ...] = ("da", "en")

UNSURE, IRRELEVANT = "unsure", "na"
"""Choice ids with a meaning of their own: "don't know yet" (scores as nothing reached, and becomes
something to find out) and "not relevant" (leaves the score's denominator)."""


class Strict(BaseModel):
    """A piece of content: immutable, and without keys that the schema doesn't name."""

    class Config:
        extra = Extra.forbid
        allow_mutation = False


def _filled(values: tuple[Any, ...]) -> tuple[Any, ...]:
    if not values:
        raise ValueError("the list is empty: name at least one")
    return values


def filled(field: str) -> Any:
    """A validator for a list that must not be empty."""
    return validator(field, allow_reuse=True)(_filled)


class Bilingual(Strict):
    """One short text in every language."""

    da: Prose
    en: Prose

    def __getitem__(self, language: str) -> str:
        return getattr(self, language)


# --- topics ------------------------------------------------------------------------------------


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


# --- checklists --------------------------------------------------------------------------------


class Choice(Strict):
    id: ChoiceId
    score: float | None = Field(None, ge=0)  # None: leaves the score's denominator
    da: Prose
    en: Prose


class Condition(Strict):
    """Holds when the named item was answered with one of the values (choice ids, or yes/no)."""

    item: ItemId
    any_of: tuple[str, ...]

    _any_of = filled("any_of")


class ItemText(Strict):
    question: Prose
    label: Prose  # the item in a few words: for summaries, gaps and plans
    why: Prose  # why it matters
    help: Prose | None = None  # how to answer, with an example
    action: Prose | None = None  # what to do when the answer is low, as an action: "Aftal …"


class Item(Strict):
    """One question of a walkthrough."""

    id: ItemId
    kind: Literal["yesno", "choice", "scale", "text", "number", "date"]
    scale: Slug | None = None  # kinds choice and scale: choices shared under the checklist's `scales` …
    choices: tuple[Choice, ...] = ()  # … or the item's own
    required: bool = False  # a required item cannot be skipped
    quick: bool = True  # is asked on the quick way as well
    weight: float = Field(1, gt=0)
    minimum: float | None = None  # kind number
    maximum: float | None = None
    unit: Bilingual | None = None  # kind number: "kr.", "timer"
    when: Condition | None = None  # asked only then
    topics: tuple[TopicId, ...] = ()  # to read for a low answer
    sources: tuple[Slug, ...] = ()
    da: ItemText
    en: ItemText

    def text(self, language: str) -> ItemText:
        return getattr(self, language)

    @root_validator(skip_on_failure=True)
    def _choices_where_they_belong(cls, values: dict) -> dict:
        has = bool(values["choices"]) + bool(values["scale"])
        if values["kind"] in ("choice", "scale") and has != 1:
            raise ValueError(f"kind `{values['kind']}` needs either `choices` or the name of a `scale`")
        if values["kind"] not in ("choice", "scale") and has:
            raise ValueError(f"kind `{values['kind']}` takes no choices: remove them, or use kind `choice`")
        return values


class Section(Strict):
    id: Slug
    title: Bilingual
    items: tuple[Item, ...]

    _items = filled("items")


class BandText(Strict):
    title: Prose
    meaning: Prose


class Band(Strict):
    """What a share of the possible points means; holds from `above` up to the next band."""

    above: float = Field(..., ge=0, le=1)
    da: BandText
    en: BandText

    def text(self, language: str) -> BandText:
        return getattr(self, language)


class Result(Strict):
    """What a walkthrough ends with: a score with bands, a document, or both."""

    bands: tuple[Band, ...] = ()  # ascending, the first from 0
    document: Slug | None = None  # a file in documents/

    @validator("bands")
    def _bands_ascend_from_nought(cls, bands: tuple[Band, ...]) -> tuple[Band, ...]:
        starts = [band.above for band in bands]
        if bands and (starts[0] != 0 or starts != sorted(set(starts))):
            raise ValueError("bands must begin with `above: 0` and ascend")
        return bands


class ChecklistText(Strict):
    title: Prose
    intro: Prose  # what one gets and what it takes, before the first question
    ends_with: Prose


class Minutes(Strict):
    quick: int = Field(..., ge=1, le=60)
    full: int = Field(..., ge=1, le=120)


class Checklist(Strict):
    """A walkthrough: sections of items, and a result."""

    id: Slug
    minutes: Minutes
    topics: tuple[TopicId, ...] = ()
    sources: tuple[Slug, ...] = ()
    scales: dict[Slug, tuple[Choice, ...]] = {}
    sections: tuple[Section, ...]
    result: Result
    da: ChecklistText
    en: ChecklistText

    _sections = filled("sections")

    def text(self, language: str) -> ChecklistText:
        return getattr(self, language)

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for section in self.sections for item in section.items)

    def item(self, item_id: str) -> Item:
        """The item of that id; KeyError if there is none."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise KeyError(item_id)

    def choices(self, item: Item) -> tuple[Choice, ...]:
        """The choices that an item offers, its own or those of its scale."""
        return self.scales[item.scale] if item.scale else item.choices


# --- documents ---------------------------------------------------------------------------------


class Clause(Strict):
    """A section of a document. `body` is a template in light markup over the answers."""

    id: Slug
    when: Condition | None = None
    heading: Bilingual
    body: Bilingual
    caution: Bilingual | None = None  # a note in the margin: what to settle, with whom


class DocumentText(Strict):
    """A document that a walkthrough writes, clause by clause."""

    id: Slug
    template: TemplateName = "makker.docx"
    file_name: Bilingual  # templates over the answers, without ending
    title: Bilingual
    preamble: Bilingual | None = None
    clauses: tuple[Clause, ...]

    _clauses = filled("clauses")
