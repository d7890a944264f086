"""A menu in the middle of a walkthrough stands alone, with the way back; the walkthrough stays open below it."""

from __future__ import annotations

import pytest

from dialogues.walkthrough.state import Run
from tests.talker import Talker

LISTS = ("menu", "start", "help", "change_language", "link", "my_documents", "list_topics", "list_checklists")
BACK = "Tilbage til: Lav en samarbejdsaftale"


@pytest.fixture
def anne(engine) -> Talker:
    """Somebody at the purpose of an agreement: a step that takes any words."""
    talker = Talker(engine, language="da").sends("c:agreement:quick").says("Musikskolen")
    talker.step = talker.text
    return talker


@pytest.fixture
def bo(engine) -> Talker:
    """Somebody at a question with choices."""
    return Talker(engine, language="da").sends("c:readiness:quick").says("delvist")


def run_of(talker: Talker) -> Run:
    return talker.engine._services.store.runs(talker.name)[0]


@pytest.mark.parametrize("command", [*LISTS, "list_terms", "my_reminders", "timezone", "my_checklists"])
def test_a_menu_stands_alone(anne: Talker, command: str) -> None:
    anne.sends(f"k:{command}")
    assert len(anne.replies) == 1 and "af 14" not in anne.replies[0].text
    ways = [choice for choice in anne.buttons if choice.tap == f"w:{run_of(anne).id}:continue"]
    assert len(ways) == 1


@pytest.mark.parametrize("said", ["mine tjeklister", "emner", "hjælp"])
def test_a_menu_that_was_asked_for_in_words_as_well(bo: Talker, said: str) -> None:
    bo.says(said)
    assert len(bo.replies) == 1
    assert any(choice.tap == f"w:{run_of(bo).id}:continue" for choice in bo.buttons)


def test_the_way_back_tells_where_it_leads(bo: Talker) -> None:
    bo.says("emner")
    assert bo.labels[-1] == "Tilbage til: Er vi klar til partnerskaber?, trin 2 af 7"
    bo.taps("Tilbage til")
    assert "2 af 7" in bo.text and run_of(bo).at


@pytest.mark.parametrize("said", ["fortsæt", "tilbage", "spring over"])
def test_a_word_leads_back_too(bo: Talker, said: str) -> None:
    before = run_of(bo)
    bo.says("emner").says(said)
    assert "2 af 7" in bo.text and run_of(bo).answers == before.answers


def test_a_number_means_the_list(bo: Talker) -> None:
    before = run_of(bo)
    second = bo.says("emner").buttons[1]
    bo.says("2")
    assert run_of(bo).answers == before.answers
    assert len(bo.replies) == 1 and all(choice.tap.startswith(("t:", "w:")) for choice in bo.buttons), second


def test_a_word_that_the_step_takes_is_its_answer(bo: Talker) -> None:
    bo.says("emner").says("nej")
    assert "Noteret" in bo.text and "3 af 7" in bo.text and len(run_of(bo).answers) == 2


def test_words_that_any_step_takes_are_asked_about(anne: Talker) -> None:
    anne.sends("k:menu").says("at flere børn læser")
    assert "Er ”at flere børn læser” dit svar" in anne.text and len(run_of(anne).answers) == 1
    anne.taps("Ja")
    assert "at flere børn læser" in [answer.value for answer in run_of(anne).answers.values()]


def test_a_subject_below_a_menu_is_asked_for(anne: Talker) -> None:
    anne.sends("k:menu").says("moms")
    assert anne.replies[0].outcome == "answer" and len(run_of(anne).answers) == 1
    assert anne.replies[-1].place == f"run:{run_of(anne).id}", "a question in the middle shows the step again"


def test_the_step_is_open_again_once_it_is_shown(anne: Talker) -> None:
    anne.sends("k:menu").says("fortsæt").says("at flere børn læser")
    assert "at flere børn læser" in [answer.value for answer in run_of(anne).answers.values()]


def test_a_language_that_is_chosen_shows_the_step_in_it(bo: Talker) -> None:
    bo.sends("k:change_language:en")
    assert len(bo.replies) == 2 and "2 of 7" in bo.text


def test_another_checklist_on_offer_has_the_way_back(bo: Talker) -> None:
    bo.sends("c:agreement")
    assert bo.labels[-1].startswith("Tilbage til: Er vi klar")
    bo.says("fortsæt")
    assert "2 af 7" in bo.text


def test_without_a_walkthrough_there_is_no_way_back(engine) -> None:
    talker = Talker(engine, language="da").sends("k:menu")
    assert not any(choice.tap.startswith("w:") for choice in talker.buttons)


def test_a_deletion_is_a_yes_or_a_no(bo: Talker) -> None:
    bo.sends("k:delete_my_data")
    assert bo.replies[-1].place != "menu" and len(bo.replies) == 1
    assert [choice.tap for choice in bo.buttons] == ["k:delete_my_data:no", "k:delete_my_data:yes"]


@pytest.mark.parametrize("said", ["hurtigt", "den hurtige", "quick", "tag den hurtige"])
def test_the_quick_way_of_what_an_answer_offered(engine, said: str) -> None:
    talker = Talker(engine, language="da").says("kommunikationsplan")
    assert "c:communication-plan" in [choice.tap for choice in talker.buttons]
    talker.says(said)
    assert run_of(talker).mode == "quick" and "1 af" in talker.text


def test_a_wish_for_a_short_answer_is_none_for_the_quick_way(engine) -> None:
    talker = Talker(engine, language="da").says("kommunikationsplan").says("kort")
    assert talker.replies[0].outcome == "answer"


@pytest.mark.parametrize("said", ["mere", "uddyb"])
def test_after_an_offer_one_may_ask_on(engine, said: str) -> None:
    talker = Talker(engine, language="da").sends("c:readiness").says(said)
    assert talker.replies[0].outcome == "answer" and "Er vi klar" in talker.text
