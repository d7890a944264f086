"""Light markup as Telegram's HTML: always valid, and cut into messages that Telegram takes."""

from __future__ import annotations

import re
from html import unescape

from bot.rendering.cutting import parts
from bot.rendering.markup import Mark, Span, is_blank, parse

MESSAGE_LIMIT = 4096  # UTF-16 units after the entities are parsed
CAPTION_LIMIT = 1024
_MOST_MARKS = 90  # of the 100 entities that Telegram keeps in a message
_TAG = re.compile(r"<[^>]*>")
_TAGS = {"bold": "b", "italic": "i", "link": "a"}


def messages(text: str, limit: int = MESSAGE_LIMIT) -> list[str]:
    """The text in light markup as HTML, in one or more messages of at most `limit` units each.

    Nothing but white space is lost between them; no message is blank, so a blank text gives none.
    """
    html = []
    for spans in parts(parse(text), limit):
        if not is_blank("".join(span.text for span in spans)):
            html.append(_html(spans))
    return html


def text_of(html: str) -> str:
    """What people read of a message in HTML that `messages` wrote."""
    return unescape(_TAG.sub("", html))


def escape(text: str) -> str:
    """`text` so that Telegram shows it as it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _html(spans: list[Span]) -> str:
    written: list[str] = []
    open_marks: list[Mark] = []
    opened = 0
    for span in spans:
        same = _common(open_marks, span.marks)
        while len(open_marks) > same:
            written.append(f"</{_TAGS[open_marks.pop().kind]}>")
        for mark in span.marks[same:]:
            if opened >= _MOST_MARKS:
                break
            opened += 1
            open_marks.append(mark)
            written.append(_opening(mark))
        written.append(escape(span.text))
    written.extend(f"</{_TAGS[mark.kind]}>" for mark in reversed(open_marks))
    return "".join(written)


def _common(open_marks: list[Mark], wanted: tuple[Mark, ...]) -> int:
    count = 0
    while count < min(len(open_marks), len(wanted)) and open_marks[count] == wanted[count]:
        count += 1
    return count


def _opening(mark: Mark) -> str:
    return f'<a href="{escape(mark.url)}">' if mark.kind == "link" else f"<{_TAGS[mark.kind]}>"
