"""Whatever people do, the state stays sound, nothing is lost, and there is always something to show."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st
from walkthrough_example import CHECKLIST, KNOWLEDGE, TODAY, begin, make

from dialogues import taps
from dialogues.walkthrough import answers, engine, moves, render, scoring, state
from dialogues.walkthrough.moves import Choose, Control, Say
from dialogues.walkthrough.state import Run
from knowledge.schema import Checklist

ITEMS = [item.id for item in CHECKLIST.items]
CHOICES = ["yes", "no", "none", "most", "full", "unsure", "na", "steering", "contacts", "gone", ""]
WORDS = [
    "ja", "nej", "3", "1000", "i morgen", "3. marts 2027", "Bogby", "ved ikke", "ikke relevant", "hvorfor?", "tilbage",
    "spring over", "start forfra", "pause", "fortsæt", "x" * 2001, "", "\x00", "{{7*7}}", "<b>", "🎉", "mine svar",
    "pengene", "1", "??", "1/5 2020", "1. sept. næste år", "tre mdr.",
]  # fmt: skip
CONTROLS = [
    "back",
    "skip",
    "why",
    "pause",
    "continue",
    "restart",
    "confirm",
    "cancel",
    "done",
    "close",
    "review",
    "full",
    "?",
]
SAY = st.one_of(st.sampled_from(WORDS), st.text(max_size=20)).map(Say)
CHOOSE = st.builds(Choose, st.sampled_from([*ITEMS, "vanished"]), st.sampled_from(CHOICES))
STEER = st.one_of(
    st.sampled_from(CONTROLS).map(Control),
    st.builds(Control, st.just("edit"), st.sampled_from([*ITEMS, "vanished"])),
    st.builds(Control, st.just("review"), st.sampled_from(["0", "1", "9", "x", "²"])),
)
MOVES = st.lists(st.one_of(SAY, CHOOSE, STEER), max_size=25)
RUNS = st.builds(begin, st.sampled_from(["quick", "full"]), st.sampled_from(["da", "en"]))
LESS = make(sections=json.loads(CHECKLIST.json())["sections"][1:])


def check(checklist: Checklist, turn: engine.Turn) -> None:
    run = turn.run
    asked = {item.id for item in engine.asked(checklist, run)}
    n, total = engine.position(checklist, run)
    assert 1 <= n <= total == len(asked)
    assert (run.at is None) == (run.status == "done")
    assert run.at is None or run.at in asked
    for item_id, value in engine.counted(checklist, run).items():
        item = checklist.item(item_id)
        assert item_id in asked and answers.valid(item, checklist.choices(item), value)
    assert not turn.finished or run.status == "done"
    assert state.from_dict(json.loads(json.dumps(state.to_dict(run)))) == run


def check_shown(turn: engine.Turn) -> None:
    reply = render.turn(KNOWLEDGE, turn)
    assert reply.text.strip() and reply.place == f"run:{turn.run.id}"
    assert all(taps.parse(button.tap) and button.label.strip() for button in reply.buttons)
    assert render.step(KNOWLEDGE, turn.run).text.strip()
    score = scoring.score(CHECKLIST, turn.run)
    assert 0 <= score.reached <= score.possible


@settings(max_examples=80, deadline=None)
@given(run=RUNS, done=MOVES)
def test_any_moves_leave_a_sound_state_that_can_be_shown(run: Run, done: list[moves.Move]) -> None:
    for move in done:
        before, turn = run, engine.apply(CHECKLIST, run, move, TODAY)
        run = turn.run
        check(CHECKLIST, turn)
        check_shown(turn)
        if not (before.asking or turn.run.answers):  # only starting over, confirmed, takes answers away
            assert not before.answers
        if not before.asking:
            assert set(before.answers) <= set(run.answers)
            assert all(
                run.answers[item].value is not None for item, old in before.answers.items() if old.value is not None
            )


@settings(max_examples=40, deadline=None)
@given(run=RUNS, done=MOVES, count=st.integers(1, 12))
def test_going_back_loses_nothing(run: Run, done: list[moves.Move], count: int) -> None:
    for move in done:
        run = engine.apply(CHECKLIST, run, move, TODAY).run
    kept = run.answers
    for _ in range(count):
        run = engine.apply(CHECKLIST, run, Control("back"), TODAY).run
    assert run.answers == kept


@settings(max_examples=40, deadline=None)
@given(run=RUNS, done=MOVES, later=MOVES)
def test_a_checklist_edited_on_the_way_keeps_the_run_sound(
    run: Run, done: list[moves.Move], later: list[moves.Move]
) -> None:
    for move in done:
        run = engine.apply(CHECKLIST, run, move, TODAY).run
    kept = dict(run.answers)
    for move in later:
        turn = engine.apply(LESS, run, move, TODAY)
        check(LESS, turn)
        if not run.asking:
            assert all(turn.run.answers[item] == kept[item] for item in ("name", "money") if item in kept)
        else:
            kept = dict(turn.run.answers)
        run = turn.run
