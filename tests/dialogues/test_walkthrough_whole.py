"""All the advisor's walkthroughs, each from its first step to its papers: both languages, quick and full, by button
and in words."""

from __future__ import annotations

import re

import pytest

from dialogues import taps
from dialogues.documents.build import build
from dialogues.documents.model import Block, Bullets, Document, Numbered, Paragraph, Table, plain
from dialogues.documents.preview import preview
from dialogues.reply import Reply
from dialogues.walkthrough import render, reviewing, screens
from dialogues.walkthrough.outcome import Turn
from dialogues.walkthrough.path import step_at
from dialogues.walkthrough.state import Answer, Mode, Run
from dialogues.walkthrough.steps import Walk
from knowledge.loader import load
from knowledge.schema import IRRELEVANT, UNSURE
from tests import walker

KNOWLEDGE = load()
CHECKLISTS = sorted(KNOWLEDGE.checklists)
LONGEST = 3900
PRIVATE = re.compile("[\ue000-\uf8ff]")
TEMPLATE = re.compile(r"\{[{%#]|[}%#]\}")


@pytest.mark.parametrize("mode", ["quick", "full"])
@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", CHECKLISTS)
def test_every_walkthrough_leads_to_its_papers(name: str, language: str, mode: Mode) -> None:
    tapped = walked(name, language, mode, buttons=True)
    spoken = walked(name, language, mode, buttons=False)
    assert tapped.status == spoken.status == "done"
    check_paper(written(spoken), spoken)


def walked(name: str, language: str, mode: Mode, *, buttons: bool) -> Run:
    """The run at its end; on the way every message is looked at."""
    assert_fits(screens.intro(KNOWLEDGE, name, language))
    run, shown = None, ""
    for turn, reply in walker.walk(KNOWLEDGE, name, language, mode, buttons=buttons):
        here = step_at(KNOWLEDGE.checklists[name], turn.run)
        assert turn.understood, f"{name}: not understood before {here and here.id}: {turn.notice}"
        assert_fits(reply)
        if here and buttons:
            assert_fits(render.why(KNOWLEDGE, turn.run))
        run, shown = turn.run, turn.show
    assert run is not None and shown == "result"
    assert_fits(reviewing.review(KNOWLEDGE, run))
    for number in range(len(KNOWLEDGE.checklists[name].sections)):
        assert_fits(reviewing.review(KNOWLEDGE, run, str(number)))
    return run


def assert_fits(reply: Reply) -> None:
    assert reply.text.strip() and len(reply.text) < LONGEST
    assert not TEMPLATE.search(reply.text) and not PRIVATE.search(reply.text)
    for button in reply.buttons:
        assert taps.parse(button.tap) and len(button.tap.encode()) <= taps.MAX_BYTES
        assert button.label.strip() and not TEMPLATE.search(button.label)


def written(run: Run) -> Document:
    checklist = KNOWLEDGE.checklists[run.checklist]
    document = KNOWLEDGE.documents[checklist.result.document or ""]
    return build(document, checklist, run, today=walker.TODAY, version=KNOWLEDGE.version, say=KNOWLEDGE.say)


def check_paper(document: Document, run: Run) -> None:
    assert document.sections and all(section.heading and section.blocks for section in document.sections)
    told = "\n".join([document.title, document.subtitle, *texts(document.lead)])
    told += "\n".join(line for section in document.sections for line in texts(section.blocks))
    assert not TEMPLATE.search(told) and not PRIVATE.search(told)
    assert len(preview(document, KNOWLEDGE.say)) < LONGEST
    unexpected = [gap.item for gap in document.gaps if not may_be_missing(run, gap.item)]
    assert not unexpected, f"{run.checklist}, {run.mode}: missing though answered: {unexpected}"


def may_be_missing(run: Run, path: str) -> bool:
    """Whether a paper may call the item missing: nobody knew, it wasn't asked, or its question was passed over."""
    walk = Walk(KNOWLEDGE.checklists[run.checklist], run)
    if path in {item.id for item in walk.items if item.kind == "group"}:
        return not walk.entries(path)
    step = walk.step(path)
    return step is None or walk.value(path) in (None, UNSURE, IRRELEVANT)


def texts(blocks: tuple[Block, ...]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(plain(block.spans))
        elif isinstance(block, Bullets | Numbered):
            assert all(plain(one).strip() for one in block.items), "an empty line in a list"
            found += [plain(one) for one in block.items]
        elif isinstance(block, Table):
            assert all(len(row) == len(block.header) for row in block.rows)
            found += [*block.header, *(plain(cell) for row in block.rows for cell in row)]
    return found


def test_there_are_twelve_walkthroughs_each_with_a_paper() -> None:
    assert len(CHECKLISTS) == 12
    assert all(KNOWLEDGE.checklists[name].result.document in KNOWLEDGE.documents for name in CHECKLISTS)


def at_length(name: str, language: str) -> Run:
    """A run in which everybody wrote as much as there is room for, with a note on everything."""
    checklist = KNOWLEDGE.checklists[name]
    run = walker.finished(KNOWLEDGE, name, language, "full")
    for item in checklist.items:
        if item.kind == "group":
            run = run.with_(answers={**run.answers, item.id: Answer(item.at_most)})
    long = {"text": "Ord " * 500, "person": "Anna " * 24}
    for _ in range(2):
        for step in Walk(checklist, run):
            answer = run.answers.get(step.id, Answer(None))
            value = long[step.item.kind].strip() if step.item.kind in long else answer.value
            run = run.with_(
                answers={**run.answers, step.id: Answer(value)}, notes={**run.notes, step.id: "Note " * 400}
            )
    return run


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", CHECKLISTS)
def test_long_answers_and_notes_still_fit_one_message(name: str, language: str) -> None:
    checklist, run = KNOWLEDGE.checklists[name], at_length(name, language)
    others = [run.with_(id=f"run{number:05}", started=None) for number in range(20)]
    for number, other in enumerate(others):
        compare = checklist.result.compare
        changed = {compare.across: Answer(f"{number} {'Bo ' * 30}"[:100])} if compare else {}
        others[number] = other.with_(answers={**other.answers, **changed})
    shown = [render.turn(KNOWLEDGE, Turn(run, show="result"), others), reviewing.review(KNOWLEDGE, run)]
    shown += [reviewing.review(KNOWLEDGE, run, str(number)) for number in range(len(checklist.sections))]
    shown += [reviewing.review(KNOWLEDGE, run, f"{item.id}.0") for item in checklist.items if item.kind == "group"]
    opened = [run.with_(status="open", at=step.id) for step in Walk(checklist, run)]
    shown += [render.why(KNOWLEDGE, one) for one in opened] + [render.step(KNOWLEDGE, one) for one in opened]
    shown += [screen(KNOWLEDGE, run, None) for screen in (screens.paused, screens.status, screens.sections)]
    shown.append(screens.intro(KNOWLEDGE, name, language, others[:5], run))
    for reply in shown:
        assert_fits(reply)
