"""An answer that isn't understood: explained, then helped, then left; and what only sounds like none."""

from __future__ import annotations

import pytest
from walkthrough_example import KNOWLEDGE, begin, key, play, values
from words_example import talk

from bot.rendering.plain import plain
from dialogues.walkthrough import render, sayings


def said(*texts: str) -> list[str]:
    """What is said to each of the texts, below the answers before."""
    turn, lines = play(begin(), "Bogby"), []
    for text in texts:
        turn = play(turn.run, text)
        lines.append(plain(render.turn(KNOWLEDGE, turn).text).split("\n\n")[0])
    return lines


def test_nothing_is_said_for_ever() -> None:
    first, second, third, *more = said(*["blåbærgrød"] * 6)
    assert "Hvad passer bedst?" in first
    assert all(part in second for part in ("Lad os gøre det enkelt", "fx", "ved ikke", "springe over", "pause"))
    assert "Spring over" in third and "Skriv en note" in third
    assert not any("Lad os gøre det enkelt" in line for line in (third, *more))
    assert all(one != other for one, other in zip([third, *more], more, strict=False))


def test_from_the_third_time_a_note_can_be_written() -> None:
    turn = play(begin(), "Bogby", *["blåbærgrød"] * 3)
    labels = [choice.label for choice in render.turn(KNOWLEDGE, turn).buttons]
    assert {"Spring over", "Skriv en note", "Pause"} <= set(labels)
    assert key(turn) == "stuck"
    assert key(play(turn.run, "ja")) == "noted"


def test_what_each_answer_is_too_much_of_is_still_said() -> None:
    assert key(play(begin(), "Bogby", "ja", *["999999999"] * 4)) == "not-more"


PLEDGES = "Vil I hjælpe os med lektierne?|Vil du låne os en sal|hjælpe os med lektierne?|Kan I synge med vores børn?"


@pytest.mark.parametrize("text", PLEDGES.split("|"))
def test_a_question_that_is_asked_for_is_an_answer(engine, text: str) -> None:
    run, _ = talk(engine, "asset-map", "invites.0.will", text)
    assert values(run)["invites.0.will"] == text


@pytest.mark.parametrize("text", ["hvad mener du?", "kan du give et eksempel?", "hvem må skrive under?"])
def test_a_question_to_the_advisor_is_none(engine, text: str) -> None:
    assert "invites.0.will" not in values(talk(engine, "asset-map", "invites.0.will", text)[0])


def test_only_a_question_with_a_question_to_finish_takes_one() -> None:
    assert sayings.to_be_put("Skriv resten af sætningen ”Vil du …?”", 'Finish the sentence "Will you …?"')
    assert not sayings.to_be_put("Hvad er formålet?", "Skriv resten af sætningen ”Vi kan …”")


ENDS = "close the partnership|stop the partnership|afslut partnerskabet|stop samarbejdet|luk partnerskabet"


@pytest.mark.parametrize("text", ENDS.split("|"))
@pytest.mark.parametrize("step", ["purpose", "status"])
def test_the_end_of_the_partnership_is_not_that_of_the_walkthrough(engine, step: str, text: str) -> None:
    assert talk(engine, "agreement", step, text)[0].status == "open"


@pytest.mark.parametrize("text", ["stop", "luk", "stop her", "afslut", "close"])
def test_the_end_of_the_walkthrough_is_a_pause(engine, text: str) -> None:
    for step in ("purpose", "status"):
        assert talk(engine, "agreement", step, text)[0].status == "paused"


@pytest.mark.parametrize("text", ["jeg vil ikke leve mere", "jeg overvejer selvmord", "I want to kill myself"])
@pytest.mark.parametrize("step", ["purpose", "status", "our-signer"])
def test_whoever_is_in_danger_is_answered_at_any_step(engine, step: str, text: str) -> None:
    run, walker = talk(engine, "agreement", step, text)
    assert "70 201 201" in walker.text
    assert values(run) == {}


def test_a_cry_for_help_is_no_no(engine) -> None:
    run, walker = talk(engine, "readiness", "goals", "jeg vil ikke leve mere")
    assert "70 201 201" in walker.text
    assert values(run) == {}
