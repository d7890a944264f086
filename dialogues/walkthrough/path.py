"""The way through a checklist: which items are asked, which comes next, how far along a run is."""

from __future__ import annotations

from dataclasses import dataclass

from dialogues.walkthrough.answers import valid
from dialogues.walkthrough.state import Run, Value
from knowledge.schema import Checklist, Condition, Item


def asked(checklist: Checklist, run: Run) -> list[Item]:
    """The items that the run asks, in order: those of its mode whose condition holds, with what is answered so far."""
    items = {item.id: item for item in checklist.items}
    verdicts: dict[str, bool] = {}

    def shown(item_id: str) -> bool:
        if item_id not in verdicts:
            verdicts[item_id] = False  # stands only where conditions go in a circle
            item = items[item_id]
            in_mode = item.quick or run.mode == "full"
            verdicts[item_id] = in_mode and (item.when is None or holds_for(item.when))
        return verdicts[item_id]

    def holds_for(condition: Condition) -> bool:
        basis = items.get(condition.item)
        return basis is not None and shown(basis.id) and str(given(checklist, run, basis)) in condition.any_of

    return [item for item in items.values() if shown(item.id)]


def given(checklist: Checklist, run: Run, item: Item) -> Value:
    """The answer to the item; None where there is none, it was skipped, or the checklist knows it no more."""
    answer = run.answers.get(item.id)
    return answer.value if answer and valid(item, checklist.choices(item), answer.value) else None


def counted(checklist: Checklist, run: Run) -> dict[str, Value]:
    """The answers that count, by item id: valid ones, to items that are asked."""
    pairs = ((item.id, given(checklist, run, item)) for item in asked(checklist, run))
    return {item_id: value for item_id, value in pairs if value is not None}


def skipped(run: Run, item: Item) -> bool:
    """Whether the item was passed over."""
    answer = run.answers.get(item.id)
    return answer is not None and answer.value is None


def is_settled(checklist: Checklist, run: Run, item: Item) -> bool:
    """Whether the item needs no asking any more: answered, or skipped where that is allowed."""
    return given(checklist, run, item) is not None or (skipped(run, item) and not item.required)


def forward(checklist: Checklist, run: Run) -> Run:
    """The run at its first open item, or done."""
    for item in asked(checklist, run):
        if not is_settled(checklist, run, item):
            return run.with_(at=item.id, status="open")
    return run.with_(at=None, status="done")


def settled(checklist: Checklist, run: Run) -> Run:
    """The run, led on where the item that it stood at is asked no more (a condition, an edited checklist)."""
    if run.status == "done":
        return run.with_(at=None)
    if run.at in {item.id for item in asked(checklist, run)}:
        return run
    after = forward(checklist, run)
    return after if after.at is None else after.with_(status=run.status)


def position(checklist: Checklist, run: Run) -> tuple[int, int]:
    """Which of how many the present item is, as far as the answers so far tell; (total, total) at the end."""
    ids = [item.id for item in asked(checklist, run)]
    at = settled(checklist, run).at
    return (ids.index(at) + 1 if at else len(ids)), len(ids)


@dataclass(frozen=True)
class Line:
    """An item in a summary. `value` is None for one that was skipped or is open."""

    section: str  # its title
    item: Item
    label: str
    value: Value
    choice: str | None  # the chosen one's label, of kinds choice and scale
    skipped: bool


def summary(checklist: Checklist, run: Run) -> list[Line]:
    """Every item that is asked, in order, with its answer, in the run's language."""
    shown = {item.id for item in asked(checklist, run)}
    return [
        _line(checklist, run, section.title[run.language], item)
        for section in checklist.sections
        for item in section.items
        if item.id in shown
    ]


def _line(checklist: Checklist, run: Run, section: str, item: Item) -> Line:
    value = given(checklist, run, item)
    labels = {choice.id: getattr(choice, run.language) for choice in checklist.choices(item)}
    label = item.text(run.language).label
    return Line(section, item, label, value, labels.get(str(value)), skipped(run, item))
