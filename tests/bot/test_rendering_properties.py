"""For any text at all: Telegram takes it, nothing of it is lost, and no part is too long."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rendering.cutting import cut, units
from bot.rendering.markup import clean, parse
from bot.rendering.plain import plain
from bot.rendering.telegram_html import messages
from bot.rendering.terminal import terminal
from knowledge.templates import escape
from tests.botapi import html as telegram

_anything = st.text(st.characters(), max_size=300)
_MARKS = [
    "**",
    "_",
    "*",
    "`",
    "[a",
    "](https://x.dk)",
    '](http://ø.dk/?a="b&c)',
    "\n\n",
    "\n",
    "- ",
    "  - ",
    "1. ",
    "\\",
]
_TEXTS = [
    "&",
    "<b>",
    "</i>",
    "&amp;",
    '"',
    "ord ",
    "Sætning. ",
    "😀",
    "e\u0301",
    "👩\u200d👧",
    "\u200b",
    "\x00",
    "\ud800",
]
_pieces = st.sampled_from([*_MARKS, *_TEXTS])
_markup = st.lists(_pieces | st.text(max_size=8), max_size=60).map("".join)
_limits = st.integers(min_value=8, max_value=200)


def _without_space(text: str) -> str:
    return "".join(text.split())


@settings(deadline=None)
@given(_anything | _markup, _limits)
def test_every_part_is_valid_short_enough_and_nothing_is_lost(text: str, limit: int) -> None:
    parts = [telegram.parse(part)[0] for part in messages(text, limit)]
    assert all(part.strip() and telegram.units(part) <= limit for part in parts)
    whole = "".join(span.text for span in parse(text))
    seen, wanted = _without_space("".join(parts)), _without_space(whole)
    if seen != wanted:  # parts without anything to see are left out
        assert _visible(seen) == _visible(wanted)


def _visible(text: str) -> str:
    return "".join(
        char for char in text if char.isprintable() and char not in "\u200b\u2800\u3164\u034f\u115f\u1160\uffa0"
    )


@settings(deadline=None)
@given(_anything)
def test_what_a_user_typed_comes_out_of_every_door_as_typed(text: str) -> None:
    typed = _without_space(clean(text))
    assert _without_space(plain(escape(text))) == typed
    assert _without_space(terminal(escape(text)).plain) == typed


@settings(deadline=None)
@given(st.text(st.sampled_from("ab .\n😀é"), max_size=400), _limits)
def test_cuts_are_in_order_and_lose_only_space(text: str, limit: int) -> None:
    places = list(cut(text, limit))
    assert _without_space("".join(text[start:end] for start, end in places)) == _without_space(text)
    assert all(units(text[start:end]) <= limit for start, end in places)


@settings(max_examples=15, deadline=None)
@given(_markup, st.integers(min_value=200, max_value=2000))
def test_long_texts_too(text: str, times: int) -> None:
    for part in messages(text * times):
        assert telegram.units(telegram.parse(part)[0]) <= 4096
