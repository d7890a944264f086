"""`check` finds every fault and says where it is and how to mend it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.check import check
from knowledge.loader import CONTENT

Edit = Callable[[Path, str, str], None]

BREW, MILK = "topics/tea/brew.yml", "topics/tea/milk.yml"
PARTY, INVITATION = "checklists/party.yml", "documents/invitation.yml"


def test_shipped_content_has_no_faults() -> None:
    assert [str(fault) for fault in check(CONTENT)] == []


def test_sound_content_has_no_faults(content: Path, overlay: Path) -> None:
    assert check(content, overlay) == []


CASES = [
    # links
    (BREW, "[tea.milk]", "[tea.mlik]", 3, 'There is no topic "tea.mlik" to relate to. Did you mean "tea.milk"?'),
    (BREW, "[tea.milk]", "[tea.brew]", 3, 'The topic "tea.brew" is related to itself.'),
    (BREW, "[tea.milk]", "[tea.milk, tea.milk]", 3, 'The topic "tea.milk" is named twice.'),
    (BREW, "[party]", "[partty]", 4, 'There is no checklist "partty" to refer to. Did you mean "party"?'),
    (BREW, "[kettle]", "[pot]", 5, 'There is no source "pot" to refer to.'),
    ("glossary.yml", "[tea.brew]", "[tea.bew]", 3, 'There is no topic "tea.bew" to refer to. Did you mean'),
    ("glossary.yml", "[tepotte]", "[the]", 7, 'The word "the" stands for the term "tea" already.'),
    ("glossary.yml", "[tepotte]", "[Teen]", 7, 'The word "Teen" stands for the term "tea" already.'),
    ("facets.yml", "[sukker, sød]", "[sukker, VARM]", 8, 'The word "VARM" stands for the facet "hot" already.'),
    ("facets.yml", "[sukker, sød]", "[]", 8, "`words`: The list is empty: name at least one."),
    (MILK, "[hot]", "[big]", 3, 'The facet "big" is one of the group `cups`. Name one of the group `tea`.'),
    (MILK, "[hot]", "[hott]", 3, 'There is no facet "hott" to refer to. Did you mean "hot"?'),
    # schema
    (BREW, "chapter: 1", "chaptr: 1", 2, 'There is no key `chaptr` here. Did you mean "chapter"?'),
    (BREW, "chapter: 1", "chapter: one", 2, "`chapter` must be a whole number."),
    (BREW, "chapter: 1", "chapter: 9", 2, "`chapter` must be 8 or less."),
    (BREW, "do_now: Sæt vand over.", "do_now: {vand}", 16, '`do_now` must be text. Put the whole text in "quotes"'),
    (BREW, "do_now: Sæt vand over.", "do_now: Sæt nr. #4 over.", 16, "The text after ` #` would be lost"),
    (BREW, "related: [tea.milk]", "related:", 3, "`related` is empty."),
    (BREW, "sources: [kettle]", "sources: kettle", 5, "`sources` must be a list."),
    (BREW, "sources: [kettle]", "sources: []", 5, "name at least one"),
    (BREW, "sources: [kettle]\n", "", 1, "The key `sources` is missing."),
    (BREW, "[tea.milk]", "[Tea Milk]", 3, "entry 1 of `related` must be a group and a name with a dot between"),
    (BREW, "  do_now: Sæt vand over.\n", "", 6, "The key `do_now` is missing under `da`."),
    (BREW, "id: tea.brew", "id: tea.brwe", 1, "the name of the file don't say the same. Write `id: tea.brew`"),
    (MILK, "caution: yellow", "caution: yelow", 2, "must be `green`, `yellow` or `red`, not `yelow`. Did you mean"),
    (MILK, "  ask: Spørg, om nogen ikke tåler mælk.\n", "", 1, "needs `ask` under `da`"),
    (
        PARTY,
        "en: {title: Tea party, intro: Two minutes., ends_with: An invitation}",
        "",
        1,
        "The English text is missing.",
    ),
    (PARTY, "kind: number", "kind: nummer", 14, 'Did you mean "number"?'),
    ("sources.yml", "https://makker.example/kettle", "makker.example", 5, "`url` must begin with https://"),
    ("sources.yml", "id: cup", "id: kettle", 6, 'The source "kettle" stands already in content/sources.yml:2.'),
    ("sources.yml", "sources:", "works:", 1, "The file must begin with `sources:`"),
    ("texts/chat.yml", "  en: Hello {{ name }}\n", "", 1, "The English text is missing. Add it under `en:`."),
    # checklists
    (PARTY, "id: has-milk", "id: guests", 20, 'The item "guests" stands here a second time.'),
    (PARTY, "scale: grade", "scale: grades", 22, 'There is no scale "grades". Did you mean "grade"?'),
    (
        PARTY,
        "item: has-milk",
        "item: has-mlk",
        31,
        'The condition names the item "has-mlk", which isn\'t there. Did you',
    ),
    (PARTY, "item: has-milk", "item: milk-kind", 31, "which comes later. Move that item up."),
    (PARTY, 'any_of: ["yes"]', "any_of: [yess]", 31, 'can\'t be answered with "yess". Did you mean "yes"?'),
    (PARTY, "when: {item: has-milk", "when: {item: guests", 31, "whose values no condition can name"),
    (PARTY, "id: oat", "id: cow", 30, 'The choice "cow" stands here a second time.'),
    (PARTY, "minimum: 1\n", "minimum: 101\n", 16, "`maximum` is less than `minimum`."),
    (PARTY, "document: invitation", "document: invite", 38, 'There is no document "invite" to end with.'),
    (PARTY, "above: 0.50", "above: 0", 35, "must begin with `above: 0` and ascend"),
    # templates
    (BREW, 'Læs også »{{ title("tea.milk") }}«', '{{ title("tea.mlk") }}', 8, 'Did you mean "tea.milk"?'),
    (BREW, "Sæt vand over.", "Sæt {{ vand }} over.", 16, "'vand' is undefined."),
    (BREW, "Sæt vand over.", "'{% if x %}Sæt vand over.'", 16, "The template can't be read"),
    (BREW, "title: Sådan brygger du te", "title: '{{ topics }}'", 7, "Nothing is filled in here"),
    ("texts/chat.yml", "Hello {{ name }}", "Hello {{ nmae }}", 2, "The Danish text doesn't use `nmae`"),
    ("texts/chat.yml", "Hello {{ name }}", "Hello {{ name", 3, "The template can't be read"),
    (
        INVITATION,
        "Vi bliver **{{ a.guests }}**",
        "Vi bliver {{ a.guest }}",
        9,
        'no item for `a.guest`. Did you mean "guests"?',
    ),
    (
        INVITATION,
        "We will be **{{ a.guests }}**",
        "We are {{ guests }}",
        10,
        "There is nothing named `guests` to fill in.",
    ),
    (INVITATION, "item: has-milk", "item: hasmilk", 12, 'Did you mean "has-milk"?'),
    (INVITATION, "template: plain.docx", "template: plan.docx", 2, 'There is no Word template "plan.docx"'),
    (INVITATION, "id: milk", "id: guests", 11, 'The clause "guests" stands here a second time.'),
    # prose
    (BREW, "more: |\n    Du skal bruge:\n\n", "more: >-\n", 10, "A list here has run together. Write `|` instead of"),
    (
        MILK,
        "title: Mælk i te",
        "title: sådan brygger du TE",
        6,
        'The topic "tea.brew" has the title "sådan brygger du TE"',
    ),
    (BREW, "title: Sådan brygger du te", f"title: {'te ' * 30}", 7, "`title` has 89 characters; 60 is the most."),
    (BREW, "Hæld kogende vand på, og", "Opvarmning, gennemsyrning, dernæst", 8, "`short` is hard to read"),
    (BREW, "Sæt vand over.", "Sæt vand over. " * 30, 16, "`do_now` has 449 characters; 250 is the most."),
    (BREW, "[biblioteket](https", "[biblioteket] (https", 15, "A link here is broken."),
    (BREW, "https://makker.example/te)", "www.makker.example)", 15, "isn't a web address"),
    (BREW, "- **vand**", "- **vand", 10, "isn't closed"),
    (BREW, "- **vand**", "# Vand", 10, "Headings can't stand in a text."),
    (BREW, "- **vand**", "<b>vand</b>", 10, "HTML can't stand in a text."),
    (BREW, "- **vand**", "* vand", 10, "Begin each entry with `- `."),
    (BREW, "- **vand**", "![vand](https://makker.example)", 10, "A picture can't stand in a text."),
]


@pytest.mark.parametrize(("file", "old", "new", "line", "said"), CASES)
def test_each_fault_is_found_where_it_is(
    content: Path, edit: Edit, file: str, old: str, new: str, line: int, said: str
) -> None:
    edit(content / file, old, new)
    found = [str(fault) for fault in check(content)]
    assert any(fault.startswith(f"content/{file}:{line}: ") and said in fault for fault in found), found


def test_all_faults_come_in_one_run_in_order(content: Path, edit: Edit) -> None:
    edit(content / BREW, "chapter: 1", "chaptr: x")
    edit(content / MILK, "[kettle, cup]", "[kettle, cups]")
    edit(content / PARTY, "kind: number", "kind: nummer")
    (content / "glossary.yml").write_text("terms: [", encoding="utf-8")
    assert [fault.file.removeprefix("content/") for fault in check(content)] == [PARTY, "glossary.yml", BREW, MILK]


def test_a_broken_piece_causes_no_faults_elsewhere(content: Path, edit: Edit) -> None:
    edit(content / PARTY, "minutes: {quick: 1, full: 2}", "minutes: {quick: [")
    assert {fault.file for fault in check(content)} == {"content/checklists/party.yml"}


def test_a_broken_topic_causes_no_faults_where_its_title_is_named(content: Path, edit: Edit) -> None:
    edit(content / MILK, "[kettle, cup]", "[kettle")
    assert {fault.file for fault in check(content)} == {f"content/{MILK}"}


@pytest.mark.parametrize("file", ["sources.yml", "glossary.yml", "texts/chat.yml"])
@pytest.mark.parametrize("raw", ["a: [", "- a", "a: b"])
def test_a_broken_list_causes_no_faults_elsewhere(content: Path, file: str, raw: str) -> None:
    (content / file).write_text(raw, encoding="utf-8")
    assert {fault.file for fault in check(content)} == {f"content/{file}"}


def test_a_misspelt_key_is_one_fault(content: Path, edit: Edit) -> None:
    edit(content / BREW, "  title: Sådan", "  tittle: Sådan")
    assert [str(fault) for fault in check(content)] == [
        f'content/{BREW}:7: There is no key `tittle` here. Did you mean "title"?'
    ]


def test_an_own_topic_with_the_title_of_a_shipped_one_is_to_blame(content: Path, overlay: Path, edit: Edit) -> None:
    edit(overlay / "topics/tea/milk.yml", "title: Milk here", "title: How to Brew tea")
    edit(overlay / "topics/tea/sugar.yml", "title: Sukker", "title: Mælk i te")
    (fault,) = check(content, overlay)
    said = 'The topic "tea.brew" has the title "How to Brew tea" already. Give it another one.'
    assert str(fault) == f"overlay/topics/tea/milk.yml:4: {said}"


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("topics/tea/old.yaml", "Let its name end with .yml."),
        ("topics/tea/old.yml.txt", "A file that ends with .txt isn't read. Let its name end with .yml."),
        ("topics/tea/old", "A file without an ending isn't read. Let its name end with .yml."),
        ("checklists/old.YML", "A file that ends with .YML isn't read. Let its name end with .yml."),
        ("texts/old.txt", "A file that ends with .txt isn't read."),
        ("sources.yml.txt", "A file that ends with .txt isn't read."),
        ("documents/old.doc", "Save it as a Word file whose name ends with .docx."),
        ("topics/tea/old.docx", "Save it as a Word file whose name ends with .docx in documents/."),
        ("topics/loose.yml", "A file in this place isn't read. Topics belong in topics/<group>/<name>.yml."),
        ("loose.yml", "A file in this place isn't read. Topics belong in topics/<group>/<name>.yml."),
        ("chess.yml", "A file in this place isn't read. Topics belong in topics/<group>/<name>.yml."),
        ("checklists/tea/other.yml", "A file in this place isn't read. Move it to checklists/."),
        ("topics/tea/Chess Club.yml", "Name the file in small letters and hyphens, say `chess-club.yml`."),
        ("topics/tea/skøn_te.2.yml", "Name the file in small letters and hyphens, say `skoen-te.yml`."),
        ("topics/tea/2024.yml", "Name the file in small letters and hyphens."),
        (f"topics/tea/{'a' * 40}.yml", f"hyphens, 28 at most, say `{'a' * 28}.yml`."),
        ("topics/Te-hus/some.yml", "Name the folder in small letters a-z, say `tehus`."),
        ("checklists/Tea 2.yml", "Name the file in small letters, digits and hyphens, say `tea-2.yml`."),
        ("checklist/other.yml", 'Did you mean "checklists"?'),
        ("sourses.yml", 'Did you mean "sources.yml"?'),
    ],
)
def test_files_that_would_not_be_read_are_named(content: Path, file: str, said: str) -> None:
    (content / file).parent.mkdir(parents=True, exist_ok=True)
    (content / file).write_text("a: b", encoding="utf-8")
    assert [said in str(fault) for fault in check(content)] == [True]


@pytest.mark.parametrize(
    "file",
    ["topics/README.md", "topics/tea/.old.yml", "documents/~$plain.docx", "documents/other.docx", "LICENSE",
     "topics/tea/brew.yml~", "nlu/da/old.txt", "notes/some.txt", ".git/some.yml"],
)  # fmt: skip
def test_files_that_nobody_means_to_be_read_are_let_be(content: Path, file: str) -> None:
    (content / file).parent.mkdir(parents=True, exist_ok=True)
    (content / file).touch()
    assert check(content) == []


def test_a_file_with_another_ending_causes_no_faults_elsewhere(content: Path) -> None:
    (content / MILK).rename(content / f"{MILK}.txt")
    assert {fault.file for fault in check(content)} == {f"content/{MILK}.txt"}


def test_a_document_that_no_checklist_ends_with(content: Path, edit: Edit) -> None:
    edit(content / PARTY, "  document: invitation\n", "")
    assert "No checklist ends with the document" in str(check(content)[0])


def test_folders_that_are_not_there(content: Path) -> None:
    assert "no such folder" in str(check(content / "nowhere")[0])
    assert "no such folder" in str(check(content, content / "nowhere")[0])


@pytest.mark.parametrize("file", [BREW, PARTY, INVITATION, "glossary.yml", "sources.yml", "texts/chat.yml"])
@given(raw=st.one_of(st.binary(), st.recursive(st.text("ab:-[]{}\n "), lambda t: t.map(str.strip)).map(str.encode)))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_garbage_in_any_file_gives_faults_never_a_traceback(content: Path, file: str, raw: bytes) -> None:
    (content / file).write_bytes(raw)
    assert all(str(fault) for fault in check(content))


@pytest.mark.parametrize("file", [BREW, PARTY, INVITATION, "glossary.yml", "sources.yml", "texts/chat.yml"])
@given(data=st.data())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_file_with_a_line_gone_or_bent_never_gives_a_traceback(content: Path, file: str, data: st.DataObject) -> None:
    path = content / file
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    number = data.draw(st.integers(0, len(lines) - 1))
    bent = ["", lines[number] + " x", f"  {lines[number]}", lines[number].split(":")[0] + ":", lines[number] + " {{"]
    lines[number] = data.draw(st.sampled_from(bent))
    path.write_text("\n".join(lines), encoding="utf-8")
    assert all(fault.line <= len(lines) + 1 for fault in check(content))
    path.write_text(text, encoding="utf-8")
