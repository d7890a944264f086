"""Light markup for a terminal with colours, as a text that `rich` prints."""

from __future__ import annotations

from rich.style import Style
from rich.text import Text

from bot.rendering.markup import Span, parse
from bot.rendering.plain import link_of, says_itself


def terminal(text: str) -> Text:
    """The text in light markup as rich text: bold and italic, links clickable where the terminal can,
    with their address behind them for where it cannot. Nothing in it is taken for rich's own markup."""
    shown = Text()
    spans = parse(text)
    for index, span in enumerate(spans):
        shown.append(span.text, _style(span))
        link = link_of(span)
        ends = link and (index + 1 == len(spans) or link_of(spans[index + 1]) != link)
        if link and ends and not says_itself(_label(spans, index), link.url):
            shown.append(f" ({link.url})", Style(dim=True))
    shown.rstrip()
    return shown


def _label(spans: list[Span], last: int) -> str:
    """The label of the link that ends with the span at `last`."""
    first, link = last, link_of(spans[last])
    while first > 0 and link_of(spans[first - 1]) == link:
        first -= 1
    return "".join(span.text for span in spans[first : last + 1])


def _style(span: Span) -> Style:
    kinds = {mark.kind for mark in span.marks}
    link = link_of(span)
    return Style(
        bold="bold" in kinds or None,
        italic="italic" in kinds or None,
        underline="link" in kinds or None,
        link=link.url if link else None,
    )
