"""Answers, sources and notices in words, in the run's language."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from dialogues.walkthrough.outcome import ENOUGH, Notice
from dialogues.walkthrough.path import reached, skipped
from dialogues.walkthrough.state import Run, Value
from dialogues.walkthrough.steps import Step, Walk
from dialogues.written import date_words, number_words
from knowledge.schema import Choice, Item
from knowledge.templates import Trusted, escape

if TYPE_CHECKING:
    from knowledge.loader import Knowledge

LONGEST_SHOWN = 120
_LONGEST_CALLED = 24  # of the name that tells an entry from others
_CONTENT = ("why", "choice")  # values that editors wrote


def say(knowledge: Knowledge, run: Run, key: str, **values: Any) -> Trusted:
    """The text `walkthrough.<key>` in the run's language."""
    return knowledge.say(run.language, f"walkthrough.{key}", **values)


def shortened(text: str, longest: int = LONGEST_SHOWN) -> str:
    """`text` on one line, cut at a word where it is longer than `longest`."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    return f"{line[: longest - 1].rsplit(' ', 1)[0]}…"


def choices(knowledge: Knowledge, run: Run, item: Item) -> tuple[Choice, ...]:
    """The choices that an item offers."""
    return knowledge.checklists[run.checklist].choices(item)


def label(knowledge: Knowledge, run: Run, step: Step) -> Trusted:
    """The step in a few words."""
    if step.about:
        about = Trusted(step.about.text(run.language).label)
        return say(knowledge, run, f"plan-{step.item.id}-label", label=about)
    if step.group is None or step.offers_more:
        return Trusted((step.group or step.item).text(run.language).label)
    return say(
        knowledge, run, "entry-label", entry=entry_name(run, step), label=Trusted(step.item.text(run.language).label)
    )


def entry_name(run: Run, step: Step) -> Trusted:
    """What the entry that a step is about is called: "Kontakt 2", and behind its first question "Kontakt 2, Skolen"."""
    return escape(entry_label(run, step))


def entry_label(run: Run, step: Step) -> str:
    """The same as plain text, for a button."""
    group = step.group or step.item
    called = step.entry_name(run.language)
    first = group.fields[0] if group.fields else None
    named = first is not None and first is not step.item and first.kind in ("text", "person")
    told = run.answers.get(f"{group.id}.{step.entry}.{first.id}") if first and named else None
    if told is None or not isinstance(told.value, str):
        return called
    return f"{called}, {shortened(told.value, _LONGEST_CALLED)}"


def question(knowledge: Knowledge, run: Run, step: Step) -> Trusted:
    """What a step asks."""
    if step.about:
        return say(knowledge, run, f"plan-{step.item.id}", action=Trusted(step.about.text(run.language).action or ""))
    if step.offers_more and step.group:
        text = step.group.text(run.language)
        begun = (run.answers.get(step.group.id) and run.answers[step.group.id].value) or step.group.at_least
        return Trusted(text.another if begun else text.question)
    return Trusted(step.item.text(run.language).question)


def shown(knowledge: Knowledge, run: Run, step: Step, value: Value, longest: int = LONGEST_SHOWN) -> Trusted:
    """An answer as people write it, on one line; a long text is cut."""
    item = step.item
    if value is None:
        return say(knowledge, run, "answer-skipped" if skipped(run, step.id) else "answer-open")
    if item.kind == "yesno" and value in ("yes", "no"):
        return say(knowledge, run, f"answer-{value}")
    if item.kind == "money" and isinstance(value, int | float):
        return say(knowledge, run, "answer-money", number=Trusted(number_words(value, run.language)))
    if item.kind == "number" and isinstance(value, int | float):
        unit = Trusted(item.unit[run.language]) if item.unit else None
        return say(knowledge, run, "answer-number", number=Trusted(number_words(value, run.language)), unit=unit)
    if isinstance(value, date):
        return day(knowledge, run, value)
    labels = {choice.id: getattr(choice, run.language) for choice in choices(knowledge, run, item)}
    if isinstance(value, tuple):
        chosen = [labels[one] for one in value if one in labels]
        return escape(", ".join(chosen)) if chosen else say(knowledge, run, "answer-none")
    return escape(labels[str(value)] if value in labels else shortened(str(value), longest))


def day(knowledge: Knowledge, run: Run, value: date) -> Trusted:
    """A date as people write it."""
    return escape(date_words(value, run.language, knowledge.say, weekday=True))


def notice_line(knowledge: Knowledge, run: Run, notice: Notice) -> str:
    """The notice as a line. An answer that wasn't understood gets a way out the second time."""
    checklist = knowledge.checklists[run.checklist]
    walk = Walk(checklist, run)
    values: dict[str, Any] = {
        name: Trusted(value) if name in _CONTENT and value else value for name, value in notice.values.items()
    }
    if "limit" in values:
        values["limit"] = Trusted(number_words(values["limit"], run.language))
    step = walk.step(values.get("step"))
    if "step" in values:
        values["label"] = label(knowledge, run, step) if step else ""
    if "value" in values:
        values["value"] = shown(knowledge, run, step, values["value"]) if step else ""
    if "group" in values:
        values["label"] = Trusted(checklist.item(values["group"]).text(run.language).label)
    if notice.key == "welcome-back":
        values["n"], values["total"] = reached(checklist, run)
    lines = [say(knowledge, run, notice.key, **values)]
    if values.get("note"):
        lines.append(say(knowledge, run, "with-note", note=shortened(values["note"])))
    if "remark" in values:
        other = walk.step(values.get("other"))
        if not lines[-1].endswith((".", ")")):
            lines[-1] = Trusted(f"{lines[-1]}.")
        lines.append(say(knowledge, run, values["remark"], other=label(knowledge, run, other) if other else None))
    if values.get("again") and "can_skip" in values:
        way = "move-on" if values["tries"] > ENOUGH else "way-out"
        key = f"{way}-skip" if values["can_skip"] else f"{way}-pause"
        lines.append(say(knowledge, run, key, tries=values["tries"]))
    return " ".join(lines)
