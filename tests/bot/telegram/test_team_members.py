"""Who may take part in a team's round, and what a member gets: the real engine, over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.bot.telegram.scripted import Door
from tests.botapi import BotApi, Chat, Message, Person

if TYPE_CHECKING:
    from bot.engine.engine import RasaEngine
    from bot.house import House


RIGHTS = (
    "can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members"
    " can_promote_members can_change_info can_invite_users can_post_stories can_edit_stories can_delete_stories"
)


@pytest.fixture(autouse=True)
def _open(telegram: BotApi, house: House, engine: RasaEngine) -> Iterator[None]:
    with Door(telegram, house.knowledge, engine, desk=house.store, chats=house.store):
        yield


@pytest.fixture
def bo(telegram: BotApi) -> Person:
    return telegram.user("Bo")


@pytest.fixture
def group(telegram: BotApi, bo: Person) -> Chat:
    group = telegram.group("Partnerskabsgruppen")
    group.joins(bo)
    return group


def _round(anna: Person, group: Chat, words: str = "readiness hurtigt", thread: int | None = None) -> tuple[Chat, str]:
    """The group, and the payload of the link to its round."""
    anna.says(f"/sammen@makkerbot {words}", chat=group, thread=thread)
    status = group.wait_for_reply()
    return group, str(status.button("Svar alene").url).partition("start=")[2]


def _until(who: Person, words: str) -> Message:
    message = who.reads()
    while words not in message.text:
        message = who.reads()
    return message


def _answers_all(who: Person, payload: str) -> Message:
    who.says(f"/start {payload}")
    message = who.reads()
    while "Tak, dine svar er med" not in message.text:
        if "Nej" in message.buttons:
            who.taps("Nej", message)
        message = who.reads()
    return message


def test_who_finishes_alone_gets_one_message_and_nothing_of_the_result(bo: Person, anna: Person, group: Chat) -> None:
    _, payload = _round(anna, group)
    closing = _answers_all(bo, payload)
    bo.says("/sprog")  # what comes after it would have come by then
    assert "sprog" in bo.reads().text.lower()
    assert closing.buttons == ["Se eller ret dine svar", "Hent dine egne papirer"]
    assert not any(message.file for message in bo.chat.from_bot)
    assert "%" not in closing.text and "plan" not in closing.text.lower()
    assert [m for m in bo.chat.from_bot if m.id > closing.id] == bo.chat.from_bot[-1:]


def test_a_members_own_papers_come_when_they_are_asked_for(bo: Person, anna: Person, group: Chat) -> None:
    _, payload = _round(anna, group)
    closing = _answers_all(bo, payload)
    bo.taps("Hent dine egne papirer", closing)
    message = bo.reads()
    while not (message.file and message.file.name.endswith(".pdf")):
        message = bo.reads()
    assert "Tak, dine svar er med" in closing.text


def test_who_looks_at_their_answers_again_comes_back_to_the_same_message(bo: Person, anna: Person, group: Chat) -> None:
    _, payload = _round(anna, group)
    closing = _answers_all(bo, payload)
    bo.taps("Se eller ret dine svar", closing)
    review = bo.reads()
    bo.taps("Tilbage til resultatet", review)
    assert "Tak, dine svar er med" in bo.reads().text
    assert not any(message.file for message in bo.chat.from_bot)


def test_a_correction_is_told_and_changes_nothing_else(bo: Person, anna: Person, group: Chat) -> None:
    _, payload = _round(anna, group)
    _answers_all(bo, payload)
    bo.says("nej, jeg mente ja")
    told = bo.reads()
    assert "Tak, dine svar er med" in told.text and "Ja" in told.text
    assert not any(message.file for message in bo.chat.from_bot)


def test_who_is_not_in_the_group_gets_one_line(telegram: BotApi, anna: Person, group: Chat) -> None:
    stranger = telegram.user("Fremmed")
    _, payload = _round(anna, group)
    stranger.says(f"/start {payload}")
    assert "med i gruppen" in stranger.reads().text
    assert not stranger.chat.from_bot[-1].buttons and len(stranger.chat.from_bot) == 1


@pytest.mark.parametrize(
    ("status", "details", "let_in"),
    [
        ("left", {}, False),
        ("kicked", {}, False),
        ("restricted", {"is_member": False}, False),
        ("restricted", {"is_member": True}, True),
        ("administrator", None, True),
        ("creator", {}, True),
    ],
)
def test_every_standing_that_telegram_knows(
    bo: Person, anna: Person, group: Chat, status: str, details: dict[str, bool] | None, let_in: bool
) -> None:
    _, payload = _round(anna, group)
    if status in ("administrator", "creator"):
        group.statuses[bo.id] = {"status": status, **(details or dict.fromkeys(RIGHTS.split(), False))}
    else:
        group.leaves(bo, status, **(details or {}))
    bo.says(f"/start {payload}")
    assert ("for dig selv" if let_in else "med i gruppen") in bo.reads().text


@pytest.mark.parametrize("trouble", ["removed", "hidden", "unknown"])
def test_what_telegram_cannot_tell_locks_nobody_out(
    telegram: BotApi, bo: Person, anna: Person, group: Chat, trouble: str
) -> None:
    _, payload = _round(anna, group)
    if trouble == "removed":
        telegram.tolerates("bot was kicked")
        group.removes_bot(anna)
    elif trouble == "hidden":
        telegram.tolerates("CHAT_ADMIN_REQUIRED")
        group.privacy = group.hides_members = True
    else:
        telegram.tolerates("chat not found")
        telegram.world.chats.pop(group.id)
    bo.says(f"/start {payload}")
    assert "for dig selv" in bo.reads().text


def test_in_a_forum_and_after_a_move_members_are_known(telegram: BotApi, bo: Person, anna: Person) -> None:
    telegram.tolerates("upgraded to a supergroup")
    forum = telegram.group("Forum", forum_threads=(7,))
    forum.joins(bo)
    _, payload = _round(anna, forum, thread=7)
    bo.says(f"/start {payload}")
    assert "for dig selv" in bo.reads().text
    small = telegram.group("Lille")
    small.joins(bo)
    _, payload = _round(anna, small)
    large = telegram.world.add_chat(-1_000_000_009_999, "supergroup", "Stor", members=dict(small.members))
    small.upgraded_to = large.id  # and the bot hasn't been told yet
    stranger = telegram.user("Fremmed")
    stranger.says(f"/start {payload}")
    assert "med i gruppen" in stranger.reads().text
