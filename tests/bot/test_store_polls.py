"""Polls in the store: whose each is, what its answers mean, and what becomes of one whose name was never noted."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from bot.store.polls import KEPT
from bot.store.rows import now
from bot.store.store import SqlStore
from bot.store.tables import polls

ANNE, BO = "telegram:1", "telegram:2"
PLACE, ELSEWHERE = "telegram:1:0:1", "telegram:2:0:2"
TAPS = ["l:a:q:network:q1:a", "l:a:q:network:q1:b"]


def ask(store: SqlStore, poll: str, taps: list[str] = TAPS) -> None:
    store.expect_poll(ANNE, PLACE, taps)
    store.name_poll(PLACE, poll)


def test_a_poll_is_its_owners(store: SqlStore) -> None:
    ask(store, "5001")
    ask(store, "5002", TAPS[::-1])
    assert store.poll_taps("5001", ANNE) == TAPS
    assert store.poll_taps("5002", ANNE) == TAPS[::-1]
    assert store.poll_taps("5001", BO) == []
    assert store.poll_taps("5003", ANNE) is None


def test_one_without_a_name_is_the_first_unknown_one_that_its_owner_answers(store: SqlStore) -> None:
    store.expect_poll(ANNE, PLACE, TAPS)  # and the process is killed
    assert store.poll_taps("5001", BO) is None
    assert store.poll_taps("5001", ANNE) == TAPS
    assert store.poll_taps("5001", ANNE) == TAPS
    assert store.poll_taps("5002", ANNE) is None
    store.name_poll(PLACE, "5001")  # it wasn't killed, but slow
    assert store.poll_taps("5001", ANNE) == TAPS


def test_one_that_was_not_sent_is_none(store: SqlStore) -> None:
    store.expect_poll(BO, ELSEWHERE, TAPS)
    store.expect_poll(ANNE, PLACE, TAPS[::-1])
    store.expect_poll(ANNE, PLACE, TAPS)  # the one before had never come
    store.drop_poll(PLACE)
    assert store.poll_taps("5001", ANNE) is None
    assert store.poll_taps("5001", BO) == TAPS


def test_old_ones_are_forgotten(store: SqlStore) -> None:
    ask(store, "5001")
    ask(store, "5002")
    with store.engine.begin() as connection:
        old = now() - KEPT - timedelta(minutes=1)
        connection.execute(update(polls).where(polls.c.id == "5001").values(created=old))
    store.expect_poll(BO, ELSEWHERE, TAPS)
    assert store.poll_taps("5001", ANNE) is None
    assert store.poll_taps("5002", ANNE) == TAPS


def test_they_are_shown_and_deleted_with_their_owners_data(store: SqlStore) -> None:
    ask(store, "5001")
    assert [row["taps"] for row in store.export(ANNE)["polls"]] == [TAPS]
    store.delete(ANNE)
    assert store.export(ANNE)["polls"] == []
    assert store.poll_taps("5001", ANNE) is None
