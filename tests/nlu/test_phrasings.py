"""Faults in phrasings, in words that an editor understands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dialogues.responses.commands import NAMES
from knowledge.loader import CONTENT, Knowledge, load
from nlu import phrasings


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


def faults_of(knowledge: Knowledge, tmp_path: Path, text: str, folder: str = "da") -> list[str]:
    path = tmp_path / folder / "some.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    found = phrasings.check(knowledge, NAMES, [tmp_path])
    return [str(fault) for fault in found if not fault.problem.startswith("Nobody can ask")]


def entry(label: str, *texts: str) -> str:
    lines = "".join(f"      - {text}\n" for text in texts)
    return f"  - intent: {label}\n    examples: |\n{lines}"


def test_the_shipped_phrasings_have_no_fault(knowledge: Knowledge) -> None:
    assert phrasings.check(knowledge, NAMES) == []


def test_a_label_that_means_nothing_is_named_with_the_nearest(knowledge: Knowledge, tmp_path: Path) -> None:
    (fault,) = faults_of(knowledge, tmp_path, "nlu:\n" + entry("topic/agreement.sing", "hvem"))
    assert ':4: Nothing is called "topic/agreement.sing"' in fault
    assert 'Did you mean "topic/agreement.sign"?' in fault


def test_a_phrasing_claimed_twice_names_both_places(knowledge: Knowledge, tmp_path: Path) -> None:
    text = "nlu:\n" + entry("topic/agreement.sign", "Hvem, må?") + entry("topic/agreement.why", "hvem maa ?")
    (fault,) = faults_of(knowledge, tmp_path, text)
    assert "some.yml:7:" in fault and "some.yml:4." in fault and "topic/agreement.sign" in fault


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("nlu: [", "some.yml:"),
        ("- a\n", "There is no list `nlu`"),
        ("nlu:\n  - intent: topic/agreement.sign\n", "`intent` and `examples`"),
        ("nlu:\n  - intent: topic/agreement.sign\n    examples: |\n      hvem\n", "Begin each phrasing with `- `"),
    ],
)
def test_a_file_without_the_form_is_told_how_it_goes(
    knowledge: Knowledge, tmp_path: Path, text: str, says: str
) -> None:
    assert says in faults_of(knowledge, tmp_path, text)[0]


def test_a_file_in_no_languages_folder_is_told_where_to_go(knowledge: Knowledge, tmp_path: Path) -> None:
    (fault,) = faults_of(knowledge, tmp_path, "nlu:\n" + entry("out_of_scope", "x"), folder="fr")
    assert "below `da` or `en`" in fault


@pytest.mark.parametrize("second", ["hvem må", "Hvem må?"])
def test_a_question_mark_alone_tells_no_two_labels_apart(knowledge: Knowledge, tmp_path: Path, second: str) -> None:
    first = "hvem maa ?" if second == "hvem må" else "hvem må"
    text = "nlu:\n" + entry("topic/agreement.sign", first) + entry("topic/agreement.why", second)
    (fault,) = faults_of(knowledge, tmp_path, text)
    assert f'some.yml:7: "{second}" means topic/agreement.why here; in' in fault
    assert "some.yml:4, but for a ?, it means topic/agreement.sign. Keep it where it belongs." in fault


def test_one_label_may_have_a_phrasing_with_and_without_its_question_mark(knowledge: Knowledge, tmp_path: Path) -> None:
    text = "nlu:\n" + entry("topic/agreement.sign", "hvem må", "hvem må?")
    assert faults_of(knowledge, tmp_path, text) == []


def test_a_marked_word_belongs_to_terms_only(knowledge: Knowledge, tmp_path: Path) -> None:
    text = "nlu:\n" + entry("term/what", "hvad er [aften](term)") + entry("topic/agreement.sign", "hver [aften](term)")
    (fault,) = faults_of(knowledge, tmp_path, text)
    assert "some.yml:7: Only in term/… and lead/… a word is marked." in fault


def test_a_lead_needs_what_it_leads_up_to(knowledge: Knowledge, tmp_path: Path) -> None:
    text = "nlu:\n" + entry("lead/on", "og hvad med [moms](subject)", "og hvad så")
    (fault,) = faults_of(knowledge, tmp_path, text)
    assert "some.yml:5: In lead/… nothing is marked that the lead leads up to. Mark it, as in" in fault


def test_short_forms_are_no_phrasings(knowledge: Knowledge, tmp_path: Path) -> None:
    text = "nlu:\n  - synonym: i forbindelse med\n    examples: |\n      - ifm\n"
    assert faults_of(knowledge, tmp_path, text) == []


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("some.yaml", ["A file that ends with .yaml isn't read. Let its name end with .yml."]),
        ("some.yml.txt", ["A file that ends with .txt isn't read. Let its name end with .yml."]),
        ("README.md", []),
        (".some.yml.swp", []),
    ],
)
def test_files_that_are_never_read_are_named(knowledge: Knowledge, tmp_path: Path, name: str, says: list[str]) -> None:
    (tmp_path / "da").mkdir()
    (tmp_path / "da" / name).touch()
    found = [fault for fault in phrasings.check(knowledge, NAMES, [tmp_path]) if "Nobody" not in fault.problem]
    assert [str(fault).partition(":1: ")[2] for fault in found] == says


def test_a_file_beside_the_shipped_folder_is_told_where_to_go(knowledge: Knowledge, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "da" / "topics").mkdir(parents=True)
    (tmp_path / "da/topics/partners.yml").touch()
    found = [str(fault) for fault in phrasings.check(knowledge, NAMES, [tmp_path / "data"]) if "da/t" in fault.file]
    assert (
        f"{tmp_path}/da/topics/partners.yml:1: A file in this place isn't read. Move it to {tmp_path}/data/da/."
        in found
    )


def own(knowledge: Knowledge, tmp_path: Path) -> Knowledge:
    """The knowledge with a topic and a checklist of a library's own."""
    for path in ("topics/partners/chess.yml", "checklists/visit.yml"):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).touch()
    topics = {**knowledge.topics, "partners.chess": knowledge.topics["partners.find"]}
    checklists = {**knowledge.checklists, "visit": knowledge.checklists["agreement"]}
    return replace(knowledge, topics=topics, checklists=checklists, folders=(CONTENT, tmp_path))


@pytest.mark.parametrize(
    ("label", "file"),
    [
        ("topic/partners.find", "nlu/data/da/topics/partners.yml"),
        ("checklist/agreement", "nlu/data/da/checklists.yml"),
        ("topic/partners.chess", "{overlay}/nlu/da/topics/partners.yml"),
        ("checklist/visit", "{overlay}/nlu/da/checklists.yml"),
    ],
)
def test_what_nobody_can_ask_for_names_the_file_where_the_entry_belongs(
    knowledge: Knowledge, tmp_path: Path, label: str, file: str
) -> None:
    found = phrasings.check(own(knowledge, tmp_path), NAMES, [tmp_path / "nlu"])
    said = f"Nobody can ask for {label} in the language da: it has no phrasings. Add an entry with `intent: {label}`."
    assert f"{file.format(overlay=tmp_path)}:1: {said}" in [str(fault) for fault in found]


def test_a_label_whose_topic_is_left_out_is_told_so(knowledge: Knowledge, tmp_path: Path) -> None:
    without = replace(own(knowledge, tmp_path), topics=knowledge.topics)
    (fault,) = faults_of(without, tmp_path / "nlu", "nlu:\n" + entry("topic/partners.chess", "skak"))
    assert fault.endswith('The topic "partners.chess" is left out because of a fault of its own. Mend that first.')


def test_a_topic_that_nobody_can_ask_for_is_named(knowledge: Knowledge, tmp_path: Path) -> None:
    found = phrasings.check(knowledge, NAMES, [tmp_path])
    assert any("topic/agreement.sign in the language en" in str(fault) for fault in found)
