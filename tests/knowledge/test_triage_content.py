"""The guide leads from its first question to every checklist; where it doesn't, a fault names the mend."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.check import check
from knowledge.faults import ContentError
from knowledge.loader import load

Edit = Callable[[Path, str, str], None]

GUIDE = """\
questions:
  - id: thirst
    da: Hvad vil I have?
    en: What would you like?
    choices:
      - {da: Te, en: Tea, question: milk}
      - {da: En fest, en: A party, checklist: party}
  - id: milk
    da: Med mælk?
    en: With milk?
    choices:
      - {da: Med, en: With it, question: sugar}
      - {da: Uden, en: Without it, checklist: party}
  - id: sugar
    da: Med sukker?
    en: With sugar?
    choices:
      - {da: Ja tak, en: Yes please, checklist: party}
      - {da: Nej tak, en: No thank you, checklist: party}
"""
DEEPER = """\
  - id: spoon
    da: Med ske?
    en: With a spoon?
    choices:
      - {da: Stor, en: Big, checklist: party}
      - {da: Lille, en: Small, checklist: party}
"""
OWN = """\
questions:
  - id: sugar
    da: Sødt?
    en: Sweet?
    choices:
      - {da: Ja, en: "Yes", question: honey}
      - {da: Nej, en: "No", checklist: party}
"""
HONEY = DEEPER.replace("spoon", "honey")


@pytest.fixture
def guided(content: Path) -> Path:
    """The content about tea with a guide."""
    (content / "guide.yml").write_text(GUIDE, encoding="utf-8")
    return content


def test_a_sound_guide_is_loaded_in_the_order_of_its_file(guided: Path, overlay: Path) -> None:
    assert check(guided, overlay) == []
    guide = load(guided).guide
    assert list(guide) == ["thirst", "milk", "sugar"]
    assert guide["thirst"]["da"] == "Hvad vil I have?"
    assert guide["thirst"].choices[1].checklist == "party"
    assert guide["milk"].choices[0]["en"] == "With it"


def test_a_content_without_a_guide_has_no_fault(content: Path) -> None:
    assert check(content) == []
    assert load(content).guide == {}


def test_the_shipped_guide_leads_to_every_checklist() -> None:
    knowledge = load()
    named = {choice.checklist for question in knowledge.guide.values() for choice in question.choices}
    assert named - {None} == set(knowledge.checklists)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("question: milk", "question: mlik", 6, 'There is no question "mlik" to lead to. Did you mean "milk"?'),
        ("fest, en: A party, checklist: party", "x, en: x, checklist: part", 7, 'There is no checklist "part" to lead'),
        ("Te, en: Tea, question: milk", "Te, en: Tea", 6, "leads either to a `question` or to a `checklist`"),
        ("question: milk", "question: milk, checklist: party", 6, "either to a `question` or to a `checklist`"),
        ("da: Te,", "daa: Te,", 6, 'There is no key `daa` here. Did you mean "da"?'),
        ("id: thirst", "id: The Thirst", 2, "may hold only small letters a-z, digits and hyphens"),
        ("      - {da: Med, en: With it, question: sugar}\n", "", 11, "There is nothing to choose: name at least two"),
        ("Med, en: With it", "Uden, en: With it", 13, 'The choice "Uden" stands here a second time. Say one of them'),
        ("da: Te,", f"da: {'Te ' * 12},", 6, "`da` has 35 characters; 34 is the most. Shorten it by 1."),
        ("da: Te,", "da: 'Te {{ x }}',", 6, "Nothing is filled in here"),
        ("da: Te,", 'da: "**Te",', 6, "isn't closed"),
        ("please, checklist: party", "please, question: sugar", 18, 'The question "sugar" leads to itself.'),
        ("please, checklist: party", "please, question: milk", 18, "The questions `milk` and `sugar` lead round in"),
        (
            "question: sugar",
            "checklist: party",
            14,
            'to the question "sugar". Let a choice lead to it, as `question: sugar`',
        ),
        ("questions:", "question:", 1, "The file must begin with `questions:` and a list below it."),
        ("id: sugar", "id: milk", 14, 'The question "milk" stands already in content/guide.yml:8.'),
    ],
)
def test_a_fault_is_found_by_its_line(guided: Path, edit: Edit, old: str, new: str, line: int, said: str) -> None:
    edit(guided / "guide.yml", old, new)
    found = [fault for fault in check(guided) if said in str(fault)]
    assert found, [str(fault) for fault in check(guided)]
    assert (found[0].file, found[0].line) == ("content/guide.yml", line)


def test_more_than_three_questions_in_a_row_are_too_many(guided: Path, edit: Edit) -> None:
    edit(guided / "guide.yml", "Ja tak, en: Yes please, checklist: party", "Ja tak, en: Yes please, question: spoon")
    with (guided / "guide.yml").open("a", encoding="utf-8") as file:
        file.write(DEEPER)
    (fault,) = check(guided)
    assert fault.line == 18
    assert fault.problem == 'The question "spoon" would be number 4 in a row; 3 is the most.'
    with pytest.raises(ContentError):
        load(guided)


def test_a_checklist_that_no_choice_leads_to_is_a_fault_of_its_own(guided: Path) -> None:
    text = (guided / "checklists" / "party.yml").read_text(encoding="utf-8").replace("id: party", "id: feast")
    (guided / "checklists" / "feast.yml").write_text(text, encoding="utf-8")
    (fault,) = check(guided)
    assert fault.file == "content/checklists/feast.yml"
    assert str(fault).endswith(
        'No choice in guide.yml leads to the checklist "feast". Let a choice there lead to it, as `checklist: feast`.'
    )


def test_one_fault_brings_no_others(guided: Path, edit: Edit) -> None:
    edit(guided / "guide.yml", "question: sugar", "question: suggar")
    assert len(check(guided)) == 1


def test_ways_that_meet_again_are_no_circle(guided: Path, edit: Edit) -> None:
    edit(guided / "guide.yml", "fest, en: A party, checklist: party", "fest, en: A party, question: sugar")
    assert check(guided) == []


# --- a library's own folder --------------------------------------------------------------------


def test_an_own_question_replaces_one_in_its_place_and_others_are_added(
    guided: Path, overlay: Path, edit: Edit
) -> None:
    edit(guided / "guide.yml", "question: milk", "question: sugar")
    edit(guided / "guide.yml", "With it, question: sugar", "With it, checklist: party")
    edit(guided / "guide.yml", "Nej tak, en: No thank you, checklist: party", "Nej tak, en: No, question: milk")
    (overlay / "guide.yml").write_text(OWN + HONEY, encoding="utf-8")
    knowledge = load(guided, overlay)
    assert knowledge.faults == ()
    assert list(knowledge.guide) == ["thirst", "milk", "sugar", "honey"]
    assert knowledge.guide["sugar"]["da"] == "Sødt?"
    assert check(guided, overlay) == []


@pytest.mark.parametrize(
    ("own", "line", "said"),
    [
        (OWN, 6, 'There is no question "honey" to lead to.'),
        (OWN.replace("question: honey", "question: milk"), 6, "`milk` and `sugar` lead round in a circle"),
        (OWN + HONEY, 6, 'The question "honey" would be number 4 in a row'),
        ("questions:\n" + HONEY, 2, 'No way leads to the question "honey".'),
    ],
)
def test_an_own_question_that_does_not_fit_is_left_out(
    guided: Path, overlay: Path, own: str, line: int, said: str
) -> None:
    (overlay / "guide.yml").write_text(own, encoding="utf-8")
    knowledge = load(guided, overlay)
    assert knowledge.guide == load(guided).guide
    assert {fault.file for fault in knowledge.faults} == {"overlay/guide.yml"}
    assert any(said in str(fault) and fault.line == line for fault in knowledge.faults)


def test_an_own_checklist_needs_no_place_in_the_guide(guided: Path, overlay: Path) -> None:
    text = (guided / "checklists" / "party.yml").read_text(encoding="utf-8").replace("id: party", "id: feast")
    (overlay / "checklists").mkdir()
    (overlay / "checklists" / "feast.yml").write_text(text, encoding="utf-8")
    knowledge = load(guided, overlay)
    assert "feast" in knowledge.checklists
    assert knowledge.faults == ()
