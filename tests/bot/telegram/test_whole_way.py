"""The whole way with the real engine: a question, a walkthrough, a document, over real HTTP."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from bot.telegram.callbacks import Signer
from tests.bot.telegram.scripted import Door
from tests.botapi import BotApi, Message, Person

if TYPE_CHECKING:
    from bot.engine.engine import RasaEngine
    from bot.house import House

TYPED = ("Bogby Bibliotek", "3", "1. maj 2027")  # one of these fits any question that has no buttons


@pytest.fixture(autouse=True)
def _open(telegram: BotApi, house: House, engine: RasaEngine) -> Iterator[None]:
    with Door(telegram, house.knowledge, engine, desk=house.store):
        yield


def _answers(telegram: BotApi, anna: Person, message: Message) -> list[str]:
    """The labels of the buttons that answer the step in a message."""
    taps = {
        button.label: Signer(telegram.token).read(button.data, anna.id) or "" for row in message.rows for button in row
    }
    return [label for label, tap in taps.items() if tap.startswith("a:")]


def _walk_on(telegram: BotApi, anna: Person, step: Message) -> Message:
    """Answers the step with its first button, or with the first words that it takes; gives what follows."""
    offered = _answers(telegram, anna, step)
    if any(label.startswith("✓") for label in offered):
        anna.taps("Videre", step)
        return anna.reads()
    if offered:
        anna.taps(offered[0], step)
        return anna.reads()
    before = step.text
    for words in TYPED:
        anna.says(words)
        following = anna.reads()
        if following.text != before and before.splitlines()[0] not in following.text:
            return following
    raise AssertionError(f"no answer fits:\n{anna.chat.transcript()}")


def test_a_question_is_answered_with_its_source_and_opens_in_place(anna: Person) -> None:
    anna.says("hvad skal der stå i en samarbejdsaftale?")
    answer = anna.reads()
    assert "Kilder: " in answer.text and answer.links()
    short = answer.text
    anna.taps("Mere")
    assert anna.reads() is answer and answer.text != short
    assert len(anna.chat.from_bot) == 1


def test_a_walkthrough_ends_with_a_document(telegram: BotApi, anna: Person) -> None:
    anna.says("/start c_agreement")
    intro = anna.reads()
    anna.taps(intro.buttons[0])
    step = anna.reads()
    for _ in range(60):
        if any(message.file for message in anna.chat.from_bot):
            break
        step = _walk_on(telegram, anna, step)
    while not step.file or not step.file.name.endswith(".pdf"):
        step = anna.reads()
    files = {message.file.name: message.file.content for message in anna.chat.from_bot if message.file}
    [word] = [content for name, content in files.items() if name.endswith(".docx")]
    assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(word)).namelist()
    assert any(content.startswith(b"%PDF") for content in files.values())


def test_bad_input_leaves_the_walkthrough_where_it_stood(telegram: BotApi, anna: Person) -> None:
    anna.says("/start c_readiness")
    anna.taps(anna.reads().buttons[0])
    step = anna.reads()
    buttons = step.buttons
    for text in ("", "\x00", "😀😀", "<b>", "{{7*7}}", "æ" * 100_000):
        anna.says(text)
    for kind in ("photo", "sticker", "voice", "document"):
        anna.sends(kind)
    anna.says("/fortsaet")
    anna.says("/vejret")  # the last reply is the door's own
    while "/hjaelp" not in (message := anna.reads()).text:
        assert message.text.strip() and "Traceback" not in message.text
    last = [message for message in anna.chat.from_bot if _answers(telegram, anna, message)][-1]
    assert last.text.splitlines()[-1] == step.text.splitlines()[-1] and last.buttons == buttons


def test_in_a_group_nobodys_data_are_shown_or_deleted(telegram: BotApi, anna: Person, house: House) -> None:
    group = telegram.group("Partnerskabsgruppen")
    for said in ("/mine_data", "/slet", "@makkerbot vis mine data", "@makkerbot slet alle mine data"):
        anna.says(said, chat=group)
        reply = group.wait_for_reply()
        assert "privat samtale" in reply.text
        assert not reply.buttons


def test_a_result_stays_to_be_read(telegram: BotApi, anna: Person) -> None:
    anna.says("/start c_readiness")
    anna.reads()
    anna.taps("Hurtigt: 3 min., 7 spørgsmål")
    step = anna.reads()
    for _ in range(7):
        anna.taps("Ja", step)
        step = anna.reads()
    assert "Resultat" in step.text
    anna.reads()
    anna.taps("Færdig", step)
    anna.reads()
    assert "Resultat" in anna.chat.find(step.id).text
