"""A note that is written while all answers are on the screen is kept, and asked where it belongs."""

from __future__ import annotations

from walkthrough_example import RICH, RICH_KNOWLEDGE, TODAY, begin_rich, key, play_rich, rich_run, values

from dialogues.walkthrough import engine, render
from dialogues.walkthrough.moves import Control
from dialogues.walkthrough.state import Run


def reviewing() -> Run:
    return play_rich(begin_rich(), "Bogby", "Musikskolen", "Anna Holm", "nej", "/review").run


def test_it_is_asked_which_answer_the_note_is_for() -> None:
    assert engine.fits(RICH, reviewing(), "note: spørg Bodil", TODAY) == "control"
    asked = play_rich(reviewing(), "note: spørg Bodil")
    reply = render.turn(RICH_KNOWLEDGE, asked)
    assert "Hvilket svar hører noten til?" in reply.text and "spørg Bodil" in reply.text
    assert any(choice.label == "partneren" for choice in reply.buttons)
    turn = play_rich(asked.run, Control("note", "partner"))
    assert (turn.run.notes, key(turn)) == ({"partner": "spørg Bodil"}, "note-kept")
    assert values(turn.run) == values(reviewing()) and turn.run.at == reviewing().at


def test_the_answer_can_be_named_in_words() -> None:
    turn = play_rich(reviewing(), "note: spørg Bodil", "partneren")
    assert (turn.run.notes, key(turn)) == ({"partner": "spørg Bodil"}, "note-kept")


def test_another_note_meanwhile_loses_neither() -> None:
    turn = play_rich(reviewing(), "note: en", "note: to", Control("note", "partner"))
    assert sorted(turn.run.notes.values()) == ["en", "to"]


def test_a_note_for_which_no_answer_is_chosen_stays_with_the_question_on_the_screen() -> None:
    run = reviewing()
    turn = play_rich(run, "note: spørg Bodil", "/continue")
    assert turn.run.notes == {run.at: "spørg Bodil"} and turn.run.asking is None


def test_it_can_be_taken_back() -> None:
    assert play_rich(reviewing(), "note: spørg Bodil", "/cancel").run.notes == {}


def test_after_the_end_as_well() -> None:
    done = rich_run()
    asked = play_rich(done, "note: spørg Bodil")
    assert asked.show == "step" and "Hvilket svar" in render.turn(RICH_KNOWLEDGE, asked).text
    turn = play_rich(asked.run, Control("note", "partner"))
    assert turn.finished and turn.show == "result" and turn.run.notes["partner"] == "spørg Bodil"
