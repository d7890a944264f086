"""What stands around a marked word in examples: "hvad betyder [forankring](term)" teaches "hvad betyder …".

Rasa's own way to mark a word in a training example is used to teach ways of saying rather than words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge.spelling import normalise


@dataclass(frozen=True)
class Frame:
    """A way of saying: its label, and the plain text before and after what is said."""

    label: str
    before: str
    after: str

    def middle(self, text: str) -> str:
        """What stands within the frame in the plain `text`; nothing where it doesn't fit."""
        framed = f" {text} ".startswith(f" {self.before} " if self.before else " ") and f" {text} ".endswith(
            f" {self.after} " if self.after else " "
        )
        return text[len(self.before) : len(text) - len(self.after)].strip() if framed else ""


class Frames:
    """Frames, the longest first: what fits a long one would fit a part of it as well."""

    def __init__(self, frames: Iterable[Frame]) -> None:
        self._frames = sorted(
            set(frames), key=lambda one: (-len(one.before) - len(one.after), one.before, one.after, one.label)
        )

    def fitting(self, text: str) -> Iterator[tuple[str, str]]:
        """Label and middle of each frame that the plain `text` fits, the longest frame first."""
        for frame in self._frames:
            middle = frame.middle(text)
            if middle:
                yield frame.label, middle

    def as_lists(self) -> list[list[str]]:
        """As `from_lists` takes them."""
        return [[frame.label, frame.before, frame.after] for frame in self._frames]

    @classmethod
    def from_lists(cls, lists: Iterable[Iterable[str]]) -> Frames:
        return cls(Frame(*parts) for parts in lists)


def plain(text: str) -> str:
    """The text as frames see it: normalised, without question marks."""
    return " ".join(normalise(text).replace("?", " ").split())
