"""What everybody is told once: what is stored, how to see it and delete it, and who is responsible."""

from __future__ import annotations

import asyncio

import pytest

from bot.door import Inbound
from bot.first_contact import FirstContact
from bot.rendering.plain import plain
from bot.store.store import SqlStore
from dialogues.reply import Reply
from knowledge.loader import Knowledge, load

OPERATOR = "Bogby Bibliotek, data_ansvar@bogby.dk"


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


class Echo:
    """Answers with what was said; "glem mig" is a deletion."""

    def __init__(self, store: SqlStore, language: str = "da") -> None:
        self.store, self.language = store, language

    async def handle(self, inbound: Inbound) -> list[Reply]:
        if inbound.text == "glem mig":
            self.store.delete(inbound.owner)
            return [Reply("glemt", forgotten=True, language=self.language)]
        return [Reply(inbound.text or "", language=self.language)]

    async def find(self, query: object) -> list[object]:
        return [query]


def door(store: SqlStore, knowledge: Knowledge, operator: str | None = OPERATOR, **more: object) -> FirstContact:
    return FirstContact(Echo(store, **more), store, knowledge, operator, 365)


def says(to: FirstContact, text: str, owner: str = "telegram:42", **more: object) -> list[str]:
    replies = asyncio.run(to.handle(Inbound(f"{owner}:0:42", owner, text, **more)))
    return [plain(reply.text) for reply in replies]


def test_it_stands_once_below_the_first_answer(store: SqlStore, knowledge: Knowledge) -> None:
    bot = door(store, knowledge)
    first, told = says(bot, "hej")
    assert first == "hej"
    for words in ("365 dage", "/mine_data", "/slet", "CPR", "Telegram", OPERATOR):
        assert words in told
    assert len(told.splitlines()) <= 5 and len(told) < 600
    assert says(bot, "hej igen") == ["hej igen"]
    assert says(door(store, knowledge), "efter en genstart") == ["efter en genstart"]


def test_it_is_in_the_language_of_the_answer_and_leads_to_the_whole(store: SqlStore, knowledge: Knowledge) -> None:
    bot = door(store, knowledge, operator=None, language="en")
    replies = asyncio.run(bot.handle(Inbound("terminal:bo", "terminal:bo", "hello")))
    told = plain(replies[-1].text)
    assert "/mydata" in told and "library or municipality" in told and "Telegram" not in told
    [button] = replies[-1].buttons
    assert button.tap == "t:about.privacy" and "about.privacy" in knowledge.topics


def test_an_answer_that_may_not_have_arrived_is_told_with_it_again(store: SqlStore, knowledge: Knowledge) -> None:
    bot = door(store, knowledge)
    assert len(says(bot, "hej", id="700")) == len(says(bot, "hej", id="700")) == 2
    assert len(says(bot, "hej", id="701")) == 1


def test_a_group_is_told_once_whoever_speaks_and_in_whatever_thread(store: SqlStore, knowledge: Knowledge) -> None:
    bot = door(store, knowledge)
    _, told = says(bot, "hej", "telegram:-7", name="Anna")
    assert "gruppens" in told and "administrator" in told
    assert says(bot, "hej", "telegram:-7", name="Bo") == ["hej"]
    assert says(bot, "hej", "telegram:-7:3", name="Bo") == ["hej"]
    assert len(says(bot, "hej", "telegram:-8", name="Bo")) == 2


def test_who_was_forgotten_is_nobody_until_they_write_again(store: SqlStore, knowledge: Knowledge) -> None:
    bot = door(store, knowledge)
    says(bot, "hej")
    assert says(bot, "glem mig") == ["glemt"]
    assert store.traces("telegram:42", deep=True) == {}
    assert len(says(bot, "hej")) == 2


def test_a_store_that_fails_keeps_nobody_from_the_answer(knowledge: Knowledge) -> None:
    class Broken:
        def note_contact(self, owner: str, inbound: str | None = None) -> bool:
            raise OSError("disk")

    bot = FirstContact(Echo(None), Broken(), knowledge)  # type: ignore[arg-type]
    assert says(bot, "hej") == ["hej"]


def test_who_was_noted_a_moment_ago_is_not_looked_up_again_but_for_what_comes_again(
    store: SqlStore, knowledge: Knowledge
) -> None:
    bot, noted = door(store, knowledge), []
    note = store.note_contact
    store.note_contact = lambda owner, inbound=None: noted.append(inbound) or note(owner, inbound)  # type: ignore
    assert len(says(bot, "hej", id="1")) == 2
    assert len(says(bot, "hej", id="1")) == 2  # its answer may not have arrived
    assert len(says(bot, "mere", id="2")) == len(says(bot, "mere", id="3")) == 1
    assert noted == ["1", "1"]
    says(bot, "glem mig", id="4")
    assert len(says(bot, "hej igen", id="5")) == 2
