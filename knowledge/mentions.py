"""Checks of lists of ids: that what they name is there, and named once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from knowledge.faults import Fault
from knowledge.pieces import Piece, Pieces
from knowledge.reading import Place


def unknown(
    pieces: Pieces, piece: Piece, kind: str, ids: Iterable[str], place: Place, purpose: str = "to refer to"
) -> Iterator[Fault]:
    """Faults for those of `ids`, a list at `place`, that name no piece of the kind, or name it again."""
    seen = set()
    for number, id_ in enumerate(ids):
        if pieces.is_missing(kind, id_):
            said = pieces.missing(kind, id_, purpose, f"Remove it, or add the {kind}.")
            yield piece.fault((*place, number), *said)
        elif id_ in seen:
            yield piece.fault((*place, number), f'The {kind} "{id_}" is named twice.', "Remove one of them.")
        seen.add(id_)


def twice(piece: Piece, what: str, placed: Iterable[tuple[Place, str]]) -> Iterator[Fault]:
    """Faults for ids, each with its place, that stand there a second time."""
    counts: Counter[str] = Counter()
    for place, id_ in placed:
        counts[id_] += 1
        if counts[id_] == 2:
            yield piece.fault(place, f'The {what} "{id_}" stands here a second time.', "Give one of them another id.")
