"""The introduction course in Telegram: its messages live in their places, and it is for the private chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.telegram.callbacks import place_of
from dialogues.course.buttons import HOME, LESSONS, READ, SCENE, SCENES, TURN, tap
from tests.bot.telegram.learning import ON, press
from tests.bot.telegram.scripted import Door
from tests.botapi import BotApi, Person

if TYPE_CHECKING:
    from bot.house import House
    from knowledge.schema import Lesson


@pytest.mark.parametrize(
    ("pressed", "offered", "place"),
    [
        ("l:go", ["l:go", "l:list", "l:scenes"], "course"),
        ("t:agreement.sign", ["l:go", "t:agreement.sign", "c:readiness", "l:note:network", "l:home"], "course"),
        ("l:scene:logo", ["l:go", "l:scene:logo", "t:a.b", "l:home"], "course"),  # at the end of a lesson
        ("l:scene:logo", ["l:scene:logo", "l:scene:silence", "l:home"], "course"),  # in the list of them
        ("l:turn:logo:start:1", ["l:turn:logo:start:0", "l:turn:logo:start:1"], "scene"),
        ("l:scene:logo", ["t:a.b", "l:scene:logo", "l:scenes", "l:home"], "scene"),  # once more, at its end
        ("l:scenes", ["t:a.b", "l:scene:logo", "l:scenes", "l:home"], "scene"),
        ("l:a:q:network:q1:b", ["l:a:q:network:q1:a", "l:a:q:network:q1:b"], "quiz:network:q1"),
        ("l:a:t:network:q1", [], "quiz:network:q1"),
        ("l:a:q:network", [], "course"),
        ("l:go", [], "course"),
        ("k:menu", ["k:menu", "l:home"], "menu"),
        ("m:a.b", ["m:a.b", "l:home"], "topic:a.b"),
    ],
)
def test_what_a_message_of_the_course_shows(pressed: str, offered: list[str], place: str) -> None:
    assert place_of(pressed, offered) == place


def test_buttons_of_the_course_change_their_message(running: Door, anna: Person, lesson: Lesson) -> None:
    anna.says("/intro")
    shown = anna.reads()
    task, point = tap(READ, lesson.id, "task"), tap(READ, lesson.id, "point")
    for wanted in ((tap(LESSONS),), (tap(HOME),), ON, (task,), (point,), (tap(HOME),), (tap(SCENES),)):
        press(anna, shown, *wanted)
        assert anna.reads() is shown
    assert anna.chat.from_bot == [shown]


def test_a_scene_is_one_message_that_stays(running: Door, anna: Person) -> None:
    anna.says("/intro")
    listed = anna.reads()
    press(anna, listed, tap(SCENES))
    anna.reads()
    press(anna, listed, tap(SCENE))
    scene = anna.reads()
    assert scene is not listed
    while scene.button and not any("l:scenes" in button.data for row in scene.rows for button in row):
        press(anna, scene, tap(TURN))
        assert anna.reads() is scene
    told = scene.text
    press(anna, scene, tap(SCENES))
    assert anna.reads() is not scene and scene.text == told
    press(anna, scene, tap(SCENE))
    assert anna.reads() is scene and scene.text != told


def test_in_a_group_the_course_is_for_the_private_chat(
    running: Door, telegram: BotApi, anna: Person, house: House
) -> None:
    group = telegram.group("Partnergruppen")
    for said in ("/intro@makkerbot", "@makkerbot start introduktionskurset", "@makkerbot vis dilemmaerne"):
        anna.says(said, chat=group)
        assert "privat samtale" in group.wait_for_reply().text
    assert house.store.course(f"telegram:{group.id}") is None


def test_who_asks_for_the_course_in_a_group_leaves_its_walkthrough_alone(
    running: Door, telegram: BotApi, anna: Person
) -> None:
    group = telegram.group("Partnergruppen")
    anna.says("/start@makkerbot c_readiness", chat=group)
    intro = group.wait_for_reply()
    anna.taps(intro.buttons[0], intro)
    step = group.wait_for_reply()
    anna.says("@makkerbot start introduktionskurset", chat=group)
    assert "privat samtale" in group.wait_for_reply().text
    anna.says("ja", chat=group, reply_to=step)
    following = group.wait_for_reply()
    assert "2 af " in following.text, group.transcript()
