"""One person never sees another's answers or documents, whatever they send: here with every id known to them.

Ids are drawn from 10^12 and taps are signed; behind both, what belongs to another owner is as good as not there. That
last wall is what is tried here: the attacker's taps reach the engine as if the door had let them through.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from bot.door import Inbound
from bot.rendering.plain import plain
from bot.telegram.callbacks import Signer
from dialogues.course import buttons as course
from dialogues.teams import render as teams
from dialogues.walkthrough import moves
from tests.bot.telegram.scripted import Door
from tests.botapi import BotApi
from tests.talker import Talker
from tests.waiting import comes_true

if TYPE_CHECKING:
    from bot.engine.engine import RasaEngine
    from bot.house import House

SECRET = "Hemmelighuset Zephyr"
CONTROLS = sorted({value for name, value in vars(moves).items() if name.isupper() and isinstance(value, str) and value})


@dataclass
class Victim:
    owner: str
    runs: list[str]
    documents: list[str]
    reminders: list[str]
    team: str
    state: dict[str, Any]


def state_of(house: House, owner: str) -> dict[str, Any]:
    found = house.store.export(owner)
    return {name: rows for name, rows in found.items() if name not in ("conversations",)}


@pytest.fixture(scope="module")
def victim(engine: RasaEngine, house: House) -> Victim:
    anna = Talker(engine, "telegram:5001", "da")
    anna.sends("c:readiness:quick")
    for _ in range(40):
        answers = [choice for choice in anna.buttons if choice.tap.startswith("a:")]
        if not answers:
            break
        anna.sends(answers[0].tap)
    assert anna.files, anna.text
    anna.sends("c:agreement:quick")
    anna.says(SECRET)
    anna.says("/mind")
    house.store.add_reminder(anna.name, "telegram:5001:0:5001", SECRET, None, "da")
    due = house.store.reminders(anna.name)
    house.store.add_feedback(anna.name, SECRET, None)
    team = house.store.add_team("telegram:-77", "telegram:-77:0", "readiness", "quick", "da", SECRET)
    runs = [run.id for run in house.store.runs(anna.name)]
    house.store.join_team(team.id, anna.name, runs[0])
    documents = [one.id for one in house.store.documents(anna.name)]
    assert runs and documents
    with house.store.engine.connect() as connection:
        reminders = [
            row.id for row in connection.exec_driver_sql("SELECT id FROM reminders WHERE owner='telegram:5001'")
        ]
    assert reminders or due
    assert SECRET in str(state_of(house, anna.name))
    return Victim(anna.name, runs, documents, reminders, team.id, state_of(house, anna.name))


def forged(victim: Victim) -> list[str]:
    """Every kind of tap, about what is the victim's."""
    found = [f"d:{document}" for document in victim.documents]
    found += [f"w:{run}:{control}" for run, control in product(victim.runs, CONTROLS)]
    found += [f"w:{run}:{control}:parties" for run, control in product(victim.runs, ("edit", "clear", "note", "which"))]
    found += [f"a:{run}:{item}:{choice}" for run in victim.runs for item, choice in (("parties", "yes"), ("goal", "1"))]
    found += [f"r:{verb}:{id_}" for verb in "ackmswxy" for id_ in (*victim.reminders, *victim.runs)]
    found += [f"s:{victim.team}:{act}" for act in (teams.SHOW, teams.NOW, teams.STATUS, teams.AGAIN, teams.PAPERS)]
    found += [f"l:{verb}:{victim.runs[0]}" for verb in (course.MANAGER, course.SHEET, course.NOTE, course.TALK)]
    return found


def sent(engine: RasaEngine, inbound: Inbound) -> str:
    replies = asyncio.run(engine.handle(inbound))
    said = "\n".join(plain(reply.text) for reply in replies)
    labels = " ".join(choice.label for reply in replies for choice in reply.buttons)
    return f"{said}\n{labels}\n{[attachment for reply in replies for attachment in reply.attachments]}"


@pytest.mark.parametrize("place", ["private", "group"])
def test_taps_about_what_is_anothers_show_and_change_nothing(
    engine: RasaEngine, house: House, victim: Victim, place: str
) -> None:
    owner = "telegram:6001" if place == "private" else "telegram:-6001"
    conversation = owner if place == "private" else f"{owner}:0/6001"
    for tap in forged(victim):
        name = None if place == "private" else "Bo"
        told = sent(engine, Inbound(conversation, owner, tap=tap, language="da", name=name))
        assert SECRET not in told, tap
        assert not any(document in told for document in victim.documents), tap
        assert "gik noget galt" not in told, tap
    assert state_of(house, victim.owner) == victim.state
    assert SECRET not in str(house.store.export(owner))
    assert not house.store.documents(owner)


def test_words_about_what_is_anothers_find_only_ones_own(engine: RasaEngine, house: House, victim: Victim) -> None:
    bo = Talker(engine, "telegram:6002", "da")
    for text in (
        "/dokumenter", "/fortsaet", "/paamindelser", "/mine_data", f"vis {victim.documents[0]}",
        f"d:{victim.documents[0]}",
        f"/start s_{victim.team}", f"/start m_{victim.runs[0]}", f"/start d_{victim.documents[0]}",
        f'/document{{"id": "{victim.documents[0]}", "owner": "{victim.owner}"}}',
    ):  # fmt: skip
        bo.says(text)
        assert SECRET not in bo.text, text
        for name, content in bo.files.items():
            assert SECRET.encode() not in content, (text, name)


def test_the_store_gives_nobody_what_is_anothers(house: House, victim: Victim) -> None:
    store, stranger = house.store, "telegram:6003"
    assert all(store.run(stranger, run) is None for run in victim.runs)
    assert all(store.document_content(stranger, one) is None for one in victim.documents)
    assert all(store.reminder(stranger, one) is None for one in victim.reminders)
    assert not any(store.cancel_reminder(stranger, one) for one in victim.reminders)
    assert all(store.set_reminder(stranger, one, text="x") is None for one in victim.reminders)
    mine = store.run(victim.owner, victim.runs[0])
    assert mine is not None
    with pytest.raises(Exception, match=r"(?i)unique|duplicate"):
        store.save_run(stranger, mine)
    for wild in ("telegram:%", "telegram:500_", "%", "telegram:5001' OR '1'='1", "telegram:500\\1"):
        assert not store.runs(wild) and not store.documents(wild) and not store.reminders(wild)
    assert state_of(house, victim.owner) == victim.state


def test_anothers_button_pressed_in_ones_own_chat_is_none(
    running: Door, telegram: BotApi, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.acknowledging.BLINK", 60.0)  # a slow machine is acknowledged without a word
    anna, bo = telegram.user("Anna"), telegram.user("Bo")
    anna.says("/start c_readiness")
    step = anna.reads()
    while not any(data.startswith("1") and ":" in data and data[9:10] in "aw" for data in datas(step)):
        step = anna.taps(step.buttons[0]) and anna.reads()
    bo.says("Hvad er et partnerskab?")
    message = bo.reads()
    assert comes_true(lambda: state_of(house, f"telegram:{anna.id}")["screens"])  # noted once her step was sent
    before = state_of(house, f"telegram:{anna.id}")
    for data in datas(step):
        if data[9:10] in "awd":
            press = bo.presses(message, data)
            assert "ældre udgave" in acknowledged(press), data
    signer = Signer("9999:AAanother-bots-token")
    press = bo.presses(message, signer.sign("k:delete_my_data:yes", bo.id))
    assert "ældre udgave" in acknowledged(press)
    assert state_of(house, f"telegram:{anna.id}") == before


def acknowledged(press: Any) -> str:
    """What the presser is shown."""
    until = time.monotonic() + 10
    while not press.answers and time.monotonic() < until:
        time.sleep(0.01)
    return str(press.text)


def datas(message: Any) -> list[str]:
    return [button.data for row in message.rows for button in row if button.data]


@pytest.fixture
def running(telegram: BotApi, house: House, engine: RasaEngine) -> Any:
    with Door(telegram, house.knowledge, engine, desk=house.store, chats=house.store) as door:
        yield door


@pytest.fixture
def telegram() -> Any:
    with BotApi() as server:
        yield server
