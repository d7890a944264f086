"""Light markup as plain text: for `makker ask`, for a piped terminal, for whoever reads a log."""

from __future__ import annotations

from itertools import groupby

from bot.rendering.markup import Mark, Span, parse


def plain(text: str) -> str:
    """The text in light markup without its marks; a link reads `label (address)`, or the address alone
    where the label already says it."""
    return "".join(_reads(link, list(spans)) for link, spans in groupby(parse(text), key=link_of)).strip()


def link_of(span: Span) -> Mark | None:
    """The link that lies on a span, if any."""
    return next((mark for mark in span.marks if mark.kind == "link"), None)


def says_itself(label: str, url: str) -> bool:
    """Whether the label of a link is its address."""
    return _bare(label) == _bare(url)


def _bare(address: str) -> str:
    return address.strip().removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


def _reads(link: Mark | None, spans: list[Span]) -> str:
    label = "".join(span.text for span in spans)
    if link is None:
        return label
    return link.url if says_itself(label, link.url) else f"{label} ({link.url})"
