"""Hurried words in a walkthrough: a reminder at a free text, "det var forresten …", a "videre" too many at the end."""

from __future__ import annotations

from datetime import date

import pytest
from walkthrough_example import values
from words_example import READY, chosen, talk

from dialogues.walkthrough import words
from knowledge.schema import Choice
from tests.talker import Talker

KNOWN = {"partner-name": "Muskskolen i Bogby", "our-name": "Bogby Bibliotek"}
REMINDERS = (
    "mind mig om mødet på fredag|husk mig på at ringe til Bodil i morgen|påmind mig om fristen på fredag"
    "|mindmig om mødet på fredag|og mind mig lige om mødet på fredag|remind me to call Anne on Friday"
    "|sæt en påmindelse til på fredag"
)


@pytest.mark.parametrize("text", REMINDERS.split("|"))
@pytest.mark.parametrize("step", ["our-name", "purpose", "status"])
def test_a_wish_to_be_reminded_is_no_answer(engine, text: str, step: str) -> None:
    known = {"partner-name": "Skolen"}
    run, said = talk(engine, "agreement", step, text, **known)
    assert values(run) == known and run.at == step
    assert engine._services.store.reminders(said.name) or "Hvad skal jeg minde dig om" in said.text


@pytest.mark.parametrize("text", ["Mind Mig ApS", "husk at ringe til partneren", "Huskmig ApS", "Remind Me Ltd"])
def test_what_only_sounds_like_it_is_kept(text: str) -> None:
    assert not words.is_wish(text)


@pytest.mark.parametrize(
    "text",
    [
        "det var forresten Musikskolen i Bogby",
        "forresten, det var faktisk Musikskolen i Bogby",
        "hov, det er forresten Musikskolen i Bogby",
        "det var faktisk Musikskolen i Bogby",
        "it was actually Musikskolen i Bogby",
    ],
)
@pytest.mark.parametrize("step", ["purpose", "status"])
def test_the_other_spelling_of_a_name_is_its_correction(engine, text: str, step: str) -> None:
    run, said = talk(engine, "agreement", step, text, **KNOWN)
    assert values(run) == {**KNOWN, "partner-name": "Musikskolen i Bogby"}
    assert "Rettet" in said.text and run.at == step


def test_another_name_is_asked_about(engine) -> None:
    run, said = talk(engine, "agreement", "purpose", "det var forresten Teatret", **KNOWN)
    assert values(run) == KNOWN
    assert said.labels[0] == "Partnerens navn i aftalen"
    said.taps("Partnerens navn i aftalen")
    assert values(said.run) == {**KNOWN, "partner-name": "Teatret"}


@pytest.mark.parametrize("text", ["det er faktisk for børnenes skyld", "det er egentlig bare koncerter"])
def test_an_answer_that_begins_alike_is_kept(engine, text: str) -> None:
    run, _ = talk(engine, "agreement", "purpose", text, **KNOWN)
    assert values(run) == {**KNOWN, "purpose": text}


def test_a_sentence_is_not_lost_for_a_word_of_it(engine) -> None:
    sentence = "at børn kan spille musik sammen"
    run, said = talk(engine, "agreement", "purpose", sentence, "hov jeg mente unge", **KNOWN)
    assert values(run) == {**KNOWN, "purpose": sentence}
    assert run.at == "purpose" and sentence in said.text


KNOWS = [
    Choice(id="yes", da="Ja, det ved vi", en="Yes, we know", score=3),
    Choice(id="think", da="Det tror vi", en="We think so", score=2),
    Choice(id="partly", da="Kun til dels", en="Only partly", score=1),
    Choice(id="no", da="Nej", en="No", score=0),
]


@pytest.mark.parametrize("text", ["ja det tror jeg", "det tror jeg", "ja, det tror vi", "I think so", "yes I think so"])
def test_one_may_speak_for_all(text: str) -> None:
    assert chosen(KNOWS, text) == "think"


def test_how_it_goes_is_a_grade() -> None:
    assert chosen(READY, "tja det går vel nogenlunde") == "partly"


# --- after the result ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "between", ["videre", "tak", "mine tjeklister", "pause", "mind mig om mødet på fredag", "next"]
)
def test_words_in_passing_do_not_end_the_talk_about_a_result(engine, between: str) -> None:
    talker = Talker(engine, language="da").sends("c:readiness:quick")
    for answer in ("delvist", "ja", "nej", "ja", "nej", "ja", "ja"):
        talker.says(answer)
    assert talker.files
    talker.says(between)
    assert not talker.files
    talker.says("ret mandat til delvist")
    assert "Rettet" in talker.text and any("– v2 –" in name for name in talker.files)


def test_another_subject_does(engine) -> None:
    talker = Talker(engine, language="da").sends("c:readiness:quick")
    for answer in ("delvist", "ja", "nej", "ja", "nej", "ja", "ja"):
        talker.says(answer)
    talker.says("hvem må skrive under").says("nej, jeg mente opsigelse")
    assert not talker.files and "Rettet" not in talker.text


# --- names, days and what stands already -------------------------------------------------------------


def test_the_same_as_before_is_the_name_used_before(engine) -> None:
    talker = Talker(engine, language="da").sends("c:partner-choice:quick")
    for said in ("Ungdomsskolen", "at unge læser", "ja", "ja", "ja", "ja", "intet af det"):
        talker.says(said)
    talker.sends("c:partner-choice:quick").says("FDF Bogby").says("samme som før")
    assert "Formålet med partnerskabet: at unge læser" in talker.text


def test_without_a_name_used_before_the_words_are_kept(engine) -> None:
    run, _ = talk(engine, "partner-choice", "purpose", "samme", candidate="Skolen")
    assert values(run)["purpose"] == "samme"


@pytest.mark.parametrize("text", ["12/3", "12.3.2027", "12-3"])
def test_a_day_where_a_name_is_asked_for_is_asked_about(engine, text: str) -> None:
    run, said = talk(engine, "first-meeting", "partner-name", text)
    assert not values(run) and f"Er ”{text}” dit svar" in said.text


@pytest.mark.parametrize("text", ["14", "14.30", "kl. 16.30"])
def test_a_time_where_one_is_asked_for_is_taken(engine, text: str) -> None:
    run, _ = talk(engine, "first-meeting", "time", text, **{"partner-name": "Skolen"})
    assert values(run)["time"] == text


def test_a_correction_that_changes_nothing_is_answered(engine) -> None:
    run, said = talk(engine, "readiness", "procedure", "ret mandat til nej", mandate="no")
    assert values(run) == {"mandate": "no"} and run.at == "procedure"
    assert "Det står der i forvejen" in said.text


@pytest.mark.parametrize("text", ["ret mandat til nej", "ændr mandatet til delvist", "change mandate to no"])
def test_an_order_to_correct_is_no_answer_to_the_choice_at_hand(engine, text: str) -> None:
    run, said = talk(engine, "readiness", "procedure", text, mandate="yes")
    assert set(values(run)) == {"mandate"} and values(run)["mandate"] != "yes"
    assert "Rettet" in said.text and run.at == "procedure"


def test_a_remark_on_a_date_is_a_sentence_of_its_own(engine) -> None:
    _, said = talk(engine, "first-meeting", "date", "1/2 2027", **{"partner-name": "Skolen"})
    assert "2027. Den dato ligger i fortiden" in said.text


def test_another_form_of_the_word_chooses(engine) -> None:
    run, _ = talk(engine, "communication-plan", "audiences", "naboerne", partnership="Bål")
    assert values(run)["audiences"] == ("locals",)


@pytest.mark.parametrize("text", ["ret datoen til 12/4", "ret dato til 12. april", "change the date to 12 April"])
def test_a_day_goes_to_the_date_rather_than_to_a_text(engine, text: str) -> None:
    known = {"partner-name": "Skolen", "date": date(2027, 3, 12), "time": "kl. 10"}
    run, _ = talk(engine, "first-meeting", "place", text, **known)
    assert values(run) == {**known, "date": date(2027, 4, 12)}


@pytest.mark.parametrize("text", ["ja", "Ok", "yes"])
def test_a_bare_yes_where_words_are_asked_for_is_asked_about(engine, text: str) -> None:
    run, said = talk(engine, "agreement", "purpose", text, **KNOWN)
    assert values(run) == KNOWN and f"Er ”{text}” dit svar" in said.text


@pytest.mark.parametrize("way", ["mine svar", "gå til et afsnit"])
def test_back_from_a_list_leads_to_the_question(engine, way: str) -> None:
    run, said = talk(engine, "agreement", "activities", way, "tilbage", **KNOWN)
    assert run.at == "activities" and "Hvad skal I lave sammen?" in said.text


def test_back_from_the_answers_leads_to_the_result(engine) -> None:
    talker = Talker(engine, language="da").sends("c:readiness:quick")
    for said in ("delvist", "ja", "nej", "ja", "nej", "ja", "ja", "mine svar", "tilbage"):
        talker.says(said)
    assert "Resultat" in talker.text and not talker.files


@pytest.mark.parametrize("step", ["our-name", "partner-name", "status"])
def test_what_was_answered_is_named_to_be_deleted(engine, step: str) -> None:
    run, said = talk(engine, "agreement", step, "slet musikskolen", **{"partner-name": "Musikskolen"})
    assert values(run) == {"partner-name": "Musikskolen"}
    assert said.labels[0] == "Svaret: Partnerens navn i aftalen"


@pytest.mark.parametrize("text", ["gå til varighed", "spring til varigheden"])
def test_one_may_go_to_an_answer_by_its_name(engine, text: str) -> None:
    run, _ = talk(engine, "agreement", "our-signer", text, **KNOWN)
    assert values(run) == KNOWN and run.at == "duration"
