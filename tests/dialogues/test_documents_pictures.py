"""Pictures of results: drawn, opened again, and put into both files."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import docx as python_docx
import pytest
from docx.oxml.ns import qn
from PIL import Image, ImageChops
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from dialogues.documents import docx, pdf, pictures, typesetter, word_template
from dialogues.documents.model import Document, Paragraph, Picture, Section, Span, Words
from dialogues.documents.pictures import Bar, Bars, Contact, Content, Network, Radar, Series

WORDS = {"none": "ingen svar", "percent": " %", "gap": "ingen endnu"}
EVIL = '#x $y$ *b* _i_ \\ <l> @z `k` // "q" 😀 = [a] {{ body }} ]]> & é'
THEMES = ("Fælles mål", "Ledelse", "Roller", "Økonomi", "Kommunikation", "Udbytte", "Kompetencer", "Samarbejdskultur",
          "Evaluering og læring", "Netværk i lokalsamfundet")  # fmt: skip
SIXTY = tuple(f"Samarbejdet om de store fælles arrangementer i lokalsamfu {number}" for number in range(10))
SHARES = (0.85, 0.4, None, 0.62, 0.1, 1.0, 0.0, 0.55, 0.73, 0.33)
SECTORS = ("Skoler og dagtilbud", "Foreninger", "Kultur", "Sundhed", "Erhverv", "Uddannelse")
RINGS = ("tæt samarbejde", "jævnlig kontakt", "kender hinanden")


def bars(labels: tuple[str, ...], others: int = 0, note: str = "") -> Bars:
    rows = tuple(Bar(label, share, note) for label, share in zip(labels, SHARES, strict=False))
    more = tuple(Series(f"nr. {number}", SHARES[::-1][: len(rows)]) for number in range(others))
    return Bars("Sådan står det", rows, "Søjler for temaerne.", WORDS, name="I dag", others=more)


def radar(labels: tuple[str, ...], series: int = 1) -> Radar:
    turned = (SHARES, SHARES[::-1], SHARES[3:] + SHARES[:3])
    them = tuple(Series(f"Partner {number}", turned[number][: len(labels)]) for number in range(series))
    return Radar("Partnere side om side", labels, them, "Et net for temaerne.", WORDS)


def network(
    contacts: tuple[Contact, ...], sectors: tuple[str, ...] = SECTORS, centre: str = "Bogby Bibliotek"
) -> Network:
    return Network("Jeres netværk", centre, sectors, RINGS, contacts, "Et netværk om biblioteket.", WORDS)


def spread(count: int, label: str = "Forening") -> tuple[Contact, ...]:
    return tuple(Contact(f"{label} {number}", number % 5, number % 3) for number in range(count))


PICTURES: dict[str, Content] = {
    "one theme": bars(THEMES[:1]),
    "ten themes": bars(THEMES),
    "ten long themes three times": bars(SIXTY, 2, SIXTY[0]),
    "no theme": bars(()),
    "evil bars": replace(bars((EVIL, "x" * 90, "😀")), title=EVIL, name=EVIL, others=(Series(EVIL, (1, None, 0)),)),
    "three axes": radar(THEMES[:3]),
    "ten axes, three series": radar(THEMES, 3),
    "ten long axes": radar(SIXTY, 2),
    "evil radar": radar((EVIL, "x" * 90, "😀", "W" * 25, "")),
    "nothing answered": replace(radar(THEMES[:4]), series=(Series("", (None,) * 4),)),
    "nobody": network(()),
    "five": network(spread(5)),
    "fifteen": network(spread(15)),
    "fifteen in the first place": network(tuple(Contact(f"Skole {number}", 0, 0) for number in range(15))),
    "fifteen in the last place": network(tuple(Contact(f"Skole {number}", 5, 2) for number in range(15))),
    "forty": network(spread(40)),
    "fifteen with long names": network(spread(15, SIXTY[0]), SIXTY[:6], SIXTY[0]),
    "ten sectors": network(spread(15), THEMES),
    "one sector": network((Contact("Skolen", 0, 1),), ("Alle",)),
    "evil network": network((Contact(EVIL, 0, 0), Contact("y" * 60, 1, 2)), (EVIL, "x" * 60, "😀"), EVIL),
}


def opened(content: Content, width: int = 700) -> Image.Image:
    return Image.open(BytesIO(pictures.png(content, width_px=width))).convert("L")


def document(*contents: Content, caption: str = "Sådan stod det i dag.", language: str = "da") -> Document:
    words = Words("Side", "af", "Note", "Makker", "Noter", "Ikke en del", "Kommentarer")
    section = Section("Resultat", (Paragraph((Span("Her:"),)), *(Picture(content, caption) for content in contents)))
    return Document(
        "Plan", language, date(2026, 11, 22), "", "22. november 2026", "Plan", "", "abc123", "Makker", words, (section,)
    )


def read_pdf(*contents: Content) -> PdfReader:
    return PdfReader(BytesIO(pdf.write(document(*contents))))


def word(made: Document, tmp_path: Any) -> Any:
    word_template.make().save(str(tmp_path / "template.docx"))
    return python_docx.Document(BytesIO(docx.write(made, tmp_path / "template.docx")))


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b\u00ad\u2010-]+", "", text)


def figures(reader: PdfReader) -> list[str]:
    """The alternative texts of the figures in the tree that a screen reader follows."""
    found, waiting = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop()
        if isinstance(node, IndirectObject):
            node = node.get_object()
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            if node.get("/S") == "/Figure":
                found.append(str(node["/Alt"]))
            waiting.append(node.get("/K"))
    return found


@pytest.mark.parametrize("content", PICTURES.values(), ids=PICTURES.keys())
def test_a_picture_is_as_wide_as_asked_for_and_nothing_leaves_it(content: Content) -> None:
    picture = opened(content)
    assert abs(picture.width - 700) <= 1
    left, upper, right, lower = ImageChops.invert(picture).getbbox() or (0, 0, 0, 0)
    margin = 15  # pixels of the 25 that the page has: what hangs below a line may reach into it
    assert left >= margin and upper >= margin
    assert right <= picture.width - margin and lower <= picture.height - margin
    assert left < right // 2  # it is not empty


@pytest.mark.parametrize("content", PICTURES.values(), ids=PICTURES.keys())
def test_a_document_says_all_of_a_picture_and_keeps_to_the_standard(content: Content) -> None:
    reader = read_pdf(content)
    text = squeezed("".join(page.extract_text() for page in reader.pages))
    emoji = "😀" in json.dumps(pictures.to_data(content), ensure_ascii=False)
    shown = {
        "bars": lambda data: [row["label"] for row in data["rows"]],
        "radar": lambda data: data["axes"],
        "network": lambda data: data["sectors"] + data["rings"] + [it["label"] for it in data["contacts"]],
    }
    data = pictures.to_data(content)
    for label in [data["title"], *shown[data["kind"]](data)] if not emoji else []:
        assert squeezed(label) in text
    assert figures(reader) == [content.alt]
    if not emoji:  # whether it is shown, depends on the fonts at hand
        assert b"pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_data()


def test_markup_is_shown_as_it_is() -> None:
    plain = EVIL.replace("😀 ", "")
    reader = read_pdf(bars((plain,)), radar((plain, "b", "c")), network((Contact(plain, 0, 0),), (plain, "b")))
    text = squeezed("".join(page.extract_text() for page in reader.pages))
    assert text.count(squeezed(plain)) >= 4


def test_no_text_is_smaller_than_eleven_points() -> None:
    sizes: set[float] = set()

    def look(text: str, _: Any, matrix: list[float], __: Any, size: float) -> None:
        if text.strip() and ("net" in text or "%" in text or "tæt" in text or "Skole" in text):
            sizes.add(round(abs(size * matrix[0]), 1))

    for page in read_pdf(radar(THEMES, 3), bars(THEMES, 2), network(spread(15))).pages:
        page.extract_text(visitor_text=look)
    assert sizes and min(sizes) >= 11


@pytest.mark.parametrize("share, shown", [(0.0, "0 %"), (0.125, "12 %"), (1.0, "100 %"), (None, "")])
def test_percentages_are_words_rounded_as_in_the_chat(share: float | None, shown: str) -> None:
    rows = (Bar("a", share),)
    (row,) = pictures.to_data(Bars("t", rows, "alt", WORDS))["rows"]
    assert row["values"] == [{"share": share, "shown": shown.replace(" ", "\u00a0")}]


def test_what_no_file_can_hold_is_left_out() -> None:
    data = pictures.to_data(bars(("a\x00b\ud800\u202ec\ue000",)))
    assert data["rows"][0]["label"] == "abc"


def test_contacts_are_numbered_by_sector_and_ring() -> None:
    data = pictures.to_data(network((Contact("c", 1, 0), Contact("b", 0, 2), Contact("a", 0, 1))))
    assert [(it["number"], it["label"]) for it in data["contacts"]] == [(1, "a"), (2, "b"), (3, "c")]


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="2 axes"):
        radar(THEMES[:2])
    with pytest.raises(ValueError, match="no sector 6"):
        network((Contact("a", 6, 0),))
    with pytest.raises(ValueError, match="no ring -1"):
        network((Contact("a", 0, -1),))
    with pytest.raises(ValueError, match="outside 0 to 1"):
        Bars("t", (Bar("a", 1.2),), "alt", WORDS)
    with pytest.raises(ValueError, match="outside 0 to 1"):
        Bars("t", (Bar("a", float("nan")),), "alt", WORDS)
    with pytest.raises(ValueError, match="1 shares for 3 labels"):
        replace(radar(THEMES[:3]), series=(Series("x", (0.1,)),))
    with pytest.raises(ValueError, match="no word for 'gap'"):
        replace(network(()), words={})
    with pytest.raises(ValueError, match="4 series"):
        bars(THEMES, 3)


def test_a_missing_answer_is_named_not_drawn_as_nothing() -> None:
    none, zero = (bars(("a",)), bars(("a",)))
    none = replace(none, rows=(Bar("a", None),))
    zero = replace(zero, rows=(Bar("a", 0.0),))
    assert "ingen svar" in read_pdf(none).pages[0].extract_text()
    assert "ingen svar" not in read_pdf(zero).pages[0].extract_text()


def test_an_empty_sector_is_marked_with_words() -> None:
    text = squeezed(read_pdf(network(spread(5))).pages[0].extract_text())
    assert text.count("ingenendnu") == 1  # the sixth sector


def test_series_are_told_apart_without_colour() -> None:
    """The same picture in grey still has three different fills."""
    picture = opened(bars(("Tema",), 2), 1100)
    halves = [picture.crop((60, top, 200, top + 24)) for top in (185, 243, 300)]
    assert len({half.tobytes() for half in halves}) == 3


def test_word_holds_the_picture_with_its_words(tmp_path: Any) -> None:
    made = word(document(radar(THEMES), PICTURES["fifteen with long names"]), tmp_path)
    first, second = made.inline_shapes
    assert first.width.cm == pytest.approx(15, abs=0.01)
    assert second.height.cm <= 20.01 and second.width < first.width
    assert [shape._inline.docPr.get("descr") for shape in made.inline_shapes] == [
        "Et net for temaerne.",
        "Et netværk om biblioteket.",
    ]
    ratio = first.width / first.height
    image = made.part.related_parts[first._inline.graphic.graphicData.pic.blipFill.blip.get(qn("r:embed"))]
    size = Image.open(BytesIO(image.blob)).size
    assert size[0] / size[1] == pytest.approx(ratio, rel=0.01)


def test_word_keeps_the_picture_with_its_caption(tmp_path: Any) -> None:
    paragraphs = word(document(bars(THEMES)), tmp_path).paragraphs
    (place,) = [number for number, it in enumerate(paragraphs) if it._p.xpath(".//w:drawing")]
    assert paragraphs[place].paragraph_format.keep_with_next
    assert paragraphs[place - 1].paragraph_format.keep_with_next  # "Her:"
    assert paragraphs[place + 1].text == "Sådan stod det i dag."


def test_a_picture_without_a_caption_has_none(tmp_path: Any) -> None:
    made = document(bars(THEMES), caption="")
    assert "Sådan stod det i dag." not in [it.text for it in word(made, tmp_path).paragraphs]
    assert figures(PdfReader(BytesIO(pdf.write(made)))) == ["Søjler for temaerne."]


def test_a_picture_longer_than_a_page_goes_on_on_the_next() -> None:
    reader = read_pdf(PICTURES["ten long themes three times"])
    texts = [squeezed(page.extract_text()) for page in reader.pages]
    assert len(texts) > 1 and all(sum(squeezed(label) in text for text in texts) for label in SIXTY)


def test_a_picture_is_on_one_page_with_its_caption() -> None:
    texts = [page.extract_text() for page in read_pdf(radar(THEMES), radar(THEMES), bars(THEMES)).pages]
    for text in texts:
        titles = text.count("Partnere side om side") + text.count("Sådan står det")
        assert titles == text.count("Sådan stod det i dag.")


def test_a_design_that_is_broken_is_an_error_with_the_typesetters_words(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken.typ"
    broken.write_text("#nobody")
    with pytest.raises(pdf.PdfError, match="nobody"):
        pdf.write(document(), broken)
    monkeypatch.setattr(pictures, "_CHARTS", broken)
    with pytest.raises(pictures.PictureError, match="nobody"):
        pictures.png(bars(THEMES))


def test_a_design_may_be_set_from_anywhere(tmp_path: Any) -> None:
    own = tmp_path / "own.typ"
    own.write_text('#set document(title: "x")\n= #json(bytes(sys.inputs.document)).a')
    made = typesetter.run(own, json.dumps({"a": "Her"}), date(2026, 11, 22))
    assert "Her" in PdfReader(BytesIO(made)).pages[0].extract_text()


def test_english_pictures_are_hyphenated_as_english() -> None:
    with pytest.raises(KeyError):
        pictures.png(bars(THEMES), language="fr")
    assert pictures.png(bars(THEMES), language="en").startswith(b"\x89PNG")


def test_nobody_pays_for_pictures_before_asking_for_one() -> None:
    code = (
        "import sys; import dialogues.documents.pictures, dialogues.documents.calendar; "
        "print([m for m in ('PIL', 'typst', 'icalendar', 'docx', 'jinja2') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
