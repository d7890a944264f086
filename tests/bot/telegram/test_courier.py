"""How calls reach Telegram: limits obeyed for those whom they are for, nothing sent twice, order kept."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from telegram import InputMediaDocument, Message
from telegram.error import BadRequest, Forbidden, RetryAfter, TimedOut
from telegram.ext import ExtBot

from bot.telegram.courier import Courier
from bot.telegram.departed import Departed
from bot.telegram.line import Line
from tests.botapi import BotApi, Person

pytestmark = pytest.mark.usefixtures("words_in_time")

PAUSES = (0.01, 0.02, 0.02)
BROKEN = ["reset", "reset_after", "truncated", "gateway", "gateway_after"]


@pytest.fixture
def telegram() -> Iterator[BotApi]:
    with BotApi() as server:
        server.tolerates("message to edit not found")
        yield server
    assert server.broken_rules() == []


def _with_bot(telegram: BotApi, scene: Callable[[ExtBot[None], Courier], Awaitable[Any]], **given: Any) -> Any:
    async def run() -> Any:
        courier = Courier(PAUSES, **given)
        base = f"{telegram.url}/bot"
        bot = ExtBot(telegram.token, base_url=base, request=Line(), get_updates_request=Line(), rate_limiter=courier)
        async with bot:
            return await scene(bot, courier)

    return asyncio.run(run())


def _order(telegram: BotApi, fault: str, method: str) -> None:
    if fault.startswith("gateway"):
        telegram.faults.bad_gateway(method, after=fault.endswith("after"))
    else:
        getattr(telegram.faults, fault)(method)


@pytest.mark.parametrize("fault", BROKEN)
def test_a_message_arrives_once_whatever_breaks(telegram: BotApi, fault: str) -> None:
    anna = telegram.user("Anna")
    telegram.tolerates("message is not modified")

    async def scene(bot: ExtBot[None], courier: Courier) -> Message:
        await bot.send_message(anna.id, "før")
        _order(telegram, fault, "sendMessage")
        return await bot.send_message(anna.id, "<b>nu</b>", parse_mode="HTML")

    sent = _with_bot(telegram, scene)
    assert [message.text for message in anna.chat.from_bot] == ["før", "nu"]
    assert sent.message_id == anna.chat.from_bot[-1].id and anna.chat.from_bot[-1].edits == 0


@pytest.mark.parametrize("kind", ["private", "supergroup"])
def test_it_is_found_among_what_others_get_at_the_same_time(telegram: BotApi, kind: str) -> None:
    anna, bo = telegram.user("Anna"), telegram.user("Bo")
    chat = telegram.group("G", supergroup=True) if kind == "supergroup" else anna.chat
    telegram.tolerates("message is not modified")
    telegram.tolerates("message can't be edited")

    async def scene(bot: ExtBot[None], courier: Courier) -> None:
        await bot.send_message(chat.id, "før")
        telegram.faults.reset_after("sendMessage", chat=chat)

        async def others() -> None:
            for number in range(8):
                await bot.send_message(bo.id, str(number))

        anna.says("imens", chat=chat)  # not told to the bot: its number is unknown
        await asyncio.gather(bot.send_message(chat.id, "nu"), others())

    _with_bot(telegram, scene)
    assert [message.text for message in chat.from_bot] == ["før", "nu"]
    assert len(bo.chat.from_bot) == 8


def test_a_file_arrives_once(telegram: BotApi) -> None:
    anna = telegram.user("Anna")
    telegram.tolerates("message is not modified")

    async def scene(bot: ExtBot[None], courier: Courier) -> None:
        await bot.send_message(anna.id, "før")
        telegram.faults.reset_after("sendDocument")
        await bot.send_document(anna.id, b"%PDF", caption="Aftalen", filename="a.pdf")
        telegram.faults.reset_after("sendDocument")
        await bot.send_document(anna.id, b"%PDF", filename="b.pdf")

    _with_bot(telegram, scene)
    assert [message.file.name for message in anna.chat.from_bot if message.file] == ["a.pdf", "b.pdf"]


@pytest.mark.parametrize("captions", [(None, None), (None, "Begge"), ("Aftalen", "Planen")])
def test_an_album_arrives_once(telegram: BotApi, captions: tuple[str | None, str | None]) -> None:
    anna = telegram.user("Anna")
    telegram.tolerates("message is not modified")
    telegram.tolerates("no caption in the message")
    told = []

    async def scene(bot: ExtBot[None], courier: Courier) -> None:
        await bot.send_message(anna.id, "før")
        telegram.faults.reset_after("sendMediaGroup")
        media = [InputMediaDocument(b"%PDF", caption=caption, filename="a.pdf") for caption in captions]
        told.extend(await bot.send_media_group(anna.id, media))
        await bot.send_message(anna.id, "efter")

    _with_bot(telegram, scene)
    assert [message.text for message in anna.chat.from_bot] == ["før", *(words or "" for words in captions), "efter"]
    assert [message.message_id for message in told] == [message.id for message in anna.chat.from_bot[1:3]]


def test_what_cannot_be_asked_after_is_sent_again(telegram: BotApi) -> None:
    anna = telegram.user("Anna")

    async def scene(bot: ExtBot[None], courier: Courier) -> None:
        telegram.faults.reset_after("sendMessage")
        await bot.send_message(anna.id, "det første")  # no number is known yet

    _with_bot(telegram, scene)
    assert [message.text for message in anna.chat.from_bot] == ["det første"] * 2


def test_an_answer_that_never_comes_is_a_time_out_and_the_message_is_there_once(telegram: BotApi) -> None:
    anna = telegram.user("Anna")
    telegram.tolerates("message is not modified")

    async def scene(bot: ExtBot[None], courier: Courier) -> None:
        await bot.send_message(anna.id, "før")
        telegram.faults.slow("sendMessage", 1.0, after=True)
        await bot.send_message(anna.id, "nu", read_timeout=0.2)

    _with_bot(telegram, scene)
    assert [message.text for message in anna.chat.from_bot] == ["før", "nu"]


@pytest.mark.parametrize("fault", BROKEN)
def test_what_may_be_done_twice_is_done_and_no_error(telegram: BotApi, fault: str) -> None:
    anna = telegram.user("Anna")
    for words in ("message is not modified", "message to delete not found", "query is too old"):
        telegram.tolerates(words)

    async def scene(bot: ExtBot[None], courier: Courier) -> None:
        sent = await bot.send_message(anna.id, "et")
        press = anna.presses(anna.reads(), "x")
        for method in ("editMessageText", "answerCallbackQuery", "deleteMessage", "sendChatAction"):
            _order(telegram, fault, method)
        await bot.edit_message_text("to", anna.id, sent.message_id)
        await bot.answer_callback_query(press.id, "ok")
        assert press.text == "ok"
        await bot.delete_message(anna.id, sent.message_id)
        with pytest.raises(BadRequest):  # nothing broke: the second time is an error
            await bot.delete_message(anna.id, sent.message_id)

    _with_bot(telegram, scene)


def test_a_429_holds_up_its_chat_alone_and_keeps_the_order_there(telegram: BotApi) -> None:
    anna, bo = telegram.user("Anna"), telegram.user("Bo")

    async def scene(bot: ExtBot[None], courier: Courier) -> None:
        telegram.faults.too_many("sendMessage", retry_after=1, chat=anna.chat)
        held = [asyncio.ensure_future(bot.send_message(anna.id, str(number))) for number in range(3)]
        await asyncio.sleep(0.05)
        for number in range(5):
            await bot.send_message(bo.id, str(number))
        assert await bot.send_chat_action(anna.id, "typing")
        assert not anna.chat.from_bot and not anna.chat.actions  # not even asked
        await asyncio.gather(*held)

    _with_bot(telegram, scene)
    assert [message.text for message in anna.chat.from_bot] == ["0", "1", "2"]


def test_when_several_chats_get_429_all_wait(telegram: BotApi) -> None:
    people = [telegram.user(f"P{number}") for number in range(4)]

    async def scene(bot: ExtBot[None], courier: Courier) -> None:
        telegram.faults.flood(0.9)
        await asyncio.gather(*(bot.send_message(person.id, "x") for person in people[:3]))
        refused = [words for _, words in telegram.world.refusals if "Too Many" in words]
        assert len(refused) == 3
        await bot.send_message(people[3].id, "x")

    _with_bot(telegram, scene)
    assert all(len(person.chat.from_bot) == 1 for person in people)


def test_a_wait_that_is_too_long_is_given_up(telegram: BotApi) -> None:
    anna = telegram.user("Anna")

    async def scene(bot: ExtBot[None], courier: Courier) -> None:
        telegram.faults.too_many("sendMessage", retry_after=3600)
        with pytest.raises(RetryAfter):
            await bot.send_message(anna.id, "x")

    _with_bot(telegram, scene)


def test_where_the_bot_was_thrown_out_nothing_is_sent_and_nothing_waits(telegram: BotApi) -> None:
    anna, lost = telegram.user("Anna"), []
    telegram.tolerates("bot was blocked by the user")
    departed = Departed(lost.append)

    async def scene(bot: ExtBot[None], courier: Courier) -> None:
        anna.blocks_bot()
        for _ in range(3):
            with pytest.raises(Forbidden):
                await bot.send_message(anna.id, "x")
        anna.unblocks_bot()
        departed.note_update(telegram.world.updates[-1])
        await bot.send_message(anna.id, "velkommen tilbage")
        departed.note_update(telegram.world.updates[0])  # blocked, once more
        await asyncio.sleep(0.05)

    _with_bot(telegram, scene, departed=departed)
    assert len(telegram.calls("sendMessage")) == 2 and lost == [f"telegram:{anna.id}"] * 2


def test_what_is_given_up_raises_and_says_what_it_was(telegram: BotApi) -> None:
    anna = telegram.user("Anna")

    async def scene(bot: ExtBot[None], courier: Courier) -> None:
        telegram.faults.slow("sendMessage", 0.5, times=4)
        with pytest.raises(TimedOut):
            await bot.send_message(anna.id, "x", read_timeout=0.05)

    _with_bot(telegram, scene)


def test_order_is_kept_over_a_break(telegram: BotApi) -> None:
    anna: Person = telegram.user("Anna")

    async def scene(bot: ExtBot[None], courier: Courier) -> None:
        await bot.send_message(anna.id, "før")
        telegram.faults.reset("sendMessage")
        await asyncio.gather(*(bot.send_message(anna.id, str(number)) for number in range(4)))

    _with_bot(telegram, scene)
    assert [message.text for message in anna.chat.from_bot] == ["før", "0", "1", "2", "3"]
