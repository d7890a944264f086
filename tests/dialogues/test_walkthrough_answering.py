"""At a step: not knowing, skipping what is needed, control words in a sentence, and dates that may be a slip."""

from __future__ import annotations

from datetime import date

import pytest
from walkthrough_example import ALL, CHECKLIST, TODAY, begin, item, key, make, play, values

from dialogues.walkthrough import engine
from dialogues.walkthrough.state import Answer


@pytest.mark.parametrize("said", ["ved ikke", "det ved jeg ikke endnu", "I don't know yet", "ved ikke hvad det bliver"])
def test_not_knowing_passes_over_what_is_not_required(said: str) -> None:
    for steps, at in ((("Bogby",), "money"), (("Bogby", "ja"), "budget"), (("Bogby", "nej", "3"), "form")):
        turn = play(begin(), *steps, said)
        assert (key(turn), values(turn.run)[at], turn.run.failures) == ("not-known-yet", None, 0)
        assert engine.fits(CHECKLIST, play(begin(), *steps).run, said, TODAY) == "answer"
    last = play(begin(), *ALL[:-1], said)
    assert last.finished and values(last.run)["notes"] is None


def test_what_does_not_apply_is_skipped() -> None:
    turn = play(begin(), "Bogby", "ikke relevant")
    assert (key(turn), values(turn.run)["money"]) == ("skipped", None)


def test_not_knowing_keeps_an_answer_that_is_there() -> None:
    turn = play(begin(), "Bogby", "ja", "/back", "ved ikke")
    assert (key(turn), values(turn.run)["money"], turn.run.at) == ("kept", "yes", "budget")


def test_a_required_item_says_why_and_in_the_end_gives_a_break() -> None:
    first, second = play(begin(), "ved ikke"), play(begin(), "ved ikke", "spring over")
    assert first.notice and second.notice and not first.understood
    assert first.notice.values == {"why": "Fordi navnet betyder noget.", "choice": None, "again": False}
    assert (second.notice.key, second.notice.values["again"]) == ("needed", True)
    third = play(second.run, "ved ikke")
    assert (third.show, third.run.status, third.run.at, third.run.answers) == ("paused", "paused", "name", {})
    again = play(third.run, "fortsæt", "ved ikke")
    assert again.notice and again.notice.values["again"] is False


def test_a_required_choice_names_its_way_out() -> None:
    choices = [{"id": "a", "da": "A", "en": "A"}, {"id": "unsure", "da": "Ikke afgjort endnu", "en": "Not settled"}]
    items = [item("a", "choice", "a", choices=choices, required=True), item("b", "text", "b")]
    checklist = make(sections=[{"id": "s", "title": {"da": "S", "en": "S"}, "items": items}])
    turn = play(engine.start(checklist, "abcd1234", "da"), "spring over", checklist=checklist)
    assert turn.notice and turn.notice.values["choice"] == "Ikke afgjort endnu"
    assert play(turn.run, "ved ikke", checklist=checklist).run.answers["a"] == Answer("unsure")


def test_a_lone_question_mark_asks_why_where_it_is_no_choice() -> None:
    for steps in ((), ("Bogby",), ("Bogby", "ja")):
        run = play(begin(), *steps).run
        assert (play(run, "?").show, play(run, "??").run) == ("why", run)
    assert values(play(begin(), "Bogby", "nej", "?").run)["trust"] == "unsure"


@pytest.mark.parametrize(
    "text",
    [
        "1. sept. næste år",
        "næste gang vi mødes",
        "næste fredag",
        "stop spild af mad",
        "vi holder pause i juli",
        "vi springer over gærdet",
        "tilbage til starten",
        "videre med det",
        "next year",
    ],
)
def test_a_control_is_not_heard_in_a_longer_sentence(text: str) -> None:
    assert engine.fits(CHECKLIST, begin(), text, TODAY) == "free"
    assert values(play(begin(), text).run) == {"name": text}


@pytest.mark.parametrize(
    ("text", "value"), [("1", "yes"), ("2", "no"), ("2.", "no"), ("nr. 1", "yes"), ("den anden", "no")]
)
def test_yes_and_no_by_number(text: str, value: str) -> None:
    assert values(play(begin(), "Bogby", text).run)["money"] == value


@pytest.mark.parametrize("text", ["3", "0", "12", "to af os", "en", "to", "2 af 4", "1/2"])
def test_other_numbers_are_neither_yes_nor_no(text: str) -> None:
    assert key(play(begin(), "Bogby", text)) == "not-yesno"


DATES = make(
    sections=[
        {
            "id": "s",
            "title": {"da": "S", "en": "S"},
            "items": [
                item("start", "date", "starten"),
                item("end", "date", "slutningen"),
                item("name", "text", "navnet"),
            ],
        },
        {"id": "t", "title": {"da": "T", "en": "T"}, "items": [item("party", "date", "festen")]},
    ]
)


@pytest.mark.parametrize(
    ("steps", "remark", "other"),
    [
        (("1. maj 2027",), None, None),
        (("1. maj 2026",), "date-past", None),
        (("i dag",), None, None),
        (("1. maj 2027", "1. april 2027"), "date-before", "start"),
        (("1. maj 2027", "1. maj 2027"), None, None),
        (("/skip", "1. april 2027"), None, None),
        (("1. maj 2027", "1. juni 2027", "/back", "/back", "1. juli 2027"), "date-after", "end"),
        (("1. maj 2027", "1. juni 2027", "Bogby", "1. april 2027"), None, None),
    ],
)
def test_a_date_that_may_be_a_slip_is_taken_and_remarked(
    steps: tuple[str, ...], remark: str | None, other: str | None
) -> None:
    turn = play(engine.start(DATES, "abcd1234", "da"), *steps, checklist=DATES)
    assert turn.notice and turn.notice.key == "noted"
    assert (turn.notice.values.get("remark"), turn.notice.values.get("other")) == (remark, other)
    assert isinstance(turn.notice.values["value"], date)
