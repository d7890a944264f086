"""Messages that are edited after they have been answered."""

from __future__ import annotations

import pytest

from bot.rendering.plain import plain
from knowledge.loader import Knowledge
from tests.bot.telegram.scripted import Door, ScriptedEngine
from tests.botapi import BotApi, Message, Person


@pytest.fixture(autouse=True)
def _open(door: Door) -> None:
    """Every test talks to a running bot."""


def _texts(scripted: ScriptedEngine) -> list[str | None]:
    return [inbound.text for inbound in scripted.inbounds]


def test_the_latest_question_is_asked_again_and_its_answer_edited(anna: Person, scripted: ScriptedEngine) -> None:
    question = anna.says("hvad er et partnrskab?")
    answer = anna.reads()
    anna.edits(question, "hvad er et partnerskab?")
    assert anna.reads() is answer and answer.text == "ekko: hvad er et partnerskab?"
    anna.edits(question, "hvad koster det?")
    assert anna.reads() is answer and answer.text == "ekko: hvad koster det?"
    assert len(anna.chat.from_bot) == 1


def test_a_topic_stays_one_message_also_after_a_press(anna: Person) -> None:
    question = anna.says("emne")
    answer = anna.reads()
    anna.taps("Mere")
    anna.reads()
    anna.edits(question, "noget andet")
    assert anna.reads() is answer and answer.text == "ekko: noget andet"


def test_an_answer_of_several_messages_is_followed_by_a_new_one(anna: Person) -> None:
    question = anna.says("langt")
    message = anna.reads()
    while not message.buttons:
        message = anna.reads()
    anna.edits(question, "kort")
    assert anna.reads() is anna.chat.from_bot[-1] and anna.chat.from_bot[-1].text == "ekko: kort"


def test_an_older_message_and_one_that_says_the_same_stay_as_they_were_answered(
    anna: Person, scripted: ScriptedEngine
) -> None:
    old, new = anna.says("et"), anna.says("to")
    anna.reads()
    anna.reads()
    anna.edits(old, "en")
    anna.edits(new, "to")
    anna.says("tre")
    assert anna.reads().text == "ekko: tre"
    assert _texts(scripted) == ["et", "to", "tre"]


def test_in_a_group_an_edit_is_left_alone(anna: Person, telegram: BotApi, scripted: ScriptedEngine) -> None:
    group = telegram.group("Gruppen")
    message = anna.says("@makkerbot et", chat=group)
    group.wait_for_reply()
    anna.edits(message, "@makkerbot to")
    anna.says("@makkerbot tre", chat=group)
    assert group.wait_for_reply().text == "ekko: tre"
    assert _texts(scripted) == ["et", "tre"]


def test_what_opened_a_walkthrough_gets_a_line(anna: Person, knowledge: Knowledge, scripted: ScriptedEngine) -> None:
    message = anna.says("start")
    anna.reads()
    anna.edits(message, "noget helt andet")
    assert anna.reads().text == plain(knowledge.say("da", "telegram.edited"))
    assert _texts(scripted) == ["start"]


def _answers_a_step(anna: Person) -> Message:
    """Has two steps shown, by the one word for it that the script knows."""
    anna.says("start")
    anna.reads()
    answer = anna.says("start")
    anna.reads()
    return answer


def test_an_answer_in_a_walkthrough_is_corrected(anna: Person, scripted: ScriptedEngine) -> None:
    answer = _answers_a_step(anna)
    step = anna.chat.from_bot[-1]
    anna.edits(answer, "3 år")
    assert anna.reads() is step
    assert _texts(scripted)[-1] == "nej, jeg mente 3 år"


def test_a_press_in_a_walkthrough_comes_between(anna: Person, scripted: ScriptedEngine) -> None:
    answer = _answers_a_step(anna)
    anna.taps("Ja")
    anna.reads()
    anna.edits(answer, "3 år")
    anna.says("slut")
    assert anna.reads().text == "ekko: slut"
    assert _texts(scripted) == ["start", "start", None, "slut"]
