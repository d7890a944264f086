"""Whatever people type comes back as it went in, over every database, less what none can hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import String, select
from sqlalchemy.exc import DBAPIError

from bot.engine.engine import clean
from bot.store.database import connect
from bot.store.holding import Came, Holding
from bot.store.rows import new_id
from bot.store.store import MAX_FILE_NAME, SqlStore
from bot.store.tables import feedback, metadata
from bot.store.words import sound
from dialogues.walkthrough.state import Answer, Run
from knowledge.loader import load
from tests.services import Postgres
from tests.services.fixtures import migrated

ANNE = "telegram:1"
DUE = datetime(2027, 3, 3, 8, tzinfo=timezone.utc)
ODD = "\0%_\\/'\"\u202eאב🏳️‍🌈\ud83d\ude00\ud800\u2028\x1b[0m{{7*7}} "
anything = st.text(alphabet=st.characters(codec=None), max_size=60) | st.text(
    alphabet="aæ\0\ud800\udfff😀%_\\'\"\u202e\n", max_size=20
)
often = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def one(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlStore]:
    """A store for the whole module."""
    url = f"sqlite:///{tmp_path_factory.mktemp('words') / 'makker.db'}"
    if request.param == "postgresql":
        postgres: Postgres = request.getfixturevalue("postgres")
        url = postgres.database(migrated)
    fresh = SqlStore(connect(url))
    yield fresh
    fresh.engine.dispose()


@often
@example(ODD)
@given(anything)
def test_words_come_back_less_what_no_database_can_hold(one: SqlStore, text: str) -> None:
    one.add_feedback(ANNE, text, None)
    with one.engine.connect() as connection:
        assert connection.scalar(select(feedback.c.text).order_by(feedback.c.id.desc()).limit(1)) == sound(text)
    said = one.add_reminder(ANNE, "telegram:1:0:1", f"x{text}", DUE, "da")
    assert (said.text, said.due) == (sound(f"x{text}"), DUE)
    assert one.add_reminder(ANNE, "telegram:1:0:1", f"x{text}", DUE, "da") == said
    team = one.add_team(ANNE, "telegram:1", "agreement", "quick", "da", text)
    assert one.team(team.id).name == sound(text)
    paper = one.add_document(ANNE, "", text, "text/plain", text.encode("utf-8", "ignore"))
    found = one.document_content(ANNE, paper)
    assert found and found[0].file_name == sound(text[:MAX_FILE_NAME])
    assert bytes(found[1]) == text.encode("utf-8", "ignore")


@often
@example(ODD)
@given(anything)
def test_what_the_engine_lets_in_comes_back_to_the_letter(one: SqlStore, text: str) -> None:
    typed = clean(text)
    assert sound(typed) == typed
    run = Run(new_id(), "agreement", answers={"partner": Answer(typed)}, at="purpose")
    one.save_run(ANNE, run)
    assert one.run(ANNE, run.id) == run
    stored = one.conversation("c")
    version = stored.version if stored else 0
    assert one.save_conversation("c", ANNE, [{"event": "user", "text": typed}], version)
    assert one.conversation("c") == ([{"event": "user", "text": typed}], version + 1, None)


@often
@example(ODD)
@given(anything)
def test_an_update_waits_as_it_came(one: SqlStore, text: str) -> None:
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")  # the halves of a pair meet
    number = int(new_id().encode().hex(), 16) % 2**60
    came = Came(number, str(number), {"text": text})
    holding = Holding(one.engine)
    assert holding.take_updates([came]) == [came]
    holding.leave()
    assert [found.says for found in Holding(one.engine).adopt_updates() if found.number == number] == [came.says]


@often
@given(anything, anything)
def test_nobody_is_found_by_a_name_like_theirs(one: SqlStore, first: str, second: str) -> None:
    """Signs that a database reads as wildcards, and large and small letters."""
    names = [f"terminal:{sound(name)}"[:100] for name in (first, second)]
    for name in names:
        one.add_reminder(name, f"{name}:0", "mødet", DUE, "da")
    found = one.claim_reminder(names[0], DUE)
    while found:
        assert found.place.startswith(f"{names[0]}:")
        found = one.claim_reminder(names[0], DUE)


def test_large_and_small_letters_are_two_people(store: SqlStore) -> None:
    store.add_reminder("terminal:anna", "terminal:anna:0", "mødet", DUE, "da")
    assert store.claim_reminder("terminal:Anna", DUE) is None
    assert store.claim_reminder("terminal:ann_", DUE) is None
    assert store.claim_reminder("terminal:anna", DUE) is not None


def test_a_very_long_text_is_kept_whole(store: SqlStore) -> None:
    text = "partnerskab 😀 " * 20_000
    store.add_feedback(ANNE, text, None)
    assert store.export(ANNE)["feedback"][0]["text"] == text


def test_errors_dont_tell_what_was_to_be_stored(store: SqlStore) -> None:
    run = Run("aaaaaaaa", "agreement", answers={"partner": Answer("hemmelig")}, at="purpose")
    store.save_run(ANNE, run)
    with pytest.raises(DBAPIError) as error:
        store.save_run("telegram:2", run)
    assert "hemmelig" not in str(error.value)


def test_what_the_content_names_fits_into_its_columns() -> None:
    """PostgreSQL holds us to the lengths; SQLite doesn't."""
    knowledge = load()

    def room(table: str, column: str) -> int:
        kind = metadata.tables[table].c[column].type
        assert isinstance(kind.impl, String)
        return int(kind.impl.length or 0)

    longest_topic = max(map(len, knowledge.topics))
    assert longest_topic <= min(room("feedback", "topic"), room("votes", "topic"))
    assert max(map(len, knowledge.checklists)) <= min(room("runs", "checklist"), room("teams", "checklist"))


def test_a_database_of_another_encoding_is_told(postgres: Postgres) -> None:
    from bot.errors import StartError

    postgres._ask("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'")
    with pytest.raises(StartError, match="LATIN1"):
        connect(postgres.url("latin"))
