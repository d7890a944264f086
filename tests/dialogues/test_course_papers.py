"""The papers of the course: the certificate, and the paper for the talk with one's manager."""

from __future__ import annotations

import re
from datetime import date, datetime, timezone
from io import BytesIO

import docx as python_docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from test_documents_files import EVIL_TEXTS, squeezed, tags

from dialogues import taps
from dialogues.course import buttons as verbs
from dialogues.course import papers
from dialogues.course.buttons import Screen
from dialogues.course.state import Course
from dialogues.documents import completion, docx, names, pdf
from dialogues.documents.slots import clean
from knowledge.loader import load
from tests.talker import Talker

KNOWLEDGE = load()
LESSONS, SCENES = [*KNOWLEDGE.lessons], [*KNOWLEDGE.scenes]
NOW = datetime(2027, 3, 1, 11, tzinfo=timezone.utc)
SCORES = re.compile(
    r"resultat|rigtig|forkert|point\b|score|procent|%|\b\d+ (?:af|of) \d+ (?:rigtige|right)", re.IGNORECASE
)
NAME = "Åse Ærø-Østergård"


def course(lessons: int = len(LESSONS), scenes: int = 3, **more: object) -> Course:
    """A course with so many lessons done and scenes seen, of which everything was wrong."""
    done = {one: date(2027, 2, 1 + number) for number, one in enumerate(LESSONS[:lessons])}
    whole = Course(
        date(2027, 2, 1),
        date(2027, 2, 26),
        done=done,
        right=dict.fromkeys(done, 0),
        ends={one: (KNOWLEDGE.scenes[one].ends[0].id,) for one in SCENES[:scenes]},
        finished=date(2027, 2, 26),
        tested=(13, 17),
        name=NAME,
    )
    return whole.with_(**more)


def screen(language: str = "da") -> Screen:
    return Screen(KNOWLEDGE, language, NOW)


def sheet(of: Course, language: str = "da") -> PdfReader:
    return PdfReader(BytesIO(completion.write(papers.completion(screen(language), of))))


def text(reader: PdfReader) -> str:
    return " ".join(page.extract_text() for page in reader.pages)


# --- the certificate ---------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "day"), [("da", "den 26. februar 2027"), ("en", "on 26 February 2027")])
def test_the_certificate_names_the_learner_the_day_and_what_was_done(language: str, day: str) -> None:
    reader = sheet(course(), language)
    read = squeezed(text(reader))
    assert len(reader.pages) == 1
    assert squeezed(NAME) in read and squeezed(day) in read
    for lesson in KNOWLEDGE.lessons.values():
        assert squeezed(lesson.text(language).title) in read
    for scene in SCENES:
        assert (squeezed(KNOWLEDGE.scenes[scene].text(language).title) in read) == (scene in SCENES[:3])
    assert "Bygpartnerskaber" in read and "1½" in read


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_certificate_shows_no_scores_and_claims_no_signature(language: str) -> None:
    made = papers.completion(screen(language), course())
    read = text(sheet(course(), language))
    for title, _ in made.lessons:
        read = read.replace(title, "")
    assert not SCORES.search(read)
    assert not re.search("underskr|sign", read, re.IGNORECASE)


@pytest.mark.parametrize("language", ["da", "en"])
def test_papers_are_the_same_whatever_was_answered(language: str) -> None:
    wrong = course()
    right = course(right=dict.fromkeys(LESSONS, 3), tested=(17, 17), testing={"a/b": "c"}, cards={"a/b": {}})
    for paper in (papers.completion, papers.talk):
        assert paper(screen(language), wrong) == paper(screen(language), right)


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_screen_reader_reads_the_certificate_in_order(language: str) -> None:
    reader = sheet(course(), language)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"].startswith(language)
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    found = tags(reader)
    assert found["/Title"] or found["/H1"]
    assert found["/Table"] == 1 and found["/TR"] == len(LESSONS) + 1 and found["/LI"] == 3


def test_the_certificate_says_in_its_properties_which_content_it_came_from() -> None:
    about = sheet(course()).metadata
    assert about is not None and about.title == f"Kursusbevis: {NAME}" and about.author == "Makker"
    assert KNOWLEDGE.version in str(about["/Keywords"])


@pytest.mark.parametrize("name", [*EVIL_TEXTS.values(), '#panic("x")', "$x$ <a> @b `c`", 'محمد "O\'Brien"', "W" * 80])
def test_a_name_is_shown_as_it_is_and_is_never_source(name: str) -> None:
    reader = sheet(course(name=name[:80] or "x"))
    shown = papers.completion(screen(), course(name=name[:80])).name
    assert shown == " ".join(clean(name[:80]).split()) and len(reader.pages) == 1
    if shown.isascii():
        assert squeezed(shown) in squeezed(text(reader))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(min_size=1, max_size=80))
def test_any_name_makes_one_page_under_a_safe_name(name: str) -> None:
    made = papers.completion(screen(), course(name=name))
    assert len(PdfReader(BytesIO(completion.write(made))).pages) == 1
    called = names.dated_name(made.stem, "pdf", made.finished)
    assert len(called) <= names.MAX_LENGTH and not set(called) & set('\\/:*?"<>|\n')


@pytest.mark.parametrize(("minutes", "told"), [(10, "10 minutter"), (50, "1 time"), (80, "1½ time"), (120, "2 timer")])
def test_the_time_is_told_roughly(minutes: int, told: str) -> None:
    first = LESSONS[0]
    lessons = {first: KNOWLEDGE.lessons[first].copy(update={"minutes": minutes})}
    alone = Screen(KNOWLEDGE.__class__(**{**KNOWLEDGE.__dict__, "lessons": lessons}), "da", NOW)
    assert papers.completion(alone, course()).facts[-1] == (f"ca. {told}", "til lektionerne")


def test_what_an_editor_removed_since_is_passed_over() -> None:
    of = course()
    changed = of.with_(done={**of.done, "gone": date(2027, 2, 1)}, ends={"gone": ("end",)}, notes={"gone": "x"})
    assert len(papers.completion(screen(), changed).lessons) == len(LESSONS)
    assert papers.completion(screen(), changed).scenes == ()
    assert len(papers.talk(screen(), changed).sections) == len(LESSONS) + 1


def test_a_course_of_many_lessons_still_fits_its_page() -> None:
    made = papers.completion(screen(), course())
    many = completion.Completion(**{**made.__dict__, "lessons": made.lessons * 4})
    assert len(PdfReader(BytesIO(completion.write(many))).pages) == 1


# --- the paper for the talk --------------------------------------------------------------------


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_paper_for_the_talk_has_question_note_and_task_of_each_lesson_done(language: str) -> None:
    note = "Spørg om #bogbussen, $100 og _lørdage_ {{ 7*7 }}\nog *mere*"
    paper = papers.talk(screen(language), course(2, notes={LESSONS[0]: note}))
    word = python_docx.Document(BytesIO(docx.write(paper, KNOWLEDGE.word_template(paper.template))))
    in_word = squeezed("".join(paragraph.text for paragraph in word.paragraphs))
    in_pdf = squeezed(text(PdfReader(BytesIO(pdf.write(paper)))))
    for read in (in_word, in_pdf):
        assert squeezed(note) in read and squeezed(NAME) in read
        for number, lesson in enumerate(KNOWLEDGE.lessons.values()):
            told = lesson.text(language)
            checklists = [KNOWLEDGE.checklists[one].text(language).title for one in lesson.checklists]
            for part in (told.manager, told.task, *(checklists if number < 2 else ())):
                assert (squeezed(part) in read) == (number < 2)


# --- in the conversation -----------------------------------------------------------------------


@pytest.fixture
def anne(engine) -> Talker:
    return Talker(engine, language="da")


def has(talker: Talker, of: Course) -> Talker:
    talker.engine._services.store.save_course(talker.name, of)
    return talker


def tap(verb: str, *parts: str) -> str:
    return taps.tap(taps.COURSE, verb, *parts)


def kinds(talker: Talker) -> list[str]:
    return [name.rpartition(".")[2] for name in talker.files]


def test_who_has_finished_gets_both_papers(anne: Talker) -> None:
    has(anne, course(name=None)).says("kursus").taps("Hent kursusbevis")
    assert "Hvilket navn" in anne.text
    anne.says(NAME)
    assert [*anne.files] == [
        f"Kursusbevis – {NAME} – 2027-02-26.pdf",
        f"Snakken med min leder – {NAME} – 2027-03-01.pdf",
        f"Snakken med min leder – {NAME} – 2027-03-01.docx",
    ]
    assert squeezed(NAME) in squeezed(text(PdfReader(BytesIO(next(iter(anne.files.values()))))))
    assert [bool(one.caption) for reply in anne.replies for one in reply.attachments] == [True, True, False]


def test_asking_again_piles_up_nothing_until_something_has_changed(anne: Talker) -> None:
    store = has(anne, course()).engine._services.store
    first = [*anne.sends(tap(verbs.SHEET)).files]
    assert [*anne.sends(tap(verbs.SHEET)).files] == first and len(store.documents(anne.name)) == 3
    has(anne, course(notes={LESSONS[0]: "Lørdage"}))
    again = [*anne.sends(tap(verbs.SHEET)).files]
    assert again[0] == first[0] and len(store.documents(anne.name)) == 5
    assert all(" (2) – " in name for name in again[1:])
    assert all(one.run is None for one in store.documents(anne.name))


def test_a_wrong_name_is_put_right(anne: Talker) -> None:
    has(anne, course(name="Ase")).sends(tap(verbs.SHEET)).taps("Ret navnet")
    assert NAME in next(iter(anne.says(NAME).files))


def test_the_paper_for_the_talk_is_there_before_the_course_is_finished(anne: Talker) -> None:
    has(anne, course(1, finished=None, tested=None, name=None)).says("kursus").taps("Papir til snakken")
    assert kinds(anne) == ["pdf", "docx"] and "1 af 8" in text(PdfReader(BytesIO(next(iter(anne.files.values())))))


def test_before_the_first_lesson_there_is_no_paper(anne: Talker) -> None:
    assert "Papir til snakken med min leder" not in has(anne, course(0, finished=None)).says("kursus").labels
    assert "første lektion" in anne.sends(tap(verbs.TALK)).text and not anne.files
    stranger = Talker(anne.engine, language="en").sends(tap(verbs.TALK))
    assert "first lesson" in stranger.text and not stranger.files


def test_papers_come_in_the_language_that_is_spoken(engine) -> None:
    jo = has(Talker(engine, language="en"), course(name="Jo")).sends(tap(verbs.SHEET))
    assert next(iter(jo.files)) == "Certificate – Jo – 2027-02-26.pdf" and "Congratulations" in jo.text
