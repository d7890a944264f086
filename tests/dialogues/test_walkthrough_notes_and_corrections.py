"""Notes on answers, "nej, jeg mente …", going to a section, and changing one of all answers."""

from __future__ import annotations

from typing import Any

import pytest
from walkthrough_example import (
    RICH,
    RICH_ALL,
    RICH_KNOWLEDGE,
    TODAY,
    begin_rich,
    key,
    play_rich,
    rich_run,
    values,
)

from dialogues.reply import Reply
from dialogues.walkthrough import engine, moves, render
from dialogues.walkthrough.moves import Choose, Control, Correct
from dialogues.walkthrough.state import Run


def show(run: Run, *steps: Any) -> Reply:
    return render.turn(RICH_KNOWLEDGE, play_rich(run, *steps))


def at_money(*said: str) -> Run:
    return play_rich(begin_rich(), "Bogby", "Musikskolen", "Anna Holm", "nej", *said).run


# --- notes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said", ["note: spørg Bodil", "Note – spørg Bodil", "bemærkning: spørg Bodil", "NOTE:spørg Bodil"]
)
def test_a_note_hangs_on_the_question_on_the_screen(said: str) -> None:
    turn = play_rich(at_money(), said)
    assert (turn.run.notes, key(turn), turn.run.at) == ({"money": "spørg Bodil"}, "note-kept", "money")
    assert "Din note: spørg Bodil" in render.turn(RICH_KNOWLEDGE, turn).text
    assert engine.fits(RICH, at_money(), said, TODAY) == "control"


def test_a_note_can_be_written_on_any_answer() -> None:
    run = at_money()
    asked = play_rich(run, Control("note", "partner"))
    assert asked.show == "note" and "**Skriv din note til ”partneren”.**" in render.turn(RICH_KNOWLEDGE, asked).text
    assert engine.fits(RICH, asked.run, "spørg Bodil", TODAY) == "free"
    turn = play_rich(asked.run, "ja, og spørg Bodil")
    assert (turn.run.notes, turn.run.at, values(turn.run)) == (
        {"partner": "ja, og spørg Bodil"},
        "money",
        values(run),
    )
    assert "**partneren:** Musikskolen _(ja, og spørg Bodil)_" in show(turn.run, Control("review", "0")).text


def test_a_note_is_offered_with_the_reason() -> None:
    assert "w:abcd1234:note:money" in [button.tap for button in show(at_money(), "/why").buttons]


@pytest.mark.parametrize("said", ["slet", "Slet", "delete", "-"])
def test_a_note_can_be_deleted(said: str) -> None:
    run = play_rich(at_money(), "note: spørg Bodil", Control("note", "money")).run
    turn = play_rich(run, said)
    assert (turn.run.notes, key(turn)) == ({}, "note-gone")


@pytest.mark.parametrize("leave", ["spring over", "/cancel", "/continue", "tilbage"])
def test_leaving_the_note_leaves_what_is_there(leave: str) -> None:
    run = play_rich(at_money(), "note: spørg Bodil", Control("note", "money")).run
    left = play_rich(run, leave).run
    assert left.notes == {"money": "spørg Bodil"} and left.asking is None


def test_what_else_was_said_with_an_answer_becomes_its_note() -> None:
    turn = play_rich(at_money("nej", "12", "1"), "3, men det går fremad")
    assert (values(turn.run)["trust"], turn.run.notes) == ("most", {"trust": "men det går fremad"})
    assert "(note: men det går fremad)" in render.turn(RICH_KNOWLEDGE, turn).text


def test_a_note_on_a_finished_run_makes_its_papers_anew() -> None:
    done = rich_run(trust="full")
    noted = play_rich(done, Control("note", "trust"), "Aftalt i marts")
    assert noted.finished and noted.run.status == "done" and noted.run.edition == done.edition + 1
    gone = play_rich(noted.run, Control("note", "trust"), "slet")
    assert gone.finished and gone.run.notes == {}
    again = play_rich(gone.run, Control("note", "trust"), "slet")
    assert not again.finished, "there was nothing to delete"


def test_a_note_on_what_is_not_asked_goes_nowhere() -> None:
    turn = play_rich(at_money(), Control("note", "budget"))
    assert (key(turn), turn.run.asking) == ("gone-question", None)


def test_a_note_survives_a_changed_answer() -> None:
    run = play_rich(at_money(), "note: spørg Bodil", "nej").run
    assert play_rich(run, Choose("money", "yes")).run.notes == {"money": "spørg Bodil"}


# --- corrections ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "nej, jeg mente ja",
        "hov, jeg mente ja",
        "ups, det skulle være ja",
        "jeg mente faktisk ja",
        "ret det til ja",
        "sorry, I meant yes",
    ],
)
def test_no_i_meant_changes_the_answer_given_last(said: str) -> None:
    run = at_money("nej")
    turn = play_rich(run, said)
    assert (values(turn.run)["money"], key(turn), turn.run.at) == ("yes", "changed", "budget")
    assert engine.fits(RICH, run, said, TODAY) == "control"


def test_a_correction_takes_the_kind_of_the_corrected_question() -> None:
    run = at_money("nej", "12")
    assert values(play_rich(run, "nej, jeg mente 20 timer").run)["hours"] == 20
    back = play_rich(run, "nej, jeg mente 20").run
    assert back.at == run.at == "channels" and "channels" not in values(back)


@pytest.mark.parametrize(
    "said", ["ret partneren til Kirken", "kan du rette partneren til Kirken", "change partneren to Kirken"]
)
def test_any_answer_can_be_corrected_by_name(said: str) -> None:
    run = at_money("nej", "12")
    turn = play_rich(run, said)
    assert values(turn.run) == {**values(run), "partner": "Kirken"}
    assert (turn.run.at, key(turn)) == (run.at, "changed")


def test_a_correction_that_does_not_fit_leads_to_its_question() -> None:
    turn = play_rich(at_money("nej", "12"), "ret timerne til mange")
    assert (turn.run.at, values(turn.run)["hours"], turn.show) == ("hours", 12, "step")


def test_a_correction_of_what_is_gone_changes_nothing() -> None:
    run = at_money("nej")
    assert play_rich(run, Correct("budget", 5)).run == run


def test_nothing_to_correct_is_an_answer() -> None:
    assert values(play_rich(begin_rich(), "jeg mente det").run) == {"library": "jeg mente det"}


# --- going to a section --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "gå til arbejdet",
        "spring til afsnittet arbejdet",
        "kan vi gå til arbejdet",
        "go to section arbejdet",
        "hop til 3",
    ],
)
def test_one_can_go_to_a_section_in_words(said: str) -> None:
    run = play_rich(begin_rich(), "Bogby").run
    turn = play_rich(run, said)
    assert (turn.run.at, values(turn.run)) == ("money", values(run))


def test_the_sections_are_shown_with_how_far_each_is() -> None:
    reply = show(at_money("nej"), "/sections")
    assert [button.label for button in reply.buttons] == [
        "Hvem (3 af 3)",
        "Kontakter (1 af 1)",
        "Arbejdet (1 af 5)",
        "Datoer (0 af 3)",
        "Tilbage til spørgsmålet",
    ]
    chosen = show(at_money("nej"), "/sections", "datoer")
    assert "**Hvad med starten?**" in chosen.text
    assert "**Hvad med starten?**" in show(at_money("nej"), "/sections", "4").text


@pytest.mark.parametrize("said", ["²", "٣", "0", "99", "9" * 300, "banan"])
def test_no_number_of_a_section_breaks_the_choosing(said: str) -> None:
    run = play_rich(begin_rich(), "Bogby", "/sections").run
    assert play_rich(run, said).run.answers == run.answers


def test_a_section_begins_at_its_first_open_question_or_else_its_first() -> None:
    run = at_money("nej", "12")
    assert play_rich(run, Control("jump", "work")).run.at == "channels"
    assert play_rich(run, Control("jump", "who")).run.at == "library"
    assert key(play_rich(run, Control("jump", "nowhere"))) == "gone-section"


def test_after_the_jump_what_was_left_out_is_asked_in_the_end() -> None:
    run = play_rich(begin_rich(), "Bogby", "gå til datoer", "i morgen", "om et år", "ingen bemærkninger").run
    assert run.at == "partner" and run.status == "open"


# --- all answers, each to be changed -------------------------------------------------------------


def test_every_answer_can_be_reached_from_the_review_and_changed() -> None:
    done = play_rich(begin_rich(), *RICH_ALL).run
    sections = show(done, "/review")
    taps = [button.tap for button in sections.buttons if ":review:" in button.tap]
    edits = [
        button.tap
        for tap in taps
        for button in show(done, Control("review", tap.split(":")[3])).buttons
        if ":edit:" in button.tap or ":review:contacts" in button.tap
    ]
    reached = {tap.split(":")[3] for tap in edits}
    asked = {"contacts.0" if step.group else step.id for step in engine_steps(done) if not step.offers_more}
    assert reached == asked
    for tap in edits:
        if ":edit:" in tap:
            assert play_rich(done, Control("edit", tap.split(":")[3])).run.at == tap.split(":")[3]


def engine_steps(run: Run) -> list[Any]:
    return [line.step for line in engine.summary(RICH, run)]


@pytest.mark.parametrize(
    ("step", "said", "value"),
    [
        ("hours", "20", 20),
        ("channels", "1 og 2", ("poster", "site")),
        ("respondent", "Bo Lind", "Bo Lind"),
        ("budget", "900 kr.", 900),
        ("trust", "4", "full"),
        ("library", "Byby", "Byby"),
    ],
)
def test_a_changed_answer_loses_no_other(step: str, said: str, value: object) -> None:
    done = play_rich(begin_rich(), *RICH_ALL).run
    turn = play_rich(done, Control(moves.EDIT, step), said)
    assert values(turn.run) == {**values(done), step: value}
    assert turn.finished and turn.run.edition == done.edition + 1


def test_what_was_looked_at_can_be_kept() -> None:
    run = at_money("nej", "12")
    kept = play_rich(run, Control("edit", "hours"), "/skip")
    assert (key(kept), values(kept.run), kept.run.at) == ("kept", values(run), run.at)
