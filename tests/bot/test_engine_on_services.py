"""The real engine over PostgreSQL and Redis: two replicas in one conversation, and what users meet in an outage."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.door import Inbound
from bot.engine.engine import RasaEngine
from bot.errors import AwayError
from bot.house import House
from bot.settings import Settings
from dialogues.turn import Services
from dialogues.walkthrough.state import Run
from tests.conftest import NOW, TODAY
from tests.services import Postgres, Redis
from tests.services.fixtures import migrated
from tests.talker import Talker

READINESS = ("delvist", "ja", "nej", "ja", "nej", "ja", "ja")
APOLOGY = "Der gik noget galt hos mig"


@pytest.fixture(scope="module")
def replicas(
    model_dir: Path, postgres: Postgres, redis_server: Redis, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[RasaEngine]]:
    """Two engines as two processes would have them: of one another they know but the database and Redis."""
    database = postgres.database(migrated)
    settings = Settings(
        _env_file=None,
        model_dir=model_dir,
        data_dir=tmp_path_factory.mktemp("data"),
        database_url=database,
        redis_url=redis_server.empty(),
    )
    houses = [House(settings), House(settings)]
    engines = [
        RasaEngine(
            house.model, Services(house.knowledge, house.store, lambda: TODAY, lambda: NOW), house.store, house._locks()
        )
        for house in houses
    ]
    yield engines
    for house, engine in zip(houses, engines, strict=True):
        engine.close()
        house.store.engine.dispose()
    postgres.drop(database)


@pytest.fixture
def anne(replicas: list[RasaEngine]) -> Talker:
    return Talker(replicas[0], language="da")


def the_run(talker: Talker) -> Run:
    return talker.engine._services.store.runs(talker.name)[0]


def test_a_walkthrough_goes_to_its_papers_whichever_replica_answers(replicas: list[RasaEngine], anne: Talker) -> None:
    anne.sends("c:readiness:quick")
    for number, answer in enumerate(READINESS):
        anne.engine = replicas[number % 2]
        anne.says(answer)
        assert "gik noget galt" not in anne.text
        if number == 3:
            anne.says("hvem må skrive under på en aftale?")
            assert anne.replies[0].outcome == "answer"
    assert "Resultat" in anne.text
    assert anne.files and all(anne.files.values())
    assert len(the_run(anne).answers) == len(READINESS)


def test_turns_of_one_conversation_at_both_replicas_are_all_taken(replicas: list[RasaEngine], anne: Talker) -> None:
    async def scene() -> list[str]:
        asked = [
            replicas[number % 2].handle(Inbound(anne.name, anne.name, text="hvad er et partnerskab?", language="da"))
            for number in range(10)
        ]
        return [replies[0].outcome for replies in await asyncio.gather(*asked)]

    assert asyncio.run(scene()) == ["answer"] * 10
    stored = replicas[0]._services.store.conversation(anne.name)
    assert stored is not None and stored[1] == 10


def test_what_two_replicas_answer_at_the_same_time_is_answered_once(replicas: list[RasaEngine], anne: Talker) -> None:
    """One of them was taken for dead, and was at it still."""
    anne.sends("c:readiness:quick").says("delvist")
    before = the_run(anne)
    said = Inbound(anne.name, anne.name, text="ja", language="da", id="8")

    async def scene() -> list[list[str]]:
        both = await asyncio.gather(*(replica.handle(said) for replica in replicas))
        return [[reply.text for reply in replies] for replies in both]

    first, second = asyncio.run(scene())
    assert first == second
    assert len(the_run(anne).answers) == len(before.answers) + 1


def test_while_postgresql_is_away_users_are_told_and_afterwards_it_goes_on(postgres: Postgres, anne: Talker) -> None:
    anne.sends("c:readiness:quick").says("delvist")
    before = the_run(anne)
    postgres.stop()
    try:
        assert anne.says("ja").text.startswith(APOLOGY)
        asked = Inbound(anne.name, anne.name, text="hvad er et partnerskab?", language="da", id="7")
        with pytest.raises(AwayError):  # what can come again is to come again
            asyncio.run(anne.engine.handle(asked))
    finally:
        postgres.start()
    assert the_run(anne) == before
    assert asyncio.run(anne.engine.handle(asked))[0].outcome == "answer"
    anne.says("ja")
    assert APOLOGY not in anne.text
    assert len(the_run(anne).answers) == len(before.answers) + 1


@pytest.mark.parametrize("how", ["stop", "kill"])
def test_a_postgresql_that_is_started_anew_between_two_turns_isnt_noticed(
    postgres: Postgres, anne: Talker, how: str
) -> None:
    anne.sends("c:readiness:quick").says("delvist")
    before = the_run(anne)
    getattr(postgres, how)()
    postgres.start()
    assert the_run(anne) == before, "what was answered is there"
    assert APOLOGY not in anne.says("ja").text


def test_a_turn_in_whose_middle_postgresql_goes_is_taken_whole_or_not_at_all(
    postgres: Postgres, anne: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    anne.sends("c:readiness:quick").says("delvist")
    before, store = the_run(anne), anne.engine._services.store
    saves = store.save_conversation

    def goes(*arguments: object, **named: object) -> bool:
        monkeypatch.setattr(store, "save_conversation", saves)
        postgres.kill()
        return saves(*arguments, **named)

    monkeypatch.setattr(store, "save_conversation", goes)
    assert APOLOGY in anne.says("ja").text
    postgres.start()
    after = the_run(anne)
    anne.says("ja")
    assert APOLOGY not in anne.text
    assert len(after.answers) - len(before.answers) in (0, 1)
    assert len(the_run(anne).answers) == len(before.answers) + 1, "the same answer, given again, is one answer"


def test_while_redis_is_away_it_goes_on(redis_server: Redis, anne: Talker) -> None:
    anne.sends("c:readiness:quick").says("delvist")
    before = the_run(anne)
    redis_server.stop()
    try:
        assert APOLOGY not in anne.says("ja").text
    finally:
        redis_server.start()
    assert APOLOGY not in anne.says("nej").text
    assert len(the_run(anne).answers) == len(before.answers) + 2
    assert redis_server.client.keys() == []
