"""Words that want something gone: an entry, an answer, or it isn't said what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dialogues.walkthrough import answers, called, groups, moves, words
from dialogues.walkthrough.moves import Control, Move
from dialogues.walkthrough.state import Run
from dialogues.walkthrough.steps import Step, Walk, entry_count
from knowledge.schema import Checklist, Item

_REMOVE = r"(?:slet|slette|fjern|fjerne|drop|delete|remove|erase)"
_BARE = re.compile(
    rf"(?:(?:kan|vil|maa) (?:du|jeg|vi) |please |jeg vil(?: gerne)? |lige )*{_REMOVE}(?: lige| bare)?"
    r"(?: (?:det|den|dette|denne|det her|det hele|alt|alle|svaret|mit svar|it|this|that|all|everything|the answer"
    r"|my answer|linjen|punktet|det sidste|den sidste|sidste|last|the last(?: one)?"
    r"|(?:det|hvad) jeg (?:lige )?(?:skrev|svarede|har skrevet)|what i (?:just )?wrote))?"
    r"(?: igen| tak| please| again)?"
)
_NAMED = re.compile(rf"{_REMOVE} (?!ikke\b)(?:den |det |the )?(?P<what>.+?)(?: igen| tak| please| again)?")
_LONGEST = 200  # characters
_FEW = 3  # words that name something to delete
_NUMBERED = re.compile(r"(?P<entry>.+?) (?P<number>[0-9]{1,2})")
_ALL_ABOUT_ME = words.bag("data oplysninger me mig information about om mine my alle alt all everything")


def removal(checklist: Checklist, run: Run, text: str) -> Move | None:
    """What is to go: "slet kontakt 2", "slet Ungdomsskolen", "slet formålet"; asked where only "slet" is said."""
    if len(text) > _LONGEST:
        return None
    folded = words.fold(text)
    if _BARE.fullmatch(folded):
        return Control(moves.REMOVE)
    match = _NAMED.fullmatch(folded)
    if match is None or set(match["what"].split()) <= _ALL_ABOUT_ME:
        return None
    entry = _numbered(checklist, run, match["what"]) or _entry_called(checklist, run, match["what"])
    if entry:
        return Control(moves.DROP, entry)
    found = [one for one in called.ranked(checklist, run, match["what"]) if Walk(checklist, run).value(one.step.id)]
    step = called.meant(found)
    if step and len(match["what"].split()) <= len(_label(step, run)):
        return Control(moves.REMOVE, step.id)
    given = _answered_with(checklist, run, match["what"])
    if given:
        return Control(moves.REMOVE, given)
    here = Walk(checklist, run).step(run.at)
    free = here is None or here.item.kind in ("text", "person")  # where it may be a name: "Slet og ret ApS"
    return None if free or len(match["what"].split()) > _FEW else Control(moves.REMOVE)


def last_entry(checklist: Checklist, run: Run) -> str | None:
    """The entry that is meant where only "slet" is said: the last one that holds anything, of the group at hand."""
    walk = Walk(checklist, run)
    here = walk.step(run.at)
    for group, entry in reversed(list(_entries(checklist, run))):
        if (here is None or here.group is None or here.group == group) and not groups.is_empty(run, group, entry):
            return f"{group.id}.{entry}"
    return None


def last_answer(checklist: Checklist, run: Run) -> Step | None:
    """The answer that is meant where only "slet" is said: the present step's, the one given last, or the one before."""
    walk = Walk(checklist, run)
    ids = [step.id for step in walk]
    before = reversed(walk.steps[: ids.index(run.at) if run.at in ids else len(ids)])
    for step in (walk.step(run.at), walk.step(run.last), *before):
        if step and step.written and walk.value(step.id) is not None:
            return step
    return None


def _label(step: Step, run: Run) -> list[str]:
    return words.fold(f"{step.item.text('da').label} {step.item.text('en').label}").split()


def _numbered(checklist: Checklist, run: Run, what: str) -> str | None:
    match = _NUMBERED.fullmatch(what)
    for group in checklist.items if match else ():
        named = {words.fold(group.text(language).entry or "") for language in ("da", "en")}
        if match and group.kind == "group" and match["entry"] in named:
            return f"{group.id}.{int(match['number']) - 1}"
    return None


def _entry_called(checklist: Checklist, run: Run, what: str) -> str | None:
    """The entry whose first words are these: a person, an organisation."""
    walk = Walk(checklist, run)
    labels: list[tuple[str, str]] = []
    for group, entry in _entries(checklist, run):
        for field in group.fields[:1]:
            value = walk.value(f"{group.id}.{entry}.{field.id}")
            if isinstance(value, str) and field.kind in ("text", "person"):
                labels.append((f"{group.id}.{entry}", words.fold(value)))
    exact = [path for path, label in labels if label == what]
    return exact[-1] if exact else answers.pick(labels, what)


def _answered_with(checklist: Checklist, run: Run, what: str) -> str | None:
    """The step whose answer these words are: "slet Musikskolen"."""
    walk = Walk(checklist, run)
    values = ((step.id, walk.value(step.id)) for step in walk if step.written)
    return next((step for step, value in values if isinstance(value, str) and words.fold(value) == what), None)


def _entries(checklist: Checklist, run: Run) -> Iterator[tuple[Item, int]]:
    for group in checklist.items:
        if group.kind == "group":
            yield from ((group, entry) for entry in range(entry_count(run, group)))
