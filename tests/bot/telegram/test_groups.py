"""In groups: one dialogue for each person, silent unless spoken to, threads kept."""

from __future__ import annotations

import pytest

from knowledge.loader import Knowledge
from tests.bot.telegram.scripted import Door, ScriptedEngine
from tests.botapi import BotApi, Chat, Person


@pytest.fixture(autouse=True)
def _open(door: Door) -> None:
    """Every test talks to a running bot."""


@pytest.fixture
def group(telegram: BotApi) -> Chat:
    return telegram.group("Partnerskabsgruppen")


def test_everyone_in_a_group_has_a_dialogue_of_their_own(
    anna: Person, telegram: BotApi, group: Chat, scripted: ScriptedEngine
) -> None:
    bo = telegram.user("Bo")
    anna.says("@makkerbot hej", chat=group)
    bo.says("@makkerbot hej", chat=group)
    group.wait_for_reply()
    group.wait_for_reply()
    assert [i.conversation for i in scripted.inbounds] == [f"telegram:{group.id}:0/{p.id}" for p in (anna, bo)]
    assert {i.owner for i in scripted.inbounds} == {f"telegram:{group.id}"}


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("@makkerbot hvad med moms?", "hvad med moms?"),
        ("@MakkerBot, hvad med moms?", "hvad med moms?"),
        ("hvad 😀 med moms @makkerbot", "hvad 😀 med moms"),
        ("hvad med @makkerbot moms?", "hvad med moms?"),
    ],
)
def test_a_mention_calls_the_bot_and_is_taken_out(
    anna: Person, group: Chat, scripted: ScriptedEngine, said: str, heard: str
) -> None:
    anna.says(said, chat=group)
    group.wait_for_reply()
    assert scripted.inbounds[-1].text == heard


def test_nothing_but_a_mention_is_a_greeting(anna: Person, group: Chat, scripted: ScriptedEngine) -> None:
    anna.says("@makkerbot", chat=group)
    group.wait_for_reply()
    assert scripted.inbounds[-1].tap == "k:start"


def test_the_bot_is_silent_unless_it_is_spoken_to(
    anna: Person, telegram: BotApi, group: Chat, scripted: ScriptedEngine
) -> None:
    bo = telegram.user("Bo")
    of_bo = bo.says("hvad skal vi skrive i aftalen?", chat=group)
    anna.says("det ved jeg ikke", chat=group, reply_to=of_bo)
    anna.says("spørg @andenbot", chat=group)
    anna.says("/emner@andenbot", chat=group)
    anna.says("/vejret", chat=group)
    anna.sends("photo", chat=group)
    anna.sends("pinned", chat=group)
    anna.says("@makkerbot nu", chat=group)
    assert group.wait_for_reply().text == "ekko: nu"
    assert len(scripted.inbounds) == 1


def test_a_reply_to_the_bot_is_to_the_bot_and_its_answer_refers_to_it(
    anna: Person, group: Chat, scripted: ScriptedEngine
) -> None:
    first = anna.says("@makkerbot hej", chat=group)
    answer = group.wait_for_reply()
    assert answer.reply_to == first.id
    second = anna.says("og moms?", chat=group, reply_to=answer)
    assert group.wait_for_reply().reply_to == second.id
    assert scripted.inbounds[-1].text == "og moms?"


def test_a_command_works_with_and_without_the_name(anna: Person, group: Chat) -> None:
    for command in ("/emner", "/topics@makkerbot", "/EMNER@MakkerBot"):
        anna.says(command, chat=group)
        assert group.wait_for_reply().text == "tap: k:list_topics"


def test_buttons_in_a_group_belong_to_who_presses_them(
    anna: Person, telegram: BotApi, group: Chat, scripted: ScriptedEngine
) -> None:
    bo = telegram.user("Bo")
    anna.says("@makkerbot knapper", chat=group)
    group.wait_for_reply()
    assert bo.taps("Start", chat=group)
    group.wait_for_reply()
    assert scripted.inbounds[-1].conversation.endswith(f"/{bo.id}")


def test_a_forum_topic_is_kept(anna: Person, telegram: BotApi, scripted: ScriptedEngine) -> None:
    forum = telegram.group("Forum", forum_threads=(7,))
    anna.says("@makkerbot knapper", chat=forum, thread=7)
    assert forum.wait_for_reply().thread == 7
    anna.taps("Start", chat=forum)
    assert forum.wait_for_reply().thread == 7
    assert {inbound.conversation for inbound in scripted.inbounds} == {f"telegram:{forum.id}:7/{anna.id}"}


def test_a_topic_that_was_deleted_does_not_swallow_the_answer(anna: Person, telegram: BotApi) -> None:
    telegram.tolerates("message thread not found")
    forum = telegram.group("Forum", forum_threads=(7,))
    forum.threads.clear()
    anna.says("@makkerbot hej", chat=forum, thread=7)
    assert forum.wait_for_reply().thread is None


def test_a_group_that_becomes_a_supergroup_gets_its_answer(anna: Person, telegram: BotApi, group: Chat) -> None:
    telegram.tolerates("upgraded to a supergroup")
    new = telegram.group("Nu supergruppe")
    telegram.world.push(
        {
            "message": {"message_id": 9, "date": 1, "chat": group.as_json(), "from": anna.as_json()}
            | {"migrate_to_chat_id": new.id}
        }
    )
    group.upgraded_to = new.id
    anna.says("@makkerbot hej", chat=group)
    assert new.wait_for_reply().text == "ekko: hej"


def test_the_bot_introduces_itself_when_it_is_added(
    anna: Person, telegram: BotApi, group: Chat, knowledge: Knowledge
) -> None:
    bo = telegram.user("Bo")
    joined = {"message_id": 9, "date": 1, "chat": group.as_json(), "from": anna.as_json()}
    telegram.world.push({"message": {**joined, "new_chat_members": [bo.as_json()]}})
    telegram.world.push({"message": {**joined, "new_chat_members": [telegram.world.bot_json()]}})
    hello = group.wait_for_reply()
    assert "@makkerbot" in hello.text
    anna.says("@makkerbot nu", chat=group)
    assert group.wait_for_reply().text == "ekko: nu"


def test_other_bots_and_anonymous_senders_are_left_alone(anna: Person, telegram: BotApi, group: Chat) -> None:
    robot = {"id": 9, "is_bot": True, "first_name": "Andenbot"}
    said = {"message_id": 9, "date": 1, "chat": group.as_json(), "text": "/emner"}
    telegram.world.push({"message": {**said, "from": robot}})
    telegram.world.push({"message": said})
    anna.says("@makkerbot nu", chat=group)
    assert group.wait_for_reply().text == "ekko: nu"
