"""The words of the trade as people may write them."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.loader import Knowledge
from knowledge.schema import LANGUAGES


def words(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Every word of the glossary in every language, with the id of its term; the terms themselves go before
    the other words for them."""
    for language in LANGUAGES:
        for term in knowledge.terms.values():
            yield term.text(language).term, term.id
    for language in LANGUAGES:
        for term in knowledge.terms.values():
            text = term.text(language)
            yield from ((word, term.id) for word in (*text.also, *text.forms))
