"""Everything that is shipped can be told: in both languages, easy to read, and in one message on a telephone."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

import pytest

from bot.rendering.cutting import units
from bot.rendering.plain import plain
from bot.rendering.telegram_html import messages
from dialogues import taps
from dialogues.reply import Reply
from dialogues.responses.answers import answer, follow_up
from dialogues.responses.commands import command
from dialogues.responses.glossary import explain
from dialogues.turn import Meaning, Services, Turn
from dialogues.walkthrough.state import Run
from knowledge.loader import load
from knowledge.readability import lix
from knowledge.schema import LANGUAGES

KNOWLEDGE = load()
GROUPS = sorted({topic.group for topic in KNOWLEDGE.topics.values()})


class NoStore:
    """Nobody has anything in store."""

    def runs(self, owner: str) -> list[Run]:
        return []


def told(intent: str, name: str, language: str, *, tap: str | None = None, term: str | None = None) -> Reply:
    """The one reply to a message of that meaning."""
    meaning = Meaning(intent, f"{intent}/{name}", 1.0, tap=taps.parse(tap) if tap else None, term=term)
    turn = Turn(Services(KNOWLEDGE, NoStore()), "somebody", "", meaning, language)  # type: ignore[arg-type]
    response = {"topic": answer, "followup": follow_up, "term": explain, "command": command}[intent]
    (reply,) = response(turn).replies
    return reply


def everything(language: str) -> Iterator[tuple[str, Reply]]:
    """All that the advisor tells from its content, by what it is."""
    for topic in KNOWLEDGE.topics:
        yield topic, told("topic", topic, language)
        yield f"{topic}: more", told("followup", "more", language, tap=taps.tap(taps.MORE, topic))
        yield f"{topic}: example", told("followup", "example", language, tap=taps.tap(taps.EXAMPLE, topic))
    for term in KNOWLEDGE.terms:
        for name in ("meaning", "translation"):
            yield f"{term}: {name}", told("term", name, language, term=term)
    for group in GROUPS:
        tap = taps.tap(taps.COMMAND, "list_topics", group)
        yield f"the topics of {group}", told("command", "list_topics", language, tap=tap)
    for name in ("list_topics", "list_checklists", "list_terms", "help"):
        yield name, told("command", name, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_is_told_fits_one_message(language: str) -> None:
    long = {what: len(messages(reply.text)) for what, reply in everything(language) if len(messages(reply.text)) > 1}
    assert not long
    assert all(units(plain(reply.text)) for _, reply in everything(language)), "something is told without words"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_names_its_sources_last(language: str) -> None:
    word = {"da": "Kilde", "en": "Source"}[language]
    for what, reply in everything(language):
        if reply.outcome == "answer":
            last = plain(reply.text).strip().splitlines()[-1]
            assert last.startswith(word), f"{what} ends with {last!r}"
            assert reply.sources, f"{what} names no source"


def test_short_answers_are_plain_danish() -> None:
    hardness = {id_: lix(KNOWLEDGE.topic_text(id_, "da", "short")) for id_ in KNOWLEDGE.topics}
    assert median(hardness.values()) <= 40
    assert {id_: round(value) for id_, value in hardness.items() if value > 50} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_tell_topics_apart(language: str) -> None:
    titles = [topic.text(language).title.casefold() for topic in KNOWLEDGE.topics.values()]
    assert len(set(titles)) == len(titles)


def test_law_says_how_careful_to_be_and_whom_to_ask() -> None:
    law = [topic for topic in KNOWLEDGE.topics.values() if topic.group == "law"]
    assert law
    for topic in law:
        assert topic.caution, f"{topic.id} has no caution"
        assert all(topic.text(language).ask for language in LANGUAGES), f"{topic.id} doesn't say whom to ask"


def test_every_topic_leads_on_and_is_led_to() -> None:
    assert all(topic.related for topic in KNOWLEDGE.topics.values())
    led_to = {related for topic in KNOWLEDGE.topics.values() for related in topic.related}
    assert set(KNOWLEDGE.topics) - led_to == set(), "no other topic leads there"


def test_the_whole_guide_is_covered() -> None:
    assert len(KNOWLEDGE.topics) >= 103
    assert len(KNOWLEDGE.terms) >= 60
