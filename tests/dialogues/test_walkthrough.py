"""A walkthrough move by move: answering, going back, changing, pausing, starting over, finishing."""

from __future__ import annotations

import json
from datetime import date

import pytest
from walkthrough_example import ALL, CHECKLIST, TODAY, begin, item, key, make, play, values

from dialogues import taps
from dialogues.walkthrough import engine, moves, state
from dialogues.walkthrough.moves import Choose, Control, Say
from dialogues.walkthrough.state import Answer, Run


def ids(run: Run) -> list[str]:
    return [entry.id for entry in engine.asked(CHECKLIST, run)]


def test_answers_lead_from_the_first_item_to_the_end() -> None:
    turn = play(begin(), *ALL)
    assert turn.finished and turn.show == "result"
    assert (turn.run.status, turn.run.at) == ("done", None)
    assert values(turn.run) == {
        "name": "Bogby",
        "money": "yes",
        "budget": 1000,
        "payer": "Banken",
        "trust": "most",
        "form": "contacts",
        "start": date(2027, 3, 3),
        "notes": "ingen",
    }


def test_an_answer_is_confirmed_with_its_label() -> None:
    turn = play(begin(), "Bogby", "jep")
    assert turn.notice == engine.Notice("noted", {"step": "money", "value": "yes", "note": None})


def test_the_quick_way_asks_less_and_the_rest_can_follow() -> None:
    turn = play(begin("quick"), "Bogby", "nej", "3", "i morgen")
    assert turn.finished and "form" not in ids(turn.run)
    more = play(turn.run, "/full")
    assert (more.run.at, more.run.status, more.run.mode) == ("form", "open", "full")
    assert values(more.run)["trust"] == "most"


def test_a_checklist_without_quick_items_is_asked_in_full() -> None:
    slow = make(sections=[{"id": "s", "title": {"da": "S", "en": "S"}, "items": [item("a", "text", "a", quick=False)]}])
    run = engine.start(slow, "abcd1234", "da", "quick")
    assert (run.at, run.mode) == ("a", "full")


def test_conditions_show_and_hide_and_keep_what_was_answered() -> None:
    run = play(begin(), "Bogby", "ja", "1000", "Banken").run
    assert ids(run)[:4] == ["name", "money", "budget", "payer"]
    changed = play(run, Choose("money", "no")).run
    assert ids(changed)[:3] == ["name", "money", "trust"]
    assert values(changed)["payer"] == "Banken"
    assert "payer" not in engine.counted(CHECKLIST, changed)
    assert "payer" in ids(play(changed, Choose("money", "yes")).run)


def test_the_position_is_honest_under_conditions() -> None:
    run = begin()
    assert engine.position(CHECKLIST, run) == (1, 6)
    run = play(run, "Bogby", "ja").run
    assert (run.at, engine.position(CHECKLIST, run)) == ("budget", (3, 7))
    assert engine.position(CHECKLIST, play(run, "/skip").run) == (4, 7)
    assert engine.position(CHECKLIST, play(begin(), *ALL).run) == (8, 8)


def test_back_goes_to_the_item_before_and_loses_nothing() -> None:
    run = play(begin(), "Bogby", "ja", "1000").run
    twice = play(run, "/back", "/back").run
    assert twice.at == "money" and values(twice) == values(run)
    assert play(twice, "ja").run.at == "payer"
    assert play(twice, "/skip").run.at == "payer"


def test_back_at_the_first_item_says_so() -> None:
    turn = play(begin(), "/back")
    assert (turn.run.at, key(turn)) == ("name", "first-step")


def test_changing_an_answer_asks_again_only_what_hangs_on_it() -> None:
    run = play(begin(), "Bogby", "nej", "3", "kontaktpersonerne").run
    turn = play(run, Choose("money", "yes"))
    assert (turn.run.at, key(turn)) == ("budget", "changed")
    assert play(turn.run, "500").run.at == "start"


def test_a_tap_on_an_earlier_step_changes_that_answer_and_stays_here() -> None:
    run = play(begin(), "Bogby", "nej", "3").run
    turn = play(run, Choose("trust", "full"))
    assert (turn.run.at, key(turn), values(turn.run)["trust"]) == ("form", "changed", "full")
    again = play(turn.run, Choose("trust", "full"))
    assert again.notice is None and again.run == turn.run


def test_taps_on_what_is_gone_show_the_present_step() -> None:
    run = play(begin(), "Bogby").run
    gone = [Choose("vanished", "yes"), Choose("budget", "yes"), Choose("money", "maybe"), Choose("name", "yes")]
    for tap, expected in zip(gone, ["gone-question", "gone-question", "gone-choice", "gone-choice"], strict=True):
        turn = play(run, tap)
        assert (turn.run, key(turn), turn.show) == (run, expected, "step")
    assert key(play(run, "/no-such-control")) == "old-button"


def test_skipping_is_noted_and_a_required_item_cannot_be_skipped() -> None:
    turn = play(begin(), "/skip")
    assert (turn.run.at, key(turn), turn.run.answers) == ("name", "needed", {})
    turn = play(begin(), "Bogby", "spring over")
    assert (turn.run.at, key(turn), values(turn.run)["money"]) == ("trust", "skipped", None)
    assert play(begin(), "Bogby", "ja", "/back", "/skip").run.answers["money"] == Answer("yes")


def test_why_leaves_the_step_where_it_is() -> None:
    run = play(begin(), "Bogby").run
    turn = play(run, "hvorfor")
    assert (turn.show, turn.run) == ("why", run)


def test_pause_and_continue() -> None:
    run = play(begin(), "Bogby", "ja").run
    paused = play(run, "/pause")
    assert (paused.show, paused.run.status, paused.run.at) == ("paused", "paused", "budget")
    back = play(paused.run, "fortsæt")
    assert (back.run, key(back)) == (run, "welcome-back")


def test_words_said_to_a_resting_walkthrough_are_no_answer() -> None:
    paused = play(begin(), "/pause").run
    turn = play(paused, "Bogby")
    assert (turn.run.answers, turn.run.status, key(turn), turn.understood) == ({}, "open", "on-we-go", False)


def test_starting_over_asks_first() -> None:
    run = play(begin(), "Bogby", "ja").run
    asked = play(run, "start forfra")
    assert asked.show == "confirm" and asked.run.answers == run.answers
    assert play(asked.run, "nej").run == run
    assert play(asked.run, "/cancel").run == run
    for yes in ("ja tak", "/confirm"):
        again = play(asked.run, yes).run
        assert (again.answers, again.at, again.id) == ({}, "name", run.id)


def test_starting_over_is_never_taken_from_an_old_button_or_an_answer_meant_otherwise() -> None:
    run = play(begin(), "Bogby").run
    assert key(play(run, "/confirm")) == "old-button" and play(run, "/confirm").run == run
    assert play(run, "/restart", "/why", "/confirm").run == run
    turn = play(run, "/restart", "hov, hvad er det nu det hedder")
    assert (turn.run, key(turn)) == (run, "not-restarted")


def test_starting_over_with_nothing_answered_needs_no_question() -> None:
    assert play(begin(), "/restart").show == "step"


def test_the_second_misunderstanding_is_friendlier_and_offers_a_way_out() -> None:
    run = play(begin(), "Bogby", "ja").run
    first, second = play(run, "mange"), play(run, "mange", "rigtig mange")
    assert first.notice and second.notice and not first.understood
    assert (first.notice.key, first.notice.values["again"]) == ("not-number", False)
    assert (second.notice.values["again"], second.notice.values["can_skip"]) == (True, True)
    assert play(second.run, "12").run.failures == 0


def test_finishing_goes_on_to_change_and_finish_again() -> None:
    done = play(begin(), *ALL).run
    back = play(done, "/back").run
    assert (back.at, back.status) == ("notes", "open")
    again = play(back, "noget andet")
    assert again.finished and values(again.run)["notes"] == "noget andet"
    changed = play(done, Choose("trust", "none"))
    assert changed.finished and changed.run.status == "done"
    assert not play(changed.run, Choose("trust", "none")).finished
    assert play(changed.run, "hej").notice == engine.Notice("already-done")


def test_the_review_leads_to_any_answer_by_button_or_label() -> None:
    run = play(begin(), "Bogby", "nej", "3").run
    assert play(run, "/review").show == "review"
    for chosen in (Control(moves.EDIT, "trust"), Say("tilliden"), Say("tiliden")):
        assert play(run, "/review", chosen).run.at == "trust"
    assert play(run, Control(moves.EDIT, "trust"), "4").run.at == "form"
    assert key(play(run, Control(moves.EDIT, "payer"))) == "gone-question"
    beside = play(run, "/review", "noget helt andet")
    assert (beside.run, key(beside)) == (run, "on-we-go")


def test_a_finished_run_can_be_opened_again() -> None:
    done = state.from_dict(json.loads(json.dumps(state.to_dict(play(begin(), *ALL).run))))
    opened = play(done, "/review")
    assert (opened.show, opened.run.status, opened.run.answers) == ("review", "done", done.answers)
    for chosen in (Control(moves.EDIT, "trust"), Say("tilliden")):
        again = play(opened.run, chosen)
        assert (again.show, again.run.at, again.run.status) == ("step", "trust", "open")
        changed = play(again.run, "1")
        assert changed.finished and values(changed.run) == {**values(done), "trust": "none"}
    assert play(opened.run, "/continue").show == "result"


def test_the_result_so_far_can_be_seen_on_the_way() -> None:
    run = play(begin(), "Bogby", "nej", "3").run
    turn = play(run, "/done")
    assert (turn.show, turn.finished, turn.run.status) == ("result", False, "open")
    assert turn.notice == engine.Notice("so-far", {"left": 3})
    assert play(turn.run, "/continue").run == run


def test_closing_a_result_keeps_it() -> None:
    done = play(begin(), *ALL).run
    assert play(done, "/close").show == "closed" and play(done, "/close").run == done


# --- the checklist is edited while a run is open ------------------------------------------------


def edited(keep: str) -> object:
    """The checklist with only the items named."""
    data = json.loads(CHECKLIST.json())
    for section in data["sections"]:
        section["items"] = [entry for entry in section["items"] if entry["id"] in keep.split()]
    return make(sections=data["sections"])


def test_a_run_at_an_item_that_is_gone_goes_to_the_next_open_one() -> None:
    run = play(begin(), "Bogby", "nej", "3").run
    less = edited("name money start notes")
    assert engine.position(less, run) == (3, 4)  # type: ignore[arg-type]
    turn = engine.apply(less, run, Say("i morgen"), TODAY)  # type: ignore[arg-type]
    assert values(turn.run)["start"] == date(2026, 11, 24)
    assert values(turn.run)["trust"] == "most"  # kept, though nothing asks it any more


def test_an_answer_that_is_no_choice_any_more_is_asked_again() -> None:
    run = begin().with_(answers={"name": Answer("Bogby"), "money": Answer("perhaps")})
    assert play(run, "Bogby").run.at == "money"


def test_conditions_in_a_circle_or_on_nothing_hide_their_items() -> None:
    items = [
        item("a", "yesno", "a", when={"item": "b", "any_of": ["yes"]}),
        item("b", "yesno", "b", when={"item": "a", "any_of": ["yes"]}),
        item("c", "yesno", "c", when={"item": "nowhere", "any_of": ["yes"]}),
        item("d", "yesno", "d"),
    ]
    odd = make(sections=[{"id": "s", "title": {"da": "S", "en": "S"}, "items": items}])
    run = engine.start(odd, "abcd1234", "da")
    assert [entry.id for entry in engine.asked(odd, run)] == ["d"]


# --- as others use it ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "text", "fit"),
    [
        ((), "Bogby", "free"),
        ((), "tilbage", "control"),
        (("Bogby",), "det har vi", "answer"),
        (("Bogby",), "må vi dele deltagerlisten?", "question"),
        (("Bogby",), "banan", "none"),
        (("Bogby", "/restart"), "ja", "control"),
        (("Bogby", "/restart"), "banan", "none"),
        (("/pause",), "Bogby", "none"),
        (ALL, "ja", "none"),
    ],
)
def test_how_words_fit_the_step(said: tuple[str, ...], text: str, fit: str) -> None:
    assert engine.fits(CHECKLIST, play(begin(), *said).run, text, TODAY) == fit


def test_the_label_of_a_choice_goes_before_a_control() -> None:
    choices = [{"id": "p", "da": "Pause", "en": "Break"}, {"id": "q", "da": "Videre", "en": "Further"}]
    items = [item("a", "choice", "a", choices=choices), item("b", "text", "b")]
    checklist = make(sections=[{"id": "s", "title": {"da": "S", "en": "S"}, "items": items}])
    run = engine.start(checklist, "abcd1234", "da")
    assert play(run, "pause", checklist=checklist).run.answers["a"] == Answer("p")
    assert play(run, "tilbage", checklist=checklist).run.answers == {}


def test_taps_mean_moves() -> None:
    def made(text: str) -> object:
        tap = taps.parse(text)
        return moves.from_tap(tap) if tap else None

    assert made("a:abcd1234:money:yes") == ("abcd1234", Choose("money", "yes"))
    assert made("w:abcd1234:edit:money") == ("abcd1234", Control("edit", "money"))
    assert made("t:basics.money") is None


def test_the_summary_lists_what_counts_in_order() -> None:
    run = play(begin(), "Bogby", "nej", "spring over", "2").run
    lines = engine.summary(CHECKLIST, run)
    assert [(line.step.id, line.value, line.skipped) for line in lines] == [
        ("name", "Bogby", False),
        ("money", "no", False),
        ("trust", None, True),
        ("form", "contacts", False),
        ("start", None, False),
        ("notes", None, False),
    ]
    assert lines[2].step.section.title.da == "Arbejde"


def test_a_run_survives_json_with_its_dates_and_without_unknown_fields() -> None:
    run = play(begin(), *ALL).run
    data = json.loads(json.dumps(state.to_dict(run)))
    assert data["answers"]["start"] == {"date": "2027-03-03"}
    assert state.from_dict(data) == run
    assert state.from_dict({**data, "of_the_future": [1]}) == run
    assert state.from_dict({"id": "abcd1234", "checklist": "example"}) == Run("abcd1234", "example")
