"""A walkthrough as it begins: with what was answered before, and the names and the person that are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dialogues.walkthrough.known_names import known_names
from dialogues.walkthrough.remembering import remembered
from dialogues.walkthrough.state import Answer, Mode, Run
from dialogues.walkthrough.steering import start
from knowledge.schema import Checklist


def begun(
    checklist: Checklist,
    checklists: Mapping[str, Checklist],
    runs: Sequence[Run],
    run_id: str,
    *,
    language: str,
    mode: Mode,
    today: date,
    given: Mapping[str, Answer] | None = None,
) -> Run:
    """A new run of the checklist, at its first step. `runs` are those of the same owner, the one touched last first;
    `given` is what is answered already, by item."""
    answers = {**remembered(checklist, checklists, runs), **(given or {})}
    run = start(checklist, run_id, language, mode, answers=answers, started=today)
    known_as = next((one.me for one in runs if one.me), None)
    return run.with_(names=known_names(checklist, checklists, runs), me=known_as)
