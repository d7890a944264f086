"""An answer or something else? And who speaks next."""

from __future__ import annotations

import itertools

import pytest

from dialogues.interruptions import belongs, control
from dialogues.policy import next_action
from dialogues.turn import Meaning


def meaning(label: str, confidence: float = 0.95) -> Meaning:
    return Meaning(label.partition("/")[0], label, confidence)


TOPIC, HELP, THANKS = meaning("topic/agreement.sign"), meaning("command/help"), meaning("smalltalk/thanks")
NOTHING = meaning("out_of_scope", 0.9)


@pytest.mark.parametrize(
    ("fit", "understood", "text", "where"),
    [
        ("answer", TOPIC, "ja", "answer"),
        ("none", TOPIC, "hvem skriver under", "interruption"),
        ("question", TOPIC, "hvem skriver under?", "interruption"),
        ("question", NOTHING, "hvornår går bussen?", "interruption"),
        ("none", NOTHING, "blåbærgrød", "answer"),
        ("free", TOPIC, "Roskilde Bibliotekerne", "answer"),
        ("free", TOPIC, "hvem skriver under?", "interruption"),
        ("free", HELP, "hjælp", "interruption"),
        ("free", meaning("smalltalk/human"), "Salen og en medarbejder", "answer"),
        ("free", meaning("command/pause"), "pause i sommerferien og juledagene", "answer"),
        ("free", HELP, "at hjælpe flere børn i gang med at læse hver dag", "answer"),
        ("free", THANKS, "tak", "interruption"),
        ("free", NOTHING, "plonk brmf?", "unknown question"),
        ("free", meaning("topic/agreement.sign", 0.3), "Kulturskolen", "answer"),
    ],
)
def test_where_a_text_belongs(fit, understood: Meaning, text: str, where: str) -> None:
    assert belongs(fit, understood, text) == where


def test_a_control_is_short_and_asked_for_surely() -> None:
    assert control("none", meaning("command/back"), "gå lige et skridt tilbage") == "back"
    assert control("free", meaning("command/back", 0.6), "tilbage til naturen") is None
    assert control("answer", meaning("command/back"), "nej") is None
    assert control("none", meaning("command/help"), "hjælp") is None


ACTIONS = ["action_listen", "action_walkthrough", "action_resume", "action_answer", "action_awaited", "action_command"]


@pytest.mark.parametrize(("latest", "typed", "open_run", "awaiting"), itertools.product(ACTIONS, *[(True, False)] * 3))
def test_after_any_action_there_is_a_next_one_and_it_ends(
    latest: str, typed: bool, open_run: bool, awaiting: bool
) -> None:
    action = next_action(latest, typed=typed, open_run=open_run, awaiting=awaiting)
    if latest == "action_listen":
        assert action in (None, "action_walkthrough", "action_awaited")
        return
    steps = 0
    while action != "action_listen":
        assert action is not None
        action = next_action(action, typed=typed, open_run=open_run, awaiting=awaiting)
        steps += 1
        assert steps < 3
