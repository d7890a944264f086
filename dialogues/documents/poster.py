"""A link as a picture: its QR code with a title below, for posters and for the printed guide."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from dialogues.documents import typesetter

_DESIGN = Path(__file__).with_name("poster.typ")
_WIDTH = 10.0 / 2.54  # inches, as the design has it
_ERRORS = "m"  # a seventh of the code may be soiled
SMALLEST, LARGEST = 200, 4000  # pixels


class PosterError(RuntimeError):
    """The picture could not be made; the message is the typesetter's."""


@lru_cache(maxsize=64)
def png(url: str, title: str, hint: str, language: str, width: int = 1000) -> bytes:
    """The picture as a PNG, so many pixels wide. Raises PosterError where the typesetter fails."""
    try:
        return typesetter.run(_DESIGN, json.dumps(_data(url, title, hint, language)), date.min, ppi=width / _WIDTH)
    except typesetter.TypesettingError as error:
        raise PosterError(str(error)) from error


def svg(url: str, title: str, hint: str, language: str) -> bytes:
    """The picture as an SVG, its words as outlines: it can be printed in any size. Raises PosterError."""
    import typst

    data = json.dumps(_data(url, title, hint, language))
    try:
        return bytes(typst.compile(str(_DESIGN), format="svg", sys_inputs={"picture": data}))
    except typst.TypstError as error:
        raise PosterError(str(error)) from error


def _data(url: str, title: str, hint: str, language: str) -> dict[str, Any]:
    import segno

    code = segno.make(url, error=_ERRORS, micro=False)
    rows = [list(_bars(row)) for row in code.matrix_iter(border=0)]
    return {"url": url, "title": title, "hint": hint, "language": language, "rows": rows}


def _bars(row: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The dark stretches of a row: where each begins, and how long it is."""
    start = None
    for place, dark in enumerate([*row, 0]):
        if dark and start is None:
            start = place
        elif not dark and start is not None:
            yield start, place - start
            start = None
