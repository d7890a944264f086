"""The steps of a walkthrough: what is asked, one after the other, with what is answered so far.

An item is one step, named by its id. A group is a step for each field of each entry (`contacts.0.name`), and one that
asks whether there is one more (`contacts.more`). A planned action is two (`p.backing.who`, `p.backing.when`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dialogues.walkthrough.conditions import Count, hold
from dialogues.walkthrough.points import is_low
from dialogues.walkthrough.state import Run, Value
from dialogues.walkthrough.values import valid
from knowledge.schema import Checklist, Item, Section

MORE = Item.construct(id="more", kind="yesno", required=False)
WHO = Item.construct(id="who", kind="person", required=False)
WHEN = Item.construct(id="when", kind="date", required=False, future=True)
"""Steps that no editor writes; their texts are among those of the interface."""
PLAN = "p"


@dataclass(frozen=True)
class Step:
    """One question on the screen."""

    id: str
    item: Item  # what is asked: an item, a field, or one of those above
    section: Section
    group: Item | None = None  # of which it is a field, or asks for more
    entry: int | None = None  # of the group, from 0
    about: Item | None = None  # the item whose low answer is planned

    def entry_name(self, language: str) -> str:
        """What the entry is called that the step belongs to: "Kontakt 2"."""
        return f"{(self.group or self.item).text(language).entry} {(self.entry or 0) + 1}"

    @property
    def offers_more(self) -> bool:
        """Whether it asks if there is one entry more."""
        return self.item is MORE

    @property
    def written(self) -> bool:
        """Whether an editor wrote what it asks."""
        return not self.offers_more and self.about is None


class Walk:
    """The steps of one run, and the answers that count at them."""

    def __init__(self, checklist: Checklist, run: Run) -> None:
        self._checklist, self._run = checklist, run
        self.steps: list[Step] = []
        self.items: list[Item] = []  # those that are asked; a group is one
        self._values: dict[str, Value] = {}  # by step, of those so far
        self._entries: dict[str, list[dict[str, Value]]] = {}
        for section in checklist.sections:
            for item in section.items:
                if self._in_mode(item) and hold(item.when, self.look):
                    self.items.append(item)
                    self._add(item, section)
        self._plan()

    def value(self, step_id: str) -> Value:
        """The answer at a step; None where there is none, it was skipped, isn't asked, or the checklist has changed."""
        return self._values.get(step_id)

    def entries(self, group_id: str) -> list[dict[str, Value]]:
        """The entries of a group that hold anything, as answers by field."""
        return [entry for entry in self._entries.get(group_id, []) if any(v is not None for v in entry.values())]

    def look(self, path: str) -> list[Value]:
        """The answers that a condition looks at; see `dialogues.walkthrough.conditions.Look`."""
        item_id, _, field_id = path.partition(".")
        if item_id not in self._entries:
            value = self._values.get(item_id)
            return [] if value is None else [value]
        entries = self.entries(item_id)
        if not field_id:
            return [Count(len(entries))]
        return [value for one in entries if (value := one.get(field_id)) is not None]

    def _in_mode(self, item: Item) -> bool:
        return item.quick or self._run.mode == "full"

    def _add(self, item: Item, section: Section) -> None:
        if item.kind != "group":
            self._ask(Step(item.id, item, section))
            return
        count = entry_count(self._run, item)
        self._entries[item.id] = [{} for _ in range(count)]
        for entry in range(count):
            self._add_entry(item, section, entry)
        if count < item.at_most:
            self._ask(Step(f"{item.id}.{MORE.id}", MORE, section, item))

    def _add_entry(self, group: Item, section: Section, entry: int) -> None:
        here = self._entries[group.id][entry]
        fields = {field.id for field in group.fields}

        def look(path: str) -> list[Value]:
            if path not in fields:
                return self.look(path)
            return [here[path]] if here.get(path) is not None else []

        for field in group.fields:
            if self._in_mode(field) and hold(field.when, look):
                step = Step(f"{group.id}.{entry}.{field.id}", field, section, group, entry)
                here[field.id] = self._ask(step)

    def _plan(self) -> None:
        asked = {item.id: item for item in self.items}
        sections = {item.id: section for section in self._checklist.sections for item in section.items}
        for item_id in self._run.plan:
            item = asked.get(item_id)
            if item and is_low(self._checklist, item, self.value(item_id)):
                for part in (WHO, WHEN):
                    self._ask(Step(f"{PLAN}.{item_id}.{part.id}", part, sections[item_id], about=item))

    def _ask(self, step: Step) -> Value:
        self.steps.append(step)
        answer = self._run.answers.get(step.id)
        value = answer.value if answer else None
        choices = self._checklist.choices(step.item)
        self._values[step.id] = value if value is not None and valid(step.item, choices, value) else None
        return self._values[step.id]

    def __iter__(self) -> Iterator[Step]:
        return iter(self.steps)

    def step(self, step_id: str | None) -> Step | None:
        """The step of that id; None if it isn't asked."""
        return next((step for step in self.steps if step.id == step_id), None)


def entry_count(run: Run, group: Item) -> int:
    """How many entries a group has on the screen, with those that are still empty."""
    answer = run.answers.get(group.id)
    told = answer.value if answer and isinstance(answer.value, int) else 0
    return min(max(told, group.at_least), group.at_most)
