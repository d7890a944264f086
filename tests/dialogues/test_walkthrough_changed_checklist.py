"""Editors change a checklist while walkthroughs are under way: they go on, and nothing is lost."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from walkthrough_example import (
    RICH,
    RICH_ALL,
    RICH_KNOWLEDGE,
    begin_rich,
    item,
    key,
    play,
    play_rich,
    rich,
    values,
)

from dialogues.walkthrough import engine, render, reviewing, state
from dialogues.walkthrough.moves import Choose, Control
from dialogues.walkthrough.state import Run
from knowledge.schema import Checklist


def edited(change: Any) -> Checklist:
    """The checklist after `change` was applied to its sections."""
    sections = json.loads(RICH.json())["sections"]
    change(sections)
    return rich(sections=sections)


def without(*gone: str) -> Checklist:
    def leave_out(sections: list[dict[str, Any]]) -> None:
        for section in sections:
            section["items"] = [one for one in section["items"] if one["id"] not in gone]

    return edited(leave_out)


def with_new(**more: Any) -> Checklist:
    return edited(lambda sections: sections[0]["items"].append(item("news", "text", "nyheden", **more)))


def under_way() -> Run:
    run = play_rich(begin_rich(), *RICH_ALL[:16], "/pause").run
    return state.from_dict(json.loads(json.dumps(state.to_dict(run))))


def go_on(checklist: Checklist, run: Run) -> engine.Turn:
    return play(run, "/continue", checklist=checklist)


def said(checklist: Checklist, turn: engine.Turn) -> str:
    return render.turn(replace(RICH_KNOWLEDGE, checklists={"rich": checklist}), turn).text


def test_an_unchanged_checklist_only_welcomes_back() -> None:
    assert key(go_on(RICH, under_way())) == "welcome-back"


def test_a_new_question_is_told_and_asked_in_the_end() -> None:
    new = with_new()
    turn = go_on(new, under_way())
    assert key(turn) == "checklist-changed" and turn.run.at == under_way().at
    assert "Ét spørgsmål er nyt." in said(new, turn) and values(turn.run) == values(under_way())
    assert key(go_on(new, turn.run)) is None, "it is told once"
    rest = play(turn.run, *RICH_ALL[16:], checklist=new)
    assert rest.run.at == "news" and play(rest.run, "Nyt", checklist=new).finished


def test_a_question_that_is_gone_keeps_its_answer_and_is_told() -> None:
    less = without("money", "budget", "payer")
    turn = go_on(less, under_way())
    assert "3 er gået ud." in said(less, turn) and values(turn.run) == values(under_way())
    back = go_on(RICH, turn.run)
    assert values(back.run)["budget"] == 5000 and back.run.at == under_way().at


def test_a_new_question_that_this_run_is_not_asked_is_not_told() -> None:
    assert key(go_on(with_new(when={"item": "partner", "given": False}), under_way())) == "welcome-back"


def test_who_stood_at_a_question_that_is_gone_stands_at_the_next_open_one() -> None:
    run = under_way()
    assert run.at == "shared"
    turn = go_on(without("shared"), run)
    assert turn.run.at == "start" and turn.run.status == "open"


def test_a_choice_that_is_gone_is_asked_again_and_shown_as_missing() -> None:
    def fewer(sections: list[dict[str, Any]]) -> None:
        asked = next(one for one in sections[2]["items"] if one["id"] == "channels")
        asked["choices"] = [one for one in asked["choices"] if one["id"] != "mail"]

    less, run = edited(fewer), under_way()
    knowledge = replace(RICH_KNOWLEDGE, checklists={"rich": less})
    assert "**kanalerne:** _mangler_" in reviewing.review(knowledge, run, "2").text
    done = play(run, "/continue", *RICH_ALL[16:], checklist=less)
    assert done.run.at == "channels"
    assert play(done.run, Choose("channels", "site"), "/next", checklist=less).finished


def test_a_question_of_another_kind_is_asked_again() -> None:
    def becomes_a_date(sections: list[dict[str, Any]]) -> None:
        sections[2]["items"][3] = item("hours", "date", "timerne")

    other = edited(becomes_a_date)
    turn = play(under_way(), "/continue", *RICH_ALL[16:], checklist=other)
    assert turn.run.at == "hours" and values(turn.run)["hours"] == 12


def test_a_lower_limit_asks_again_only_what_breaks_it() -> None:
    def tighter(sections: list[dict[str, Any]]) -> None:
        sections[2]["items"][3]["maximum"] = 10

    assert play(under_way(), "/continue", *RICH_ALL[16:], checklist=edited(tighter)).run.at == "hours"


def test_a_field_more_is_asked_of_every_entry() -> None:
    more = edited(lambda sections: sections[1]["items"][0]["fields"].append(item("phone", "text", "telefonen")))
    turn = play(under_way(), "/continue", *RICH_ALL[16:], checklist=more)
    assert turn.run.at == "contacts.0.phone"


def test_a_finished_run_stays_finished_and_can_be_added_to() -> None:
    done = play_rich(begin_rich(), *RICH_ALL).run
    new = with_new()
    turn = go_on(new, done)
    assert (turn.show, turn.run.status, key(turn)) == ("result", "done", "checklist-changed")
    added = play(turn.run, Control("edit", "news"), "Nyt", checklist=new)
    assert added.finished and values(added.run) == {**values(done), "news": "Nyt"}


def test_all_questions_gone_is_the_end() -> None:
    other = rich(sections=[{"id": "s", "title": {"da": "S", "en": "S"}, "items": [item("a", "text", "a", when={
        "item": "gone", "given": True})]}])  # fmt: skip
    turn = go_on(other, under_way())
    assert turn.run.status == "done" and values(turn.run) == values(under_way())


def test_sections_in_another_order_keep_the_place() -> None:
    turned = edited(lambda sections: sections.reverse())
    turn = go_on(turned, under_way())
    assert (turn.run.at, values(turn.run), key(turn)) == ("shared", values(under_way()), "welcome-back")


def test_a_run_from_before_the_checklist_was_noted_goes_on_quietly() -> None:
    assert key(go_on(with_new(), under_way().with_(known=()))) == "welcome-back"


def test_it_is_told_whatever_is_done_next() -> None:
    new = with_new()
    for move in ("/review", "/pause", "/status", "/why", "/done", Choose("trust", "high")):
        run = under_way().with_(status="open")
        turn = play(run, move, checklist=new)
        assert "Ét spørgsmål er nyt." in said(new, turn), move
        assert "Ét spørgsmål er nyt." not in said(new, play(turn.run, move, checklist=new)), "it is told once"
