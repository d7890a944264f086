"""An answer or something else? And who speaks next."""

from __future__ import annotations

import itertools

import pytest

from dialogues.interruptions import CONTROLS, belongs, control
from dialogues.policy import next_action
from dialogues.turn import Meaning


def meaning(label: str, confidence: float = 0.95, *, exact: bool = False) -> Meaning:
    return Meaning(label.partition("/")[0], label, confidence, exact=exact)


TOPIC, HELP = meaning("topic/agreement.sign"), meaning("command/help")
THANKS = meaning("smalltalk/thanks", exact=True)
NOTHING = meaning("out_of_scope", 0.9)


@pytest.mark.parametrize(
    ("fit", "understood", "text", "where"),
    [
        ("answer", TOPIC, "ja", "answer"),
        ("none", TOPIC, "hvem skriver under", "interruption"),
        ("question", TOPIC, "hvem skriver under?", "interruption"),
        ("question", NOTHING, "hvornår går bussen?", "interruption"),
        ("none", NOTHING, "blåbærgrød", "answer"),
        ("none", meaning("smalltalk/deny"), "ved ikke", "answer"),
        ("none", meaning("command/delete_my_data", 0.7), "alt", "answer"),
        ("free", TOPIC, "Roskilde Bibliotekerne", "answer"),
        ("free", TOPIC, "hvem skriver under?", "interruption"),
        ("free", meaning("command/help", exact=True), "hjælp", "interruption"),
        ("free", meaning("command/change_language"), "Dansk Folkehjælp", "answer"),
        ("free", meaning("command/delete_my_data", 0.99), "Slet og ret ApS", "answer"),
        ("free", meaning("smalltalk/human"), "Salen og en medarbejder", "answer"),
        ("free", meaning("command/pause"), "pause i sommerferien og juledagene", "answer"),
        ("free", HELP, "at hjælpe flere børn i gang med at læse hver dag", "answer"),
        ("free", THANKS, "tak", "interruption"),
        ("free", NOTHING, "plonk brmf?", "unknown question"),
        ("free", meaning("topic/agreement.sign", 0.3), "Kulturskolen", "answer"),
        ("free", meaning("checklist/readiness"), "jeg vil hellere tage klar-testen", "interruption"),
        ("free", meaning("checklist/readiness"), "Klar til Partnerskab ApS", "answer"),
        ("free", TOPIC, "hvem må skrive under hos os", "interruption"),
        ("none", meaning("topic/agreement.termination"), "tre måneder", "answer"),
        ("none", TOPIC, "at give unge i byen et sted at spille teater", "answer"),
        ("none", meaning("topic/law.vat"), "sig noget om moms", "interruption"),
        ("none", meaning("topic/law.vat", 0.7), "moms måske", "answer"),
        ("none", meaning("unclear"), "noget helt andet", "answer"),
        ("question", meaning("unclear"), "hvad er noget helt andet?", "interruption"),
        ("none", meaning("followup/more"), "det første og det tredje", "answer"),
        ("none", meaning("followup/more", exact=True), "uddyb", "interruption"),
        ("none", meaning("smalltalk/greet", 0.6), "hejsa", "interruption"),
    ],
)
def test_where_a_text_belongs(fit, understood: Meaning, text: str, where: str) -> None:
    assert belongs(fit, understood, text) == where


def test_a_control_is_short_and_asked_for_surely() -> None:
    assert control("none", meaning("command/back"), "gå lige et skridt tilbage") == "back"
    assert control("free", meaning("command/pause"), "Stop Spild af Mad") is None
    assert control("free", meaning("command/back", exact=True), "tilbage") == "back"
    assert control("answer", meaning("command/back"), "nej") is None
    assert control("none", meaning("command/help"), "hjælp") is None


@pytest.mark.parametrize("name", CONTROLS)
@pytest.mark.parametrize("fit", ["free", "none", "question"])
def test_every_control_is_heard_in_plain_words_and_in_no_name(fit, name: str) -> None:
    order = meaning(f"command/{name}")
    assert control(fit, order, "vis mig lige det nu tak") == CONTROLS[name]
    assert control(fit, order, "kan du vise mig udkastet til aftalen med musikskolen i Bogby?") == CONTROLS[name]
    assert control(fit, order, "jeg vil gerne se papiret") == CONTROLS[name]
    assert control(fit, meaning(f"command/{name}", 0.7), "vis mig lige det nu tak") is None
    assert control("free", order, "Stop Spild af Mad") is None
    assert control("free", order, "Vis Mig") is None
    assert control("answer", order, "vis mig lige det nu tak") is None


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
