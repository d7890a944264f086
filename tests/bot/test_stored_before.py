"""A process died after it had stored an answer, and before it had noted that it had: the answer comes again."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.door import Inbound
from bot.engine.engine import RasaEngine
from dialogues import taps
from dialogues.course import buttons as verbs
from tests.talker import Talker, conversation_lost, twice

SIX = ("delvist", "ja", "nej", "ja", "nej", "ja")
_NO_PDF = """
CREATE TRIGGER no_pdf BEFORE INSERT ON documents WHEN NEW.mime = 'application/pdf' BEGIN SELECT RAISE(ABORT, ''); END
"""


def comes_again(engine: RasaEngine, talker: Talker, label: str) -> tuple[Inbound, str]:
    """Presses a button, of which only what it changes is stored, and the same press once more, which has to show the
    same; gives the press and what it shows."""
    tap = next(choice.tap for choice in talker.buttons if choice.label == label)
    press = Inbound(talker.name, talker.name, tap=tap, language="da", id="77")
    return press, twice(engine, press)[0].text


@pytest.mark.parametrize("answered", [3, 6], ids=["in the middle", "at the end"])
def test_it_is_told_and_the_walkthrough_goes_on_where_it_stands(engine: RasaEngine, answered: int) -> None:
    anne = Talker(engine, language="da").sends("c:readiness:quick")
    for words in SIX[:answered]:
        anne.says(words)
    with conversation_lost(engine, anne.name):
        anne.says("ja")
    once = anne.says("ja")
    assert once.text.startswith("Jeg havde allerede gemt dit forrige svar")
    if answered == len(SIX):
        assert "Resultat" in once.text and len(once.files) >= 2
    else:
        assert len(engine._services.store.runs(anne.name)[0].answers) == answered + 1


def test_it_is_so_for_who_presses(engine: RasaEngine) -> None:
    anne = Talker(engine, language="da").sends("c:readiness:quick")
    for words in SIX:
        anne.says(words)
    store, yes = engine._services.store, next(choice.tap for choice in anne.buttons if choice.label == "Ja")
    with conversation_lost(engine, anne.name):
        anne.sends(yes)
    anne.sends(yes)
    assert "Resultat:" in anne.text and len(anne.files) >= 2
    assert len(store.documents(anne.name)) == len(anne.files)


def test_papers_of_which_not_all_could_be_stored_are_not_there_twice(engine: RasaEngine) -> None:
    anne = Talker(engine, language="da").sends("c:readiness:quick")
    for words in SIX:
        anne.says(words)
    store, yes = engine._services.store, next(choice.tap for choice in anne.buttons if choice.label == "Ja")
    with store.engine.begin() as connection:  # the Word file can be stored, and then no more, as where a process ends
        connection.exec_driver_sql(_NO_PDF)
    try:
        with conversation_lost(engine, anne.name):
            anne.sends(yes)
    finally:
        with store.engine.begin() as connection:
            connection.exec_driver_sql("DROP TRIGGER no_pdf")
    assert store.documents(anne.name) == [] and store.runs(anne.name)[0].edition == 0
    anne.sends(yes)
    assert len(store.documents(anne.name)) == len(anne.files) >= 2


def test_a_pause_that_comes_again_is_still_one(engine: RasaEngine) -> None:
    anne = Talker(engine, language="da").sends("c:readiness:quick")
    anne.says("ja")
    store, name = engine._services.store, anne.name
    comes_again(engine, anne, "Pause")
    assert [run.status for run in store.runs(name)] == ["paused"]


def test_what_comes_again_is_not_done_again(engine: RasaEngine) -> None:
    """Going back is no answer: done twice it would lead elsewhere."""
    anne = Talker(engine, language="da").sends("c:readiness:quick")
    for words in SIX[:3]:
        anne.says(words)
    press, shown = comes_again(engine, anne, "Tilbage")
    third = asyncio.run(engine.handle(replace(press, id="78")))
    assert third[0].text != shown


@pytest.mark.parametrize("text", ["slet", "start forfra"])
def test_what_a_walkthrough_asks_in_between_is_asked_again(engine: RasaEngine, text: str) -> None:
    anne = Talker(engine, language="da").sends("c:agreement:quick").says("Musikskolen")
    twice(engine, Inbound(anne.name, anne.name, text, language="da", id="80"))


@pytest.mark.parametrize("right", [0, 1, 2])
def test_an_answer_in_the_course_that_comes_again_counts_as_it_did(engine: RasaEngine, right: int) -> None:
    anne, store = Talker(engine, language="da").says("hej"), engine._services.store
    lesson = next(iter(engine._services.knowledge.lessons))
    for _ in range(2):  # its first question, and one in the middle
        anne.sends(taps.tap(taps.COURSE, verbs.QUIZ, lesson))
        asked = [choice.label for choice in anne.buttons if f":{verbs.ANSWER}:" in choice.tap]
        press, _ = comes_again(engine, anne, asked[right])
        assert press.tap
        course = store.course(anne.name)
        assert course and course.passing.popitem()[1] == press.tap.rpartition(":")[2]


def test_a_reminder_that_is_asked_for_again_is_one(engine: RasaEngine) -> None:
    anne = Talker(engine, language="da").says("hej")
    twice(engine, Inbound(anne.name, anne.name, "mind mig om kaffen", language="da", id="78"))
    assert engine._services.store.traces(anne.name)["reminders"] == 1


def test_a_reminder_that_is_moved_again_is_moved_once(engine: RasaEngine) -> None:
    """A day back, and not two."""
    anne = Talker(engine, language="da").says("mind mig om kaffen den 22. marts").taps("Andet tidspunkt")
    comes_again(engine, anne, "Dagen før")
    (reminder,) = engine._services.store.reminders(anne.name)
    assert reminder.due.day == 21


def test_feedback_that_comes_again_is_one(engine: RasaEngine) -> None:
    anne = Talker(engine, language="da").says("jeg vil gerne give feedback")
    twice(engine, Inbound(anne.name, anne.name, "I glemte musikskolerne", language="da", id="79"))
    anne.says("jeg vil gerne give feedback")
    twice(engine, Inbound(anne.name, anne.name, "I glemte musikskolerne", language="da", id="81"))
    assert engine._services.store.traces(anne.name)["feedback"] == 2
