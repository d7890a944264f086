"""Answers to quizzes: each is a press of the button that its option stands for, in the private chat of who chose it."""

from __future__ import annotations

from telegram import PollAnswer

from bot.telegram.access import Access
from bot.telegram.polls import Quizzes
from bot.telegram.turns import Asked, Turns
from bot.telegram.updates import Spot, client_language


def spot_of_answer(answer: PollAnswer) -> Spot | None:
    """The private chat of who answered; None where a channel did."""
    user = answer.user
    if user is None or user.is_bot or answer.voter_chat:
        return None
    return Spot(
        chat=user.id,
        user=user.id,
        private=True,
        username=user.username,
        language=client_language(user.language_code),
        name=user.full_name.encode("utf-8", "ignore").decode(),  # without halves of characters
    )


async def take(answer: PollAnswer, quizzes: Quizzes, access: Access, turns: Turns) -> None:
    """Answers somebody's choice in a poll, where it was asked of them; others may vote in one that was forwarded."""
    spot = spot_of_answer(answer)
    if spot is None or not access.admits(spot.user, spot.username, spot.person):
        return
    await turns.guarded(spot, _take(spot, answer, quizzes, turns))


async def _take(spot: Spot, answer: PollAnswer, quizzes: Quizzes, turns: Turns) -> None:
    tap = await quizzes.meaning(spot, answer.poll_id, answer.option_ids)
    if tap:
        await turns.take(spot, Asked(tap=tap, by_quiz=True))
