"""A result stays within reach: questions by their number, what a correction has changed, and a question in between."""

from __future__ import annotations

import pytest

from dialogues.walkthrough.state import Run
from tests.talker import Talker

READINESS = ("delvist", "ja", "nej", "ja", "nej", "ja", "ja")


@pytest.fixture
def anne(engine) -> Talker:
    talker = Talker(engine, language="da")
    talker.sends("c:readiness:quick")
    for answer in READINESS:
        talker.says(answer)
    assert "Resultat" in talker.text and talker.files
    return talker


def the_run(talker: Talker) -> Run:
    return talker.engine._services.store.runs(talker.name)[0]


def values(run: Run) -> list:
    return [answer.value for answer in run.answers.values()]


# --- by number -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "nej, spørgsmål 1 skal være nej",
        "spørgsmål 1 skal være nej",
        "ret spørgsmål 1 til nej",
        "ret svaret på spørgsmål nr. 1 til nej",
        "det første spørgsmål skal være nej",
        "hov, svar 1 skulle have været nej",
        "question 1 should be no",
        "change question 1 to no",
        "the first question should have been no",
    ],
)
def test_a_question_is_called_by_its_number(anne: Talker, said: str) -> None:
    before = values(the_run(anne))
    anne.says(said)
    assert values(the_run(anne)) == ["no", *before[1:]]
    assert "Rettet" in anne.text and any("– v2 –" in name for name in anne.files)


def test_in_the_middle_as_well(engine) -> None:
    talker = Talker(engine, language="da").sends("c:readiness:quick").says("delvist").says("ja")
    talker.says("nej, spørgsmål 1 skal være nej")
    assert values(the_run(talker)) == ["no", "yes"] and "Rettet" in talker.text and "3 af 7" in talker.text


def test_a_question_that_is_only_named_is_shown(anne: Talker) -> None:
    anne.says("ret spørgsmål 2")
    assert "Dit svar nu" in anne.text and "2 af 7" in anne.text


# --- what a correction has changed -----------------------------------------------------------------


def test_a_correction_tells_what_changed_and_not_the_rest(anne: Talker) -> None:
    whole = anne.text
    anne.says("ret spørgsmål 1 til nej")
    first, papers = anne.replies
    assert ("Rettet" in first.text and "procent" in first.text) or "%" in first.text
    assert len(first.text) < len(whole) / 2
    assert "udgave 2" in papers.text and len(papers.text) < 200
    anne.taps("Vis hele resultatet")
    assert "Sådan er det regnet ud" in anne.text or len(anne.text) > len(first.text)


def test_so_does_one_by_button(anne: Talker) -> None:
    anne.taps("Ret et svar")
    edit = next(choice for choice in anne.buttons if ":edit:" in choice.tap)
    anne.sends(edit.tap).says("nej")
    assert "Vis hele resultatet" in anne.labels and anne.files


def test_the_same_answer_again_changes_nothing(anne: Talker) -> None:
    anne.says("ret spørgsmål 2 til ja")
    assert "Det står der i forvejen" in anne.text and "Resultatet er det samme" in anne.text and not anne.files


def test_all_the_questions_end_with_the_whole_result(anne: Talker) -> None:
    anne.says("tag resten").says("Anna Holm")
    while "Resultat:" not in anne.text:
        anne.says("ja")
    assert "Resultat" in anne.text and "Vis hele resultatet" not in anne.labels


# --- a question in between ---------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["hvad er moms?", "hvem må skrive under på en aftale?", "vqzx brmf?"])
def test_a_result_stays_within_reach(anne: Talker, said: str) -> None:
    anne.says(said).says("aftal hvem")
    assert "Hvem gør hvad" in anne.text and the_run(anne).plan


@pytest.mark.parametrize("said", ["resten", "tag resten med"])
def test_so_do_the_rest_of_its_questions(anne: Talker, said: str) -> None:
    anne.sends("t:money.vat").says(said)
    assert "af 17" in anne.text and len(anne.replies) == 1


def test_so_do_its_papers_and_a_correction_that_says_of_what(anne: Talker) -> None:
    papers = anne.files
    assert anne.says("hvad er moms?").says("vis dokumentet").files == papers
    anne.says("hvad er moms?").says("ret spørgsmål 1 til nej")
    assert "Rettet" in anne.text


def test_a_topic_answered_in_between_is_not_corrected(anne: Talker) -> None:
    before = the_run(anne)
    anne.says("hvad er moms?").says("nej, jeg mente ja")
    assert the_run(anne).answers == before.answers


def test_a_walkthrough_that_is_begun_since_is_what_words_are_about(anne: Talker) -> None:
    anne.says("hvad er moms?").sends("c:agreement:quick").says("Musikskolen").says("hvad er moms?")
    assert anne.replies[-1].place == f"run:{the_run(anne).id}" and the_run(anne).checklist == "agreement"


@pytest.mark.parametrize("said", ["spring over", "skip", "spring den over"])
def test_after_the_end_there_is_nothing_to_skip(anne: Talker, said: str) -> None:
    anne.says(said)
    assert "ikke noget at springe over" in anne.text
    assert not any(choice.tap.startswith("c:") for choice in anne.buttons)
    assert "Resultat" in anne.taps("Tilbage til resultatet").text


def test_without_any_walkthrough_as_well(engine) -> None:
    talker = Talker(engine, language="da").says("spring over")
    assert "ikke noget at springe over" in talker.text


# --- in the middle -------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["do the rest", "tag resten", "tag resten med"])
def test_the_rest_in_the_middle_is_all_the_questions(engine, said: str) -> None:
    talker = Talker(engine, language="da").sends("c:readiness:quick").says("delvist").says(said)
    assert the_run(talker).mode == "full" and "mere. Dine svar bliver stående" in talker.text and "af 17" in talker.text


def test_what_is_left_is_shown(engine) -> None:
    talker = Talker(engine, language="da").sends("c:readiness:quick").says("delvist").says("vis resten")
    assert "Der mangler svar på 6" in talker.text


def test_one_more_of_the_kind_in_the_middle(engine) -> None:
    talker = (
        Talker(engine, language="da").sends("c:partner-choice:quick").says("Ungdomsskolen").says("svar for en mere")
    )
    assert any(label.startswith("Hurtigt") for label in talker.labels)
    assert any(label.startswith(("Tilbage til", "Fortsæt")) for label in talker.labels)


@pytest.mark.parametrize("said", ["resten", "the rest"])
def test_at_a_step_that_takes_any_words_it_is_an_answer(engine, said: str) -> None:
    talker = Talker(engine, language="da").sends("c:agreement:quick").says("Musikskolen").says(said)
    assert said in values(the_run(talker))


def test_a_pause_tells_how_far_one_really_is(engine) -> None:
    talker = Talker(engine, language="da").sends("c:readiness:quick")
    for said in ("delvist", "ja", "nej", "tilbage", "tilbage", "tilbage", "pause"):
        talker.says(said)
    assert "Du er nået til 4 af 7" in talker.text
