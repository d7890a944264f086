"""The course's lessons and scenes: `check` finds every fault, says where it is and how to mend it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogues import taps
from dialogues.course.buttons import ANSWER, TURN, tap
from dialogues.course.moves import AGAIN
from knowledge.check import check
from knowledge.course_links import MOMENT_IDS, QUESTION_IDS
from knowledge.forms import ChoiceId, ItemId
from knowledge.loader import load

Edit = Callable[[Path, str, str], None]

POT, TIN, URN = "lessons/first-pot.yml", "scenes/empty-tin.yml", "lessons/our-urn.yml"
LAST_QUESTION = """  - id: last
    right: milk
    options:
      - {id: milk, da: Mælken, en: The milk}
      - {id: leaves, da: Bladene, en: The leaves}
    da: {question: Hvad kommer til sidst?, explanation: Mælken kommer efter teen.}
    en: {question: What goes in last?, explanation: The milk comes after the tea.}
"""
HARD = "Samarbejdsaftalernes forventningsafstemninger sammenskrives partnerskabsstrategisk " * 5
SHARED = "    da: I drikker den sammen.\n    en: You drink it together.\n"
GUIDE = "    guide: {da: Vand går også., en: Water will do.}\n"

QUESTIONS = [
    ("    right: boiling\n", "", 21, "The key `right` is missing under entry 1 of `quiz`."),
    ("right: boiling", "right: boilng", 22, 'The right answer "boilng" is none of the answers to choose from. Did you'),
    ("right: boiling", "right: hour", 22, "Write one of `cold` and `boiling`."),
    ("right: boiling", "right:", 22, "`right` is empty."),
    (LAST_QUESTION, "", 20, "A lesson asks three questions under `quiz`; here are 2"),
    ("id: boiling", "id: cold", 25, 'The answer "cold" stands here a second time. Give one of them another id.'),
    ("da: Kogende vand", "da: koldt  VAND", 25, 'The choice "koldt  VAND" stands here a second time. Say one of them'),
    ("en: An hour}", "en: Three minutes.}", 32, "stands here a second time. Say one of them in other words."),
    ("  - id: last\n", "  - id: water\n", 36, 'The question "water" stands here a second time.'),
    ("  - id: first\n", "  - id: wait\n", 44, 'The question "wait" stands here a second time.'),
    ("      - {id: cake, da: Kagen, en: The cake}\n", "", 46, "two to six answers to choose from; here are 1"),
    ("da: Kogende vand", f"da: {'vand ' * 24}", 25, "`da` has 119 characters; 95 is the most. Shorten it by 24."),
    ("explanation: Tea needs heat.", f"explanation: {'Heat. ' * 40}", 27, "`explanation` has 239 characters; 195 is"),
    (
        "question: Hvad hælder du på?",
        f"question: {'Hvad? ' * 50}",
        26,
        "`question` has 299 characters; 280 is the most.",
    ),
    ("id: water", "id: a-question-of-hot-water-1", 21, "`id`"),
]
LESSONS = [
    ("order: 1\n", "", 1, "The key `order` is missing."),
    ("[tea.brew]", "[tea.brw]", 3, 'There is no topic "tea.brw" to refer to. Did you mean "tea.brew"?'),
    ("[tea.brew]", "[]", 3, "name at least one"),
    ("[party]", "[partty]", 4, 'There is no checklist "partty" to refer to. Did you mean "party"?'),
    ("[kettle]", "[pot]", 5, 'There is no source "pot" to refer to.'),
    ("id: first-pot", "id: first-pt", 1, "the name of the file don't say the same. Write `id: first-pot`"),
    ("  hook: Der kommer gæster om lidt. Kedlen er kold.\n", "", 6, "The key `hook` is missing under `da`."),
    ("title: Den første kande", f"title: {'te ' * 20}", 7, "`title` has 59 characters; 36 is the most."),
    ("Sæt vand over først. Find så teen.", "Te nu. " * 75, 9, "`point` has 150 words; it must have fewer than 150."),
    ("Put the kettle on first. Then", "Tea now. " * 80, 16, "words; it must have fewer than 150. Shorten it by"),
    ("Sæt vand over først. Find så teen.", "Vand og te. " * 100, 9, "`point` has 1199 characters; 1100 is the most."),
    ("Sæt vand over først. Find så teen.", HARD * 2, 6, "The lesson is hard to read: its LIX is"),
    ("task: Find kedlen hos jer.", "task: Find <b>kedlen</b>.", 11, "HTML can't stand in a text."),
    ("task: Find kedlen hos jer.", "task: Find {{ kedlen }}.", 11, "Nothing is filled in here"),
]
SCENES = [
    ("to: shop", "to: shp", 13, 'The choice leads to "shp", and the scene has no such moment.'),
    ("to: water", "to: nowhere", 19, "Add a moment of that id, or name another one."),
    ("to: alone", "to: shared", 36, 'Nothing leads to the moment "alone". Let a choice lead to it'),
    ("to: water", "to: tin", 8, "lead round in a circle: the scene may never end."),
    ("to: shop", "to: shared", 26, 'The end "shared" comes after 1 choices; a scene has 2 to 4 on each way. Put'),
    (GUIDE, "", 31, "A moment either has `choices`, or ends the scene with `guide`"),
    ("    topics: [tea.milk]\n", "", 31, "An end needs `topics`"),
    ("[tea.milk]", "[tea.mlk]", 35, 'There is no topic "tea.mlk" to refer to.'),
    ("      - {da: Sig nej tak, en: Decline, to: water}\n", "", 14, "One choice is none: name at least two"),
    ("da: Sig nej tak", "da: tag imod!", 19, 'The choice "tag imod!" stands here a second time. Say one'),
    ("  - id: water\n", "  - id: told\n", 31, 'The moment "told" stands here a second time. Give'),
    ("lesson: first-pot", "lesson: first-pt", 3, 'There is no lesson "first-pt" to come after.'),
    ("lesson: first-pot", "lesson: cake", 3, 'There is no lesson "cake" to come after. Remove the line.'),
    ("[cup]", "[cop]", 4, 'There is no source "cop" to refer to. Did you mean "cup"?'),
    ("da: Sig nej tak", f"da: {'Sig nej. ' * 5}", 19, "`da` has 44 characters; 40 is the most. Shorten"),
    ("da: I drikker vand.", f"da: {HARD}", 5, "The scene is hard to read: its LIX is"),
    ("da: I drikker vand.", f"da: {'Vi drak vand. ' * 60}", 32, "`da` has 839 characters; 800 is the most."),
    ("da: Vand går også.", f"da: {'Vand er godt. ' * 60}", 34, "`da` has 839 characters; 700 is the most."),
]  # fmt: skip
CASES = [(file, *case) for file, cases in ((POT, QUESTIONS + LESSONS), (TIN, SCENES)) for case in cases]


@pytest.mark.parametrize(("file", "old", "new", "line", "said"), CASES)
def test_each_fault_is_found_where_it_is(
    content: Path, edit: Edit, file: str, old: str, new: str, line: int, said: str
) -> None:
    edit(content / file, old, new)
    found = [str(fault) for fault in check(content)]
    assert any(fault.startswith(f"content/{file}:{line}: ") and said in fault for fault in found), found


def test_a_moment_with_choices_and_an_end_at_once(content: Path, edit: Edit) -> None:
    choices = "    choices:\n      - {da: Te, en: Tea, to: alone}\n      - {da: Vand, en: Water, to: alone}\n"
    edit(content / TIN, GUIDE, GUIDE + choices)
    (fault,) = check(content)
    assert (fault.line, "either has `choices`, or ends the scene" in fault.problem) == (31, True)


def test_an_end_after_five_choices(content: Path, edit: Edit) -> None:
    ways = "\n".join(
        f"  - {{id: way{n}, da: Du går., en: You walk., choices: [{{da: Frem, en: On, to: way{n + 1}}},"
        f" {{da: Hjem, en: Home, to: {'alone' if n < 2 else 'way3'}}}]}}"
        for n in range(3)
    )
    edit(content / TIN, "to: water", "to: way0")
    edit(content / TIN, "  - id: water\n", f"{ways}\n  - id: way3\n")
    (fault,) = check(content)
    assert str(fault).endswith(
        'The end "way3" comes after 5 choices; a scene has 2 to 4 on each way. Let a choice before it end the scene.'
    )


def test_more_choices_than_a_phone_shows_well(content: Path, edit: Edit) -> None:
    more = "".join(f"      - {{da: Valg {n}, en: Choice {n}, to: shared}}\n" for n in range(5))
    edit(content / TIN, "      - {da: Sig nej tak", f"{more}      - {{da: Sig nej tak")
    (fault,) = check(content)
    assert (fault.line, fault.problem) == (17, "A moment has two to 6 choices; here are 7.")


def test_ids_that_no_button_can_carry_together(content: Path, edit: Edit) -> None:
    question, option = "how-long-do-you-wait-for", "three-minute"
    text = (content / POT).read_text(encoding="utf-8").replace("- id: wait\n", f"- id: {question}\n")
    (content / POT).write_text(text.replace("three", option), encoding="utf-8")
    (fault,) = check(content)
    assert str(fault) == (
        f"content/{POT}:28: The ids `first-pot`, `{question}` and `{option}` have 45 characters together;"
        " a button carries 44. Shorten one of them by 1."
    )
    edit(content / POT, "- id: how-long-do-you-wait-for", "- id: how-long-do-you-wait-fo")
    assert check(content) == []


def test_ids_of_a_scene_that_no_button_can_carry_together(content: Path) -> None:
    name, moment = "the-tin-that-was-so-empt", "the-guests-are-told-it"  # 24 and 22
    text = (content / TIN).read_text(encoding="utf-8").replace("empty-tin", name).replace("told", moment)
    (content / TIN).unlink()
    (content / f"scenes/{name}.yml").write_text(text, encoding="utf-8")
    (fault,) = check(content)
    assert (fault.line, "have 46 characters together; a button carries 42." in fault.problem) == (14, True)


def test_the_longest_ids_that_pass_make_taps_that_a_button_carries() -> None:
    lesson, question = "l" * ItemId.max_length, "q" * (QUESTION_IDS - ItemId.max_length - ChoiceId.max_length)
    assert len(tap(ANSWER, AGAIN, lesson, question, "o" * ChoiceId.max_length)) == taps.MAX_BYTES
    scene, moment = "s" * ItemId.max_length, "m" * (MOMENT_IDS - ItemId.max_length)
    assert len(tap(TURN, scene, moment, "5")) == taps.MAX_BYTES


def test_two_lessons_of_the_same_order_stand_by_their_ids(content: Path, overlay: Path) -> None:
    assert check(content, overlay) == []
    assert [*load(content, overlay).lessons] == ["first-pot", "our-urn"]


def test_a_library_adds_a_lesson_and_replaces_one(content: Path, overlay: Path, edit: Edit) -> None:
    (overlay / POT).write_text((content / POT).read_text(encoding="utf-8"), encoding="utf-8")
    edit(overlay / POT, "title: Den første kande", "title: Kanden hos os")
    edit(overlay / POT, "order: 1", "order: 7")
    lessons = load(content, overlay).lessons
    assert [lesson.da.title for lesson in lessons.values()] == ["Vores maskine", "Kanden hos os"]
    assert check(content, overlay) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("right: basement", "right: cellar", "The right answer"),
        ("    right: basement\n", "", "The key `right` is missing"),
        ("[tea.brew]", "[tea.bru]", "There is no topic"),
        ("quiz:", "quizz:", "There is no key `quizz`"),
        ("id: our-urn", "id: [", ""),
    ],
)
def test_a_librarys_faulty_lesson_is_left_out_and_the_rest_works(
    content: Path, overlay: Path, edit: Edit, old: str, new: str, said: str
) -> None:
    edit(overlay / URN, old, new)
    knowledge = load(content, overlay)
    assert [*knowledge.lessons] == ["first-pot"] and [*knowledge.scenes] == ["empty-tin"]
    assert "Sukker" in knowledge.topics["tea.sugar"].da.title
    found = [str(fault) for fault in knowledge.faults]
    assert any(fault.startswith(f"overlay/{URN}:") and said in fault for fault in found), found


def test_a_librarys_faulty_lesson_in_the_place_of_one_leaves_that_one(content: Path, overlay: Path, edit: Edit) -> None:
    (overlay / POT).write_text((content / POT).read_text(encoding="utf-8"), encoding="utf-8")
    edit(overlay / POT, "right: boiling", "right: warm")
    knowledge = load(content, overlay)
    assert knowledge.lessons["first-pot"].quiz[0].right == "boiling"
    assert len(knowledge.faults) == 1


@pytest.mark.parametrize(
    ("old", "new", "line"), [("to: shop", "to: shup", 13), ("lesson: first-pot", "lesson: gone", 3)]
)
def test_a_librarys_scene_with_a_faulty_link_is_left_out(
    content: Path, overlay: Path, edit: Edit, old: str, new: str, line: int
) -> None:
    scene = (content / TIN).read_text(encoding="utf-8").replace("empty-tin", "our-tin")
    (overlay / "scenes").mkdir()
    (overlay / "scenes/our-tin.yml").write_text(scene, encoding="utf-8")
    assert [*load(content, overlay).scenes] == ["empty-tin", "our-tin"]
    edit(overlay / "scenes/our-tin.yml", old, new)
    knowledge = load(content, overlay)
    assert [*knowledge.scenes] == ["empty-tin"]
    assert [(fault.file, fault.line) for fault in knowledge.faults] == [("overlay/scenes/our-tin.yml", line)]


def test_a_scene_after_a_librarys_lesson_goes_when_that_lesson_is_left_out(
    content: Path, overlay: Path, edit: Edit
) -> None:
    scene = (content / TIN).read_text(encoding="utf-8").replace("empty-tin", "our-tin")
    (overlay / "scenes").mkdir()
    (overlay / "scenes/our-tin.yml").write_text(scene.replace("lesson: first-pot", "lesson: our-urn"), encoding="utf-8")
    assert load(content, overlay).scenes["our-tin"].lesson == "our-urn"
    edit(overlay / URN, "right: basement", "right: cellar")
    knowledge = load(content, overlay)
    assert [*knowledge.scenes] == ["empty-tin"]
    assert any("is left out because of a fault of its own" in str(fault) for fault in knowledge.faults)


@pytest.mark.parametrize("file", [POT, TIN])
@given(data=st.data())
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_file_with_a_line_gone_or_bent_never_gives_a_traceback(content: Path, file: str, data: st.DataObject) -> None:
    path = content / file
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    number = data.draw(st.integers(0, len(lines) - 1))
    bent = ["", f"  {lines[number]}", lines[number].split(":")[0] + ":", lines[number] + " {{", "choices: []"]
    lines[number] = data.draw(st.sampled_from(bent))
    path.write_text("\n".join(lines), encoding="utf-8")
    assert all(fault.line <= len(lines) + 1 for fault in check(content))
    path.write_text(text, encoding="utf-8")
