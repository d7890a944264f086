"""What was wrong comes back as FSRS says, by days on the learner's own calendar."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogues.course import deck
from tests.dialogues.course_example import MONDAY, NOON, at, days

ASKED = "pot/q1"


def comes_back(*hours: int) -> list[int]:
    """How many days after the wrong answer the question comes back, known each time at these hours."""
    cards, found = deck.reviewed({}, ASKED, False, NOON), []
    for hour in hours:
        back = deck.next_due(cards)
        assert back is not None
        found.append((back - MONDAY).days)
        cards = deck.reviewed(cards, ASKED, True, at(back, hour))
    assert cards == {}
    return found


def by_the_library(*ratings: Rating) -> list[int]:
    """On which days FSRS itself asks for a card anew, after each of the ratings, given on the day when it is due."""
    scheduler, card = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False), Card(card_id=1)
    first = moment = datetime(2027, 3, 1, tzinfo=timezone.utc)
    found = []
    for rating in ratings:
        card, _ = scheduler.review_card(card, rating, moment)
        moment = card.due
        found.append((moment - first).days)
    return found


def test_the_days_are_those_of_the_library() -> None:
    *back, known = by_the_library(Rating.Again, *[Rating.Good] * 4)
    assert back == [1, 3, 9, 26] == comes_back(12, 12, 12, 12)
    assert back[3] - back[2] < deck.KNOWN.days <= known - back[3]  # it would rest for so long, and leaves the deck


@pytest.mark.parametrize("hours", [(0, 0, 0, 0), (8, 8, 8, 8), (23, 0, 23, 0), (7, 23, 7, 23)])
def test_the_hour_of_the_day_doesnt_matter(hours: tuple[int, int, int, int]) -> None:
    assert comes_back(*hours) == [1, 3, 9, 26]


def test_wrong_again_begins_anew_without_being_lost() -> None:
    cards = deck.reviewed({}, ASKED, False, NOON)
    cards = deck.reviewed(cards, ASKED, True, days(1))
    cards = deck.reviewed(cards, ASKED, False, days(4))
    assert deck.due(cards, days(4)) == [] and deck.due(cards, days(5)) == [ASKED]


def test_only_what_was_wrong_comes_into_the_deck() -> None:
    assert deck.reviewed({}, ASKED, True, NOON) == {}
    cards = deck.reviewed({}, ASKED, False, NOON)
    assert deck.due(cards, NOON) == [] and deck.next_due(cards) == date(2027, 3, 2)
    assert deck.next_due({}) is None


def test_what_was_due_first_comes_first() -> None:
    cards = deck.reviewed({}, "pot/late", False, days(1))
    cards = deck.reviewed(cards, "pot/first", False, NOON)
    cards = deck.reviewed(cards, "pot/second", False, NOON)
    assert deck.due(cards, days(9)) == ["pot/first", "pot/second", "pot/late"]


@pytest.mark.parametrize("name", ["Europe/Copenhagen", "America/Nuuk", "Pacific/Auckland", "Pacific/Honolulu", "UTC"])
def test_the_day_is_the_learners(name: str) -> None:
    where = ZoneInfo(name)
    cards = deck.reviewed({}, ASKED, False, at(MONDAY, 23, 30, where))
    assert deck.due(cards, at(MONDAY, 23, 59, where)) == []
    assert deck.due(cards, at(date(2027, 3, 2), 0, 1, where)) == [ASKED]


def test_the_night_in_which_clocks_change_is_a_day_like_any_other() -> None:
    for night in (date(2027, 3, 27), date(2027, 10, 30)):
        cards = deck.reviewed({}, ASKED, False, at(night, 23))
        assert deck.due(cards, at(night, 23, 59)) == []
        assert deck.due(cards, at(night + timedelta(days=1), 0, 5)) == [ASKED]


@given(st.lists(st.tuples(st.sampled_from(["pot/q1", "pot/q2"]), st.booleans(), st.integers(-1, 40)), max_size=40))
@settings(max_examples=80, deadline=None)
def test_any_answers_at_any_time_keep_a_deck_that_can_be_stored(answers: list[tuple[str, bool, int]]) -> None:
    cards: deck.Cards = {}
    moment = NOON
    for question, right, later in answers:  # a journey west takes a day back
        moment = days(later, moment)
        cards = deck.reviewed(cards, question, right, moment)
        assert json.loads(json.dumps(cards)) == cards
        assert right or question in cards
        back = deck.next_due(cards)
        assert back is None or bool(deck.due(cards, moment)) == (back <= moment.date())
        assert right or question not in deck.due(cards, moment)
