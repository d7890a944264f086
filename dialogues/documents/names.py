"""Names for files that people keep."""

from __future__ import annotations

import re

from dialogues.documents.model import Document
from dialogues.documents.slots import clean

MAX_LENGTH = 80
_MAX_BYTES = 200  # most file systems take 255, and a browser may add " (1)"
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\n\u200b-\u200f\u2060\ufeff]+')
_DEVICES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)  # names that Windows keeps for itself


def file_name(document: Document, ending: str, stem: str | None = None) -> str:
    """A name that says what is in the file and when it was made: `Samarbejdsaftale – Musikskolen – 2026-11-22.docx`;
    from the second edition on with its number. `stem`, if given, stands for the document's own.

    Safe on all file systems: no path characters, 80 characters at most.
    """
    edition = f" – v{document.edition}" if document.edition > 1 else ""
    tail = f"{edition} – {document.today.isoformat()}.{ending}"
    stem = _shortened(_tidied(stem or document.stem) or _tidied(document.title), MAX_LENGTH - len(tail))
    return f"{stem or 'Makker'}{tail}"


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
