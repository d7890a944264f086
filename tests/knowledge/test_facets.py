"""A question chooses among the topics of a group by the facets that it names."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.facets import select
from knowledge.loader import Knowledge, load

TEXT = "{title: x, short: x, more: x, example: x, do_now: x}"


@pytest.fixture
def drinks(content: Path) -> Knowledge:
    """A group with an overview and three drinks: cocoa is hot and sweet, coffee hot, lemonade sweet; none is sour."""
    facets = content / "facets.yml"
    sour = "  - {id: sour, group: drinks, da: {name: sur, words: [sur]}, en: {name: sour, words: [sour]}}\n"
    facets.write_text(facets.read_text().replace("group: tea", "group: drinks") + sour, encoding="utf-8")
    milk = content / "topics" / "tea" / "milk.yml"
    milk.write_text(milk.read_text().replace("facets: [hot]\n", ""), encoding="utf-8")
    folder = content / "topics" / "drinks"
    folder.mkdir()
    for name, extra in {
        "overview": "overview: true",
        "cocoa": "facets: [hot, sweet]\norder: 3",
        "coffee": "facets: [hot]\norder: 1",
        "lemonade": "facets: [sweet]\norder: 2",
    }.items():
        text = f"id: drinks.{name}\n{extra}\nsources: [kettle]\nda: {TEXT}\nen: {TEXT}\n"
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return load(content)


def chosen(knowledge: Knowledge, text: str) -> list[str] | None:
    selection = select(knowledge, knowledge.topics["drinks.overview"], text)
    return [topic.id for topic in selection.topics] if selection else None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("noget dampende", ["drinks.coffee", "drinks.cocoa"]),
        ("har I noget varmt og sukkersødet", ["drinks.cocoa"]),
        ("something sweet, please", ["drinks.lemonade", "drinks.cocoa"]),
        ("noget surt", []),
        ("giv mig bare et eksempel", None),
    ],
)
def test_those_that_have_all_of_it_are_chosen(drinks: Knowledge, text: str, found: list[str] | None) -> None:
    assert chosen(drinks, text) == found


def test_where_none_has_all_those_that_have_some_are_chosen_and_it_is_said(drinks: Knowledge) -> None:
    overview = drinks.topics["drinks.overview"]
    both = select(drinks, overview, "hot and sweet")
    assert both and both.is_complete
    assert [facet.id for facet in both.facets] == ["hot", "sweet"]
    del drinks.topics["drinks.cocoa"]
    either = select(drinks, overview, "hot and sweet")
    assert either and not either.is_complete
    assert [topic.id for topic in either.topics] == ["drinks.coffee", "drinks.lemonade"]


def test_facets_of_another_group_choose_nothing(drinks: Knowledge) -> None:
    tea = drinks.topics["tea.brew"]
    assert select(drinks, tea, "hot and sweet") is None
