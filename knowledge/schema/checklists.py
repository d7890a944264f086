"""Checklists: what a walkthrough asks, on which conditions, and what it ends with."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, root_validator, validator

from knowledge.forms import ChoiceId, ItemId, ItemPath, Prose, Slug, TopicId
from knowledge.schema.common import Bilingual, Strict, filled

Kind = Literal["yesno", "choice", "scale", "several", "text", "person", "number", "money", "date", "group"]

CHOSEN = ("choice", "scale", "several")
"""The kinds that offer choices."""
RESERVED = ("more", "p")
"""No item may have these ids: a step that asks for one entry more, and the steps of the action plan, go by them."""
_LONGEST_PATH = 20  # of a group's id and a field's together: they travel in a button, with the entry's number


class Choice(Strict):
    id: ChoiceId
    score: float | None = Field(None, ge=0)  # None: leaves the score's denominator
    da: Prose
    en: Prose


class Condition(Strict):
    """Holds for what was answered to an item, or in advice for the score of a section. What it names all holds.

    `item` may be a field of a group, `contacts.sector`: outside of its group it stands for all entries.
    """

    item: ItemPath | None = None
    section: Slug | None = None
    any_of: tuple[str, ...] = ()  # one of these was answered: choice ids, or yes/no
    none_of: tuple[str, ...] = ()  # there is an answer, or an entry, and none of these was given
    given: bool | None = None  # whether there is an answer at all
    at_least: float | None = None  # of a number, of a group's entries, or of a section's score (a share, 0 to 1)
    below: float | None = None

    @root_validator(skip_on_failure=True)
    def _says_something(cls, values: dict) -> dict:
        if (values["item"] is None) == (values["section"] is None):
            raise ValueError("a condition names either an `item` or a `section`")
        demands = ("any_of", "none_of", "given", "at_least", "below")
        if all(values[name] in (None, ()) for name in demands):
            raise ValueError(f"a condition needs one of {', '.join(f'`{name}`' for name in demands)}")
        return values


Conditions = tuple[Condition, ...]
"""All of them must hold; none of them: holds always."""


def one_or_more(field: str) -> Any:
    """A validator that takes one condition, or one id, for a list of one."""

    def listed(value: Any) -> Any:
        return (value,) if isinstance(value, dict | Condition | str) else value

    return validator(field, pre=True, allow_reuse=True)(listed)


class CalendarEntry(Bilingual):
    """The title of an entry in the calendar file, and the items that say when on the day, for how long and where."""

    time: ItemId | None = None
    minutes: ItemId | None = None
    place: ItemId | None = None


class ItemText(Strict):
    question: Prose
    label: Prose  # the item in a few words: for summaries, gaps, plans and the columns of tables
    why: Prose  # why it matters
    help: Prose | None = None  # how to answer, with an example
    action: Prose | None = None  # what to do when the answer is low, as an action: "Aftal …"
    another: Prose | None = None  # kind group: the question whether there is one more
    entry: Prose | None = None  # kind group: what one entry is called


class Item(Strict):
    """One question of a walkthrough."""

    id: ItemId
    kind: Kind
    scale: Slug | None = None  # kinds with choices: those shared under the checklist's `scales` …
    choices: tuple[Choice, ...] = ()  # … or the item's own
    fields: tuple[Item, ...] = ()  # kind group: what is asked for each entry
    at_least: int = Field(0, ge=0, le=30)  # kind group: entries; kind several: choices
    at_most: int = Field(12, ge=1, le=30)
    required: bool = False  # a required item cannot be skipped
    quick: bool = True  # is asked on the quick way as well
    weight: float = Field(1, ge=0)  # 0: doesn't count in the score
    minimum: float | None = None  # kinds number and money
    maximum: float | None = None
    unit: Bilingual | None = None  # kind number: what is counted: "timer"
    when: Conditions = ()  # asked only then
    remember: Slug | None = None  # the answer is taken along to later walkthroughs that ask under the same name
    calendar: CalendarEntry | None = None  # kind date: goes into the calendar file under this title
    after: tuple[ItemId, ...] = ()  # kind date: the dates that it must not come before …
    before: tuple[ItemId, ...] = ()  # … and those that it must not come after
    future: bool = False  # kind date: it must not lie in the past
    topics: tuple[TopicId, ...] = ()  # to read for a low answer
    checklists: tuple[Slug, ...] = ()  # to take next for a low answer
    sources: tuple[Slug, ...] = ()
    da: ItemText
    en: ItemText

    _when = one_or_more("when")
    _after = one_or_more("after")
    _before = one_or_more("before")

    def text(self, language: str) -> ItemText:
        return getattr(self, language)

    def field(self, field_id: str) -> Item:
        """The field of a group of that id; KeyError if there is none."""
        for one in self.fields:
            if one.id == field_id:
                return one
        raise KeyError(field_id)

    @root_validator(skip_on_failure=True)
    def _choices_where_they_belong(cls, values: dict) -> dict:
        has = bool(values["choices"]) + bool(values["scale"])
        if values["kind"] in CHOSEN and has != 1:
            raise ValueError(f"kind `{values['kind']}` needs either `choices` or the name of a `scale`")
        if values["kind"] not in CHOSEN and has:
            raise ValueError(f"kind `{values['kind']}` takes no choices: remove them, or use kind `choice`")
        return values

    @root_validator(skip_on_failure=True)
    def _fields_where_they_belong(cls, values: dict) -> dict:
        if values["id"] in RESERVED:
            raise ValueError(f"the id `{values['id']}` is taken: give the item another one")
        if (values["kind"] == "group") != bool(values["fields"]):
            raise ValueError("kind `group` needs `fields`, and no other kind takes them")
        for field in values["fields"]:
            if field.kind == "group":
                raise ValueError(f"the field `{field.id}` is a group: groups don't stand within groups")
            if len(values["id"]) + len(field.id) > _LONGEST_PATH:
                raise ValueError(f"`{values['id']}` and `{field.id}` are too long together: {_LONGEST_PATH} at most")
        if values["kind"] == "group":
            for language in ("da", "en"):
                if not (values[language].another and values[language].entry):
                    raise ValueError(f"kind `group` needs `another` and `entry` under `{language}`")
        return values


Item.update_forward_refs()


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


class Advice(Strict):
    """What the answers call for, said in the result where the conditions hold."""

    id: Slug
    when: Conditions
    first: bool = False  # said before the score: it weighs more than any number
    topics: tuple[TopicId, ...] = ()  # to read
    checklists: tuple[Slug, ...] = ()  # to take next
    da: Prose
    en: Prose

    _when = one_or_more("when")
    _conditions = filled("when")

    def text(self, language: str) -> str:
        return getattr(self, language)


class Comparison(Strict):
    """Which finished walkthroughs of the same checklist are laid side by side."""

    shows: Literal["candidates", "people"]  # who does best, or where people see it differently
    across: ItemId  # the item whose answer tells them apart
    same: tuple[ItemId, ...] = ()  # items that must have been answered alike


class Picture(Strict):
    """The picture of a result: a score by section, or the entries of a group as a network."""

    kind: Literal["bars", "radar", "network"]
    group: ItemId | None = None  # kind network: its entries …
    label: ItemId | None = None  # … the field that names one …
    sector: ItemId | None = None  # … the field of kind choice that says in which direction it lies …
    ring: ItemId | None = None  # … and the one whose score says how near; the highest is the nearest

    @root_validator(skip_on_failure=True)
    def _a_network_of_something(cls, values: dict) -> dict:
        parts = [values[name] for name in ("group", "label", "sector", "ring")]
        if any(parts) != (values["kind"] == "network") or (any(parts) and not all(parts)):
            raise ValueError(
                "kind `network` needs `group`, `label`, `sector` and `ring`; other kinds take none of them"
            )
        return values


class Result(Strict):
    """What a walkthrough ends with: a score with bands, a document, or both."""

    bands: tuple[Band, ...] = ()  # ascending, the first from 0
    advice: tuple[Advice, ...] = ()
    picture: Picture | None = None
    compare: Comparison | None = None
    document: Slug | None = None  # a file in documents/
    plan: bool = True  # with bands: offers to plan who does what when
    follow: tuple[Slug, ...] = ()  # the checklists to take next

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
    order: int = Field(99, ge=1, le=99)  # its place in the menu
    minutes: Minutes
    named_by: tuple[ItemId, ...] = ()  # the items whose answers tell one's walkthroughs of this kind apart
    topics: tuple[TopicId, ...] = ()
    sources: tuple[Slug, ...] = ()
    scales: dict[Slug, tuple[Choice, ...]] = Field(default_factory=dict)
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
