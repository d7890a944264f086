"""When a question is asked: choices, several, amounts, groups and their fields, and shares of a section."""

from __future__ import annotations

from typing import Any

import pytest
from walkthrough_example import RICH, begin_rich, play_rich, rich, rich_run, values

from dialogues.walkthrough import advising, scoring
from dialogues.walkthrough.conditions import hold
from dialogues.walkthrough.moves import Choose, Control
from dialogues.walkthrough.path import steps
from dialogues.walkthrough.state import Run
from dialogues.walkthrough.steps import Walk
from knowledge.schema import Condition


def holds(run: Run, **condition: Any) -> bool:
    return hold([Condition(**condition)], Walk(RICH, run).look)


def ids(run: Run) -> list[str]:
    return [step.id for step in steps(RICH, run)]


@pytest.mark.parametrize(
    ("answers", "condition", "expected"),
    [
        ({"money": "yes"}, {"item": "money", "any_of": ["yes"]}, True),
        ({"money": "no"}, {"item": "money", "any_of": ["yes"]}, False),
        ({}, {"item": "money", "any_of": ["yes"]}, False),
        ({"money": "no"}, {"item": "money", "none_of": ["yes"]}, True),
        ({}, {"item": "money", "none_of": ["yes"]}, False),
        ({"money": None}, {"item": "money", "given": False}, True),
        ({"money": "no"}, {"item": "money", "given": True}, True),
        ({"trust": "unsure"}, {"item": "trust", "given": True}, False),
        ({"trust": "na"}, {"item": "trust", "given": False}, True),
        ({"channels": ("poster", "mail")}, {"item": "channels", "any_of": ["mail", "site"]}, True),
        ({"channels": ("poster", "mail")}, {"item": "channels", "none_of": ["mail"]}, False),
        ({"channels": ()}, {"item": "channels", "given": True}, False),
        ({"hours": 0}, {"item": "hours", "given": True}, True),
        ({"hours": 10}, {"item": "hours", "at_least": 10}, True),
        ({"hours": 10}, {"item": "hours", "below": 10}, False),
        ({"hours": 10}, {"item": "hours", "at_least": 5, "below": 20}, True),
        ({}, {"item": "hours", "below": 10}, False),
        ({"hours": 41}, {"item": "hours", "given": True}, False),
    ],
)
def test_a_condition_looks_at_what_counts(answers: dict[str, Any], condition: dict[str, Any], expected: bool) -> None:
    assert holds(begin_rich(**answers), **condition) is expected


def test_a_group_is_counted_and_an_empty_one_is_no_answer() -> None:
    one, none = begin_rich(contacts=2, contacts_1_name="Kirken"), begin_rich(contacts=1)
    assert holds(one, item="contacts", at_least=1) and not holds(one, item="contacts", at_least=2)
    assert holds(one, item="contacts", given=True) and not holds(one, item="contacts", given=False)
    for empty in (none, begin_rich(), begin_rich(contacts=0)):
        assert holds(empty, item="contacts", below=1)
        assert holds(empty, item="contacts", given=False) and not holds(empty, item="contacts", given=True)


def test_a_field_stands_for_all_entries() -> None:
    run = begin_rich(contacts=2, contacts_0_sector="public", contacts_1_sector="private")
    assert holds(run, item="contacts.sector", any_of=["private"])
    assert not holds(run, item="contacts.sector", none_of=["private"])
    assert "sponsor" in ids(run)
    assert "sponsor" not in ids(begin_rich(contacts=1, contacts_0_sector="public"))


def test_what_hangs_on_an_amount_comes_and_goes_with_it() -> None:
    run = begin_rich(money="yes", budget=999.99)
    assert "payer" not in ids(run)
    assert play_rich(run, Control("edit", "budget"), "1000").run.at != run.at
    changed = play_rich(run, Control("edit", "budget"), "1.000 kr.").run
    assert "payer" in ids(changed)


def test_hidden_answers_hide_what_hangs_on_them_and_come_back_unlost() -> None:
    run = begin_rich(money="yes", budget=5000, payer="Anna Holm")
    hidden = play_rich(run, Choose("money", "no")).run
    assert not {"budget", "payer"} & set(ids(hidden)) and values(hidden)["payer"] == "Anna Holm"
    back = play_rich(hidden, Choose("money", "yes")).run
    assert {"budget", "payer"} <= set(ids(back)) and back.at == run.at, "nothing has to be answered again"


def test_changing_an_answer_asks_again_only_what_newly_hangs_on_it() -> None:
    done = rich_run(money="no", trust="full")
    turn = play_rich(done, Choose("money", "yes"))
    assert (turn.run.at, turn.finished) == ("budget", False)
    then = play_rich(turn.run, "5000")
    assert then.run.at == "payer"
    assert play_rich(then.run, "Bo Lind").finished


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, ["few"]),
        ({"contacts": 1, "contacts_0_name": "Kirken"}, []),
        ({"trust": "none"}, ["stop", "few", "low"]),
        ({"trust": "full", "money": "no", "shared": "full"}, ["few"]),
        ({"trust": "na", "money": "no"}, ["few", "low"]),
        ({"trust": "na"}, ["few"]),
    ],
)
def test_advice_follows_the_answers_and_stop_signs_come_first(answers: dict[str, Any], said: list[str]) -> None:
    run = rich_run(**answers)
    assert [one.id for one in advising.advice(RICH, run, scoring.score(RICH, run))] == said


def test_all_conditions_of_a_question_must_hold() -> None:
    data = rich().dict()
    data["sections"][3]["items"][2]["when"] = [
        {"item": "money", "any_of": ["yes"]},
        {"item": "contacts", "at_least": 1},
    ]
    both = rich(sections=data["sections"])

    def asks(**answers: Any) -> bool:
        return Walk(both, begin_rich(**answers)).step("notes") is not None

    assert asks(money="yes", contacts=1, contacts_0_name="Kirken")
    assert not asks(money="yes") and not asks(money="no", contacts=1, contacts_0_name="Kirken")
