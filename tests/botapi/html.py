"""Telegram's HTML, read as strictly as its documentation asks: only its tags, nested, closed, escaped.

The real server lets an unknown named entity through as text; here it is refused, since a text that
holds one was not escaped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from tests.botapi.errors import BadRequest

_TAGS = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
}
_PIECE = re.compile(
    r"<(?P<end>/)?(?P<tag>[^\s<>/]*)(?P<rest>[^<>]*)>|(?P<entity>&[^;&<\s]*;?)|(?P<text>[^<&]+|<)", re.S
)
_ENTITY = re.compile(r"&(lt|gt|amp|quot|#[0-9]{1,6}|#x[0-9a-fA-F]{1,6});")
_HREF = re.compile(r"""\shref=("([^"]*)"|'([^']*)')""")


@dataclass(frozen=True)
class Entity:
    """A formatted stretch of a message, counted in UTF-16 units as Telegram does."""

    kind: str
    offset: int
    length: int
    url: str = ""

    def as_json(self) -> dict[str, object]:
        link = {"url": self.url} if self.kind == "text_link" else {}
        return {"type": self.kind, "offset": self.offset, "length": self.length, **link}


def units(text: str) -> int:
    """The length of `text` in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def parse(html: str) -> tuple[str, list[Entity]]:
    """The text and the entities of a message in HTML; BadRequest with Telegram's words if it is not valid."""
    text: list[str] = []
    at = 0
    stack: list[tuple[str, int, str]] = []
    entities: list[Entity] = []
    for match in _PIECE.finditer(html):
        offset = len(html[: match.start()].encode())
        if match["text"] is not None:
            if match["text"] == "<":
                raise _fault(f"Unclosed start tag at byte offset {offset}")
            text.append(match["text"])
            at += units(match["text"])
        elif match["entity"] is not None:
            if not _ENTITY.fullmatch(match["entity"]):
                raise _fault(f"Unsupported entity {match['entity']!r} at byte offset {offset}")
            text.append(unescape(match["entity"]))
            at += units(text[-1])
        elif match["end"]:
            entities.extend(_close(stack, match["tag"], at, offset))
        else:
            stack.append((match["tag"].lower(), at, _url(match, offset)))
    if stack:
        raise _fault(f'Can\'t find end tag corresponding to start tag "{stack[-1][0]}"')
    return "".join(text), sorted(entities, key=lambda entity: (entity.offset, -entity.length))


def _url(match: re.Match[str], offset: int) -> str:
    tag = match["tag"].lower()
    if tag not in _TAGS:
        raise _fault(f'Unsupported start tag "{tag}" at byte offset {offset}')
    href = _HREF.search(match["rest"])
    return unescape(href[2] or href[3] or "") if href else ""


def _close(stack: list[tuple[str, int, str]], tag: str, at: int, offset: int) -> list[Entity]:
    if not stack:
        raise _fault(f"Unexpected end tag at byte offset {offset}")
    opened, start, url = stack.pop()
    if tag.lower() not in ("", opened):
        raise _fault(f'Unmatched end tag at byte offset {offset}, expected "</{opened}>", found "</{tag}>"')
    if at == start or (opened == "a" and not url):
        return []
    return [Entity(_TAGS[opened], start, at - start, url)]


def _fault(what: str) -> BadRequest:
    return BadRequest(f"can't parse entities: {what}")
