"""Votes below answers: stored, acknowledged, shown in place; and the word that may follow."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.house import House
from bot.settings import Settings
from tests.bot.telegram.scripted import Door
from tests.botapi import BotApi, Message, Person
from tests.talker import Talker

if TYPE_CHECKING:
    from bot.engine.engine import RasaEngine

QUESTION, TOPIC = "hvad skal der stå i en samarbejdsaftale?", "agreement.content"


pytestmark = pytest.mark.usefixtures("words_in_time")


@pytest.fixture(autouse=True)
def _open(telegram: BotApi, house: House, engine: RasaEngine) -> Iterator[None]:
    with Door(telegram, house.knowledge, engine, desk=house.store):
        yield
    house.store.delete("telegram:100")


def _asked(anna: Person) -> Message:
    anna.says(QUESTION)
    return anna.reads()


def test_an_answer_has_a_row_to_vote_and_the_terminal_has_none(anna: Person, engine: RasaEngine) -> None:
    assert _asked(anna).buttons[-2:] == ["👍 Hjalp", "👎 Hjalp ikke"]
    assert not [label for label in Talker(engine).says(QUESTION).labels if "Hjalp" in label]


def test_a_vote_is_stored_acknowledged_and_shown_in_place(anna: Person, house: House) -> None:
    answer = _asked(anna)
    press = anna.taps("👍 Hjalp")
    assert anna.reads() is answer and answer.buttons[-2:] == ["✓ 👍 Hjalp", "👎 Hjalp ikke"]
    assert "Tak" in press.text and not press.alert
    assert house.store.voted(f"telegram:{anna.id}", TOPIC) is True
    assert len(anna.chat.from_bot) == 1


def test_a_vote_can_be_changed_and_stays_when_the_answer_opens(anna: Person, house: House) -> None:
    answer = _asked(anna)
    anna.taps("👍 Hjalp")
    anna.reads()
    anna.taps("👎 Hjalp ikke", answer)
    assert anna.reads() is answer and answer.buttons[-2:] == ["👍 Hjalp", "✓ 👎 Hjalp ikke"]
    assert "Hvad manglede" in anna.reads().text
    anna.taps("Mere", answer)
    assert anna.reads() is answer and answer.buttons[-2:] == ["👍 Hjalp", "✓ 👎 Hjalp ikke"]
    assert house.store.voted(f"telegram:{anna.id}", TOPIC) is False


def test_a_word_after_a_vote_is_kept_for_the_editors(anna: Person, house: House) -> None:
    _asked(anna)
    anna.taps("👎 Hjalp ikke")
    anna.reads()
    assert "redaktionen" in anna.reads().text
    anna.says("for langt og uden eksempler")
    assert "gemt det til redaktionen" in anna.reads().text
    [row] = [row for row in house.store.votes() if row["topic"] == TOPIC]
    assert row["did_not"] >= 1 and row["words"][-1] == "for langt og uden eksempler"


def test_a_question_after_a_vote_is_answered_and_not_kept(anna: Person, house: House) -> None:
    _asked(anna)
    anna.taps("👎 Hjalp ikke")
    anna.reads(), anna.reads()
    anna.says("hvordan opsiger vi aftalen?")
    assert "👍 Hjalp" in anna.reads().buttons
    assert house.store.export(f"telegram:{anna.id}")["feedback"] == []


def test_in_a_group_a_vote_is_a_persons(telegram: BotApi, anna: Person, house: House) -> None:
    bo, group = telegram.user("Bo"), telegram.group("Partnerskabsgruppen")
    anna.says(f"@makkerbot {QUESTION}", chat=group)
    answer = group.wait_for_reply()
    press, other = anna.taps("👎 Hjalp ikke", answer), bo.taps("👍 Hjalp", answer)
    telegram.wait_for_call("answerCallbackQuery", times=2)
    anna.says("@makkerbot hej", chat=group)
    group.wait_for_reply()
    assert "redaktionen" in press.text and "Tak" in other.text
    assert house.store.voted(f"telegram:{anna.id}", TOPIC) is False
    assert house.store.voted(f"telegram:{bo.id}", TOPIC) is True
    assert house.store.voted(f"telegram:{group.id}", TOPIC) is None
    house.store.delete(f"telegram:{bo.id}")


def test_a_vote_in_a_walkthrough_leaves_the_step_alone(telegram: BotApi, anna: Person) -> None:
    anna.says("/start c_readiness")
    anna.taps(anna.reads().buttons[0])
    anna.reads()
    answer = _asked(anna)
    step = anna.reads()
    before = len(anna.chat.from_bot)
    anna.taps("👎 Hjalp ikke", answer)
    assert anna.reads() is answer
    anna.taps("Ja", step)
    anna.reads()
    assert len(anna.chat.from_bot) == before


def test_votes_and_words_are_exported_and_deleted_with_the_rest(engine: RasaEngine, house: House) -> None:
    someone = Talker(engine)
    someone.sends(f"v:{TOPIC}:down")
    someone.says("mangler et eksempel")
    exported = house.store.export(someone.name)
    assert [row["topic"] for row in exported["votes"]] == [TOPIC] == [row["topic"] for row in exported["feedback"]]
    assert exported["votes"][0]["version"] == house.knowledge.version
    house.store.delete(someone.name)
    assert house.store.voted(someone.name, TOPIC) is None


@pytest.mark.parametrize("tap", ["v:gone.topic:up", "v:agreement.content:sideways"])
def test_a_vote_that_means_nothing_changes_nothing(engine: RasaEngine, house: House, tap: str) -> None:
    someone = Talker(engine).sends(tap)
    assert len(someone.replies) == 1
    assert house.store.export(someone.name)["votes"] == []


def test_a_short_no_ends_it_and_another_topic_is_offered(engine: RasaEngine) -> None:
    someone = Talker(engine).sends(f"v:{TOPIC}:down").says("nej")
    assert "stemme er gemt" in someone.text
    someone.sends(f"v:{TOPIC}:down").says("moms")
    assert "ledte efter" in someone.text and someone.labels == ["Moms, tilskud og faktura"]


def test_the_editors_see_what_helped_and_what_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAKKER_DATA_DIR", str(tmp_path))
    store = House(Settings(_env_file=None, data_dir=tmp_path)).store
    for number, helped in enumerate((True, True, False)):
        store.vote(f"telegram:{number}", TOPIC, helped, "v1")
    store.vote("telegram:0", TOPIC, False, "v2")
    store.vote("telegram:0", "law.vat", True, "v2")
    store.add_feedback("telegram:0", "for\nlangt", TOPIC)
    told = json.loads(CliRunner().invoke(app, ["votes", "--json"]).stdout)
    assert told == [
        {"topic": TOPIC, "helped": 1, "did_not": 2, "words": ["for\nlangt"]},
        {"topic": "law.vat", "helped": 1, "did_not": 0, "words": []},
    ]
    lines = CliRunner().invoke(app, ["votes"]).stdout.splitlines()
    assert lines[0].split()[:3] == ["1", "2", TOPIC] and lines[1] == "\tfor langt"
