"""Answers that are taken along from one walkthrough to the next, so that a library's name is asked once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dialogues.walkthrough.state import Answer, Run
from dialogues.walkthrough.steps import Walk
from dialogues.walkthrough.values import valid
from knowledge.schema import IRRELEVANT, UNSURE, Checklist


def remembered(checklist: Checklist, checklists: Mapping[str, Checklist], runs: Iterable[Run]) -> dict[str, Answer]:
    """The answers that a new run of the checklist begins with: the newest ones, from `runs` touched last first.

    Only answers that count are taken along; "don't know" and "not relevant" are asked again.
    """
    known: dict[str, Answer] = {}
    for run in runs:
        asked_there = checklists.get(run.checklist)
        walk = Walk(asked_there, run) if asked_there else None
        for item in walk.items if walk else ():
            value = walk.value(item.id) if walk and item.remember else None
            if item.remember and value not in (None, UNSURE, IRRELEVANT, ()):
                known.setdefault(item.remember, Answer(value))
    return {
        item.id: known[item.remember]
        for item in checklist.items
        if item.remember in known and valid(item, checklist.choices(item), known[str(item.remember)].value)
    }
