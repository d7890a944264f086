"""What a user typed is shown as typed, wherever a template puts it."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from markdown_it import MarkdownIt

from knowledge.templates import Trusted, escape, render, uses

MARKDOWN = MarkdownIt("zero").enable(["emphasis", "link", "list", "escape", "newline"])
EVERYTHING = MarkdownIt("commonmark").enable(["table", "strikethrough"])
typed = st.text(alphabet=st.one_of(st.sampled_from("*_[]()<>#|~`!&=\\-+.1 \n\r\tab;:/\"'{}%"), st.characters()))


def read(markup: str, markdown: MarkdownIt = MARKDOWN) -> tuple[str, set[str]]:
    """The text that people see, and the kinds of markup in it."""
    seen, kinds = [], set()
    for token in markdown.parse(markup):
        kinds.add(token.type)
        for child in token.children or ():
            kinds.add(child.type)
            seen.append("\n" if child.type.endswith("break") else child.content)
        seen.append("\n" if token.type == "inline" else "")
    plain = {"paragraph_open", "paragraph_close", "inline", "text", "text_special", "softbreak", "hardbreak"}
    return "".join(seen), kinds - plain


def shown(text: str) -> str:
    """The text as any reader of it would show it: without invisible characters and blanks around lines."""
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", "", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


def lines(text: str) -> str:
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


@given(typed)
def test_typed_text_shows_literally(text: str) -> None:
    seen, markup = read(render("{{ value }}", value=text))
    assert lines(seen) == shown(text)
    assert not markup


@given(typed)
def test_typed_text_is_no_markup_in_any_markdown(text: str) -> None:
    _, markup = read(render("Svar: {{ value }}", value=text), EVERYTHING)
    assert markup <= {"code_block"}  # indented text: light markup has none of it


@given(typed, typed)
def test_two_values_side_by_side_make_no_markup(one: str, other: str) -> None:
    seen, markup = read(render("{{ one }}{{ other }}", one=one, other=other))
    assert not markup
    assert re.sub(r"\s", "", seen) == re.sub(r"\s", "", shown(one) + shown(other))


@given(typed)
def test_typed_text_before_and_after_other_text(text: str) -> None:
    _, markup = read(render("{{ value }} i alt [her](https://makker.example)", value=text))
    assert markup <= {"link_open", "link_close"}


@given(typed)
def test_typed_text_stays_in_its_list_entry_and_starts_no_other(text: str) -> None:
    one_line = f"x{text}".replace("\r", "\n").replace("\n", " ")
    seen, markup = read(render("- {{ value }}\n- slut", value=one_line))
    assert markup == {"bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"}
    assert seen.rstrip().endswith("\nslut")


@pytest.mark.parametrize(
    "text",
    [
        "-",
        "1.",
        "1)",
        "+ a",
        "a\r- b",
        "a\n===",
        "a\n---",
        "&amp;",
        "<https://x.dk>",
        "![x](y)",
        "\\",
        "a\\\nb",
        "    a",
    ],
)
def test_what_looks_like_markup_is_shown_as_it_is(text: str) -> None:
    seen, markup = read(render("{{ value }}", value=text))
    assert lines(seen) == shown(text)
    assert not markup


def test_line_breaks_are_kept() -> None:
    seen, markup = read(escape("en\nto\n\ntre"))
    assert seen == "en\nto\ntre\n"
    assert not markup


def test_trusted_text_keeps_its_markup() -> None:
    assert render("{{ a }} {{ b }}", a=Trusted("**a**"), b="**b**") == r"**a** \*\*b\*\*"


def test_a_template_without_placeholders_is_itself() -> None:
    assert render("  **a** \\_ b\n") == r"**a** \_ b"


@pytest.mark.parametrize("source", ["{{ a", "{% if a %}", "{{ a | nope }}"])
def test_a_broken_template_is_an_error(source: str) -> None:
    with pytest.raises(TemplateError):
        render(source, a=1)
    with pytest.raises(TemplateSyntaxError):
        uses(source)


@given(st.lists(st.sampled_from([*"{%#}|.,()[]'a1 -~", "{{ ", " }}", "{% ", " %}", "if ", "for ", "in ", "endif"])))
def test_any_template_can_be_read_or_is_a_syntax_error(parts: list[str]) -> None:
    with suppress(TemplateSyntaxError):
        assert uses("".join(parts)).names is not None


def test_a_template_nested_too_deeply_is_a_syntax_error() -> None:
    with pytest.raises(TemplateSyntaxError):
        uses("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}")


def test_a_name_that_nobody_gave_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        render("{{ nobody }}")


@pytest.mark.parametrize("source", ["{{ a.__class__.__mro__ }}", "{{ a.append(1) }}", "{{ a.__init__.__globals__ }}"])
def test_a_template_gets_at_nothing_but_its_values(source: str) -> None:
    with pytest.raises((SecurityError, UndefinedError)):
        render(source, a=[])


def test_uses_names_attributes_and_calls() -> None:
    found = uses("{% if is_('ends', 'date') %}{{ a.end_date }}{% endif %}{% for x in xs %}{{ x }}{% endfor %}")
    assert found.names == {"is_", "a", "xs"}
    assert found.attributes == {("a", "end_date")}
    assert found.calls == {("is_", ("ends", "date"))}
