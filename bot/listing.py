"""Topics and walkthroughs as data, for other programs."""

from __future__ import annotations

from typing import Any

from knowledge.loader import Knowledge
from knowledge.schema import LANGUAGES


def topics(knowledge: Knowledge) -> list[dict[str, Any]]:
    """Every topic, in the order of the content."""
    return [
        {
            "id": topic.id,
            "chapter": topic.chapter,
            "title": {language: topic.text(language).title for language in LANGUAGES},
            "languages": list(LANGUAGES),
            "sources": list(topic.sources),
            "related": list(topic.related),
            "checklists": list(topic.checklists),
        }
        for topic in knowledge.topics.values()
    ]


def checklists(knowledge: Knowledge) -> list[dict[str, Any]]:
    """Every walkthrough; `items` counts all questions, `minutes` holds both ways."""
    return [
        {
            "id": checklist.id,
            "title": {language: checklist.text(language).title for language in LANGUAGES},
            "items": len(checklist.items),
            "minutes": checklist.minutes.dict(),
            "ends_with": {language: checklist.text(language).ends_with for language in LANGUAGES},
        }
        for checklist in knowledge.checklists.values()
    ]
