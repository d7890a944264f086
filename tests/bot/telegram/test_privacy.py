"""Privacy in Telegram: told at first contact, however somebody comes; a group's data in its administrators' hands."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from bot.store import privacy
from bot.store.holding import Holding
from bot.store.tables import metadata
from tests.bot.telegram.scripted import Door
from tests.bot.test_store_privacy import on_disk
from tests.botapi import BotApi, Person

if TYPE_CHECKING:
    from bot.engine.engine import RasaEngine
    from bot.house import House


@pytest.fixture
def real(telegram: BotApi, house: House, engine: RasaEngine) -> Iterator[Door]:
    """The bot as it is run: everybody is told what is stored."""
    telling = house.with_first_contact(engine)
    with Door(telegram, house.knowledge, telling, desk=house.store, chats=house.store) as door:
        yield door


@pytest.mark.parametrize("said", ["/start", "/start t_agreement_sign", "/start c_readiness", "hvem må skrive under?"])
def test_whoever_comes_is_told_below_the_first_answer(telegram: BotApi, real: Door, house: House, said: str) -> None:
    bo = telegram.user("Bo")
    house.store.delete(f"telegram:{bo.id}")
    bo.says(said)
    bo.reads()
    told = bo.reads()
    assert "Om dine data" in told.text and "/slet" in told.text
    bo.taps("Hvad gemmer Makker om mig?", told)
    while "dataansvarlig" not in bo.reads().text and "Jeg gemmer" not in bo.chat.from_bot[-1].text:
        pass
    bo.says("/hjaelp")
    while "Stil et spørgsmål" not in bo.reads().text:
        pass
    assert sum("Om dine data" in message.text for message in bo.chat.from_bot) == 1


def test_only_an_administrator_has_the_groups_data_deleted(
    telegram: BotApi, real: Door, anna: Person, house: House
) -> None:
    group, bo = telegram.group("Partnerskabsgruppen"), telegram.user("Bo")
    owner = f"telegram:{group.id}"
    house.store.add_feedback(owner, "Gruppefuglen", None)
    group.statuses[anna.id] = {"status": "creator", "is_anonymous": False}
    bo.says("/slet", chat=group)
    assert "kun en administrator" in group.wait_for_reply().text
    anna.says("/slet", chat=group)
    asked = _with_buttons(group)
    assert "gemt om gruppen" in asked.text
    bo.taps("Ja, slet alt", asked)
    assert "kun en administrator" in _saying(group, "kun en administrator", after=asked).text
    assert house.store.export(owner)["feedback"]
    anna.taps("Ja, slet alt", asked)
    assert telegram.world.wait(lambda: "Gruppens data er slettet" in asked.text, 10)
    assert house.store.traces(owner, deep=True) == {}
    assert on_disk(house.settings.data_dir, "Gruppefuglen") == []


def test_nothing_of_the_updates_themselves_is_left_by_which_somebody_is_known(
    telegram: BotApi, house: House, engine: RasaEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(privacy, "_ANSWERED", 1.0)
    cleo = telegram.user("Cleopatrix", username="cleo_hemmelig")
    telling, database = house.with_first_contact(engine), house.store.engine
    with Door(telegram, house.knowledge, telling, desk=house.store, chats=house.store, seen=Holding(database)):
        for said in ("hej", "/slet"):
            cleo.says(said)
        cleo.taps("Ja, slet alt", _with_buttons(cleo.chat))
        while "fandt intet" not in cleo.reads().text:
            pass
        until = time.monotonic() + 20
        while on_disk(house.settings.data_dir, "cleo_hemmelig") and time.monotonic() < until:
            time.sleep(0.1)
    assert on_disk(house.settings.data_dir, "cleo_hemmelig") == []
    assert house.store.traces(f"telegram:{cleo.id}", deep=True) == {}
    with database.connect() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(select(table)):
                assert str(cleo.id) not in map(str, row), table.name


def _with_buttons(group):
    message = group.wait_for_reply()
    while not message.buttons or "slet" not in " ".join(message.buttons):
        message = group.wait_for_reply()
    return message


def _saying(group, words: str, after):
    message = group.wait_for_reply()
    while words not in message.text or message.id < after.id:
        message = group.wait_for_reply()
    return message
