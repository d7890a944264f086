""" "Mig selv" means nothing to whoever reads a paper: it is printed as a name, or as a gap."""

from __future__ import annotations

from typing import Any

import pytest
from documents_example import DOCUMENT, item, say
from walkthrough_example import TODAY, make

from dialogues.documents.build import build
from dialogues.documents.model import Document, Table, plain
from dialogues.walkthrough.state import Answer, Run
from knowledge.schema import Checklist, DocumentText

TASKS = {
    "id": "tasks", "kind": "group",
    "fields": [item("what", "text", "opgaven", "the task"), item("who", "person", "ansvarlig", "responsible")],
    **{one: {"question": "?", "label": "Opgaver", "why": "…", "another": "?", "entry": "Opgave"}
       for one in ("da", "en")},
}  # fmt: skip
SCORED = item("backing", "yesno", "opbakningen", "the backing")
SCORED["da"]["action"] = SCORED["en"]["action"] = "Spørg."
ITEMS = [item("leader", "person", "lederen", "the leader"), TASKS, SCORED]
BODY = "Leder: {{ a.leader }}\n\n{{ table('tasks', 'what', 'who') }}\n\n{{ actions() }}"
CHECKLIST: Checklist = make(sections=[{"id": "all", "title": {"da": "Alt", "en": "All"}, "items": ITEMS}])
CLAUSE = DOCUMENT.clauses[0].copy(update={"body": {"da": BODY, "en": BODY}})
PAPER: DocumentText = DOCUMENT.copy(update={"clauses": (CLAUSE,), "preamble": None, "title": {"da": "T", "en": "T"},
                                            "file_name": {"da": "T", "en": "T"}})  # fmt: skip


def paper(said: str, **more: Any) -> Document:
    answers = {"leader": said, "tasks": 1, "tasks.0.what": "Kaffe", "tasks.0.who": said, "backing": "no"}
    given = {step: Answer(value) for step, value in {**answers, "p.backing.who": said}.items()}
    run = Run("abcd1234", "example", answers=given, status="done", plan=("backing",), **more)  # type: ignore[arg-type]
    return build(PAPER, CHECKLIST, run, today=TODAY, version="1", say=say)


def names(document: Document) -> list[str]:
    paragraph, tasks, actions = document.sections[0].blocks
    assert isinstance(tasks, Table) and isinstance(actions, Table)
    return [plain(paragraph.spans).removeprefix("Leder: "), plain(tasks.rows[0][1]), plain(actions.rows[0][2])]  # type: ignore[union-attr]


@pytest.mark.parametrize("said", ["mig selv", "Mig", "jeg selv", "myself", "me"])
def test_the_name_that_was_asked_for_is_printed(said: str) -> None:
    assert names(paper(said, me="Anna Holm")) == ["Anna Holm"] * 3


def test_without_a_name_there_is_a_gap_to_fill_in() -> None:
    document = paper("mig selv")
    assert names(document) == ["[udfyldes: lederen]", "[udfyldes: ansvarlig]", "[udfyldes: navn]"]
    assert {gap.label for gap in document.gaps} == {"lederen", "ansvarlig"}


def test_in_a_group_it_could_be_anybody() -> None:
    assert "Anna Holm" not in names(paper("mig selv", me="Anna Holm", by={"leader": "Bo"}))


def test_other_names_are_printed_as_they_are() -> None:
    assert names(paper("Mig Nielsen", me="Anna Holm")) == ["Mig Nielsen"] * 3
