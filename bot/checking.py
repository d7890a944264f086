"""`makker check`: every fault in content and phrasings, in one run."""

from __future__ import annotations

from collections.abc import Sized
from pathlib import Path

from dialogues.responses.commands import NAMES
from knowledge.check import check
from knowledge.faults import ContentError, Fault
from knowledge.loader import CONTENT, load
from nlu import phrasings


def faults(overlay: Path | None = None) -> list[Fault]:
    """The faults of the shipped content and of a library's own, ordered by file and line."""
    found = check(CONTENT, overlay)
    try:
        knowledge = load(CONTENT, overlay)
    except ContentError:
        return found  # the phrasings are checked against content that holds
    folders = [phrasings.DATA] + ([overlay / "nlu"] if overlay is not None else [])
    return sorted({*found, *phrasings.check(knowledge, NAMES, folders)})


def all_well(overlay: Path | None = None) -> str:
    """What was read, in a line, for content that has no faults."""
    knowledge = load(CONTENT, overlay)
    read: dict[str, Sized] = {
        "topics": knowledge.topics,
        "checklists": knowledge.checklists,
        "words": knowledge.terms,
        "sources": knowledge.sources,
    }
    counts = ", ".join(f"{len(pieces)} {name}" for name, pieces in read.items())
    return f"no faults in {counts}" + (f", with {overlay} laid over" if overlay else "")
