"""Answers in words: what they mean for each kind of item, and what is never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from walkthrough_example import CHECKLIST, TODAY, choice, item, read, reason, the

from dialogues.walkthrough.answers import LONGEST_TEXT, NEEDLESS, UNKNOWN, Misunderstood, parse, valid
from knowledge.schema import Choice, Item

ITEMS = [entry.id for entry in CHECKLIST.items]


YES = "ja|ja det har vi|jep|Ja!|jaaa|jo da|👍|det har vi|vi har|selvfølgelig|yes|yep|yes we do|we do|of course|j|JA."
NO = "nej|nej ikke endnu|ikke endnu|nope|nej tak|det har vi ikke|slet ikke|desværre nej|no|not yet|we don't|👎|næh|n"
NEITHER = "ja og nej|ja, men ikke helt|nja|delvist|måske|ja nej|tja det kommer an på|banan|vi er i gang"


@pytest.mark.parametrize("text", YES.split("|"))
def test_yes(text: str) -> None:
    assert read("money", text) == "yes"


@pytest.mark.parametrize("text", NO.split("|"))
def test_no(text: str) -> None:
    assert read("money", text) == "no"


@pytest.mark.parametrize("text", NEITHER.split("|"))
def test_what_is_neither_yes_nor_no_is_not_guessed(text: str) -> None:
    assert reason("money", text) == "not-yesno"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I høj grad", "most"),
        ("i hoej grad", "most"),
        ("To a high degree", "most"),
        ("fuldt", "full"),
        ("fuldt ud, synes vi", "full"),
        ("slet ikke", "none"),
        ("i noget grad", "some"),
        ("i høj grd", "most"),
        ("høj grad", "most"),
        ("nogen", "some"),
        ("kun i nogen grad", "some"),
        ("det er fuldt ud på plads", "full"),
        ("det ved jeg sgu ikk", "unsure"),
        ("3", "most"),
        ("nr. 3", "most"),
        ("3)", "most"),
        ("tre", "most"),
        ("den tredje", "most"),
        ("3 ud af 4", "most"),
        ("3/4", "most"),
        ("tre ud af fire", "most"),
        ("3 out of 4", "most"),
        ("ved ikke", "unsure"),
        ("det ved jeg ikke", "unsure"),
        ("aner det ikke", "unsure"),
        ("det ved vi faktisk ikke", "unsure"),
        ("?", "unsure"),
        ("no idea", "unsure"),
        ("I don't know", "unsure"),
        ("ikke relevant", "na"),
        ("det er ikke relevant for os", "na"),
        ("n/a", "na"),
    ],
)
def test_choices_in_words(text: str, expected: str) -> None:
    assert read("trust", text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "7",
        "0",
        "3 ud af 10",
        "i grad",
        "både slet ikke og fuldt ud",
        "ikke fuldt ud",
        "bla bla",
        "grad",
        "99999999999999",
        "1,5",
    ],
)
def test_a_choice_is_not_guessed(text: str) -> None:
    assert reason("trust", text) == "not-choice"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("styregruppe", "steering"),
        ("en styregruppe", "steering"),
        ("stryegruppen", None),
        ("kontakpersonerne", "contacts"),
        ("lederne", "leaders"),
        ("managers", "leaders"),
        ("ikke lederne", None),
        ("1", "steering"),
        ("2.", "contacts"),
    ],
)
def test_own_choices_in_words(text: str, expected: str | None) -> None:
    assert read("form", text) == expected or (expected is None and reason("form", text) == "not-choice")


def test_n_out_of_m_counts_from_the_lowest_score_however_they_are_laid_out() -> None:
    choices = [Choice(**choice("yes", "Ja", "Yes", 2)), Choice(**choice("partly", "Delvist", "Partly", 1)),
               Choice(**choice("no", "Nej", "No", 0))]  # fmt: skip
    scale = Item.parse_obj(item("x", "scale", "x", choices=[one.dict() for one in choices]))
    assert parse(scale, choices, "3 ud af 3", TODAY) == "yes"
    assert parse(scale, choices, "1", TODAY) == "yes"  # the first one on the screen
    assert parse(scale, choices, "nej, ikke endnu", TODAY) == "no"
    assert parse(scale, choices, "jep", TODAY) == "yes"
    assert isinstance(parse(scale, choices, "ja, men ikke helt", TODAY), Misunderstood)


def test_a_number_in_the_labels_goes_before_the_place() -> None:
    choices = [Choice(**choice(f"s{n}", f"{n} - trin {n}", f"{n} - step {n}", n)) for n in range(4)]
    scale = Item.parse_obj(item("x", "scale", "x", choices=[one.dict() for one in choices]))
    assert parse(scale, choices, "3", TODAY) == "s3"
    assert parse(scale, choices, "0", TODAY) == "s0"


QUESTIONS = (
    "hvorfor skal vi gøre det i marts?",
    "hvad koster 3 timer",
    "skal vi have 2 underskrifter",
    "er det i morgen?",
    "what is a steering group",
    "do we need 2 of them?",
    "ja?",
)


@pytest.mark.parametrize("item_id", ["money", "trust", "form", "budget", "start"])
@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_is_no_answer(item_id: str, text: str) -> None:
    assert reason(item_id, text) == "not-question"


@pytest.mark.parametrize("item_id", ["money", "form", "budget", "start", "name", "notes"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [("ved ikke", UNKNOWN), ("det ved jeg ikke", UNKNOWN), ("?", UNKNOWN), ("ikke relevant", NEEDLESS)],
)
def test_not_knowing_is_said_where_it_cannot_be_chosen(item_id: str, text: str, expected: str) -> None:
    assert reason(item_id, text) == expected


@pytest.mark.parametrize(
    "text", ["Ved ikke endnu, spørg Karen", "Usikkert vejr i juli", "Karen ved ikke hvornår", "Ingen idé er for lille"]
)
def test_a_text_with_more_to_say_than_not_knowing_is_kept(text: str) -> None:
    assert read("notes", text) == text


@pytest.mark.parametrize("text", ["1. maj, men er ikke sikker", "1. maj, tror jeg, usikkert"])
def test_a_doubtful_date_is_asked_about_and_not_passed_over(text: str) -> None:
    assert reason("start", text) == "not-date"


def test_free_text_is_trimmed_and_freed_of_control_characters() -> None:
    assert read("notes", "  Linje 1\r\nLinje 2\x00\x07\u202e {{7*7}} <b>  ") == "Linje 1\nLinje 2 {{7*7}} <b>"
    assert read("notes", "🎉🎉") == "🎉🎉"
    assert read("notes", "\ud800abc") == "abc"


@pytest.mark.parametrize("item_id", ["name", "money", "trust", "budget", "start"])
@pytest.mark.parametrize("text", ["", "   ", "\x00", "\u200b", "\n\t"])
def test_nothing_is_no_answer(item_id: str, text: str) -> None:
    assert reason(item_id, text) == "not-empty"


def test_a_long_text_is_refused_with_its_length() -> None:
    assert read("notes", "x" * LONGEST_TEXT) == "x" * LONGEST_TEXT
    assert read("notes", "x" * 2001) == Misunderstood("not-short", {"length": 2001, "longest": LONGEST_TEXT})
    assert read("notes", "x" * 100_000) == Misunderstood("not-short", {"length": 100_000, "longest": LONGEST_TEXT})
    assert all(isinstance(read(item_id, "ja " * 50_000), Misunderstood) for item_id in ITEMS)


@settings(max_examples=150, deadline=None)
@given(item_id=st.sampled_from(ITEMS), text=st.text(max_size=60) | st.text("0123456789.,/-½ kjanomrt?", max_size=30))
def test_whatever_is_written_gives_a_valid_answer_or_a_reason(item_id: str, text: str) -> None:
    outcome = read(item_id, text)
    assert isinstance(outcome, Misunderstood) or valid(the(item_id), CHECKLIST.choices(the(item_id)), outcome)
