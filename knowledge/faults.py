"""Faults in content, in words that an editor understands: where, what is wrong, and the mend."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path


@dataclass(frozen=True, order=True)
class Fault:
    """One fault. `problem` and `mend` are whole sentences; `line` counts from 1."""

    file: str
    line: int
    problem: str
    mend: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.problem} {self.mend}".rstrip()


class ContentError(Exception):
    """The content cannot be used as it stands; `faults` says why."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def shown(path: Path) -> str:
    """`path` as people see it: relative to the current directory where it lies below it."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return str(path)


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """A question that names the known word nearest to `word`, or `otherwise` where none is near."""
    near = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f'Did you mean "{near[0]}"?' if near else otherwise


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words as a list in a sentence: `a`, `b` and `c`."""
    quoted = [f"`{word}`" for word in words]
    return f" {last} ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
