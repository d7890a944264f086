"""The guide: the questions that lead to the right checklist."""

from __future__ import annotations

from typing import Any

from pydantic import root_validator, validator

from knowledge.forms import ItemId, Prose, Slug
from knowledge.schema.common import Strict


class GuideChoice(Strict):
    """One of the situations to choose from: it leads to a further question, or to a checklist."""

    da: Prose
    en: Prose
    question: ItemId | None = None
    checklist: Slug | None = None

    def __getitem__(self, language: str) -> str:
        text: str = getattr(self, language)
        return text

    @root_validator(skip_on_failure=True)
    def _leads_somewhere(cls, values: dict[str, Any]) -> dict[str, Any]:
        if (values["question"] is None) == (values["checklist"] is None):
            raise ValueError("a choice leads either to a `question` or to a `checklist`")
        return values


class GuideQuestion(Strict):
    """A question about where somebody stands. The first one of the guide is asked first."""

    id: ItemId  # travels in a button
    da: Prose
    en: Prose
    choices: tuple[GuideChoice, ...]

    def __getitem__(self, language: str) -> str:
        text: str = getattr(self, language)
        return text

    @validator("choices")
    def _something_to_choose(cls, choices: tuple[GuideChoice, ...]) -> tuple[GuideChoice, ...]:
        if len(choices) < 2:
            raise ValueError("there is nothing to choose: name at least two")
        return choices
