"""Pictures of results as data: bars by theme, a radar, a network of contacts.

They are drawn by `charts.typ`, as a picture of their own (`png`) or within a document (`model.Picture`). What `words`
must hold is named with each; `alt` says the same as the picture, for those who don't see it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

MIME = "image/png"
MOST_SERIES = 3
FEWEST_AXES, MOST_AXES = 3, 10
MOST_SECTORS, MOST_RINGS = 10, 4
_CHARTS = Path(__file__).with_name("charts.typ")
_INCH = 2.54  # centimetres
_REGIONS = {"da": "dk", "en": "gb"}


class PictureError(RuntimeError):
    """The picture could not be drawn; the message is the typesetter's."""


@dataclass(frozen=True)
class Bar:
    """One theme: its share from 0 to 1, None where nothing was answered; `note` stands below the bar."""

    label: str
    share: float | None
    note: str = ""


@dataclass(frozen=True)
class Series:
    """The shares of somebody or of some time, in the order of the rows or axes; None where nothing was answered."""

    name: str
    shares: tuple[float | None, ...]


@dataclass(frozen=True)
class Bars:
    """Horizontal bars, one for each theme, with up to two `others` below each for comparison.

    `name` says whose the rows' own bars are; it is shown only beside others.
    `words`: `none` ("ingen svar"), `percent` (what follows the number: " %").
    """

    title: str
    rows: tuple[Bar, ...]
    alt: str
    words: Mapping[str, str]
    name: str = ""
    others: tuple[Series, ...] = ()

    def __post_init__(self) -> None:
        _check_words(self.words, "none", "percent")
        _check_series((Series(self.name, tuple(row.share for row in self.rows)), *self.others), len(self.rows))


@dataclass(frozen=True)
class Radar:
    """Three to ten axes with one to three series. `words`: as for `Bars`."""

    title: str
    axes: tuple[str, ...]
    series: tuple[Series, ...]
    alt: str
    words: Mapping[str, str]

    def __post_init__(self) -> None:
        _check_words(self.words, "none", "percent")
        _check(FEWEST_AXES <= len(self.axes) <= MOST_AXES, f"{len(self.axes)} axes")
        _check_series(self.series, len(self.axes))


@dataclass(frozen=True)
class SpreadRow:
    """One theme as several see it: shares from 0 to 1, and the average in words."""

    label: str
    low: float
    mean: float
    high: float
    shown: str


@dataclass(frozen=True)
class Spreads:
    """For each theme a line from the lowest to the highest share, and the average; `note` explains it below."""

    title: str
    rows: tuple[SpreadRow, ...]
    note: str
    alt: str


@dataclass(frozen=True)
class Contact:
    """Somebody in the network: the places of the sector and of the ring, counted from 0."""

    label: str
    sector: int
    ring: int


@dataclass(frozen=True)
class Network:
    """Contacts around a centre, by sector and by how near they are: `rings` begins with the nearest.

    `words`: `gap`, what stands at a sector without contacts ("ingen endnu").
    """

    title: str
    centre: str
    sectors: tuple[str, ...]
    rings: tuple[str, ...]
    contacts: tuple[Contact, ...]
    alt: str
    words: Mapping[str, str]

    def __post_init__(self) -> None:
        _check_words(self.words, "gap")
        _check(1 <= len(self.sectors) <= MOST_SECTORS, f"{len(self.sectors)} sectors")
        _check(1 <= len(self.rings) <= MOST_RINGS, f"{len(self.rings)} rings")
        for contact in self.contacts:
            _check(0 <= contact.sector < len(self.sectors), f"no sector {contact.sector}")
            _check(0 <= contact.ring < len(self.rings), f"no ring {contact.ring}")


Content = Bars | Radar | Network | Spreads


def _check(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(f"not to be drawn: {otherwise}")


def _check_words(words: Mapping[str, str], *needed: str) -> None:
    for name in needed:
        _check(name in words, f"no word for {name!r}")


def _check_series(series: tuple[Series, ...], length: int) -> None:
    _check(1 <= len(series) <= MOST_SERIES, f"{len(series)} series")
    for one in series:
        _check(len(one.shares) == length, f"{len(one.shares)} shares for {length} labels")
        _check(all(share is None or 0 <= share <= 1 for share in one.shares), f"a share outside 0 to 1: {one.shares}")


def to_data(picture: Content) -> dict[str, Any]:
    """What `charts.typ` draws from: the texts without what no file can show, the percentages as words."""
    from dialogues.documents.slots import clean  # late: it imports the model, which imports this

    if isinstance(picture, Bars):
        data = _bars(picture)
    elif isinstance(picture, Radar):
        data = _radar(picture)
    elif isinstance(picture, Spreads):
        data = {"kind": "spread", "rows": [asdict(row) for row in picture.rows], "note": picture.note}
    else:
        data = _network(picture)
    cleaned: dict[str, Any] = _mapped({**data, "title": picture.title, "alt": picture.alt}, clean)
    return cleaned


def _mapped(value: Any, change: Any) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _mapped(item, change) for key, item in value.items()}
    return [_mapped(item, change) for item in value] if isinstance(value, list) else value


def _percentage(share: float, percent: str) -> str:
    return f"{round(100 * share)}{percent}".replace(" ", "\N{NO-BREAK SPACE}")


def _values(shares: tuple[float | None, ...], percent: str) -> list[dict[str, Any]]:
    shown = ("" if share is None else _percentage(share, percent) for share in shares)
    return [{"share": share, "shown": words} for share, words in zip(shares, shown, strict=True)]


def _bars(picture: Bars) -> dict[str, Any]:
    percent = picture.words["percent"]
    shares = [tuple(row.share for row in picture.rows), *(other.shares for other in picture.others)]
    rows = zip(picture.rows, zip(*(_values(one, percent) for one in shares), strict=True), strict=True)
    return {
        "kind": "bars",
        "series": [picture.name, *(other.name for other in picture.others)],
        "rows": [{"label": row.label, "note": row.note, "values": list(values)} for row, values in rows],
        "words": {"none": picture.words["none"]},
    }


def _radar(picture: Radar) -> dict[str, Any]:
    percent = picture.words["percent"]
    return {
        "kind": "radar",
        "axes": list(picture.axes),
        "series": [{"name": one.name, "values": _values(one.shares, percent)} for one in picture.series],
        "words": {"none": picture.words["none"], "half": _percentage(0.5, percent), "full": _percentage(1, percent)},
    }


def _network(picture: Network) -> dict[str, Any]:
    contacts = sorted(picture.contacts, key=lambda contact: (contact.sector, contact.ring))
    return {
        "kind": "network",
        "centre": picture.centre,
        "sectors": list(picture.sectors),
        "rings": list(picture.rings),
        "contacts": [
            {"number": number, "label": contact.label, "sector": contact.sector, "ring": contact.ring}
            for number, contact in enumerate(contacts, 1)
        ],
        "words": {"gap": picture.words["gap"]},
    }


PHONE = 12.0  # centimetres: what reads well on a telephone


def png(picture: Content, *, width_px: int = 1100, width_cm: float = PHONE, language: str = "da") -> bytes:
    """The picture as a PNG of that width, as high as it needs: in pixels, and as the paper that its words are set for;
    the language is for hyphenation.

    Raises PictureError where the typesetter fails.
    """
    from dialogues.documents import typesetter

    data = {**to_data(picture), "language": language, "region": _REGIONS[language], "width": width_cm}
    try:
        return typesetter.run(_CHARTS, json.dumps(data), date.min, ppi=width_px * _INCH / width_cm)
    except typesetter.TypesettingError as error:
        raise PictureError(str(error)) from error
