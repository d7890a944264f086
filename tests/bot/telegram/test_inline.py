"""Inline mode: what is found in any chat, how it is shared, and that nothing breaks it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from bot.commands import deep_link
from bot.telegram.inline import teaser
from dialogues.cards import Card
from dialogues.titles import everything, title
from knowledge.loader import Knowledge
from tests.bot.telegram.scripted import Door, ScriptedEngine
from tests.botapi import BotApi, Person

if TYPE_CHECKING:
    from bot.engine.engine import RasaEngine
    from bot.house import House


@pytest.fixture
def real(telegram: BotApi, house: House, engine: RasaEngine) -> Iterator[None]:
    with Door(telegram, house.knowledge, engine, desk=house.store):
        yield


def _looked_up(telegram: BotApi, anna: Person, text: str, offset: str = "") -> Any:
    search = anna.looks_up(text, offset)
    assert telegram.world.wait(lambda: bool(search.answers), 20), f"no answer to {text!r}"
    return search


def _payloads(search: Any) -> list[str]:
    return [result["id"].partition(":")[0] for result in search.results]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("opsigelse", "t_agreement_termination"),
        ("hva gør vi når banken vil ha logo på væggen", "t_law_sponsorship"),
        ("gennemgå en aft", "c_agreement-review"),
        ("who may sign", "t_agreement_sign"),
    ],
)
def test_words_find_topics_and_checklists(real: None, telegram: BotApi, anna: Person, text: str, first: str) -> None:
    assert _payloads(_looked_up(telegram, anna, text))[0] == first


def test_who_asks_for_checklists_gets_them_all(real: None, telegram: BotApi, anna: Person, house: House) -> None:
    found = _payloads(_looked_up(telegram, anna, "tjeklister"))
    assert set(found) >= {f"c_{id_}" for id_ in house.knowledge.checklists}


def test_what_belongs_to_the_first_comes_after_it(real: None, telegram: BotApi, anna: Person, house: House) -> None:
    found = _payloads(_looked_up(telegram, anna, "opsigelse"))
    topic = house.knowledge.topics["agreement.termination"]
    assert set(found[1:]) >= {f"c_{id_}" for id_ in topic.checklists}


def test_what_is_shared_is_the_short_answer_with_sources_and_a_way_back(
    real: None, telegram: BotApi, anna: Person
) -> None:
    search = _looked_up(telegram, anna, "opsigelse")
    article = search.results[0]
    assert article["title"] and 20 < len(article["description"]) <= 161
    shared = anna.picks(search, article["title"], telegram.group("Naboerne"))
    assert "Kilder: " in shared.text and shared.links() and "Mere" not in shared.text.splitlines()[-1]
    assert article["input_message_content"]["link_preview_options"]["is_disabled"]
    [[button]] = shared.rows
    assert button.url == "https://t.me/makkerbot?start=t_agreement_termination"


def test_no_words_show_where_to_begin_page_by_page(real: None, telegram: BotApi, anna: Person, house: House) -> None:
    found: list[str] = []
    offset = ""
    for _ in range(20):
        search = _looked_up(telegram, anna, "", offset)
        found += _payloads(search)
        offset = search.answers[0].get("next_offset", "")
        if not offset:
            break
    assert found[0] == "t_basics_definition"
    assert len(found) == len(set(found)) == len(house.knowledge.topics) + len(house.knowledge.checklists)


def test_what_is_unknown_leads_to_the_bot(real: None, telegram: BotApi, anna: Person, house: House) -> None:
    before = house.store.counts()
    search = _looked_up(telegram, anna, "vejret i morgen")
    assert search.results == [] and "button" in search.answers[0]
    assert house.store.counts() == before


def test_the_answer_is_in_the_language_that_was_chosen(
    real: None, telegram: BotApi, anna: Person, house: House
) -> None:
    house.store.set_language(f"telegram:{anna.id}", "en")
    search = _looked_up(telegram, anna, "opsigelse")
    house.store.delete(f"telegram:{anna.id}")
    assert search.results[0]["id"].endswith(":en")
    assert search.answers[0]["is_personal"].lower() == "true"


def test_every_title_finds_what_it_names(engine: RasaEngine, house: House) -> None:
    from bot.door import Query

    for language in ("da", "en"):
        for target in everything(house.knowledge):
            called = title(house.knowledge, target, language)
            found = asyncio.run(engine.find(Query(called, language, limit=2)))
            assert called in {card.title for card in found} and found[0].title.casefold() == called.casefold()
            assert deep_link(found[0].payload)


@pytest.mark.parametrize("text", ["", " ", "\x00", "😀" * 128, "<b>&", "{{7*7}}", "/start", "x" * 256, "_*[" * 80])
def test_anything_is_answered(real: None, telegram: BotApi, anna: Person, text: str) -> None:
    _looked_up(telegram, anna, text)


@pytest.mark.parametrize("offset", ["x", "-20", "999999999999", "²", "99999"])
def test_an_odd_offset_is_answered(real: None, telegram: BotApi, anna: Person, offset: str) -> None:
    _looked_up(telegram, anna, "aftale", offset)


def test_strangers_find_nothing_but_the_way_in(telegram: BotApi, knowledge: Knowledge, anna: Person) -> None:
    scripted = ScriptedEngine()
    with Door(telegram, knowledge, scripted, settings={"allowed": ["@bo"]}):
        search = _looked_up(telegram, anna, "opsigelse")
    assert search.results == [] and "inviterede" in search.answers[0]["button"]
    assert scripted.queries == []


def test_an_engine_that_breaks_is_no_concern_of_the_asker(telegram: BotApi, knowledge: Knowledge, anna: Person) -> None:
    class Broken(ScriptedEngine):
        async def find(self, query: Any) -> list[Card]:
            raise RuntimeError("secret detail")

    with Door(telegram, knowledge, Broken()):
        search = _looked_up(telegram, anna, "opsigelse")
        anna.says("hej")
        assert anna.reads().text == "ekko: hej"
    assert search.results == [] and "secret" not in str(search.answers)


def test_a_long_text_is_cut_to_what_telegram_takes(telegram: BotApi, knowledge: Knowledge, anna: Person) -> None:
    scripted = ScriptedEngine()
    scripted.cards = [Card("topic", "a.b", "Titel", "Kort. Mere.", "**ord** " * 3000, "da")]
    with Door(telegram, knowledge, scripted):
        assert len(_looked_up(telegram, anna, "ord").results) == 1


def test_a_teaser_is_a_sentence() -> None:
    assert teaser("Det er **en** sætning, f.eks. denne. Og en til.") == "Det er en sætning, f.eks. denne."
    assert teaser("ord " * 100).endswith("ord…") and len(teaser("ord " * 100)) <= 161


def test_an_answer_can_be_shared_where_inline_mode_is_on(real: None, telegram: BotApi, anna: Person) -> None:
    anna.says("hvordan opsiger vi aftalen?")
    answer = anna.reads()
    shares = answer.button("Del").inline_query
    assert _payloads(_looked_up(telegram, anna, shares))[0] == "t_agreement_termination"


def test_where_inline_mode_is_off_nothing_is_to_be_shared(
    telegram: BotApi, house: House, engine: RasaEngine, anna: Person
) -> None:
    telegram.world.inline_mode = False
    with Door(telegram, house.knowledge, engine, desk=house.store):
        anna.says("hvordan opsiger vi aftalen?")
        assert "Del" not in anna.reads().buttons
