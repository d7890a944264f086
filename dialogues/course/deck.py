"""What was answered wrongly comes back: after a day or so, and later each time it is known.

The days are those of FSRS, the Free Spaced Repetition Scheduler (Ye, Su and Cao, "A Stochastic Shortest Path Algorithm
for Optimizing Spaced Repetition Scheduling", KDD 2022), in its sixth version with its default weights, on the learner's
own calendar: what was wrong in the afternoon comes back the next morning. A question that has come so far that it would
rest for three weeks is known, and leaves the deck.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fsrs import Scheduler

KNOWN = timedelta(days=21)  # a card that rests for so long is known
Cards = Mapping[str, dict[str, Any]]


def reviewed(cards: Cards, question: str, right: bool, moment: datetime) -> dict[str, dict[str, Any]]:
    """The cards after an answer: a wrong one comes into the deck, one in the deck is put back where it belongs.

    `moment` is on the learner's clock. A right answer to a question that isn't in the deck changes nothing.
    """
    if right and question not in cards:
        return dict(cards)
    from fsrs import Card, Rating

    card = Card.from_dict(cards[question]) if question in cards else Card(card_id=0)  # type: ignore[arg-type]
    today = datetime.combine(moment.date(), time(), timezone.utc)  # FSRS counts whole days, and wants UTC
    card, _ = _scheduler().review_card(card, Rating.Good if right else Rating.Again, today)
    rest = {key: value for key, value in cards.items() if key != question}
    return rest if card.due - today >= KNOWN else {**rest, question: dict(card.to_dict())}


def due(cards: Cards, moment: datetime) -> list[str]:
    """The questions that come back by the day of `moment`, on the learner's clock; the one due first in front."""
    return sorted((one for one in cards if _day(cards[one]) <= moment.date()), key=lambda one: _day(cards[one]))


def next_due(cards: Cards) -> date | None:
    """The day on which the next question comes back, past or to come; None where none does."""
    return min((_day(card) for card in cards.values()), default=None)


def _day(card: Mapping[str, Any]) -> date:
    return datetime.fromisoformat(card["due"]).date()


@cache
def _scheduler() -> Scheduler:
    from fsrs import Scheduler

    return Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)  # days, not minutes; the same always
