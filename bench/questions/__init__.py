"""Rows of questions with the labels that are right: read, put to the bot, judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
EVALUATION, VALIDATION = HERE / "evaluation.tsv", HERE / "validation.tsv"
OUTSIDE = "out_of_scope"
TURN = " || "


@dataclass(frozen=True)
class Row:
    """What somebody says, the last of `turns` being judged, and what should come of it.

    `wanted` holds, for each question in the last turn (there may be two), the labels of which any is right.
    """

    kind: str
    language: str
    turns: tuple[str, ...]
    wanted: tuple[frozenset[str], ...]

    @property
    def text(self) -> str:
        """The turn that is judged."""
        return self.turns[-1]

    @property
    def is_outside(self) -> bool:
        return self.wanted == (frozenset({OUTSIDE}),)

    def is_right(self, label: str | None) -> bool:
        """Whether the label answers one of the row's questions."""
        return any(label in alternatives for alternatives in self.wanted)


def rows(path: Path) -> list[Row]:
    """The rows of a file. Raises ValueError that names a line which isn't a row."""
    return list(_rows(path))


def _rows(path: Path) -> Iterator[Row]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 4:
            raise ValueError(f"{path}:{number}: a row has four cells: kind, language, turns, label")
        kind, language, said, label = cells
        wanted = tuple(frozenset(question.split("|")) for question in label.split("+"))
        yield Row(kind, language, tuple(said.split(TURN)), wanted)
