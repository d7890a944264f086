"""What a text in light markup looks like behind each door."""

from __future__ import annotations

import pytest
from rich.console import Console

from bot.rendering.markup import clean, parse
from bot.rendering.plain import plain
from bot.rendering.telegram_html import messages
from bot.rendering.terminal import terminal
from knowledge.templates import escape, render


@pytest.mark.parametrize(
    ("markup", "html"),
    [
        ("**vigtigt** og _blødt_", "<b>vigtigt</b> og <i>blødt</i>"),
        ("**fed _og skrå_**", "<b>fed <i>og skrå</i></b>"),
        ("[Plej](https://x.dk/?a=1&b=2)", '<a href="https://x.dk/?a=1&amp;b=2">Plej</a>'),
        ("[**fed** link](https://x.dk)", '<a href="https://x.dk"><b>fed</b> link</a>'),
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("- et\n- to", "• et\n• to"),
        ("3. tre\n4. fire", "3. tre\n4. fire"),
        ("før\n\n- et\n  - under\n- to\n\nefter", "før\n\n• et\n  • under\n• to\n\nefter"),
        ("- et\n- to\n\n1. en", "• et\n• to\n\n1. en"),
        ("linje\nsamme linje", "linje samme linje"),
        ("linje  \nny linje", "linje\nny linje"),
        ("[kald](javascript:alert(1))", "[kald](javascript:alert(1))"),
        ("[skriv](mailto:a@b.dk)", "skriv (mailto:a@b.dk)"),
        ("[](https://x.dk)", '<a href="https://x.dk">https://x.dk</a>'),
        ("# ikke en overskrift", "# ikke en overskrift"),
        ("| ikke | tabel |", "| ikke | tabel |"),
        ("<b>ikke html</b>", "&lt;b&gt;ikke html&lt;/b&gt;"),
        ("åben **stjerne", "åben **stjerne"),
    ],
)
def test_telegram_shows_the_markup_and_nothing_else(markup: str, html: str) -> None:
    assert messages(markup) == [html]


@pytest.mark.parametrize(
    "typed", ["**fed**", "_skrå_", "[x](https://y.dk)", "- punkt", "1. punkt", "<b>", "{{7*7}}", "\\*"]
)
def test_what_a_user_typed_is_shown_as_typed(typed: str) -> None:
    assert plain(render("Du skrev: {{ svar }}", svar=typed)) == f"Du skrev: {typed}"
    assert plain(escape(typed)) == typed


@pytest.mark.parametrize("blank", ["", "   ", "\n\n", "\u200b", "\x00", "\u2800\u00ad"])
def test_a_blank_text_is_no_message(blank: str) -> None:
    assert messages(blank) == []


def test_null_bytes_and_half_surrogates_do_not_get_out() -> None:
    assert clean("a\x00b\ud83dc\x1b[31m\r\nd") == "ab\ufffdc[31m\nd"


def test_a_long_text_is_cut_between_paragraphs() -> None:
    paragraph = "Et afsnit om samarbejde. " * 40
    first, *others = messages("\n\n".join([paragraph] * 9))
    assert first.count("\n\n") == 3 and first.endswith("samarbejde.")
    assert all(part.startswith("Et afsnit") for part in others)


def test_a_paragraph_too_long_is_cut_after_a_sentence() -> None:
    parts = messages("En sætning om banken. " * 300)
    assert all(part.endswith("banken.") for part in parts)


def test_bold_goes_on_in_the_next_message() -> None:
    parts = messages("**" + "ord " * 1500 + "slut**")
    assert len(parts) == 2
    assert all(part.startswith("<b>") and part.endswith("</b>") for part in parts)


def test_a_text_without_spaces_is_cut_without_tearing_an_emoji() -> None:
    family = "👩\u200d👧"
    parts = messages(family * 1500)
    assert "".join(parts) == family * 1500
    assert all(part.startswith("👩") and part.endswith("👧") for part in parts)


def test_plain_text_names_the_address_of_a_link_once() -> None:
    assert plain("Se [guiden](https://x.dk/g).") == "Se guiden (https://x.dk/g)."
    assert plain("Se [x.dk/g](https://x.dk/g/).") == "Se https://x.dk/g/."


def test_a_terminal_shows_bold_and_leaves_rich_markup_alone() -> None:
    console = Console(force_terminal=True, color_system="standard", width=80, legacy_windows=False)
    with console.capture() as capture:
        console.print(terminal("**fed** [red]ikke rød[/red] [guide](https://x.dk)"))
    shown = capture.get()
    assert "\x1b[1mfed\x1b[0m" in shown and "[red]ikke rød[/red]" in shown and "(https://x.dk)" in shown
    assert terminal("**fed** [guide](https://x.dk)").plain == "fed guide (https://x.dk)"


def test_spans_hold_the_whole_text() -> None:
    assert "".join(span.text for span in parse("a **b** _c_")) == "a b c"
