"""A conversation in a private chat, over real HTTP."""

from __future__ import annotations

import pytest

from bot.telegram.keyboards import LABEL
from knowledge.loader import Knowledge
from tests.bot.telegram.scripted import Desk, Door, ScriptedEngine
from tests.botapi import BotApi, Person


@pytest.fixture(autouse=True)
def _open(door: Door) -> None:
    """Every test talks to a running bot."""


def test_a_text_is_answered(anna: Person, scripted: ScriptedEngine) -> None:
    anna.says("hvad er et partnerskab?")
    assert anna.reads().text == "ekko: hvad er et partnerskab?"
    [inbound] = scripted.inbounds
    assert inbound.conversation == f"telegram:{anna.id}:0:{anna.id}"
    assert (inbound.owner, inbound.language, inbound.tap) == (f"telegram:{anna.id}", "da", None)


@pytest.mark.parametrize(("client", "hint"), [("da", "da"), ("en-GB", "en"), ("sv", None), (None, None)])
def test_the_language_of_the_client_is_a_hint(
    telegram: BotApi, scripted: ScriptedEngine, client: str | None, hint: str | None
) -> None:
    somebody = telegram.user("Nogen", language=client)
    somebody.says("hej")
    somebody.reads()
    assert scripted.inbounds[-1].language == hint


@pytest.mark.parametrize(
    "text", ["<b>", "{{7*7}}", "a & b", "😀😀", "**ikke fed**", "&amp;", "[x](https://y.dk)", "/hjælp mig"]
)
def test_odd_texts_reach_the_engine_as_typed(anna: Person, scripted: ScriptedEngine, text: str) -> None:
    anna.says(text)
    anna.reads()
    assert scripted.inbounds[-1].text == text


HOSTILE = {
    "null byte": "\x00",
    "null byte inside": "a\x00b",
    "half a surrogate": "\ud83d",
    "very long": "æ" * 100_000,
    "very many emoji": "😀" * 50_000,
    "empty": "",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_do_no_harm(anna: Person, scripted: ScriptedEngine, text: str) -> None:
    anna.says(text)
    anna.says("og så?")
    while "og så?" not in (reply := anna.reads()).text:
        assert reply.text.strip()
    assert scripted.inbounds[0].text == text


def test_a_long_answer_comes_in_several_messages_with_the_buttons_at_the_end(anna: Person) -> None:
    anna.says("langt")
    messages = [anna.reads()]
    while not messages[-1].buttons:
        messages.append(anna.reads())
    assert len(messages) > 2
    assert all(message.text.startswith("Afsnit") for message in messages)
    assert [message.buttons for message in messages[:-1]] == [[]] * (len(messages) - 1)


def test_a_message_has_buttons_formatting_and_no_link_preview(anna: Person) -> None:
    anna.says("knapper")
    message = anna.reads()
    assert message.html == "<b>Vælg</b>" and not message.previews
    long, short = message.buttons
    assert short == "Start" and long.endswith("…") and len(long) <= LABEL


def test_a_file_comes_with_its_name_and_a_caption(anna: Person) -> None:
    anna.says("fil")
    assert anna.reads().text == "Her er den:"
    message = anna.reads()
    assert message.file is not None
    assert (message.file.name, message.file.content, message.html) == ("aftale.docx", b"PK word", "<i>Udkast</i>")
    assert "upload_document" in anna.chat.actions


def test_a_file_that_is_gone_is_said_to_be(anna: Person) -> None:
    anna.says("tabt fil")
    anna.reads()
    assert "aftale.docx" in anna.reads().text


def test_typing_is_shown_while_the_engine_works(anna: Person, scripted: ScriptedEngine, telegram: BotApi) -> None:
    scripted.hold.clear()
    anna.says("vent")
    telegram.wait_for_call("sendChatAction")
    scripted.hold.set()
    assert anna.reads().text == "ekko: vent"
    assert set(anna.chat.actions) == {"typing"}


def test_one_chat_waits_for_its_turn_and_no_other_chat_does(
    anna: Person, telegram: BotApi, scripted: ScriptedEngine
) -> None:
    bo = telegram.user("Bo")
    scripted.hold.clear()
    anna.says("vent")
    for number in range(20):
        anna.says(str(number))
    bo.says("hej")
    assert bo.reads().text == "ekko: hej"
    scripted.hold.set()
    assert [anna.reads().text for _ in range(21)] == ["ekko: vent"] + [f"ekko: {n}" for n in range(20)]


def test_an_error_becomes_one_friendly_line(anna: Person, knowledge: Knowledge) -> None:
    anna.says("gå i stykker")
    assert anna.reads().text == knowledge.say("da", "telegram.error")
    anna.says("og nu?")
    assert anna.reads().text == "ekko: og nu?"


KINDS = ["photo", "sticker", "voice", "audio", "video", "video_note", "animation", "document", "location", "venue"]


@pytest.mark.parametrize("kind", [*KINDS, "contact", "poll", "dice"])
def test_what_is_not_text_gets_one_line_and_the_step_stays(anna: Person, scripted: ScriptedEngine, kind: str) -> None:
    anna.says("start")
    step = anna.reads()
    anna.sends(kind)
    line = anna.reads()
    assert line.text and not line.buttons
    assert [inbound.text for inbound in scripted.inbounds] == ["start"]
    anna.taps("Ja", step)
    assert anna.reads().text == "2 af 3: parter?"


def test_every_kind_of_thing_gets_a_line_of_its_own(anna: Person) -> None:
    lines = set()
    for kind in ("photo", "sticker", "voice", "video", "document", "location", "contact", "poll", "dice"):
        anna.sends(kind)
        lines.add(anna.reads().text)
    assert len(lines) == 9


def test_words_that_come_with_a_picture_are_read(anna: Person) -> None:
    anna.sends("photo", caption="må vi bruge billedet?")
    assert anna.reads().text.startswith("Det vedhæftede")
    assert anna.reads().text == "ekko: må vi bruge billedet?"


def test_an_album_gets_one_line(anna: Person) -> None:
    for _ in range(4):
        anna.sends("photo", media_group_id="album")
    anna.says("hej")
    anna.reads()
    assert anna.reads().text == "ekko: hej"


def test_the_doors_own_lines_are_in_the_persons_language(anna: Person, telegram: BotApi, door: Door) -> None:
    bob = telegram.user("Bob", language="en")
    bob.sends("voice")
    assert bob.reads().text.startswith("I can't listen")
    assert isinstance(door.desk, Desk)
    door.desk.languages[f"telegram:{anna.id}"] = "en"
    anna.sends("voice")
    assert anna.reads().text.startswith("I can't listen")
