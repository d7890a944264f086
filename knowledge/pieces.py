"""The pieces of the content as they lie in their files, before anything links them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from knowledge.faults import ContentError, Fault, did_you_mean
from knowledge.places import FOLDERS, LISTS, is_aside, misplaced
from knowledge.reading import Document, Place, read
from knowledge.schema import (
    Bilingual,
    Checklist,
    DocumentText,
    Facet,
    GuideQuestion,
    Lesson,
    Scene,
    Source,
    Term,
    Topic,
)
from knowledge.wording import fit

MODELS: dict[str, type[BaseModel]] = {
    "topic": Topic,
    "checklist": Checklist,
    "document": DocumentText,
    "term": Term,
    "source": Source,
    "facet": Facet,
    "question": GuideQuestion,
    "lesson": Lesson,
    "scene": Scene,
    "text": Bilingual,
}


@dataclass(frozen=True)
class Piece:
    """One piece of content, say a topic or a text of the interface, and where it stands."""

    kind: str
    id: str
    value: Any
    document: Document = field(repr=False)
    place: Place = ()
    overlaid: bool = False  # comes from a library's own folder

    def fault(self, place: Place, problem: str, mend: str = "") -> Fault:
        """A fault in this piece, at the line of `place` within it."""
        return self.document.fault((*self.place, *place), problem, mend)


@dataclass
class Pieces:
    """All pieces by kind and id, and the faults met on the way to them."""

    by_kind: dict[str, dict[str, Piece]] = field(default_factory=lambda: {kind: {} for kind in MODELS})
    broken: set[tuple[str, str]] = field(default_factory=set)  # kind and id of what has faults of its own
    unread: set[str] = field(default_factory=set)  # kinds of which nobody can say what ids there are
    faults: list[Fault] = field(default_factory=list)
    left_out: set[tuple[str, str]] = field(default_factory=set)  # kind and id of what a library's own folder lacks so

    def __getitem__(self, kind: str) -> dict[str, Piece]:
        return self.by_kind[kind]

    def __iter__(self) -> Iterator[Piece]:
        return (piece for pieces in self.by_kind.values() for piece in pieces.values())

    def values(self, kind: str) -> dict[str, Any]:
        """What the pieces of a kind hold, by id."""
        return {id_: piece.value for id_, piece in self.by_kind[kind].items()}

    def is_missing(self, kind: str, id_: str) -> bool:
        """Whether there surely is no piece of that kind and id, not even one that couldn't be read."""
        return kind not in self.unread and id_ not in self.known(kind)

    def known(self, kind: str) -> set[str]:
        """The ids of a kind, with those whose piece couldn't be read."""
        return {*self.by_kind[kind], *(id_ for broken, id_ in self.broken if broken == kind)}

    def missing(self, kind: str, id_: str, purpose: str = "", otherwise: str = "") -> tuple[str, str]:
        """Problem and mend of something that names a piece which is missing; `otherwise` mends where none is near."""
        if (kind, id_) in self.left_out:
            return f'The {kind} "{id_}" is left out because of a fault of its own.', "Mend that first."
        problem = f'There is no {kind} "{id_}" {purpose}'.rstrip()
        return f"{problem}.", did_you_mean(id_, self.known(kind), otherwise)

    def add(self, piece: Piece) -> None:
        """Takes a piece in; one whose id is taken is a fault."""
        taken = self.by_kind[piece.kind].get(piece.id)
        if taken:
            where = taken.document.fault(taken.place, "")
            problem = f'The {piece.kind} "{piece.id}" stands already in {where.file}:{where.line}.'
            self.faults.append(piece.fault((), problem, "Remove one of them, or give it another id."))
        else:
            self.by_kind[piece.kind][piece.id] = piece

    def overlaid(self, other: Pieces) -> Pieces:
        """These pieces with those of `other` in the place of the ones of the same id, or beside them."""
        by_kind = {
            kind: {**pieces, **{id_: replace(piece, overlaid=True) for id_, piece in other[kind].items()}}
            for kind, pieces in self.by_kind.items()
        }
        faults = [*self.faults, *other.faults]
        return Pieces(by_kind, self.broken | other.broken, self.unread, faults, other.left_out)


PHRASINGS = "nlu"  # a library's own phrasings lie there, beside its content: they are read by the room `nlu`


def collect(folder: Path) -> Pieces:
    """Every piece that can be read below `folder`; the rest is in `faults`."""
    pieces = Pieces()
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if parts[0] == PHRASINGS or is_aside(parts) or not path.is_file():
            continue
        wrong = misplaced(path, parts)
        if wrong is None and path.suffix == ".yml":
            _collect_file(pieces, path, path.relative_to(folder).with_suffix("").parts)
        elif wrong:
            pieces.faults.append(wrong.fault)
            pieces.broken |= {(wrong.kind, wrong.id)} if wrong.kind and wrong.id else set()
    return pieces


def _collect_file(pieces: Pieces, path: Path, parts: tuple[str, ...]) -> None:
    if len(parts) == 1:
        _collect_entries(pieces, path, *LISTS[parts[0]])
    elif parts[0] == "texts":
        _collect_texts(pieces, path, parts[1])
    else:
        _collect_piece(pieces, path, FOLDERS[parts[0]], ".".join(parts[1:]))


def _guarded(pieces: Pieces, kind: str, id_: str, make: Callable[[], Piece]) -> None:
    try:
        piece = make()
    except ContentError as error:
        pieces.faults.extend(error.faults)
        pieces.broken.add((kind, id_))
    else:
        pieces.add(piece)


def _collect_piece(pieces: Pieces, path: Path, kind: str, id_: str) -> None:
    def make() -> Piece:
        document = read(path)
        piece = Piece(kind, id_, fit(MODELS[kind], document, document.data), document)
        if piece.value.id != id_:
            problem = f'The id "{piece.value.id}" and the name of the file don\'t say the same.'
            mend = f"Write `id: {id_}`, or name the file {piece.value.id.split('.')[-1]}.yml" + (
                f" in the folder topics/{piece.value.group}." if kind == "topic" else "."
            )
            raise ContentError([piece.fault(("id",), problem, mend)])
        return piece

    _guarded(pieces, kind, id_, make)


def _document(pieces: Pieces, path: Path, kind: str) -> Document | None:
    """The document of a file that holds many pieces; None where it can't be read."""
    try:
        return read(path)
    except ContentError as error:
        pieces.faults.extend(error.faults)
        pieces.unread.add(kind)
        return None


def _collect_entries(pieces: Pieces, path: Path, key: str, kind: str) -> None:
    document = _document(pieces, path, kind)
    if document is None or document.data is None:
        return
    data = document.data
    if not isinstance(data, dict) or not isinstance(data.get(key), (list, type(None))) or key not in data:
        problem = f"The file must begin with `{key}:` and a list below it."
        pieces.faults.append(document.fault((), problem, f"Write `{key}:`, and `- ` before each entry."))
        pieces.unread.add(kind)
        return
    for other in data:
        if other != key:
            pieces.faults.append(document.fault((other,), f"There is no key `{other}` here.", f"Known is `{key}`."))
    for number, entry in enumerate(data[key] or ()):
        place = (key, number)
        id_ = entry.get("id") if isinstance(entry, dict) else None

        def make(entry: Any = entry, place: Place = place) -> Piece:
            value: Any = fit(MODELS[kind], document, entry, place)
            return Piece(kind, value.id, value, document, place)

        _guarded(pieces, kind, str(id_), make)


def _collect_texts(pieces: Pieces, path: Path, area: str) -> None:
    document = _document(pieces, path, "text")
    if document is None or document.data is None:
        return
    if not isinstance(document.data, dict):
        mend = "Write a key, and `da:` and `en:` below it, indented."
        pieces.faults.append(document.fault((), "The file must hold keys, each with its texts.", mend))
        return
    for key, text in document.data.items():

        def make(key: str = key, text: Any = text) -> Piece:
            return Piece("text", f"{area}.{key}", fit(Bilingual, document, text, (key,)), document, (key,))

        _guarded(pieces, "text", f"{area}.{key}", make)
