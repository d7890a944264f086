"""Nothing that people write, are called or are known by gets into the log, whoever logs, in either form."""

from __future__ import annotations

import ast
import json
import os
import re
import signal
import subprocess
import sys
import urllib.parse
from itertools import count
from pathlib import Path

import pytest

from tests.botapi import BotApi
from tests.test_rooms import REPO, modules

TOKEN = "7312345678:AAkanariefugletoken"
WORDS = ("zqkanarieord", "Zqkanariefornavn", "zqkanariebruger", "Zqkanariegruppe", "zqkanariekode", "zqkanariefil")
FAULTS = ("motoren", "databasen", "årsagen", "bibliotekerne", "ingen")


def talk(model_dir: Path, tmp_path: Path, form: str) -> tuple[str, list[str]]:
    """Talks with the bot in every way, with trouble in each; gives its log, and what must not be in it."""
    word, first, user, title, code, file = WORDS
    log = tmp_path / "log"
    with BotApi(token=TOKEN) as telegram:
        telegram._people, telegram._groups = count(7_312_000_111), count(7_318_000_111)  # as long as real ones
        for words in (file, "Forbidden", "chat not found", "Internal"):
            telegram.tolerates(words)
        anna = telegram.user(first, username=user)
        group = telegram.group(title)
        people = [anna.id, group.id]
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("MAKKER_", "TELEGRAM_"))},
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_BASE_URL": telegram.url,
            "MAKKER_MODEL_DIR": str(model_dir),
            "MAKKER_DATA_DIR": str(tmp_path / form),
            "MAKKER_ALLOWED": f"{code} {user}",
        }
        program = subprocess.Popen(
            [sys.executable, "-m", "tests.bot.telegram.talkative", form],
            env=environment,
            cwd=REPO,
            stdin=subprocess.DEVNULL,
            stdout=log.open("w"),
            stderr=subprocess.STDOUT,
        )
        try:
            anna.says(f"/start {code}")
            anna.reads(90)
            for says in (f"hvad er et partnerskab, {word}?", f"/mind {word} i morgen kl. 14", f"/feedback {word}"):
                anna.says(says)
                anna.reads()
            anna.says("/start c_agreement")
            anna.reads()
            anna.says(word)
            anna.reads()
            for fault in FAULTS:
                anna.says(f"{fault} går i stykker: {word}")
                anna.reads()
            anna.sends("photo", caption=word)
            anna.reads()
            telegram.faults.refuse("sendMessage", f"Bad Request: can't parse {file}", times=1)
            anna.says(f"hej {word}")
            anna.reads()
            telegram.faults.bad_gateway("sendMessage", times=1)
            telegram.faults.reset_after("sendMessage", times=1)
            anna.says(f"tak {word}")
            anna.reads()
            group.adds_bot(by=anna)
            anna.says(f"@makkerbot hvad er et partnerskab {word}", chat=group)
            group.wait_for_reply()
            anna.looks_up(word)
            anna.blocks_bot()
            anna.says(f"farvel {word}")
            telegram.wait_until_fetched()
        finally:
            program.send_signal(signal.SIGTERM)
            program.wait(30)
    said = log.read_text(encoding="utf-8")
    assert program.returncode == 0, said[-2000:]
    return said, [*WORDS, TOKEN, TOKEN.partition(":")[2], *map(str, people)]


@pytest.mark.parametrize("form", ["text", "json"])
def test_nothing_personal_is_logged(model_dir: Path, tmp_path: Path, form: str) -> None:
    said, canaries = talk(model_dir, tmp_path, form)
    shown = {
        said.lower(),
        urllib.parse.unquote(said).lower(),
        said.encode().decode("unicode_escape", "replace").lower(),
    }
    for canary in canaries:
        for text in shown:
            found = re.search(
                rf"(?<!\w){re.escape(canary)}(?!\w)" if canary.lstrip("-").isdigit() else re.escape(canary.lower()),
                text,
            )
            assert not found, f"{canary}: {text[max(0, found.start() - 300) : found.end() + 100]}"
    lines = said.splitlines()
    for kind in (
        "IntegrityError",
        "RuntimeError",
        "LookupError",
        "KeyError",
        "nobody caught this",
        "rasa.",
        "sqlalchemy.",
    ):
        assert kind in said, f"the log doesn't tell of {kind}"
    if form == "text":
        assert all(re.match(r"\d{4}-\d\d-\d\dT\S+ [A-Z]+ +\S+ |makker: ", line) for line in lines)
        return
    events = [json.loads(line) for line in lines if not line.startswith("makker: ")]
    assert (
        len({event["about"]["chat"] for event in events if event["event"] == "update" and "chat" in event["about"]})
        == 2
    )
    broke = next(event for event in events if event["event"] == "an answer failed")
    assert broke["error"][0]["at"][0].startswith("tests/bot/telegram/talkative.py:")


def test_what_is_logged_is_said_in_the_code() -> None:
    for name, path in modules().items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if isinstance(node.func.value, ast.Name) and node.func.value.id == "log" and name != "bot.operating.lines":
                assert isinstance(node.args[0], ast.Constant), f"{name}:{node.lineno}: what is filled in goes by %s"
