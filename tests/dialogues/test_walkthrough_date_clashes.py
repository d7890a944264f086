"""Dates that contradict each other: found by what the checklist says of them, told at the end and in the paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from documents_example import DOCUMENT, say
from walkthrough_example import KNOWLEDGE, RICH_KNOWLEDGE, TODAY, item, make, play, play_rich, rich_run

from dialogues.documents.build import build
from dialogues.documents.model import plain
from dialogues.documents.preview import preview
from dialogues.reply import Reply
from dialogues.walkthrough import clashes, engine, render
from dialogues.walkthrough.moves import Control
from dialogues.walkthrough.outcome import Turn
from dialogues.walkthrough.state import Answer, Run
from dialogues.walkthrough.steps import Walk
from knowledge.loader import load
from knowledge.schema import Checklist, DocumentText

MILESTONES = {
    "id": "steps", "kind": "group", "at_most": 3,
    "fields": [item("what", "text", "hvad"), item("by", "date", "fristen", before="end")],
    **{one: {"question": "Skridt?", "label": "Skridt", "why": "Fordi.", "another": "Ét til?", "entry": "Skridt"}
       for one in ("da", "en")},
}  # fmt: skip
ITEMS = [
    item("partner-name", "text", "partneren"),
    item("start", "date", "starten"),
    item("end", "date", "slutningen", after="start", future=True),
    item("notice", "date", "varslet", before=["end"]),
    MILESTONES,
]


def dated(**changes: Any) -> Checklist:
    section = {"id": "all", "title": {"da": "Alt", "en": "All"}, "items": ITEMS}
    return make(sections=[section], result={"document": "dated"}, **changes)


CHECKLIST = dated()
BODY = DOCUMENT.clauses[0].copy(update={"body": {"da": "Vi begynder.", "en": "We begin."}})
PAPER: DocumentText = DOCUMENT.copy(update={"id": "dated", "clauses": (BODY,)})


def run(**answers: date) -> Run:
    given = {name.replace("_", "."): Answer(value) for name, value in answers.items()}
    given = {"partner-name": Answer("Banken"), **given}
    if "steps.0.by" in given:
        given["steps"] = Answer(1)
    fresh = engine.start(CHECKLIST, "abcd1234", "da", "full", started=TODAY)
    return fresh.with_(answers=given, at=None, status="done", finished=TODAY)


def found(one: Run) -> list[tuple[str, str, str | None]]:
    walk = Walk(CHECKLIST, one)
    return [(x.step.id, x.key, x.other and x.other.id) for x in clashes.clashes(walk, TODAY)]


def result(one: Run) -> Reply:
    knowledge = replace(KNOWLEDGE, checklists={"example": CHECKLIST})
    return render.turn(knowledge, Turn(one, show="result"))


START, END = date(2027, 3, 1), date(2027, 2, 1)


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"start": START, "end": END}, ("end", "before", "start")),
        ({"start": START, "end": START}, None),
        ({"end": END, "notice": START}, ("notice", "after", "end")),
        ({"notice": START}, None),
        ({"end": date(2026, 11, 22)}, ("end", "past", None)),
        ({"start": date(2026, 11, 22)}, None),
        ({"end": TODAY}, None),
        ({"end": END, "steps_0_by": START}, ("steps.0.by", "after", "end")),
        ({"end": START, "steps_0_by": END}, None),
    ],
)
def test_what_the_checklist_says_of_dates_is_held_against_the_answers(
    answers: dict[str, date], told: tuple[str, str, str | None] | None
) -> None:
    assert found(run(**answers)) == ([told] if told else [])


def test_the_result_tells_each_in_a_line_with_a_button_to_mend_it() -> None:
    reply = result(run(start=START, end=END, notice=START))
    assert "**Datoer at se på**" in reply.text
    assert "- ”slutningen” (mandag den 1. februar 2027) ligger før ”starten” (mandag den 1. marts 2027)." in reply.text
    assert (
        "- ”varslet” (mandag den 1. marts 2027) ligger efter ”slutningen” (mandag den 1. februar 2027)." in reply.text
    )
    faces = {choice.label: choice.tap for choice in reply.buttons}
    assert faces["Ret datoen: slutningen"].endswith("edit:end")
    assert faces["Ret datoen: varslet"].endswith("edit:notice")


def test_dates_that_agree_are_not_spoken_of() -> None:
    assert "Datoer" not in result(run(start=END, end=START)).text


def test_the_button_leads_to_the_date_and_back() -> None:
    turn = play(run(start=START, end=END), Control("edit", "end"), checklist=CHECKLIST)
    assert turn.run.at == "end"
    turn = play(turn.run, "1. maj 2027", checklist=CHECKLIST)
    assert found(turn.run) == []


def test_a_past_date_is_past_on_the_day_of_the_answers_and_not_only_because_time_goes_by() -> None:
    old = run(end=date(2026, 6, 1)).with_(finished=date(2026, 5, 1))
    assert not any(choice.label.startswith("Ret datoen") for choice in result(old).buttons)
    late = result(run(end=date(2026, 6, 1)))
    assert any(choice.label.startswith("Ret datoen") for choice in late.buttons)
    assert "fortiden" not in late.text, "that was said at the answer, and the papers say it"


def test_a_planned_date_in_the_past_is_told() -> None:
    done = rich_run(trust="none")
    turn = play_rich(done, "/plan", "Anna Holm", "om en uge")
    late = turn.run.with_(answers={**turn.run.answers, "p.trust.when": Answer(date(2026, 11, 1))})
    text = render.turn(RICH_KNOWLEDGE, Turn(late.with_(status="done", at=None, finished=TODAY), show="result")).text
    assert "”Hvornår (tilliden)” (søndag den 1. november 2026) ligger i fortiden." in text


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_paper_has_a_note_of_it_and_does_not_claim_that_nothing_is_missing(language: str) -> None:
    one = run(start=START, end=END).with_(language=language)
    paper = build(PAPER, CHECKLIST, one, today=TODAY, version="1", say=say)
    notes = [plain(note) for note in paper.notes]
    heading, said = {
        "da": ("Datoer at se på: ", "”slutningen” (1. februar 2027) ligger før ”starten” (1. marts 2027)."),
        "en": ("Dates to look at: ", '"slutningen" (1 February 2027) comes before "starten" (1 March 2027).'),
    }[language]
    assert f"{heading}{said}" in notes, notes
    assert {"da": "men der er datoer at se på", "en": "but there are dates to look at"}[language] in preview(paper, say)
    sound = build(PAPER, CHECKLIST, run(start=END, end=START), today=TODAY, version="1", say=say)
    assert not [note for note in sound.notes if "Datoer" in plain(note)]


def test_an_answer_that_contradicts_another_section_is_remarked_on_at_once() -> None:
    two = [{"id": f"part{n}", "title": {"da": "Del", "en": "Part"}, "items": [one]} for n, one in enumerate(ITEMS[1:3])]
    checklist = make(sections=two, result={"document": "dated"})
    begun = engine.start(checklist, "abcd1234", "da", "full", started=TODAY)
    notice = play(begun, "1. marts 2027", "1. februar 2027", checklist=checklist).notice
    assert notice is not None and (notice.values["remark"], notice.values["other"]) == ("date-before", "start")


def test_the_shipped_checklists_say_it_of_their_dates() -> None:
    shipped = {one.id: one for one in load().checklists["agreement"].items}
    assert shipped["end-date"].after == ("start",) and shipped["end-date"].future
    assert shipped["first-evaluation"].before == ("end-date",)
