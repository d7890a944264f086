"""The course in the store: it survives a restart, is its owner's, and one reminder of it waits, to be said once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.reminders import Outbox
from bot.store.database import connect
from bot.store.store import SqlStore
from dialogues.course.state import Course
from knowledge.loader import load
from tests.bot.test_store_reminders import set_free

ANNE, BO = "telegram:1", "telegram:2"
DUE = datetime(2027, 3, 3, 8, 0, tzinfo=timezone.utc)
DAY = timedelta(days=1)
COURSE = Course(
    started=date(2027, 3, 1),
    touched=date(2027, 3, 2),
    at="pot",
    part="quiz",
    passing={"pot/q1": "a"},
    done={"leaf": date(2027, 3, 1)},
    right={"leaf": 2},
    cards={"leaf/q1": {"due": "2027-03-02T00:00:00+00:00"}},
    ends={"tin": ("alone", "shared")},
    tested=(3, 4),
    notes={"leaf": "Tal om æ, ø og å"},
    hour="09:00",
    shared="abcdefgh",
)


@pytest.fixture
def store(tmp_path: Path) -> SqlStore:
    return SqlStore(connect(f"sqlite:///{tmp_path / 'makker.db'}"))


def remind(store: SqlStore, due: datetime | None = DUE, owner: str = ANNE) -> None:
    store.remind_of_course(owner, f"{owner}:0", "Dagens lektion", due, "da")


def test_a_course_survives_a_restart_and_is_its_owners(store: SqlStore, tmp_path: Path) -> None:
    store.save_course(ANNE, COURSE)
    store.engine.dispose()
    again = SqlStore(connect(f"sqlite:///{tmp_path / 'makker.db'}"))
    assert again.course(ANNE) == COURSE == again.shared_course("abcdefgh")
    assert again.course(BO) is None
    again.save_course(ANNE, COURSE.with_(shared=None))
    assert again.shared_course("abcdefgh") is None


def test_many_begin_and_answer_at_once(store: SqlStore) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: store.save_course(f"test:{number % 5}", COURSE.with_(shared=None)), range(40)))
    assert all(store.course(f"test:{number}") for number in range(5))


def test_one_reminder_waits_whatever_is_set(store: SqlStore) -> None:
    for number in range(3):
        remind(store, DUE + number * DAY)
    remind(store, owner=BO)
    (waiting,) = store.reminders(ANNE)
    assert (waiting.due, waiting.course, waiting.place) == (DUE + 2 * DAY, True, "telegram:1:0")
    remind(store, None)
    assert store.reminders(ANNE) == [] and len(store.reminders(BO)) == 1


def test_another_reminder_of_the_learners_is_let_be(store: SqlStore) -> None:
    own = store.add_reminder(ANNE, f"{ANNE}:0", "mødet", DUE, "da")
    remind(store)
    remind(store, None)
    assert store.reminders(ANNE) == [own]


def test_it_is_said_by_one_of_many(store: SqlStore) -> None:
    store.save_course(ANNE, COURSE)
    remind(store)
    boxes = [Outbox(store, load(), lambda: DUE) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        claimed = [one for one in pool.map(lambda box: box.claim("telegram"), boxes) if one]
    ((reminder, reply),) = claimed
    assert "Dagens lektion" in reply.text
    boxes[0].end(reminder, "sent")
    (waiting,) = store.reminders(ANNE)
    assert (waiting.id, waiting.due) == (reminder.id, DUE + DAY)
    assert boxes[1].claim("telegram") is None


def test_a_process_that_dies_while_it_says_it(store: SqlStore) -> None:
    store.save_course(ANNE, COURSE)
    remind(store)
    assert store.claim_reminder("telegram", DUE) is not None
    assert set_free(store) == 1
    assert store.claim_reminder("telegram", DUE + timedelta(minutes=5)) is not None
    assert store.claim_reminder("telegram", DUE + timedelta(minutes=5)) is None


def test_the_learner_does_something_while_it_is_said(store: SqlStore) -> None:
    store.save_course(ANNE, COURSE)
    remind(store)
    claimed = store.claim_reminder("telegram", DUE)
    assert claimed is not None
    remind(store, DUE + DAY)
    store.reminder_sent(claimed.id, DUE + DAY)
    (waiting,) = store.reminders(ANNE)
    assert waiting.due == DUE + DAY


@pytest.mark.parametrize("told", ["sent", "later"])
def test_the_learner_stops_while_it_is_said(store: SqlStore, told: str) -> None:
    store.save_course(ANNE, COURSE)
    remind(store)
    box = Outbox(store, load(), lambda: DUE)
    claimed = box.claim("telegram")
    assert claimed is not None
    store.save_course(ANNE, COURSE.with_(hour=None))
    remind(store, None)
    box.end(claimed[0], told)  # type: ignore[arg-type]
    assert store.reminders(ANNE) == [] and store.claim_reminder("telegram", DUE + DAY) is None


def test_one_that_was_lost_comes_again_when_the_learner_does_something(store: SqlStore) -> None:
    store.save_course(ANNE, COURSE)
    remind(store)
    box = Outbox(store, load(), lambda: DUE)
    claimed = box.claim("telegram")
    assert claimed is not None
    box.end(claimed[0], "lost")  # the learner has blocked the bot
    assert store.reminders(ANNE) == []
    remind(store, DUE + DAY)
    assert [one.due for one in store.reminders(ANNE)] == [DUE + DAY]


def test_deletion_takes_course_reminder_and_link(store: SqlStore) -> None:
    store.save_course(ANNE, COURSE)
    remind(store)
    assert store.export(ANNE)["courses"][0]["state"]["notes"] == COURSE.notes
    counts = store.delete(ANNE)
    assert (counts["courses"], counts["reminders"]) == (1, 1)
    assert store.course(ANNE) is None and store.shared_course("abcdefgh") is None and store.reminders(ANNE) == []
