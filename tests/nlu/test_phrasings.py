"""Faults in phrasings, in words that an editor understands."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialogues.responses.commands import NAMES
from knowledge.loader import Knowledge, load
from nlu import phrasings


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


def faults_of(knowledge: Knowledge, tmp_path: Path, text: str, folder: str = "da") -> list[str]:
    path = tmp_path / folder / "some.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    found = phrasings.check(knowledge, NAMES, [tmp_path])
    return [str(fault) for fault in found if not fault.file.startswith("nlu/data/")]


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


def test_a_topic_that_nobody_can_ask_for_is_named(knowledge: Knowledge, tmp_path: Path) -> None:
    found = phrasings.check(knowledge, NAMES, [tmp_path])
    assert any("topic/agreement.sign in the language en" in str(fault) for fault in found)
