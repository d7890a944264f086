"""Buttons: acknowledged, edited in place, and never dead."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.callbacks import Signer, claims_walkthrough, place_of
from knowledge.loader import Knowledge
from tests.bot.telegram.scripted import Door, ScriptedEngine
from tests.botapi import BotApi, Person

pytestmark = pytest.mark.usefixtures("words_in_time")

TOKEN = "42:AAtest"
_tap = st.from_regex(r"a:[a-z0-9]{8}:[a-z0-9-]{1,24}:[a-z0-9-]{1,12}", fullmatch=True)


@settings(deadline=None)
@given(_tap)
def test_a_signed_tap_fits_a_button_and_comes_back(tap: str) -> None:
    data = Signer(TOKEN).sign(tap, 7)
    assert 1 <= len(data.encode()) <= 64
    assert Signer(TOKEN).read(data, 7) == tap
    assert Signer("43:AAother").read(data, 7) is None


@settings(deadline=None)
@given(_tap, st.data())
def test_a_changed_button_is_refused(tap: str, data: st.DataObject) -> None:
    signed = Signer(TOKEN).sign(tap, 7)
    at = data.draw(st.integers(0, len(signed) - 1))
    other = data.draw(st.characters().filter(lambda char: char != signed[at]))
    assert Signer(TOKEN).read(signed[:at] + other + signed[at + 1 :], 7) is None


@settings(deadline=None)
@given(st.text(st.characters(), max_size=80))
def test_any_other_data_is_refused(data: str) -> None:
    assert Signer(TOKEN).read(data, 7) is None
    claims_walkthrough(data)


def test_the_longest_tap_fits() -> None:
    tap = "a:" + "r" * 8 + ":" + "i" * 24 + ":" + "c" * 12
    assert len(Signer(TOKEN).sign("k:" + "x" * 50, 7).encode()) <= 64
    assert Signer(TOKEN).sign(tap, 7)
    with pytest.raises(ValueError):
        Signer(TOKEN).sign("k:" + "x" * 51, 7)


def test_a_button_knows_which_message_it_may_replace() -> None:
    assert place_of("a:run00001:parter:yes") == "run:run00001"
    assert place_of("w:run00001:back") == "run:run00001"
    assert place_of("m:agreement.content") == "topic:agreement.content"
    assert place_of("k:help") is None
    assert place_of("t:agreement.content", ["e:agreement.content", "t:agreement.content"]) == "topic:agreement.content"
    assert place_of("t:law.vat", ["m:agreement.content", "t:law.vat"]) == "topic:agreement.content"


def test_a_walkthrough_is_one_living_message(door: Door, telegram: BotApi, anna: Person) -> None:
    anna.says("start")
    step = anna.reads()
    for text in ("2 af 3: parter?", "3 af 3: økonomi?"):
        press = anna.taps("Ja")
        assert anna.reads() is step and step.text == text
        assert telegram.world.wait(lambda press=press: press.answers == [""], 5)
    anna.taps("Tilbage")
    assert anna.reads().text == "2 af 3: parter?"
    assert anna.chat.from_bot == [step] and step.edits == 3


def test_a_reply_that_shows_something_else_is_a_new_message(door: Door, anna: Person) -> None:
    anna.says("knapper")
    offered = anna.reads()
    press = anna.taps("Start")
    assert anna.reads().text == "tap: c:readiness"
    assert press.answered and offered.edits == 0


def test_a_topic_opens_and_closes_in_place_and_another_topic_is_a_new_message(door: Door, anna: Person) -> None:
    anna.says("emne")
    short = anna.reads()
    anna.taps("Mere")
    assert anna.reads() is short and short.text == "Langt om a.b"
    anna.taps("Kort")
    assert anna.reads() is short and short.text == "Kort om a.b"
    anna.taps("Andet")
    assert anna.reads() is not short


def test_a_double_tap_does_one_thing_and_both_are_acknowledged(
    door: Door, anna: Person, scripted: ScriptedEngine
) -> None:
    anna.says("start")
    step = anna.reads()
    data = step.button("Ja").data
    presses = [anna.presses(step, data) for _ in range(3)]
    assert anna.reads().text == "2 af 3: parter?"
    anna.says("hej")
    assert anna.reads().text == "ekko: hej"
    assert all(press.answered for press in presses)
    assert [inbound.tap for inbound in scripted.inbounds if inbound.tap] == ["a:run00001:m:yes"]


def test_the_same_step_again_is_no_error(door: Door, anna: Person, telegram: BotApi) -> None:
    telegram.tolerates("message is not modified")
    anna.says("start")
    step = anna.reads()
    anna.taps("Tilbage")  # there is nothing before the first step
    anna.says("hej")
    assert anna.reads().text == "ekko: hej"
    assert step.edits == 0 and len(anna.chat.from_bot) == 2


def test_a_message_that_is_gone_is_sent_anew(door: Door, anna: Person, telegram: BotApi) -> None:
    telegram.tolerates("message to edit not found")
    anna.says("start")
    step = anna.reads()
    step.deleted = True
    anna.taps("Ja", step)
    again = anna.reads()
    assert again is not step and again.text == "2 af 3: parter?" and again.buttons == ["Ja", "Tilbage"]


def test_a_button_of_an_older_version_shows_the_step_and_says_why(
    door: Door, anna: Person, knowledge: Knowledge
) -> None:
    anna.says("start")
    step = anna.reads()
    press = anna.presses(step, "0" + step.button("Ja").data[1:])
    assert anna.reads().text == "1 af 3: mål?"
    assert press.text == knowledge.say("da", "telegram.old_step") and press.alert


@pytest.mark.parametrize("data", ["x", "1AAAAAAAAk:help", "1AAAAAAAA", "k:delete_my_data", "æ" * 32])
def test_a_foreign_button_is_refused_with_a_line(
    door: Door, anna: Person, scripted: ScriptedEngine, knowledge: Knowledge, data: str
) -> None:
    anna.says("hej")
    press = anna.presses(anna.reads(), data)
    anna.says("og nu?")
    assert anna.reads().text == "ekko: og nu?"
    assert press.text == knowledge.say("da", "telegram.old_button")
    assert not [inbound for inbound in scripted.inbounds if inbound.tap]


def test_buttons_outlive_the_process(telegram: BotApi, knowledge: Knowledge, anna: Person) -> None:
    with Door(telegram, knowledge, ScriptedEngine()):
        anna.says("start")
        step = anna.reads()
    with Door(telegram, knowledge, ScriptedEngine()):
        anna.taps("Ja", step)
        assert anna.reads() is step and step.text == "2 af 3: parter?"


def test_a_press_too_old_to_acknowledge_still_works(door: Door, anna: Person, telegram: BotApi) -> None:
    telegram.tolerates("query is too old")
    anna.says("start")
    step = anna.reads()
    press = anna.taps("Ja")
    del telegram.world.presses[press.id]
    assert anna.reads() is step and step.text == "2 af 3: parter?"
