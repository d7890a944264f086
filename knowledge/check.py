"""Checks all content and finds every fault in one run."""

from __future__ import annotations

from pathlib import Path

from knowledge.faults import Fault, shown
from knowledge.loader import CONTENT
from knowledge.pieces import collect
from knowledge.prose import check_prose
from knowledge.structure import lay_over, structural_faults


def check(folder: Path = CONTENT, overlay: Path | None = None) -> list[Fault]:
    """Every fault of the content below `folder`, and of a library's own folder laid over it, by file and line.

    An empty list means that all is well. No content, however broken, makes this raise.
    """
    if not folder.is_dir():
        return [Fault(shown(folder), 1, "There is no such folder.", "Correct its path.")]
    pieces = collect(folder)
    faults = {*pieces.faults, *(one.fault for one in structural_faults(pieces, (folder,))), *check_prose(pieces)}
    if overlay is not None:
        merged, own = lay_over(pieces, overlay, (folder, overlay))
        faults |= {*own, *check_prose(merged)}
    return sorted(faults)
