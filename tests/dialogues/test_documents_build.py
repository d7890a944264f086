"""What a document says: the answers in its clauses, the gaps, the names, the preview."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from documents_example import DOCUMENT, FULL, make, say, without_notes
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import TemplateError

from dialogues.documents import markup
from dialogues.documents.model import Bullets, Document, Gap, Numbered, Paragraph, Span, Table, plain
from dialogues.documents.names import MAX_LENGTH, file_name
from dialogues.documents.preview import preview
from dialogues.documents.slots import clean
from dialogues.written import date_words, number_words
from knowledge.schema import DocumentText

EVIL = "A & B <b>x</b> {{7*7}} {% if %} #x $y$ @z *b* _i_ \\ `k` [l](http://e.dk) 1. ]]> &amp; © 'q' \"q\""


def blocks_of(document: Document, heading: str) -> tuple:
    return next(section.blocks for section in document.sections if section.heading == heading)


def text_of(document: Document, heading: str) -> str:
    parts = []
    for block in blocks_of(document, heading):
        if isinstance(block, Paragraph):
            parts.append(plain(block.spans))
        elif isinstance(block, (Bullets, Numbered)):
            parts.extend(plain(item) for item in block.items)
        else:
            parts.extend(plain(cell) for row in block.rows for cell in row)
    return "\n".join(parts)


def edited(body: str) -> DocumentText:
    data = DOCUMENT.dict()
    data["clauses"] = [{"id": "one", "heading": {"da": "Et", "en": "One"}, "body": {"da": body, "en": body}}]
    return DocumentText.parse_obj(data)


def test_answers_stand_in_the_words_of_the_language() -> None:
    danish, english = make(FULL), make(FULL, "en")
    assert text_of(danish, "Løbetid") == "Fra 3. marts 2027. Varsel: tre måneder."
    assert text_of(english, "Term") == "From 3 March 2027. Notice: Three months."
    assert text_of(danish, "Økonomi") == "25.000\u00a0kr."
    assert text_of(english, "Money") == "25,000\u00a0kroner"
    assert danish.gaps == english.gaps == ()


def test_a_clause_shows_what_its_markup_means() -> None:
    blocks = blocks_of(make(FULL), "Formål")
    assert [type(block) for block in blocks] == [
        Paragraph, Paragraph, Bullets, Paragraph, Numbered, Paragraph, Numbered,
    ]  # fmt: skip
    assert blocks[-1].items[1] == (Span("vejledningen", link="https://example.org/vejledning"),)
    assert make(FULL).lead == (
        Paragraph(
            (Span("Mellem "), Span("biblioteket", italic=True), Span(" og "), Span("Musikskolen", bold=True), Span("."))
        ),
    )


def test_what_is_missing_is_a_gap_named_once_in_reading_order() -> None:
    document = make({"money": "yes"})
    assert [gap.item for gap in document.gaps] == ["partner-name", "purpose", "budget", "start", "notice"]
    assert document.gaps[0].label == "partnerens navn"
    assert "[udfyldes: startdatoen]" in text_of(document, "Løbetid")
    assert "Der mangler 5 ting: partnerens navn;" in plain(document.notes[0])


@pytest.mark.parametrize("value", [None, "unsure", "gone", ""])
def test_skipped_unsure_and_forgotten_answers_are_gaps(value: str | None) -> None:
    document = make({**FULL, "notice": value})
    assert [gap.item for gap in document.gaps] == ["notice"]


def test_a_gap_is_named_only_where_it_shows() -> None:
    assert "budget" not in [gap.item for gap in make({"money": "no"}).gaps]


def test_clauses_follow_the_answers_and_empty_ones_are_left_out() -> None:
    assert make({**FULL, "money": "no"}).headings() == ("1. Formål", "2. Løbetid", "3. Tom", "4. Underskrifter")
    assert make(FULL).headings() == ("1. Formål", "2. Økonomi", "3. Løbetid", "4. Underskrifter")


def test_an_answer_to_a_hidden_question_does_not_count() -> None:
    document = make({**FULL, "money": "no"}, document=edited("{{ a.budget }}{% if given('budget') %}!{% endif %}"))
    assert text_of(document, "Et") == "[udfyldes: budgettet]"


def test_a_caution_is_a_note_not_a_part_of_the_text() -> None:
    section = next(section for section in make(FULL).sections if section.heading == "Økonomi")
    assert [plain(note) for note in section.notes] == ["Afklar moms med økonomi."]


def test_parties_get_a_table_to_sign_in() -> None:
    _, table = blocks_of(make({}), "Underskrifter")
    assert isinstance(table, Table) and table.tall
    assert table.header == ("Part", "Sted og dato", "Navn og titel", "Underskrift")
    assert [plain(row[0]) for row in table.rows] == ["Biblioteket", "[udfyldes: partnerens navn]"]


def test_who_signs_stands_in_the_table_and_is_left_open_where_unknown() -> None:
    _, table = blocks_of(make(FULL), "Underskrifter")
    assert [plain(row[2]) for row in table.rows] == ["", "leder Ali Hansen"]
    document = make({**FULL, "signer": None})
    _, table = blocks_of(document, "Underskrifter")
    assert [row[2] for row in table.rows] == [(), ()]
    assert document.gaps == ()


def test_a_place_to_sign_within_a_sentence_is_a_list_of_those_who_sign() -> None:
    document = make(FULL, document=edited("Vi, {{ sign('A', ['B', a.signer]) }}, lover det."))
    assert text_of(document, "Et") == "Vi, A, B, leder Ali Hansen, lover det."


@pytest.mark.parametrize("body", ["{{ a.nobody }}", "{{ given('nobody') }}", "{{ is_('notice', 'four') }}", "{{ x }}"])
def test_a_name_that_is_not_there_is_an_error(body: str) -> None:
    with pytest.raises(TemplateError, match=r"nobody|four|'x'"):
        make(FULL, document=edited(body))


@pytest.mark.parametrize(
    "body",
    [
        "{{ a.purpose }}",
        "**{{ a.purpose }}**",
        "- {{ a.purpose }}",
        "{{ a.purpose }} x",
        "[{{ a.purpose }}](https://e.dk)",
    ],
)
def test_what_a_user_typed_is_shown_as_typed(body: str) -> None:
    document = make({**FULL, "purpose": EVIL}, document=edited(body))
    assert text_of(document, "Et").removesuffix(" x") == EVIL


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_no_answer_becomes_markup(answer: str) -> None:
    document = make({**FULL, "purpose": answer}, document=edited("{{ a.purpose }}\n\n- x\n- {{ a.purpose }} y"))
    shown = clean(answer) or "[udfyldes: formålet]"
    first, bullets = blocks_of(document, "Et")
    assert plain(first.spans) == shown
    assert plain(bullets.items[1]) == f"{shown} y"


def test_lines_that_a_user_typed_stay_lines() -> None:
    document = make({**FULL, "purpose": "et\r\nto\n\n\n\n# tre"})
    assert plain(blocks_of(document, "Formål")[0].spans) == "et\nto\n\n# tre"


def test_what_no_file_can_hold_is_left_out() -> None:
    assert clean("a\x00b\x1b[31m\ud800c\ue000\uffff\u202ed\te\U0001f600") == "ab[31mcd e\U0001f600"


def test_dates_and_numbers_in_both_languages() -> None:
    assert date_words(date(2026, 12, 1), "da", say) == "1. december 2026"
    assert date_words(date(2026, 5, 31), "en", say) == "31 May 2026"
    assert [number_words(n, "da") for n in (0, 1234.5, -1000, 1e6)] == ["0", "1.234,5", "-1.000", "1.000.000"]
    assert [number_words(n, "en") for n in (7, 1234.56, 0.25, 0.001)] == ["7", "1,234.56", "0.25", "0"]


def test_nested_lists_and_unsafe_links_lose_only_their_form() -> None:
    assert markup.blocks("- a\n  - b\n- c") == (Bullets(((Span("a"),), (Span("b"),), (Span("c"),))),)
    assert markup.line("[x](ftp://e.dk)") == (Span("x"),)


def test_the_file_is_named_after_what_it_is_with_whom_and_when() -> None:
    assert file_name(make(FULL), "docx") == "Samarbejdsaftale – Musikskolen – 2026-11-22.docx"
    assert file_name(make({}, "en"), "pdf") == "Cooperation agreement – 2026-11-22.pdf"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_no_name_can_harm_a_file_system(name: str) -> None:
    made = file_name(make({**FULL, "partner-name": name}), "docx")
    assert len(made) <= MAX_LENGTH and len(made.encode()) < 250
    assert not set(made) & set('/\\:*?"<>|\n\r\t\0')
    assert made.endswith(" – 2026-11-22.docx") and not made.startswith((".", " ", "-"))


@pytest.mark.parametrize("name", ["../../etc/passwd", "..", "CON", "a" * 300, "😀" * 100, "."])
def test_names_that_file_systems_refuse(name: str) -> None:
    data = {**DOCUMENT.dict(), "file_name": {"da": "{{ a.partner_name }}", "en": "x"}}
    made = file_name(make({**FULL, "partner-name": name}, document=DocumentText.parse_obj(data)), "pdf")
    assert len(made) <= MAX_LENGTH and len(made.encode()) < 250
    assert "/" not in made and not made.startswith((".", "CON "))


def test_the_preview_names_headings_and_gaps() -> None:
    shown = preview(make({"money": "yes", "start": date(2027, 1, 1), "partner-name": "x", "notice": "three"}), say)
    assert shown.startswith("**Samarbejdsaftale**\n\n1. Formål\n2. Økonomi\n3. Løbetid\n")
    assert (
        "4. Underskrifter\n\n**Der mangler 2 ting**, markeret med gult i udkastet:\n\n- formålet\n- budgettet" in shown
    )
    assert "Der mangler ikke noget" in preview(make(FULL), say)


def test_the_preview_names_only_the_first_of_many_gaps() -> None:
    document = make({})
    many = replace(document, gaps=tuple(Gap(str(number), f"nummer {number}") for number in range(11)))
    assert "- nummer 7\n- og 3 til\n\n" in preview(many, say)
    assert "nummer 8" not in preview(many, say)


def test_the_preview_says_where_the_notes_are_if_there_are_any() -> None:
    assert "den sidste side i PDF'en" in preview(make(FULL), say)
    assert "PDF" not in preview(make({**FULL, "money": "no"}), say)


def test_a_document_may_go_out_without_its_notes() -> None:
    sent = without_notes(make({"money": "yes"}))
    assert sent.notes == () and not any(section.notes for section in sent.sections)
    assert sent.headings() == make({"money": "yes"}).headings()


def test_a_template_may_name_the_day_and_the_version() -> None:
    assert text_of(make(FULL, document=edited("{{ today }}, {{ version }}")), "Et") == "22. november 2026, abc123"
