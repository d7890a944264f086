"""What the shapes of all content share."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Extra, validator

from knowledge.forms import Prose

Language = Literal["da", "en"]
LANGUAGES: tuple[Language, ...] = ("da", "en")

UNSURE, IRRELEVANT, NONE = "unsure", "na", "none"
"""Choice ids with a meaning of their own: "don't know yet" (scores as nothing reached, and becomes
something to find out), "not relevant" (leaves the score's denominator), and "none of them": of several choices,
none goes with any of these."""


class Strict(BaseModel):
    """A piece of content: immutable, and without keys that the schema doesn't name."""

    class Config:
        extra = Extra.forbid
        allow_mutation = False


def _filled(values: tuple[Any, ...]) -> tuple[Any, ...]:
    if not values:
        raise ValueError("the list is empty: name at least one")
    return values


def filled(field: str) -> Any:
    """A validator for a list that must not be empty."""
    return validator(field, allow_reuse=True)(_filled)


class Bilingual(Strict):
    """One short text in every language."""

    da: Prose
    en: Prose

    def __getitem__(self, language: str) -> str:
        return getattr(self, language)
