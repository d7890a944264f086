"""Groups: one entry after the other, one more or none, changing an entry and leaving one out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from walkthrough_example import (
    RICH,
    RICH_KNOWLEDGE,
    begin_rich,
    item,
    key,
    make,
    play,
    play_rich,
    rich_run,
    values,
)

from dialogues.reply import Reply
from dialogues.walkthrough import engine, render, reviewing
from dialogues.walkthrough.moves import Choose, Control
from dialogues.walkthrough.path import steps
from dialogues.walkthrough.state import Answer, Run
from dialogues.walkthrough.steps import Walk
from knowledge.schema import Checklist

TWO = ("Bogby", "Musikskolen", "/skip", "ja", "Kirken", "1", "/skip", "ja", "Banken", "2", "i morgen", "/skip", "nej")
"""To the end of the contacts: one in the public sector and one in business."""


def ids(run: Run) -> list[str]:
    return [step.id for step in steps(RICH, run)]


def show(run: Run, *moves: Any) -> Reply:
    return render.turn(RICH_KNOWLEDGE, play_rich(run, *moves))


def test_a_group_asks_first_whether_there_is_any() -> None:
    run = play_rich(begin_rich(), "Bogby", "Musikskolen", "/skip").run
    assert run.at == "contacts.more" and "**Hvem?**" in show(run).text
    none = play_rich(run, "nej").run
    assert (none.at, ids(none)[3:5]) == ("money", ["contacts.more", "money"])


def test_each_entry_is_asked_field_by_field_and_then_whether_there_is_one_more() -> None:
    run = play_rich(begin_rich(), *TWO[:4]).run
    assert run.at == "contacts.0.name"
    turn = play_rich(run, "Kirken", "1", "/skip")
    assert turn.run.at == "contacts.more" and "**Én til?**" in render.turn(RICH_KNOWLEDGE, turn).text
    assert "contacts.0.since" not in ids(turn.run), "only business is called back"
    assert play_rich(turn.run, "ja").run.at == "contacts.1.name"
    assert "_Kontakter · Kontakt 2 · 7 af 18_" in show(turn.run, "ja").text


def test_the_entries_are_told_apart() -> None:
    run = play_rich(begin_rich(), *TWO).run
    assert Walk(RICH, run).entries("contacts") == [
        {"name": "Kirken", "sector": "public", "owner": None},
        {"name": "Banken", "sector": "private", "since": date(2026, 11, 24), "owner": None},
    ]
    assert "Noteret. Kontakt 2, kontaktens navn: Banken" in show(begin_rich(), *TWO[:9]).text


def test_a_condition_within_an_entry_looks_at_that_entry() -> None:
    run = play_rich(begin_rich(), *TWO).run
    assert "contacts.1.since" in ids(run) and "contacts.0.since" not in ids(run)
    assert play_rich(run, Choose("contacts.0.sector", "private")).run.at == "contacts.0.since"


def test_a_condition_within_an_entry_never_looks_past_it_at_an_item_of_the_same_name() -> None:
    fields = [item("name", "text", "navn"), item("title", "text", "titel", when={"item": "name", "given": True})]
    group = item("people", "group", "folk", at_least=1, fields=fields)
    for language in ("da", "en"):
        group[language] |= {"another": "Én til?", "entry": "Person"}
    one = make(sections=[{"id": "s", "title": {"da": "S", "en": "S"}, "items": [item("name", "text", "n"), group]}])
    run = play(engine.start(one, "abcd1234", "da"), "Bogby", "/skip", checklist=one).run
    assert run.at == "people.more"


def test_yes_by_an_old_button_does_not_pile_up_empty_entries() -> None:
    run = play_rich(begin_rich(), *TWO[:4]).run
    again = play_rich(run, Choose("contacts.more", "yes")).run
    assert (values(again)["contacts"], again.at) == (1, "contacts.0.name")


def test_no_by_an_old_button_leaves_one_where_one_is() -> None:
    run = play_rich(begin_rich(), *TWO, "nej", "nej", "ja", "5").run
    turn = play_rich(run, Choose("contacts.more", "no"))
    assert turn.run.at == run.at and values(turn.run) == values(run)


def test_who_asked_for_one_more_by_mistake_is_led_out() -> None:
    run = play_rich(begin_rich(), *TWO[:8]).run
    out = [button for button in show(run).buttons if button.label == "Der er ikke flere"]
    assert [button.tap for button in out] == ["w:abcd1234:drop:contacts.1"]
    turn = play_rich(run, Control("drop", "contacts.1"))
    assert (turn.run.at, values(turn.run)["contacts"], turn.run.asking) == ("money", 1, None)


def test_the_way_out_is_offered_only_while_the_entry_is_empty() -> None:
    run = play_rich(begin_rich(), *TWO[:9], "/back").run
    assert run.at == "contacts.1.name"
    assert "Der er ikke flere" not in [button.label for button in show(run).buttons]


def test_no_more_than_at_most_are_asked_for() -> None:
    run = play_rich(begin_rich(), *TWO[:11], "/skip", "ja", "Skolen", "1", "/skip").run
    assert (values(run)["contacts"], run.at) == (3, "praise")
    assert "contacts.more" not in ids(run)
    assert key(play_rich(run, Choose("contacts.more", "yes"))) == "gone-question"


def test_at_least_so_many_are_asked_without_asking_whether() -> None:
    data = RICH.dict()
    data["sections"][1]["items"][0]["at_least"] = 2
    more = Checklist.parse_obj(data)
    knowledge = replace(RICH_KNOWLEDGE, checklists={"rich": more})
    run = play(engine.start(more, "abcd1234", "da"), "Bogby", "/skip", "/skip", checklist=more).run
    assert run.at == "contacts.0.name" and "Hvem?\n\n" in render.step(knowledge, run).text
    assert "Der er ikke flere" not in [button.label for button in render.step(knowledge, run).buttons]
    run = play(run, "Kirken", "1", "/skip", checklist=more).run
    assert run.at == "contacts.1.name"
    kept = play(run, Control("drop", "contacts.0"), "/confirm", checklist=more).run
    assert kept.at == "contacts.0.name" and values(kept).get("contacts.0.name") is None


def test_an_entry_goes_only_after_a_yes_and_the_later_ones_move_up() -> None:
    run = play_rich(begin_rich(), *TWO, Control("note", "contacts.1.name"), "Ring først").run
    asked = play_rich(run, Control("drop", "contacts.0"))
    assert asked.show == "drop" and values(asked.run) == values(run)
    assert "Vil du slette Kontakt 1?" in render.turn(RICH_KNOWLEDGE, asked).text
    assert play_rich(asked.run, "nej").run == run == play_rich(asked.run, "/cancel").run
    for yes in ("ja", "/confirm"):
        gone = play_rich(asked.run, yes)
        assert key(gone) == "dropped" and "Slettet under ”Kontakter”." in render.turn(RICH_KNOWLEDGE, gone).text
        assert [entry["name"] for entry in Walk(RICH, gone.run).entries("contacts")] == ["Banken"]
        assert gone.run.notes == {"contacts.0.name": "Ring først"}
        assert values(gone.run)["contacts.0.since"] == date(2026, 11, 24)
    assert play_rich(asked.run, "banan").run == run, "what is neither yes nor no deletes nothing"


def test_an_entry_that_holds_only_a_note_is_asked_about_too() -> None:
    run = play_rich(begin_rich(), *TWO[:8], "note: spørg Bodil").run
    assert play_rich(run, Control("drop", "contacts.1")).show == "drop"


def test_leaving_out_an_entry_of_a_finished_run_makes_its_papers_anew() -> None:
    done = rich_run(contacts=1, contacts_0_name="Kirken")
    gone = play_rich(done, Control("drop", "contacts.0"), "/confirm")
    assert gone.finished and gone.show == "result" and gone.run.edition == done.edition + 1


@pytest.mark.parametrize("path", ["contacts.3", "contacts.x", "contacts.", "contacts", "gone.0", "contacts.²", ""])
def test_an_entry_that_is_not_there_cannot_be_dropped(path: str) -> None:
    run = play_rich(begin_rich(), *TWO).run
    turn = play_rich(run, Control("drop", path))
    assert (key(turn), turn.run) == ("gone-question", run)


def test_the_review_shows_each_entry_and_lets_it_be_changed_or_dropped() -> None:
    run = play_rich(begin_rich(), *TWO).run
    section = show(run, Control("review", "1"))
    assert [button.label for button in section.buttons][:3] == ["Kontakt 1", "Kontakt 2", "rosen"]
    assert "- **Kontakt 1, kontaktens navn:** Kirken" in section.text
    entry = show(run, Control("review", "contacts.1"))
    assert "- **kontaktens navn:** Banken" in entry.text
    assert [button.tap for button in entry.buttons][:2] == [
        "w:abcd1234:edit:contacts.1.name",
        "w:abcd1234:edit:contacts.1.sector",
    ]
    assert "w:abcd1234:drop:contacts.1" in [button.tap for button in entry.buttons]


def test_many_entries_are_one_line_each_in_the_review() -> None:
    data = RICH.dict()
    data["sections"][1]["items"][0]["at_most"] = 15
    many = Checklist.parse_obj(data)
    answers: dict[str, Any] = {"contacts": 15}
    for number in range(15):
        answers |= {f"contacts.{number}.name": f"Forening {number} " * 40, f"contacts.{number}.sector": "public"}
    run = Run("abcd1234", "rich", answers={step: Answer(value) for step, value in answers.items()})
    text = reviewing.review(replace(RICH_KNOWLEDGE, checklists={"rich": many}), run, "1").text
    assert "- **Kontakt 15:** Forening 14 Forening 14 Forening 14… · Det offentlige\n" in text
    assert len(text) < 2000


def test_changing_an_entry_changes_nothing_else() -> None:
    run = play_rich(begin_rich(), *TWO).run
    changed = play_rich(run, Control("edit", "contacts.0.name"), "Domkirken")
    assert values(changed.run) == {**values(run), "contacts.0.name": "Domkirken"}
    assert changed.run.at == run.at


def test_people_named_before_are_offered_as_buttons() -> None:
    run = play_rich(begin_rich(), "Bogby", "Musikskolen", "Anna Holm", "ja", "Kirken", "1").run
    reply = show(run)
    assert run.at == "contacts.0.owner" and reply.buttons[0].label == "Anna Holm"
    _, _, step, token = reply.buttons[0].tap.split(":")
    assert values(play_rich(run, Choose(step, token)).run)["contacts.0.owner"] == "Anna Holm"
    renamed = play_rich(run, Control("edit", "respondent"), "Bo Lind").run
    assert key(play_rich(renamed, Choose(step, token))) == "gone-choice"


# --- choosing several ----------------------------------------------------------------------------


def at_channels() -> Run:
    return play_rich(begin_rich(), "Bogby", "/skip", "/skip", "nej", "nej", "5").run


def test_several_are_chosen_one_by_one_and_then_on() -> None:
    run = at_channels()
    first = play_rich(run, Choose("channels", "mail"))
    assert (first.run.at, values(first.run)["channels"]) == ("channels", ("mail",))
    assert "✓ Nyhedsbrev" in [button.label for button in render.turn(RICH_KNOWLEDGE, first).buttons]
    two = play_rich(first.run, Choose("channels", "poster"))
    assert values(two.run)["channels"] == ("poster", "mail"), "in the order of the choices"
    back = play_rich(two.run, Choose("channels", "mail")).run
    assert values(back)["channels"] == ("poster",)
    after = play_rich(two.run, "/next")
    assert (after.run.at, key(after)) == ("trust", "noted")
    assert "Plakat, Nyhedsbrev" in render.turn(RICH_KNOWLEDGE, after).text


def test_no_more_than_at_most_can_be_chosen() -> None:
    run = play_rich(at_channels(), Choose("channels", "mail"), Choose("channels", "poster")).run
    turn = play_rich(run, Choose("channels", "site"))
    assert (key(turn), values(turn.run)) == ("not-so-many", values(run))
    assert key(play_rich(at_channels(), "1, 2 og 3")) == "not-so-many"


def test_one_choice_too_many_by_an_old_button_opens_a_finished_run_there() -> None:
    done = rich_run(channels=("poster", "mail"))
    turn = play_rich(done, Choose("channels", "site"))
    assert (turn.run.at, turn.run.status, values(turn.run)) == ("channels", "open", values(done))
    assert play_rich(turn.run, "/next").run.status == "done"


def test_not_knowing_goes_with_nothing_else() -> None:
    run = play_rich(at_channels(), Choose("channels", "mail"), Choose("channels", "unsure")).run
    assert values(run)["channels"] == ("unsure",)
    assert values(play_rich(run, Choose("channels", "site")).run)["channels"] == ("site",)


def test_several_in_words() -> None:
    assert values(play_rich(at_channels(), "plakat og nyhedsbrev").run)["channels"] == ("poster", "mail")
    assert values(play_rich(at_channels(), "ingen af dem").run)["channels"] == ()
    assert "ingen af dem" in show(at_channels(), "ingen af dem").text
    assert key(play_rich(at_channels(), "banan og plakat")) == "not-several"


def test_nothing_chosen_is_passed_over() -> None:
    turn = play_rich(at_channels(), "/next")
    assert (key(turn), values(turn.run)["channels"]) == ("skipped", None)


def test_a_choice_that_is_gone_is_said() -> None:
    assert key(play_rich(at_channels(), Choose("channels", "fax"))) == "gone-choice"
