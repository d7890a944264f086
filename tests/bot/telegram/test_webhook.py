"""Updates by webhook: with the secret they are taken, without it they are not."""

from __future__ import annotations

import socket

import httpx
import pytest

from bot.errors import StartError
from knowledge.loader import Knowledge
from tests.bot.telegram.scripted import Door, ScriptedEngine
from tests.botapi import BotApi, Person


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_updates_come_by_webhook_and_only_with_the_secret(
    telegram: BotApi, knowledge: Knowledge, anna: Person, port: int
) -> None:
    url = f"http://127.0.0.1:{port}/makker/hook"
    engine = ScriptedEngine()
    with Door(telegram, knowledge, engine, settings={"webhook": url, "port": port}):
        assert telegram.world.webhook is not None and len(telegram.world.webhook["secret"]) >= 32
        anna.says("start")
        anna.reads()
        anna.taps("Ja")
        assert anna.reads().text == "2 af 3: parter?"
        forged = {"update_id": 1, "message": anna.says("ægte").json | {"text": "forfalsket"}}
        for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "forkert"}):
            assert httpx.post(url, json=forged, headers=headers).status_code == 403
        assert anna.reads().text == "ekko: ægte"
    assert [inbound.text for inbound in engine.inbounds if inbound.text] == ["start", "ægte"]


def test_the_secret_of_the_settings_is_used(telegram: BotApi, knowledge: Knowledge, port: int) -> None:
    url = f"http://127.0.0.1:{port}/"
    with Door(telegram, knowledge, ScriptedEngine(), settings={"webhook": url, "port": port, "webhook_secret": "abc"}):
        assert telegram.world.webhook == {"url": url, "secret": "abc"}


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
