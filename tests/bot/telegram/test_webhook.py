"""Updates by webhook: with the secret they are taken, without it they are not."""

from __future__ import annotations

import socket
from collections.abc import Collection, Sequence
from typing import Any

import httpx
import pytest

from bot.errors import StartError
from bot.store.holding import Came
from bot.telegram import app
from bot.telegram.journal import ABOVE
from bot.telegram.ports import SeenInMemory
from knowledge.loader import Knowledge
from tests.bot.telegram.scripted import Door, ScriptedEngine
from tests.botapi import BotApi, Person

HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_updates_come_by_webhook_and_only_with_the_secret(
    telegram: BotApi, knowledge: Knowledge, anna: Person, port: int
) -> None:
    public = f"http://127.0.0.1:{port}/makker"
    engine = ScriptedEngine()
    with Door(telegram, knowledge, engine, settings={"webhook": public, "port": port}):
        hook = telegram.world.webhook
        assert hook is not None and len(hook["secret"]) >= 32
        assert hook["url"].startswith(f"{public}/") and len(hook["url"]) > len(public) + 32
        anna.says("start")
        anna.reads()
        anna.taps("Ja")
        assert anna.reads().text == "2 af 3: parter?"
        forged = {"update_id": 1, "message": anna.says("ægte").json | {"text": "forfalsket"}}
        for headers in ({}, {HEADER: "forkert"}, {HEADER: "æ".encode()}):
            assert httpx.post(hook["url"], json=forged, headers=headers).status_code == 403
        assert anna.reads().text == "ekko: ægte"
    assert [inbound.text for inbound in engine.inbounds if inbound.text] == ["start", "ægte"]


def test_what_is_no_update_is_refused(telegram: BotApi, knowledge: Knowledge, port: int) -> None:
    public = f"http://127.0.0.1:{port}"
    with Door(telegram, knowledge, ScriptedEngine(), settings={"webhook": public, "port": port}):
        hook = telegram.world.webhook
        assert hook is not None
        headers = {HEADER: hook["secret"], "Content-Type": "application/json"}

        def post(content: bytes, url: str = hook["url"], **other: str) -> int:
            return httpx.post(url, content=content, headers=headers | other).status_code

        assert httpx.get(hook["url"], headers=headers).status_code == 405
        assert [post(b"{}", public + path) for path in ("", "/", "/makker", "/healthz")] == [404] * 4
        assert [post(body) for body in (b"", b"{", b"[]", b'{"update_id": true}', b"[" * 9999)] == [400] * 5
        assert post(b"x" * (2**20 + 1)) == 413
        assert post(b"{}", **{"Content-Type": "text/plain"}) == 415
        assert post(b'{"update_id": 7, "message": {"nonsense": 1}}') == 200  # noted, and of no use


def test_the_address_and_the_secret_stay_the_same_over_restarts(
    telegram: BotApi, knowledge: Knowledge, port: int
) -> None:
    hooks = []
    for _ in range(2):
        settings = {"webhook": f"http://127.0.0.1:{port}/", "port": port}
        with Door(telegram, knowledge, ScriptedEngine(), settings=settings):
            hooks.append(telegram.world.webhook)
    assert hooks[0] == hooks[1] is not None
    settings["webhook_secret"] = "abc"
    with Door(telegram, knowledge, ScriptedEngine(), settings=settings):
        assert telegram.world.webhook == {"url": hooks[0]["url"], "secret": "abc"}  # type: ignore[index]


def test_what_cannot_be_noted_comes_again(telegram: BotApi, knowledge: Knowledge, anna: Person, port: int) -> None:
    class Forgetful(SeenInMemory):
        tries = 0

        def take_updates(self, came: Sequence[Came], known: Collection[int] = ()) -> list[Came]:
            self.tries += 1
            if self.tries < 3:
                raise OSError("the disk is full")
            return super().take_updates(came)

    seen = Forgetful()
    settings = {"webhook": f"http://127.0.0.1:{port}", "port": port}
    with Door(telegram, knowledge, ScriptedEngine(), settings=settings, seen=seen):
        anna.says("hej")
        assert anna.reads().text == "ekko: hej"
    assert seen.tries == 3


def test_a_webhook_that_telegram_refuses_is_said_in_one_line(telegram: BotApi, knowledge: Knowledge, port: int) -> None:
    telegram.tolerates("bad webhook")
    settings = {"webhook": "ftp://makker.example/hook", "port": port}
    with pytest.raises(StartError, match="--webhook"), Door(telegram, knowledge, ScriptedEngine(), settings=settings):
        pass


def test_a_port_in_use_is_said_in_one_line(telegram: BotApi, knowledge: Knowledge) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        settings = {"webhook": f"http://127.0.0.1:{port}/", "port": port}
        with pytest.raises(StartError, match=str(port)), Door(telegram, knowledge, ScriptedEngine(), settings=settings):
            pass


class Noting(SeenInMemory):
    """Keeps what was noted before each message was sent."""

    def __init__(self) -> None:
        super().__init__()
        self.noted: dict[int, Sequence[dict[str, Any]]] = {}

    def note_sent(self, number: int, sent: Sequence[dict[str, Any]]) -> bool:
        self.noted[number] = [dict(entry) for entry in sent]
        return super().note_sent(number, sent)


def test_what_is_taken_over_is_sent_by_who_knows_how_far_messages_are_numbered(
    telegram: BotApi, knowledge: Knowledge, anna: Person, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "_ORIENTED", 3600.0)
    seen, bo = Noting(), telegram.user("Bo")
    anna.says("taget")
    left = telegram.world.updates.pop()
    seen.take_updates([Came(left["update_id"], "1100", left)])
    for number in range(3):
        bo.says(str(number))
    with Door(telegram, knowledge, ScriptedEngine(), seen=seen, settings={"webhook": _public(port), "port": port}):
        latest = bo.says("hej").id
        assert anna.reads().text == "ekko: taget"
    assert seen.noted[left["update_id"]][0][ABOVE] >= latest


def test_what_is_taken_over_waits_for_nobody_to_write(
    telegram: BotApi, knowledge: Knowledge, anna: Person, port: int
) -> None:
    seen = SeenInMemory()
    anna.says("taget")
    left = telegram.world.updates.pop()
    seen.take_updates([Came(left["update_id"], "1100", left)])
    with Door(telegram, knowledge, ScriptedEngine(), seen=seen, settings={"webhook": _public(port), "port": port}):
        assert anna.reads().text == "ekko: taget"


def _public(port: int) -> str:
    return f"http://127.0.0.1:{port}/makker"
