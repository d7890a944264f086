"""What is said once a walkthrough has ended is about it, while its result is the last thing in the conversation."""

from __future__ import annotations

import pytest

from dialogues.offered import pressed
from dialogues.walkthrough.state import Run
from knowledge.schema import Checklist
from tests.talker import Talker
from tests.walker import finished

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


def names(talker: Talker) -> set[str]:
    return set(talker.files)


@pytest.fixture
def bo(engine) -> Talker:
    """Somebody who has just finished an agreement, in words of his own."""
    talker = Talker(engine, language="da")
    services = engine._services
    done = finished(services.knowledge, "agreement", "da", "full")
    last = done.with_(id=f"b{talker.name[-7:]:0>7}".replace(":", "x"), status="open", at="name")
    checklist: Checklist = services.knowledge.checklists["agreement"]
    last = last.with_(at=checklist.items[0].id)
    services.store.save_run(talker.name, last)
    talker.sends(f"w:{last.id}:done")
    assert talker.files, talker.text
    return talker


# --- corrections -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    ["ret opsigelsesvarsel til tre måneder", "opsigelsesvarslet skal være 3 måneder", "ret varslet til 6 måneder"],
)
def test_a_correction_in_words_makes_a_new_edition(bo: Talker, said: str) -> None:
    before = the_run(bo)
    bo.says(said)
    assert "Rettet" in bo.text and the_run(bo).answers != before.answers
    assert all("– v2 –" in name for name in names(bo)) and names(bo)


def test_a_correction_in_english_as_well(bo: Talker) -> None:
    bo.says("in English")
    bo.sends(f"w:{the_run(bo).id}:done")
    bo.says("the period of notice should be three months")
    assert "Changed. Period of notice: 3 months" in bo.text and any("– v" in name for name in names(bo))


def test_what_was_meant_is_the_answer_that_it_fits(anne: Talker) -> None:
    anne.says("nej, jeg mente delvist")
    assert "Rettet" in anne.text and any("– v2 –" in name for name in names(anne))


def test_a_new_answer_that_the_question_does_not_take_leads_to_the_question(bo: Talker) -> None:
    assert "Hvor længe gælder aftalen?" in bo.says("varigheden skal være to år").text


def test_a_named_answer_is_shown_to_be_changed(bo: Talker) -> None:
    bo.says("ret formålet")
    assert "Formål" in bo.text and "Dit svar nu" in bo.text


def test_a_question_is_still_a_question(anne: Talker) -> None:
    before = the_run(anne)
    assert anne.says("hvem må skrive under på en aftale?").replies[0].outcome == "answer"
    assert the_run(anne) == before
    anne.says("nej, jeg mente ja")
    assert the_run(anne).answers == before.answers, "the result isn't the last thing any more"


def test_a_note_that_comes_after_the_end_asks_for_its_answer(anne: Talker) -> None:
    anne.says("note: spørg Bodil")
    assert "Hvilket svar hører noten til?" in anne.text and "spørg Bodil" in anne.text
    anne.sends(anne.buttons[1].tap)
    assert list(the_run(anne).notes.values()) == ["spørg Bodil"] and any("– v2 –" in name for name in names(anne))


def test_the_answer_that_a_note_is_for_can_be_typed(anne: Talker) -> None:
    label = anne.says("note: spørg Bodil").labels[0]
    anne.says(label.split()[0].lower() if label.split()[0] == label else label.lower())
    assert list(the_run(anne).notes.values()) == ["spørg Bodil"]


# --- the papers ------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["vis udkastet", "vis dokumentet", "send det igen", "show the draft", "udkastet tak"])
def test_the_papers_are_given_again(anne: Talker, said: str) -> None:
    before = anne.files
    anne.says(said)
    assert anne.files == before and "igen" in anne.text
    anne.says("send dem igen")
    assert anne.files == before


def test_only_the_latest_edition_is_given_again(anne: Talker) -> None:
    anne.says("nej, jeg mente delvist")
    latest = names(anne)
    assert names(anne.says("vis dokumentet")) == latest


# --- its buttons in words --------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["tag resten med", "resten", "tag resten tak", "the rest"])
def test_the_rest_of_the_questions_is_taken_along(anne: Talker, said: str) -> None:
    anne.says(said)
    assert "af 17" in anne.text and len(anne.replies) == 1
    assert the_run(anne).mode == "full"


@pytest.mark.parametrize("said", ["aftal hvem og hvornår", "lad os aftale hvem og hvornår", "agree on who and when"])
def test_the_plan_is_begun(anne: Talker, said: str) -> None:
    anne.says(said)
    assert "Hvem gør hvad" in anne.text and the_run(anne).plan


@pytest.mark.parametrize("said", ["svar for en mere", "en mere", "en til", "one more"])
def test_one_more_of_the_kind_is_begun(anne: Talker, said: str) -> None:
    anne.says(said)
    assert any(label.startswith("Hurtigt") for label in anne.labels)
    anne.says("hurtigt")
    assert "1 af 7" in anne.text


def test_each_label_of_the_result_works_when_it_is_typed(anne: Talker) -> None:
    assert len(anne.buttons) > 5
    for choice in anne.buttons:
        assert pressed(anne.buttons, choice.label.upper().rstrip("?")) == choice.tap
    first = anne.buttons[0]
    assert anne.says(first.label.lower()).replies[0].place == f"topic:{first.tap[2:]}"


def test_a_label_works_in_the_middle_of_a_walkthrough(engine) -> None:
    talker = Talker(engine, language="da").sends("c:agreement:quick").says("Musikskolen").taps("Hvorfor?")
    talker.says("skriv en note")
    assert "Skriv din note" in talker.text
    talker.says("ingen note").says("hvad er en samarbejdsaftale?")
    label = next(choice.label for choice in talker.buttons if choice.tap.startswith("e:"))
    talker.says(label.lower())
    assert talker.replies[0].outcome in ("answer", "clarify") and "Formål" not in the_run(talker).answers


def test_a_label_of_an_earlier_message_is_but_words(engine) -> None:
    talker = Talker(engine, language="da").says("tjeklister")
    talker.says("hjælp").says("Er vi klar til partnerskaber?")
    assert talker.replies[0].outcome in ("checklist", "answer", "clarify")
