"""Loading gives all content, laid over by a library's own, or says why not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import TemplateError

from knowledge.faults import ContentError
from knowledge.loader import load
from knowledge.templates import Trusted

Edit = Callable[[Path, str, str], None]


def test_everything_is_there_by_id(content: Path) -> None:
    knowledge = load(content)
    assert set(knowledge.topics) == {"tea.brew", "tea.milk"}
    assert set(knowledge.checklists) == {"party"}
    assert set(knowledge.documents) == {"invitation"}
    assert set(knowledge.terms) == {"tea", "pot"}
    assert set(knowledge.facets) == {"hot", "sweet", "big"}
    assert set(knowledge.sources) == {"kettle", "cup"}
    assert set(knowledge.texts) == {"chat.hello", "chat.yes"}
    assert knowledge.faults == ()
    assert knowledge.sources["kettle"].year == 2020
    assert knowledge.checklists["party"].scales["grade"][0].en == "Yes"
    assert knowledge.checklists["party"].result.bands[1].above == 0.5


def test_nothing_there_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "sources.yml").write_text("sources:\n", encoding="utf-8")
    (tmp_path / "glossary.yml").write_text("", encoding="utf-8")
    assert load(tmp_path).topics == load(tmp_path / "nowhere").topics == {}


def test_say_fills_a_text_and_escapes_what_was_typed(content: Path) -> None:
    knowledge = load(content)
    assert knowledge.say("da", "chat.hello", name="*Bo*") == r"Hej \*Bo\*"
    assert knowledge.say("en", "chat.hello", name=Trusted("**Bo**")) == "Hello **Bo**"


def test_say_names_what_is_missing(content: Path) -> None:
    knowledge = load(content)
    with pytest.raises(KeyError, match="Did you mean"):
        knowledge.say("da", "chat.helo", name="Bo")
    with pytest.raises(TemplateError):
        knowledge.say("da", "chat.hello")


def test_topic_texts_are_rendered(content: Path) -> None:
    knowledge = load(content)
    assert "»Mælk i te«" in knowledge.topic_text("tea.brew", "da", "short")
    assert "“Milk in tea”" in knowledge.topic_text("tea.brew", "en", "short")
    assert knowledge.topic_text("tea.milk", "da", "short").endswith("Jeg kender 2 emner og 1 tjekliste.")
    assert knowledge.topic_text("tea.brew", "da", "ask") == ""
    assert knowledge.topic_text("tea.brew", "da", "title") == "Sådan brygger du te"
    assert isinstance(knowledge.topic_text("tea.brew", "da", "more"), Trusted)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("topics/tea/brew.yml", "chapter: 1", "chaptr: 1"),
        ("topics/tea/brew.yml", "[tea.milk]", "[tea.mlik]"),
        ("topics/tea/brew.yml", "Sæt vand over.", "Sæt {{ vand }} over."),
        ("topics/tea/brew.yml", "id: tea.brew", "id: ["),
        ("documents/invitation.yml", "plain.docx", "missing.docx"),
    ],
)
def test_faulty_shipped_content_is_refused(content: Path, edit: Edit, file: str, old: str, new: str) -> None:
    edit(content / file, old, new)
    with pytest.raises(ContentError) as caught:
        load(content)
    assert f"content/{file}:" in str(caught.value)


def test_prose_that_is_too_long_still_loads(content: Path, edit: Edit) -> None:
    edit(content / "topics/tea/brew.yml", "Sæt vand over.", "Sæt vand over. " * 50)
    assert load(content).topics


# --- a library's own folder --------------------------------------------------------------------


def test_own_pieces_replace_and_add(content: Path, overlay: Path) -> None:
    knowledge = load(content, overlay)
    assert knowledge.topic_text("tea.milk", "da", "title") == "Mælk hos os"
    assert "»Mælk hos os«" in knowledge.topic_text("tea.brew", "da", "short")
    assert "tea.sugar" in knowledge.topics
    assert knowledge.say("da", "chat.hello", name="Bo") == "Velkommen, Bo"
    assert knowledge.say("da", "chat.yes") == "Ja"
    assert knowledge.faults == ()


def test_an_own_word_template_goes_before_the_shipped_one(content: Path, overlay: Path) -> None:
    assert load(content, overlay).word_template("plain.docx") == content / "documents/plain.docx"
    (overlay / "documents").mkdir()
    (overlay / "documents/plain.docx").touch()
    assert load(content, overlay).word_template("plain.docx") == overlay / "documents/plain.docx"


def test_a_faulty_own_piece_is_left_out_and_the_rest_runs(content: Path, overlay: Path, edit: Edit) -> None:
    edit(overlay / "topics/tea/milk.yml", "sources: [cup]", "sources: [cups]")
    knowledge = load(content, overlay)
    assert knowledge.topic_text("tea.milk", "da", "title") == "Mælk i te"
    assert "tea.sugar" in knowledge.topics
    assert [str(fault) for fault in knowledge.faults] == [
        'overlay/topics/tea/milk.yml:2: There is no source "cups" to refer to. Did you mean "cup"?'
    ]


def test_what_depends_on_a_piece_that_is_left_out_is_left_out_too(content: Path, overlay: Path, edit: Edit) -> None:
    edit(overlay / "topics/tea/milk.yml", "id: tea.milk\n", "id: tea.milk\nrelated: [tea.sugar]\n")
    edit(overlay / "topics/tea/sugar.yml", "sources: [cup]", "sources: [")
    knowledge = load(content, overlay)
    assert set(knowledge.topics) == {"tea.brew", "tea.milk"}
    assert knowledge.topic_text("tea.milk", "da", "title") == "Mælk i te"
    assert {fault.file for fault in knowledge.faults} == {f"overlay/topics/tea/{n}.yml" for n in ("milk", "sugar")}


@pytest.mark.parametrize(
    ("file", "old", "new", "line"),
    [
        ("topics/tea/milk.yml", "id: tea.milk\n", "id: tea.milk\nrelated: [tea.sugar]\n", 2),
        ("topics/tea/milk.yml", "Vi har kun havredrik.", "'Se {{ title(\"tea.sugar\") }}.'", 3),
    ],
)
@pytest.mark.parametrize("fault", ["sources: [", "sources: [cups]"])
def test_what_names_a_piece_that_is_left_out_is_told_so(
    content: Path, overlay: Path, edit: Edit, file: str, old: str, new: str, line: int, fault: str
) -> None:
    edit(overlay / file, old, new)
    edit(overlay / "topics/tea/sugar.yml", "sources: [cup]", fault)
    first, *others = [str(fault) for fault in load(content, overlay).faults]
    said = 'The topic "tea.sugar" is left out because of a fault of its own. Mend that first.'
    assert first == f"overlay/{file}:{line}: {said}"
    assert all("overlay/topics/tea/sugar.yml" in other for other in others)


def test_an_own_group_of_topics_can_be_named(content: Path, overlay: Path) -> None:
    (overlay / "texts" / "command.yml").write_text("group-clubs: {da: Klubber, en: Clubs}\n", encoding="utf-8")
    knowledge = load(content, overlay)
    assert knowledge.say("da", "command.group-clubs") == "Klubber"
    assert knowledge.faults == ()


def test_a_document_whose_checklist_is_left_out_is_told_so(content: Path, overlay: Path, edit: Edit) -> None:
    (overlay / "checklists").mkdir()
    (overlay / "documents").mkdir()
    (overlay / "checklists/tea.yml").write_text("id: [", encoding="utf-8")
    own = overlay / "documents/menu.yml"
    own.write_text((content / "documents/invitation.yml").read_text(encoding="utf-8"), encoding="utf-8")
    edit(own, "id: invitation", "id: menu")
    said = [str(fault) for fault in load(content, overlay).faults if "menu" in fault.file]
    assert said == [
        'overlay/documents/menu.yml:1: No checklist ends with the document "menu". '
        "A checklist is left out because of a fault of its own. Mend that first."
    ]


def test_an_own_checklist_must_fit_the_document_that_it_ends_with(content: Path, overlay: Path, edit: Edit) -> None:
    (overlay / "checklists").mkdir()
    own = overlay / "checklists/party.yml"
    own.write_text((content / "checklists/party.yml").read_text(encoding="utf-8"), encoding="utf-8")
    assert load(content, overlay).faults == ()
    edit(own, "id: guests", "id: people")
    knowledge = load(content, overlay)
    assert "guests" in {item.id for item in knowledge.checklists["party"].items}
    assert any("no item for `a.guests`" in fault.problem for fault in knowledge.faults)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("hello:", "helo:", 'There is no text "chat.helo" to replace. Did you mean "chat.hello"?'),
        ("Velkommen, {{ name }}", "Velkommen, {{ navn }}", "There is nothing named `navn` to fill in."),
        ("Velkommen, {{ name }}", "Velkommen, {{ name", "The template can't be read"),
    ],
)
def test_an_own_text_must_fit_the_one_that_it_replaces(
    content: Path, overlay: Path, edit: Edit, old: str, new: str, said: str
) -> None:
    edit(overlay / "texts/chat.yml", old, new)
    knowledge = load(content, overlay)
    assert knowledge.say("da", "chat.hello", name="Bo") == "Hej Bo"
    assert any(said in str(fault) for fault in knowledge.faults)


def test_an_own_folder_that_is_not_there_is_a_fault_not_a_failure(content: Path) -> None:
    knowledge = load(content, content / "nowhere")
    assert knowledge.topics
    assert "no such folder" in str(knowledge.faults[0])


# --- the version -------------------------------------------------------------------------------


def test_the_version_changes_with_any_file_and_only_then(content: Path, overlay: Path, edit: Edit) -> None:
    first = load(content).version
    assert load(content).version == first
    versions = {first, load(content, overlay).version}
    (content / "documents/plain.docx").write_bytes(b"restyled")
    versions.add(load(content).version)
    edit(content / "topics/tea/brew.yml", "Sæt vand over.", "Sæt vand på.")
    versions.add(load(content).version)
    assert len(versions) == 4
