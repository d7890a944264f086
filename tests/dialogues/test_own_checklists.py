"""One's own walkthroughs: listed, told apart, and their files too."""

from __future__ import annotations

from datetime import date
from itertools import count

import pytest

from dialogues.documents.names import edition_of, number_of
from dialogues.walkthrough import naming
from dialogues.walkthrough.state import Answer, Run
from tests.talker import Talker

READINESS = ("delvist", "ja", "nej", "ja", "nej", "ja", "ja")
_ids = (f"own{number:05}" for number in count())


@pytest.fixture
def anne(engine) -> Talker:
    return Talker(engine, language="da")


def has(talker: Talker, started: date, partner: str = "Musikskolen") -> str:
    run = Run(next(_ids), "agreement", answers={"partner-name": Answer(partner)}, at="aim", started=started)
    talker.engine._services.store.save_run(talker.name, run)
    return run.id


def finishes(talker: Talker) -> set[str]:
    talker.sends("c:readiness:quick")
    for answer in READINESS:
        talker.says(answer)
    return set(talker.files)


@pytest.mark.parametrize("said", ["mine tjeklister", "my checklists", "vis mine tjeklister", "hvad har jeg gang i"])
def test_ones_own_checklists_are_listed_those_under_way_first(anne: Talker, said: str) -> None:
    finishes(anne)
    has(anne, date(2027, 2, 3))
    anne.says(said)
    first, second, *others = anne.labels
    assert first.startswith("Lav en samarbejdsaftale · Musikskolen · ") and first.endswith(" · 3/2") and " af " in first
    assert second.startswith("Er vi klar til partnerskaber? · færdig")
    assert others == ["Alle tjeklister"]
    assert "Resultat" in anne.taps(second).text


def test_they_are_listed_in_the_middle_of_one_too(anne: Talker) -> None:
    anne.sends("c:agreement:quick").says("Musikskolen").says("mine tjeklister")
    assert "Dine tjeklister" in anne.text and "2 af" in anne.labels[0]


def test_without_any_the_way_to_all_of_them_is_shown(anne: Talker) -> None:
    assert "ikke taget nogen" in anne.sends("k:my_checklists").text
    assert "Lav en samarbejdsaftale" in anne.says("alle tjeklister").text


def test_all_checklists_lead_to_ones_own(anne: Talker) -> None:
    assert "Dine egne tjeklister" not in anne.says("tjeklister").labels
    has(anne, date(2027, 2, 3))
    assert "Dine tjeklister" in anne.says("tjeklister").says("dine egne tjeklister").text


def test_two_of_the_same_name_are_told_apart_where_one_goes_on(anne: Talker) -> None:
    has(anne, date(2027, 2, 3))
    has(anne, date(2027, 2, 4))
    anne.says("fortsæt")
    assert {label[-6:] for label in anne.labels} == {" (3/2)", " (4/2)"}
    has(anne, date(2027, 2, 4))
    labels = anne.says("/x").says("fortsæt").labels
    assert len(set(labels)) == 3 and all(len(label) <= 64 for label in labels)


def test_one_alone_needs_no_date(anne: Talker) -> None:
    has(anne, date(2027, 2, 3))
    has(anne, date(2027, 2, 3), "Skakklubben")
    assert not any("(" in label for label in anne.says("fortsæt").labels)


def test_labels_are_numbered_only_where_they_are_the_same() -> None:
    assert naming.told_apart(["a", "b", "a", "a"]) == ["a", "b", "a (2)", "a (3)"]


def test_files_of_two_walkthroughs_of_one_day_have_names_of_their_own(anne: Talker) -> None:
    first, second = finishes(anne), finishes(anne)
    assert len(first) == len(second) and not first & second
    assert {number_of(name) for name in second} == {2} and {number_of(name) for name in first} == {1}
    anne.says("nej, jeg mente delvist")
    assert {(number_of(name), edition_of(name)) for name in anne.files} == {(2, 2)}
    anne.says("nej, jeg mente nej")
    assert {(number_of(name), edition_of(name)) for name in anne.files} == {(2, 3)}
