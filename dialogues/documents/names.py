"""Names for files that people keep."""

from __future__ import annotations

import re
from datetime import date

from dialogues.documents.model import Document
from dialogues.documents.slots import clean

MAX_LENGTH = 80
_MAX_BYTES = 200  # most file systems take 255, and a browser may add " (1)"
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\n\u200b-\u200f\u2060\ufeff]+')
_DEVICES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)  # names that Windows keeps for itself


_TAIL = re.compile(r"(?: \((?P<number>\d{1,3})\))?(?: – v(?P<edition>\d{1,4}))? – \d{4}-\d{2}-\d{2}\.\w+")


def file_name(document: Document, ending: str, stem: str | None = None, number: int = 1) -> str:
    """A name that says what is in the file and when it was made: `Samarbejdsaftale – Musikskolen – 2026-11-22.docx`;
    from the second edition on with its number. `stem`, if given, stands for the document's own. `number` tells it from
    others of the same name: `Samarbejdsaftale – Musikskolen (2) – 2026-11-22.docx`.

    Safe on all file systems: no path characters, 80 characters at most.
    """
    several = f" ({number})" if number > 1 else ""
    edition = f" – v{document.edition}" if document.edition > 1 else ""
    tail = f"{several}{edition} – {document.today.isoformat()}.{ending}"
    stem = _shortened(_tidied(stem or document.stem) or _tidied(document.title), MAX_LENGTH - len(tail))
    return f"{stem or 'Makker'}{tail}"


def dated_name(stem: str, ending: str, today: date, number: int = 1) -> str:
    """A name for a file that is no document of a walkthrough: `Er vi klar – hver for sig – 2026-11-22.png`. `number`
    tells it from others of the same name."""
    several = f" ({number})" if number > 1 else ""
    tail = f"{several} – {today.isoformat()}.{ending}"
    return f"{_shortened(_tidied(stem), MAX_LENGTH - len(tail)) or 'Makker'}{tail}"


def number_of(name: str) -> int:
    """The number that tells the file of that name from others; 1 where it has none."""
    return _told(name, "number")


def edition_of(name: str) -> int:
    """The edition that the file of that name is; 1 where it doesn't say."""
    return _told(name, "edition")


def _told(name: str, what: str) -> int:
    tail = _TAIL.search(name)
    return int(tail[what] or 1) if tail and tail.end() == len(name) else 1


def _tidied(text: str) -> str:
    words = re.sub(r"\s+", " ", _FORBIDDEN.sub(" ", clean(text)))
    stem = re.sub(r"( [–-])+(?= [–-])", "", words).strip(" .–-_~")
    return f"{stem}_" if _DEVICES.match(stem) else stem


def _shortened(text: str, length: int) -> str:
    if len(text) <= length and len(text.encode()) <= _MAX_BYTES:
        return text
    short = text[:length].encode()[:_MAX_BYTES].decode(errors="ignore")
    head, _, _ = short.rpartition(" ")
    return (head if len(head) > length // 2 else short).rstrip(" .–-_~")
