"""A draft to be read before its walkthrough has ended."""

from __future__ import annotations

import pytest

from bot.rendering.telegram_html import messages
from dialogues.documents import reading
from dialogues.documents.model import Bullets, Document, Numbered, Paragraph, Picture, Section, Span, Table
from knowledge.templates import Trusted
from tests.talker import Talker


@pytest.fixture
def anne(engine) -> Talker:
    talker = Talker(engine, language="da").sends("c:agreement:quick").says("Musikskolen i Bogby")
    return talker.says("kan jeg se udkastet")


def test_the_draft_is_shown_with_its_gaps_and_then_what_is_missing(anne: Talker) -> None:
    (reply,) = anne.replies
    assert "Musikskolen i Bogby" in reply.text and "3. Formål" in anne.text
    assert "[udfyldes: Formål" in anne.text and "**\\[udfyldes: Formål" in reply.text
    assert anne.text.index("3. Formål") < anne.text.index("mangler i teksten")
    assert "spørgsmål er ikke besvaret endnu" in anne.text
    assert len(messages(reply.text)) == 1, "it is one message in Telegram"


def test_a_long_draft_is_cut_between_paragraphs_and_shown_whole_on_request(anne: Talker) -> None:
    assert "og så videre" in anne.text and "Underskrifter" not in anne.text
    anne.says("vis hele udkastet")
    assert "Underskrifter" in anne.text and "og så videre" not in anne.text
    assert "Vis hele udkastet" not in anne.labels


def test_the_walkthrough_goes_on_from_there(anne: Talker) -> None:
    assert "2 af" in anne.taps("Tilbage til spørgsmålet").text


def test_a_score_so_far_is_no_draft(engine) -> None:
    talker = Talker(engine, language="da").sends("c:readiness:quick").says("ja").says("vis resultatet")
    assert "Resultat" in talker.text and "udkastet" not in talker.text


def heads(*blocks: object) -> Document:
    values = {**dict.fromkeys(Document.__dataclass_fields__, ""), "lead": (), "sections": (Section("Formål", blocks),)}
    return Document(**{**values, "title": "Aftale", "numbered": True})


def told(*blocks: object) -> list[str]:
    return [str(one) for one in reading.paragraphs(heads(*blocks))][2:]


def test_every_kind_of_block_can_be_read() -> None:
    line = (Span("Mål: "), Span("[udfyldes: Mål]", gap=True), Span(" nu"))
    assert told(Paragraph(line)) == ["Mål: **\\[udfyldes: Mål\\]** nu"]
    assert told(Bullets((line, (Span("to\nlinjer"),)))) == ["- Mål: **\\[udfyldes: Mål\\]** nu\n- to linjer"]
    assert told(Numbered(((Span("a"),), (Span("b"),)))) == ["1. a\n2. b"]
    table = Table(("Hvem", "Hvad", "Hvornår"), (((Span("Anna"),), (Span("ringer"),), ()), ((), (), ())), (1, 1, 1))
    assert told(table) == ["- **Anna**: ringer"]


def test_marks_never_stand_within_a_word_or_around_blanks() -> None:
    assert told(Paragraph((Span("x", gap=True), Span("s mål")))) == ["xs mål"]
    assert told(Paragraph((Span("et "), Span("stort ", bold=True), Span("ja", bold=True)))) == ["et **stort ja**"]


def test_a_picture_is_left_out() -> None:
    assert told(Paragraph((Span("a"),)), Picture(None, "billede")) == ["a"]  # type: ignore[arg-type]


def test_a_cut_leaves_no_heading_alone() -> None:
    parts = [Trusted("**Titel**"), Trusted("a" * 50), Trusted("**To**"), Trusted("b" * 50)]
    assert reading.cut(parts, 80) == (parts[:2], True)
    assert reading.cut(parts, 500) == (parts, False)
    assert reading.cut(parts[1:], 10) == (parts[1:2], True), "something is always shown"
