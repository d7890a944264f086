"""A group that has no room for more says so, and how to keep the rest or swap one."""

from __future__ import annotations

from walkthrough_example import RICH, RICH_KNOWLEDGE, begin_rich, play, play_rich

from dialogues.reply import Reply
from dialogues.walkthrough import moves, render
from dialogues.walkthrough.moves import Control
from dialogues.walkthrough.state import Run

TWO = (
    "Bogby",
    "Musikskolen",
    "Anna Holm",
    "ja",
    "Cyklen",
    "1",
    "Bo Lind",
    "ja",
    "Banken",
    "1",
    "Bo Lind",
    "ja",
    "Kirken",
)


def said(*steps: str) -> tuple[Run, Reply]:
    turn = play_rich(begin_rich(), *TWO, *steps)
    return turn.run, render.turn(RICH_KNOWLEDGE, turn)


def test_the_last_answer_of_the_last_entry_says_that_there_is_room_for_no_more() -> None:
    run, reply = said("1", "Bo Lind")
    assert run.at == "praise"
    assert "Der er plads til 3 her" in reply.text
    assert {"Skriv resten som en note", "Byt en ud"} <= {one.label for one in reply.buttons}
    assert "Der er plads" in said("1", "spring over")[1].text


def test_earlier_answers_do_not() -> None:
    assert "Der er plads" not in said("1")[1].text
    assert "Der er plads" not in render.turn(RICH_KNOWLEDGE, play_rich(begin_rich(), *TWO[:7])).text


def test_it_is_said_once() -> None:
    run, _ = said("1", "Bo Lind")
    assert "Der er plads" not in render.step(RICH_KNOWLEDGE, run).text
    changed = play(run, Control(moves.EDIT, "contacts.2.owner"), "Ida Bak", checklist=RICH)
    assert changed.run.answers["contacts.2.owner"].value == "Ida Bak"


def test_the_rest_becomes_a_note_on_the_last_entry_and_swapping_shows_the_entries() -> None:
    run, reply = said("1", "Bo Lind")
    taps = {one.label: one.tap.split(":") for one in reply.buttons}
    _, _, name, step = taps["Skriv resten som en note"]
    noted = play_rich(run, Control(name, step), "Også Lions og Røde Kors").run
    assert noted.notes == {"contacts.2.owner": "Også Lions og Røde Kors"} and noted.at == "praise"
    _, _, name, section = taps["Byt en ud"]
    shown = render.turn(RICH_KNOWLEDGE, play_rich(run, Control(name, section)))
    assert len([one for one in shown.buttons if "Kontakt" in one.label]) == 3
