"""What is wrong with YAML that can't be read as it was meant, in words that an editor understands."""

from __future__ import annotations

import re
from pathlib import Path

import yaml
from yaml.events import ScalarEvent
from yaml.reader import ReaderError

from knowledge.faults import Fault, shown

_BELOW = "put `>-` before it and the text on the next line."
_WHOLE = f'Put the whole text in "quotes", or {_BELOW}'
LOST = ("The text after ` #` would be lost: YAML takes it for a comment.", _WHOLE)
SPACE = (
    "The indentation holds a non-breaking space, which looks like a space and isn't one.",
    "Remove what stands before the first letter of the line, and indent it with the space bar.",
)
NO_KEY = ("A key must be a word.", f"{_WHOLE} Text that begins with [, {{, * or & needs that.")
_CUT = re.compile(r"[ \t]+#\S")
_ODD_SPACE = re.compile(r"[ \t]*[\u00a0\u2007\u202f]")
_VALUE = r"^[ \t]*(?:- +)*(?:[^\s:#\"'{\[][^:#]*: +)?"
_QUOTED = re.compile(_VALUE + r"(?:\"[^\"]*\"|'[^']*') *[^\s#,:}\]]")
_NO_TEXT = re.compile(r"^[ \t]*(?:- +)*[^\s:#\"'{\[][^:#]*: +(?:\{(?![\w-]+: )|- )")
_INDENT = "Look at the indentation here and in the line above, and for quotes that aren't closed."
_QUOTE = "Text that begins with {} needs quotes around it; or " + _BELOW
_COLON = f"A text with a colon in it needs quotes around it; or {_BELOW} Else look at the indentation."
_MENDS = (
    ("cannot start any token", "Indent with spaces, not tabs. " + _QUOTE.format("@, ` or %")),
    ("tab", "Indent with spaces, not tabs."),
    ("mapping values are not allowed", _COLON),
    ("expected key", _INDENT),
    ("expected '-' indicator", "Every entry of a list begins with `- `, all with the same indentation."),
    ("expected ':'", "A key needs a colon and a space after it; longer text is indented below its key."),
    ("',' or ']'", "A list in [ ] needs commas between its entries and a ] at its end."),
    ("',' or '}'", _QUOTE.format("{")),
    ("an alias", _QUOTE.format("*")),
    ("an anchor", _QUOTE.format("&")),
    ("a tag", _QUOTE.format("!")),
    ("a block scalar", "After `>-` or `|` the text begins on the next line."),
    ("unexpected end of stream", "A quote or a bracket isn't closed."),
    ("a quoted scalar", "A quote isn't closed, or the text has a quote in it: " + _BELOW),
    ("document start", "Something stands outside of the keys: " + _INDENT[0].lower() + _INDENT[1:]),
    ("control characters", "Remove the invisible character here; it may have come along with copied text."),
)  # fmt: skip


def cut_in(text: str, event: ScalarEvent) -> int:
    """The line where a value in `text` ends at a ` #` with no blank behind it: hardly meant as a comment. Else 0."""
    end = event.end_mark
    return end.line + 1 if end and not event.style and _CUT.match(text, end.index) else 0


def odd_space(line: str) -> bool:
    """Whether a line, or a key, begins with spaces that only look like spaces."""
    return bool(_ODD_SPACE.match(line))


def not_yaml(path: Path, text: str, error: yaml.YAMLError) -> Fault:
    """The fault of the file at `path`, whose `text` made the parser give up with `error`."""
    said, line, begun = str(error), 1, None
    if isinstance(error, ReaderError):
        said, line = error.reason, text.encode().count(b"\n", 0, error.position) + 1
    elif isinstance(error, yaml.MarkedYAMLError):
        said = f"{error.context or ''} {error.problem or ''}".strip()
        mark, begun = error.problem_mark or error.context_mark, error.context_mark
        line = mark.line + 1 if mark else 1
        if begun and begun.line + 1 != line:
            said += f" (it begins in line {begun.line + 1})"
    line = min(line, text.rstrip().count("\n") + 1)  # what is missing at the end isn't below the last line
    lines = text.split("\n")
    for number in (line, line - 1):
        if odd_space(lines[max(number, 1) - 1]):
            return Fault(shown(path), max(number, 1), *SPACE)
    near = [lines[line - 1]]
    if begun and "flow mapping" in said:
        near += lines[begun.line : begun.line + 1]
    mend = _whole(near) or next((mend for sign, mend in _MENDS if sign in said), _INDENT)
    return Fault(shown(path), line, f"This isn't YAML that can be read: {said}.", mend)


def _whole(lines: list[str]) -> str:
    """The mend for a text of which YAML takes only the beginning, where one of the lines has such a text."""
    if any(_QUOTED.match(line) for line in lines):
        return _WHOLE.replace('"quotes",', '"quotes" and write » « for those within,')
    return _WHOLE if any(_NO_TEXT.match(line) for line in lines) else ""
