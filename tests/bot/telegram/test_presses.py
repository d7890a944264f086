"""Which press is half of a double tap, as a process tells by itself."""

from __future__ import annotations

import asyncio

import pytest

from bot.store.rows import now as utc_now
from bot.telegram.callbacks import Signer
from bot.telegram.ports import ChatsInMemory
from bot.telegram.presses import Buttons
from tests.bot.telegram.pressed import pressed

TOPIC, STEP_BACK = "t:about.privacy", "w:run00001:back"


class Clocked:
    """Buttons, with a clock of their own; presses are numbered in a row."""

    def __init__(self) -> None:
        self.now = 0.0
        self.buttons = Buttons(Signer("42:AA"), ChatsInMemory(), now=lambda: self.now)
        self.presses = 0

    def comes(self, data: str = "button", below: str = "a step", late: bool = False) -> bool:
        """Whether the next press, which comes now, counts."""
        self.presses += 1
        query = pressed(str(self.presses), data, below=below)
        self.buttons.arrives(query, utc_now() if late else None)
        return not asyncio.run(self.buttons.is_double(query))

    def shows(self, press: int, tap: str, data: str = "button") -> None:
        self.buttons.shown(pressed(str(press), data), tap)

    def ends(self, press: int, tap: str, data: str = "button") -> None:
        asyncio.run(self.buttons.answered(pressed(str(press), data), tap))


@pytest.fixture
def clocked() -> Clocked:
    return Clocked()


def test_a_press_is_double_while_it_is_worked_on_and_for_a_moment_after(clocked: Clocked) -> None:
    assert clocked.comes() and not clocked.comes()
    clocked.ends(1, TOPIC)
    assert not clocked.comes()
    clocked.now = 3.0
    assert clocked.comes()
    clocked.ends(4, STEP_BACK)
    clocked.now = 3.5
    assert clocked.comes()


def test_another_button_in_between_makes_two_presses_of_one(clocked: Clocked) -> None:
    for number, button in enumerate(("down", "up", "down", "up"), 1):
        assert clocked.comes(button)
        clocked.ends(number, TOPIC, button)
    assert not clocked.comes("up")


def test_the_moment_after_counts_from_when_the_answer_could_be_seen(clocked: Clocked) -> None:
    """What is done after that may take long on a busy machine: who has read the answer may press again."""
    assert clocked.comes()
    clocked.shows(1, STEP_BACK)
    clocked.now = 0.3
    assert not clocked.comes()
    clocked.now = 1.0
    assert clocked.comes()
    clocked.ends(1, STEP_BACK)
    assert not clocked.comes()  # of the third, which is worked on
    clocked.shows(3, STEP_BACK)
    clocked.now = 2.0
    clocked.ends(3, STEP_BACK)
    assert clocked.comes()


def test_what_follows_the_first_message_of_an_answer_changes_nothing(clocked: Clocked) -> None:
    assert clocked.comes()
    clocked.shows(1, STEP_BACK)
    clocked.now = 0.3
    clocked.shows(1, STEP_BACK)
    clocked.now = 0.5
    assert clocked.comes()


def test_one_that_is_held_up_is_worked_on_until_it_has_been_answered(clocked: Clocked) -> None:
    assert clocked.comes()
    clocked.now = 14.0  # Telegram was away
    assert not clocked.comes()
    clocked.shows(1, TOPIC)
    clocked.ends(1, TOPIC)
    clocked.now = 14.3
    assert not clocked.comes()


def test_a_press_of_which_nothing_comes_has_no_double(clocked: Clocked) -> None:
    assert clocked.comes() and not clocked.comes()
    clocked.buttons.dropped(pressed("2"))
    assert not clocked.comes()
    clocked.buttons.dropped(pressed("1"))
    assert clocked.comes()


@pytest.mark.parametrize("late", [True, False])
def test_the_same_below_an_answer_counts_where_a_dead_process_has_shown_it(clocked: Clocked, late: bool) -> None:
    assert clocked.comes(late=late)
    assert clocked.comes(below="the answer") is late
    assert not clocked.comes(below="the answer")
