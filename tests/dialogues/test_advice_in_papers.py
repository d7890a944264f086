"""Advice that a paper prints stands among the paper's own "vi": it speaks neither to the reader nor of the writer."""

from __future__ import annotations

import re

import pytest

from knowledge.loader import load
from knowledge.schema import LANGUAGES
from knowledge.templates import uses

KNOWLEDGE = load()
PRINTED = sorted(
    checklist.id
    for checklist in KNOWLEDGE.checklists.values()
    if checklist.result.document
    and any(
        name == "advice"
        for clause in KNOWLEDGE.documents[checklist.result.document].clauses
        for name, _ in uses(clause.body["da"]).calls
    )
)
PERSONS = {
    "da": re.compile(r"\b(?:I|jer|jeres|[Dd]u|dig|din|dit|dine|[Vv]i|os|vores|[Jj]eg|mig|min|mit|mine)\b"),
    "en": re.compile(r"\b(?:[Yy]ou|[Yy]our|yours|yourselves|[Ww]e|us|[Oo]ur|I|me|my)\b"),
}
SAID = re.compile(r"”[^”]*”|\"[^\"]*\"")  # what somebody is to say


def test_there_are_papers_that_print_advice() -> None:
    assert len(PRINTED) > 3


@pytest.mark.parametrize("checklist", PRINTED)
def test_printed_advice_names_no_persons(checklist: str) -> None:
    found = {
        (advice.id, language): persons
        for advice in KNOWLEDGE.checklists[checklist].result.advice
        for language in LANGUAGES
        if (persons := PERSONS[language].findall(SAID.sub("", advice.text(language))))
    }
    assert found == {}
