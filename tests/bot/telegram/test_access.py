"""Who may use the bot, at every door; and what becomes of those who are taken off the list."""

from __future__ import annotations

import asyncio
from datetime import datetime, timezone
from typing import Any

import pytest

from bot.rendering.plain import plain
from bot.telegram.access import Access
from bot.telegram.ports import MembersInMemory
from bot.telegram.reminders import tell
from dialogues.reminding.reminder import Reminder
from dialogues.reply import Reply
from knowledge.loader import Knowledge
from tests.bot.telegram.scripted import Door, ScriptedEngine
from tests.botapi import BotApi, Person

DUE = datetime(2027, 3, 1, tzinfo=timezone.utc)


class Post:
    """What a reminder needs of the sender."""

    def __init__(self, username: str | None = None) -> None:
        self.sent: list[int] = []
        self.name = username

    async def username(self, user: int) -> str | None:
        return self.name

    async def deliver(self, spot: Any, replies: list[Reply]) -> None:
        self.sent.append(spot.chat)


def told(place: str, allowed: list[str], username: str | None = None) -> tuple[str, list[int]]:
    post = Post(username)
    reminder = Reminder("abcd2345", "telegram:42", place, "x", DUE, "da")
    access = Access(allowed, MembersInMemory())
    return asyncio.run(tell(post, reminder, Reply("x"), access)), post.sent  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("place", "allowed", "username", "sent"),
    [
        ("telegram:42:0:42", [], None, True),
        ("telegram:42:0:42", ["42"], None, True),
        ("telegram:42:0:42", ["@anna"], "Anna", True),
        ("telegram:42:0:42", ["7"], "anna", False),
        ("telegram:42:0:42", ["@bo"], "anna", False),
        ("telegram:42:0:42", ["@bo"], None, False),
        ("telegram:-7:0", ["7"], None, True),  # a group's
    ],
)
def test_a_reminder_of_somebody_who_is_off_the_list_is_dropped(
    place: str, allowed: list[str], username: str | None, sent: bool
) -> None:
    assert told(place, allowed, username) == (("sent", [int(place.split(":")[1])]) if sent else ("lost", []))


def test_in_a_group_each_person_is_asked_for_themselves(telegram: BotApi, knowledge: Knowledge, anna: Person) -> None:
    bo = telegram.user("Bo", username="bo")
    engine = ScriptedEngine()
    with Door(telegram, knowledge, engine, settings={"allowed": ["@anna_bib"]}):
        group = telegram.group("Bogby")
        anna.says("@makkerbot hej", chat=group)
        group.wait_for_reply(10)
        bo.says("@makkerbot hej", chat=group)
        assert plain(knowledge.say("da", "telegram.not_allowed")) in group.wait_for_reply(10).text
    assert {inbound.conversation.rpartition("/")[2] for inbound in engine.inbounds} == {str(anna.id)}


def test_who_came_in_by_a_code_is_out_when_they_are_forgotten() -> None:
    members = MembersInMemory()
    first = Access(["spring27"], members)
    assert not first.admits(42, None, "telegram:42", "spring2") and first.admits(42, None, "telegram:42", "spring27")
    after = Access(["autumn27"], members)
    assert after.admits(42, None, "telegram:42")
    members._owners.clear()
    assert not after.admits(42, None, "telegram:42") and not after.admits(42, None, "telegram:42", "spring27")


def test_a_code_with_odd_signs_is_none() -> None:
    access = Access(["kødben", "x"], MembersInMemory())
    assert not any(access.admits(1, None, "telegram:1", code) for code in ("", "\x00", "kødbe", "KØDBEN", "\udc80"[:0]))
