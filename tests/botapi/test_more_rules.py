"""Albums, pictures, inline mode, groups, and what goes wrong: as Telegram has it."""

from __future__ import annotations

import json
import struct
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.botapi import BotApi, Chat, Person

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 600, 400)


@pytest.fixture
def telegram() -> Iterator[BotApi]:
    with BotApi() as server:
        yield server


@pytest.fixture
def anna(telegram: BotApi) -> Person:
    return telegram.user("Anna")


def _call(telegram: BotApi, method: str, files: Any = None, **params: Any) -> dict[str, Any]:
    url = f"{telegram.url}/bot{telegram.token}/{method}"
    data = {key: json.dumps(value) if isinstance(value, dict | list) else value for key, value in params.items()}
    reply: dict[str, Any] = httpx.post(url, data=data, files=files).json()
    return reply


def _why(telegram: BotApi, method: str, files: Any = None, **params: Any) -> str:
    return str(_call(telegram, method, files, **params).get("description"))


def _seen(telegram: BotApi) -> list[dict[str, Any]]:
    updates: list[dict[str, Any]] = _call(telegram, "getUpdates")["result"]
    return updates


def test_a_photo_has_a_size_and_can_be_sent_again_by_its_id(telegram: BotApi, anna: Person) -> None:
    sent = _call(telegram, "sendPhoto", {"photo": ("a.png", PNG)}, chat_id=anna.id, caption="Et kort")
    file_id = sent["result"]["photo"][0]["file_id"]
    assert anna.reads().file.content == PNG  # type: ignore[union-attr]
    assert _call(telegram, "sendPhoto", chat_id=anna.id, photo=file_id)["ok"]
    long = PNG[:16] + struct.pack(">II", 9000, 300)
    assert "PHOTO_INVALID_DIMENSIONS" in _why(telegram, "sendPhoto", {"photo": ("a.png", long)}, chat_id=anna.id)
    path = _call(telegram, "getFile", file_id=file_id)["result"]["file_path"]
    assert httpx.get(f"{telegram.url}/file/bot{telegram.token}/{path}").content == PNG
    assert "invalid file_id" in _why(telegram, "getFile", file_id="x")


def _album(*kinds: str) -> list[dict[str, str]]:
    return [{"type": kind, "media": f"attach://f{place}"} for place, kind in enumerate(kinds)]


def test_an_album_has_two_to_ten_things_of_a_kind(telegram: BotApi, anna: Person) -> None:
    files = {f"f{place}": ("a.png", PNG) for place in range(11)}
    where = {"chat_id": anna.id}
    assert _call(telegram, "sendMediaGroup", files, media=_album("photo", "photo"), **where)["ok"]
    assert anna.reads().album == anna.reads().album is not None
    refused = {"2 to 10": ["photo"], "too many": ["photo"] * 11, "can't be mixed": ["photo", "document"]}
    for words, kinds in refused.items():
        assert words in _why(telegram, "sendMediaGroup", files, media=_album(*kinds), **where)
    assert "reply markup" in _why(telegram, "sendMediaGroup", files, media=_album("photo"), reply_markup={}, **where)


def test_captions_and_keyboards_are_edited_and_messages_deleted_and_pinned(telegram: BotApi, anna: Person) -> None:
    _call(telegram, "sendDocument", {"document": ("a.pdf", b"%PDF")}, chat_id=anna.id, caption="et")
    file = anna.reads()
    where = {"chat_id": anna.id, "message_id": file.id}
    assert "there is no text" in _why(telegram, "editMessageText", text="x", **where)
    assert _call(telegram, "editMessageCaption", caption="to", **where)["ok"] and file.text == "to"
    keyboard = {"inline_keyboard": [[{"text": "Ja", "callback_data": "y"}]]}
    assert _call(telegram, "editMessageReplyMarkup", reply_markup=keyboard, **where)["ok"] and file.buttons == ["Ja"]
    assert "message is not modified" in _why(telegram, "editMessageReplyMarkup", reply_markup=keyboard, **where)
    assert "inline keyboard expected" in _why(telegram, "editMessageReplyMarkup", reply_markup={"x": 1}, **where)
    assert _call(telegram, "pinChatMessage", **where)["ok"] and file.pinned
    assert _call(telegram, "getChat", chat_id=anna.id)["result"]["pinned_message"]["message_id"] == file.id
    assert _call(telegram, "deleteMessage", **where)["ok"]
    assert "message to delete not found" in _why(telegram, "deleteMessage", **where)
    _call(telegram, "sendMessage", chat_id=anna.id, text="gammel")
    old = anna.chat.messages[-1]
    telegram.world.time_passes(49 * 3600)
    assert "can't be deleted for everyone" in _why(telegram, "deleteMessage", chat_id=anna.id, message_id=old.id)
    group = telegram.group("G", privacy=True)
    theirs = anna.says("hej", chat=group)
    assert "message can't be deleted" in _why(telegram, "deleteMessage", chat_id=group.id, message_id=theirs.id)


@pytest.mark.parametrize("url", ["nonsense", "ftp://x.dk", "https://"])
def test_the_link_of_a_button_is_one(telegram: BotApi, anna: Person, url: str) -> None:
    keyboard = {"inline_keyboard": [[{"text": "x", "url": url}]]}
    assert "is invalid" in _why(telegram, "sendMessage", chat_id=anna.id, text="x", reply_markup=keyboard)


def test_a_press_is_answered_once_and_in_time(telegram: BotApi, anna: Person) -> None:
    _call(telegram, "sendMessage", chat_id=anna.id, text="?")
    first, late = anna.presses(anna.reads(), "y"), anna.presses(anna.chat.messages[-1], "y")
    assert _call(telegram, "answerCallbackQuery", callback_query_id=first.id)["ok"]
    assert "query is too old" in _why(telegram, "answerCallbackQuery", callback_query_id=first.id)
    telegram.world.time_passes(16)
    assert "query is too old" in _why(telegram, "answerCallbackQuery", callback_query_id=late.id)


def _article(number: str, text: str = "Hej") -> dict[str, Any]:
    return {"type": "article", "id": number, "title": f"T{number}", "input_message_content": {"message_text": text}}


def test_an_inline_query_is_answered_and_a_result_sent(telegram: BotApi, anna: Person) -> None:
    search = anna.looks_up("opsigelse")
    assert _seen(telegram)[-1]["inline_query"]["query"] == "opsigelse"
    answer = {"inline_query_id": search.id}
    refused = {
        "RESULTS_TOO_MUCH": [_article(str(n)) for n in range(51)],
        "RESULT_ID_DUPLICATE": [_article("1"), _article("1")],
        "RESULT_ID_INVALID": [_article("x" * 65)],
        "message text is empty": [_article("1", "")],
        "message is too long": [_article("1", "x" * 4097)],
        'Can\'t find field "title"': [{**_article("1"), "title": ""}],
    }
    for words, results in refused.items():
        assert words in _why(telegram, "answerInlineQuery", results=results, **answer)
    assert _call(telegram, "answerInlineQuery", results=[_article("1", "<b>"), _article("2")], **answer)["ok"]
    assert [result["title"] for result in search.reads()] == ["T1", "T2"]
    assert anna.picks(search, "T2").text == "Hej"
    assert [list(update)[1] for update in _seen(telegram)[-2:]] == ["message", "chosen_inline_result"]
    assert "query is too old" in _why(telegram, "answerInlineQuery", results=[], **answer)


def test_commands_have_scopes_and_the_bot_a_name_and_a_menu(telegram: BotApi, anna: Person) -> None:
    menu = [{"command": "help", "description": "Hjælp"}]
    scope = {"type": "all_group_chats"}
    assert _call(telegram, "setMyCommands", commands=menu, scope=scope, language_code="da")["ok"]
    assert _call(telegram, "getMyCommands", scope=scope, language_code="da")["result"] == menu
    assert _call(telegram, "getMyCommands")["result"] == []
    assert "Unsupported type" in _why(telegram, "setMyCommands", commands=menu, scope={"type": "x"})
    assert "LANG_CODE_INVALID" in _why(telegram, "setMyCommands", commands=menu, language_code="dansk")
    assert _call(telegram, "setMyName", name="Makker")["ok"]
    assert _call(telegram, "getMyName", language_code="da")["result"] == {"name": "Makker"}
    assert _call(telegram, "setChatMenuButton", menu_button={"type": "commands"})["ok"]
    assert _call(telegram, "getChatMenuButton", chat_id=anna.id)["result"] == {"type": "commands"}


def _heard(telegram: BotApi) -> list[str]:
    return [update["message"].get("text", "-") for update in _seen(telegram)]


def test_privacy_mode_lets_through_what_is_meant_for_the_bot(telegram: BotApi, anna: Person) -> None:
    group = telegram.group("Gruppen", privacy=True)
    anna.says("snak", chat=group)
    anna.says("@makkerbot hej", chat=group)  # merely mentions it
    anna.says("/help", chat=group)  # no bot has written yet
    anna.says("/help@otherbot", chat=group)
    mine = anna.says("/help@makkerbot", chat=group)
    _call(telegram, "sendMessage", chat_id=group.id, text="Hjælp")
    anna.says("tak", chat=group, reply_to=group.from_bot[0])
    anna.says("også tak", chat=group, reply_to=mine)
    anna.says("/emner", chat=group)
    group.other_bot_says("hej")
    anna.says("/igen", chat=group)
    assert _heard(telegram) == ["/help@makkerbot", "tak", "også tak", "/emner"]


def test_a_bot_comes_and_goes(telegram: BotApi, anna: Person) -> None:
    group = telegram.group("Gruppen")
    group.adds_bot(anna)
    group.removes_bot(anna)
    assert "bot was kicked from the group chat" in _why(telegram, "sendMessage", chat_id=group.id, text="x")
    anna.blocks_bot()
    assert "bot was blocked by the user" in _why(telegram, "sendMessage", chat_id=anna.id, text="x")
    anna.unblocks_bot()
    states = [update.get("my_chat_member", {}).get("new_chat_member", {}).get("status") for update in _seen(telegram)]
    assert states == ["member", None, None, "kicked", "kicked", "member"]


def test_a_group_becomes_a_supergroup_with_ids_of_its_own(telegram: BotApi, anna: Person) -> None:
    group = telegram.group("Gruppen")
    new = group.upgrades(anna)
    refused = _call(telegram, "sendMessage", chat_id=group.id, text="x")
    assert refused["parameters"] == {"migrate_to_chat_id": new.id} and "upgraded" in refused["description"]
    moved = [update["message"] for update in _seen(telegram)]
    assert (moved[0]["migrate_to_chat_id"], moved[1]["migrate_from_chat_id"]) == (new.id, group.id)
    bo = telegram.user("Bo")
    ids = [anna.says("a").id, bo.says("b").id, anna.says("c").id]  # one row for the account
    assert ids == list(range(ids[0], ids[0] + 3))
    assert anna.says("d", chat=new).id == 2
    assert _call(telegram, "getChatMember", chat_id=new.id, user_id=bo.id)["result"]["status"] == "left"


def _message(telegram: BotApi, chat: Chat) -> httpx.Response:
    data = {"chat_id": chat.id, "text": "x"}
    return httpx.post(f"{telegram.url}/bot{telegram.token}/sendMessage", data=data)


def test_faults_strike_as_ordered(telegram: BotApi, anna: Person) -> None:
    bo = telegram.user("Bo")
    telegram.faults.too_many("sendMessage", retry_after=1, chat=anna.chat)
    assert _message(telegram, bo.chat).status_code == 200
    assert _message(telegram, anna.chat).json()["parameters"] == {"retry_after": 1}
    assert not telegram.broken_rules()
    _message(telegram, anna.chat)  # before the second is over
    assert telegram.broken_rules()
    telegram.faults.flood(0.3)
    assert [_message(telegram, chat).status_code for chat in (anna.chat, bo.chat)] == [429, 429]
    time.sleep(0.35)
    for status in (502, 503, 504):
        telegram.faults.bad_gateway("sendMessage", status=status)
        answer = _message(telegram, bo.chat)
        assert answer.status_code == status and answer.text.startswith("<html>")
    before = len(bo.chat.messages)
    telegram.faults.reset("sendMessage")
    telegram.faults.reset_after("sendMessage")
    for _ in range(2):
        with pytest.raises(httpx.HTTPError):
            _message(telegram, bo.chat)
    telegram.faults.truncated("sendMessage")
    with pytest.raises(ValueError):
        _message(telegram, bo.chat).json()
    telegram.faults.bad_gateway("sendMessage", after=True)
    assert _message(telegram, bo.chat).status_code == 502
    assert len(bo.chat.messages) == before + 3


def test_updates_come_twice_and_out_of_order_when_ordered(telegram: BotApi, anna: Person) -> None:
    anna.says("et")
    anna.says("to")
    telegram.faults.duplicate_updates()
    telegram.faults.updates_out_of_order()
    assert _heard(telegram) == ["et", "et", "to", "to"]
    assert _heard(telegram) == ["to", "et"]


def test_the_pace_of_groups_is_kept_when_wanted(telegram: BotApi, anna: Person) -> None:
    group = telegram.group("Gruppen")
    telegram.keeps_group_pace()
    assert [_message(telegram, group).status_code for _ in range(21)] == [200] * 20 + [429]
    assert _message(telegram, anna.chat).status_code == 200
