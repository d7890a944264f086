"""Reads YAML files that anybody may have written: within bounds, with line numbers, without tracebacks.

Every plain value is read as the text that stands there, and the schema makes numbers of it where it
wants numbers: a button may say `No`, a text `1.50` and an example `12:30` without quotes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from knowledge.faults import ContentError, Fault, shown
from knowledge.mends import LOST, NO_KEY, SPACE, cut_in, not_yaml, odd_space

MAX_BYTES = 1_000_000
MAX_DEPTH = 30
MAX_VALUES = 50_000
"""In one file, those that an alias repeats counted each time."""

Place = tuple[Any, ...]
"""Where in a document: keys and list positions from the top, as `("da", "title")`."""

_Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_TAGS = {None, "!", f"{_TAG}str", f"{_TAG}seq", f"{_TAG}map"}


@dataclass(frozen=True)
class Document:
    """A YAML file that was read. `data` is made of dict, list, str and None."""

    path: Path
    data: Any
    lines: dict[Place, int] = field(repr=False, default_factory=dict)

    def line_of(self, place: Place = ()) -> int:
        """The line (from 1) of the key or list entry at `place`, or of the nearest above it that is there."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def fault(self, place: Place, problem: str, mend: str = "") -> Fault:
        """A fault in this file, at the line of `place`."""
        return Fault(shown(self.path), self.line_of(place), problem, mend)


def read(path: Path) -> Document:
    """The YAML document in the file at `path`; that of an empty file has the data None.

    Raises ContentError for a file that can't be read, isn't UTF-8 or YAML, names a key twice, or is
    larger or more deeply nested than anybody would write by hand.
    """
    text = _text(path)
    builder = _Builder(path, text)
    try:
        data = builder.document(yaml.parse(text, _Parser))
    except yaml.YAMLError as error:
        builder.faults.append(not_yaml(path, text, error))
    if builder.faults:
        raise ContentError(sorted(builder.faults))
    return Document(path, data, builder.lines)


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        problem = f"The file can't be read: {error.strerror}."
        raise ContentError([Fault(shown(path), 1, problem, "Look at its name and its rights.")]) from None
    if len(raw) > MAX_BYTES:
        problem = f"The file is larger than {MAX_BYTES // 1000} kB."
        raise ContentError([Fault(shown(path), 1, problem, "Split it into several files.")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problem = "A character here isn't UTF-8; it may be an æ, ø or å that an older program saved."
        raise ContentError([Fault(shown(path), line, problem, "Save the file with the encoding UTF-8.")]) from None


def _line(event: Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


class _GivenUpError(Exception):
    """The file isn't worth reading further; its fault is noted."""


class _Builder:
    """Makes data of YAML's events, and notes lines and faults on the way."""

    def __init__(self, path: Path, text: str) -> None:
        self.lines: dict[Place, int] = {}
        self.faults: list[Fault] = []
        self._file = shown(path)
        self._text = text
        self._events: Iterator[Any] = iter(())
        self._anchors: dict[str, tuple[Any, int]] = {}  # the value, and how many values it is made of
        self._count = 0

    def document(self, events: Iterator[Any]) -> Any:
        self._events = events
        data = None
        try:
            for event in events:
                if isinstance(event, DocumentStartEvent):
                    if () in self.lines:
                        self._stop(event, "A second piece begins here.", "Remove `---`: a file holds one piece.")
                    first = next(events)
                    self.lines[()] = _line(first)
                    data = self._value(first, ())
        except _GivenUpError:
            pass
        return data

    def _fault(self, event: Event, problem: str, mend: str) -> None:
        self.faults.append(Fault(self._file, _line(event), problem, mend))

    def _stop(self, event: Event, problem: str, mend: str) -> None:
        self._fault(event, problem, mend)
        raise _GivenUpError

    def _value(self, event: Any, place: Place) -> Any:
        before = self._count
        self._count += 1
        if isinstance(event, AliasEvent):
            return self._alias(event)
        if event.tag not in _TAGS:
            tag = event.tag.replace(_TAG, "!!")
            self._fault(event, f"`{tag}` means nothing here.", "Text that begins with ! needs quotes around it.")
        if len(place) > MAX_DEPTH:
            self._stop(event, f"Lists and keys stand more than {MAX_DEPTH} deep in each other.", "Flatten them.")
        value: Any
        if isinstance(event, ScalarEvent):
            value = self._scalar(event)
        elif isinstance(event, SequenceStartEvent):
            value = self._list(place)
        else:
            value = self._mapping(place)
        if event.anchor:
            self._anchors[event.anchor] = value, self._count - before
        if self._count > MAX_VALUES:
            self._stop(event, f"The file holds more than {MAX_VALUES} values.", "Split it into several files.")
        return value

    def _scalar(self, event: ScalarEvent) -> str | None:
        if line := cut_in(self._text, event):
            self.faults.append(Fault(self._file, line, *LOST))
        return None if event.implicit[0] and event.value in ("", "~", "null") else event.value

    def _alias(self, event: Any) -> Any:
        if event.anchor not in self._anchors:
            problem = f"`*{event.anchor}` stands for nothing that was named before."
            self._stop(event, problem, "Text that begins with * needs quotes around it, or `>-` before it.")
        value, size = self._anchors[event.anchor]
        self._count += size
        if self._count > MAX_VALUES:
            self._stop(event, f"Aliases (`*`) swell the file to more than {MAX_VALUES} values.", "Write them out.")
        return value

    def _list(self, place: Place) -> list[Any]:
        values: list[Any] = []
        for event in self._events:
            if isinstance(event, SequenceEndEvent):
                break
            here = (*place, len(values))
            self.lines[here] = _line(event)
            values.append(self._value(event, here))
        return values

    def _mapping(self, place: Place) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for event in self._events:
            if isinstance(event, MappingEndEvent):
                break
            if not isinstance(event, ScalarEvent):
                self._stop(event, *NO_KEY)
            key, line = event.value, _line(event)
            if odd_space(key):
                self._stop(event, *SPACE)
            here = (*place, key)
            if key in values:
                problem = f"The key `{key}` stands here a second time; the first is in line {self.lines[here]}."
                self._fault(event, problem, "Remove one of them.")
            self.lines[here] = line
            values[key] = self._value(next(self._events), here)
        return values
