"""What somebody is shown of their data, and what is left of it once it is deleted: through the engine, on disk."""

from __future__ import annotations

import asyncio
import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from bot.door import Inbound
from tests.bot.test_store_privacy import on_disk
from tests.talker import Talker

if TYPE_CHECKING:
    from bot.engine.engine import RasaEngine
    from bot.house import House

_birds = (f"Kanariefugl{letters}" for letters in ("abe", "bil", "cykel", "dyne", "egern", "fisk", "gris", "hat"))


@pytest.fixture
def bird() -> str:
    """A word that nobody else writes: in what is asked, answered, wished for and made."""
    return next(_birds)


@pytest.fixture
def anna(engine: RasaEngine, bird: str) -> Talker:
    """Somebody who has used all there is."""
    anna = Talker(engine)
    anna.says(f"hvad er et partnerskab med {bird}?")
    anna.says(f"{bird} xyzzy qwerty?")
    anna.says("jeg vil gerne give feedback").says(f"{bird} siger tak")
    anna.says(f"mind mig om {bird} om en uge")
    anna.says("lav et udkast til en dagsorden").taps("Hurtigt").says(bird)
    while not any(reply.attachments for reply in anna.replies):
        anna.taps("Spring over")
    return anna


def test_feedback_may_stand_behind_its_command(engine: RasaEngine, house: House) -> None:
    bo = Talker(engine)
    asyncio.run(bo.engine.handle(Inbound(bo.name, bo.name, "Zebraros til jer", "k:give_feedback")))
    assert "Zebraros til jer" in json.dumps(house.store.export(bo.name), ensure_ascii=False, default=str)
    bo.says("hvad er et partnerskab?")
    assert "partnerskab" not in json.dumps(house.store.export(bo.name)["feedback"], default=str)


def archive(anna: Talker) -> zipfile.ZipFile:
    anna.says("vis mine data")
    [(name, content)] = anna.files.items()
    assert name == "mine-data.zip"
    return zipfile.ZipFile(io.BytesIO(content))


def test_all_of_it_is_in_one_file_that_people_can_read(anna: Talker, bird: str) -> None:
    found = archive(anna)
    names = set(found.namelist())
    data = json.loads(found.read("mine-data.json"))
    assert {"mine-data.json", "LÆS MIG.txt"} <= names
    assert "tjeklister" in found.read("LÆS MIG.txt").decode()
    assert data["conversations"] and data["person"]
    for kind in ("walkthroughs", "reminders", "feedback"):
        assert bird in json.dumps(data[kind], ensure_ascii=False), kind
    [run] = data["walkthroughs"]
    assert run["title"] and all({"question", "answer"} <= set(step) for step in run["in_words"]) and run["in_words"]
    assert data["documents"] and {row["file"] for row in data["documents"]} == {
        name for name in names if name.startswith("dokumenter/")
    }


def test_documents_are_in_it_as_they_are_and_files_made_before_are_not(anna: Talker, house: House) -> None:
    house.store.add_document(anna.name, "", "Aftale.pdf", "application/pdf", b"%PDF whole")
    archive(anna)
    found = archive(anna)
    [name] = [name for name in found.namelist() if name.endswith("Aftale.pdf")]
    assert found.read(name) == b"%PDF whole"
    assert not any(name.endswith("mine-data.zip") for name in found.namelist())


def test_of_another_nothing_is_in_it(anna: Talker, bird: str, engine: RasaEngine) -> None:
    found = archive(Talker(engine).says("hej"))
    assert not any(bird.encode() in found.read(name) for name in found.namelist())
    assert not any(name.startswith("dokumenter/") for name in found.namelist())


def test_after_a_deletion_nothing_is_left_on_the_disk_and_the_receipt_says_so(
    anna: Talker, bird: str, house: House
) -> None:
    archive(anna)
    folder = house.settings.data_dir
    assert on_disk(folder, bird) and house.store.documents(anna.name)
    anna.says("slet mine data").taps("Ja, slet alt")
    assert "Alt er slettet: tjeklister (1)" in anna.text and "fandt intet" in anna.text
    assert "beskeder til redaktionen (1)" in anna.text
    assert house.store.traces(anna.name, deep=True) == {}
    assert on_disk(folder, bird) == []


def test_in_a_group_nobody_deletes_by_words_what_the_door_has_not_let_through(engine: RasaEngine, house: House) -> None:
    group, here = "telegram:-777", "telegram:-777:0/42"

    def says(text: str | None = None, tap: str | None = None) -> str:
        inbound = Inbound(here, group, text, tap, "da", "Bo")
        return asyncio.run(engine.handle(inbound))[0].text

    house.store.add_feedback(group, "gruppens", None)
    says("slet alle mine data")
    assert "slettet" not in says("ja")
    says("vis mine data")
    assert len(house.store.export(group)["feedback"]) == 1 and house.store.documents(group) == []
    assert "gruppen" in says(tap="k:delete_my_data:group")
    assert "Gruppens data er slettet" in says(tap="k:delete_my_data:group-yes")
    assert house.store.traces(group, deep=True) == {}
