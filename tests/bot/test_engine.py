"""The engine as the doors meet it: understanding, state, bad input, deletion."""

from __future__ import annotations

import asyncio

import pytest

from bot.door import Inbound
from bot.engine.trackers import KEPT_EVENTS
from bot.store.rows import new_id
from dialogues.walkthrough.state import Answer, Run, Value
from knowledge.loader import load
from knowledge.schema import Checklist, Condition, Item
from tests.talker import Talker

LONG = "partnerskab " * 9000
ODD = [
    "",
    "   ",
    LONG,
    "😀🎉",
    "{{7*7}}",
    "<b>fed</b>",
    "a\x00b",
    "\ud800",
    "/restart",
    '/topic{"topic":"x"}',
    "%s%n",
    "../../etc",
]


@pytest.fixture
def anne(engine) -> Talker:
    return Talker(engine)


def test_an_answer_ends_with_its_sources(anne: Talker) -> None:
    reply = anne.says("hvem må skrive under på en aftale?").replies[0]
    assert reply.outcome == "answer"
    assert reply.topics[0][0] == "agreement.sign"
    assert anne.text.splitlines()[-1].startswith(("Kilde:", "Kilder:"))
    assert reply.sources


@pytest.mark.parametrize("text", ODD, ids=lambda text: repr(text[:12]))
def test_odd_input_gets_a_sensible_reply(anne: Talker, text: str) -> None:
    anne.says(text)
    assert anne.text
    assert "49" not in anne.text
    assert anne.replies[0].outcome in {"unknown", "clarify", "answer", "command", "smalltalk"}
    assert "gik noget galt" not in anne.text


@pytest.mark.parametrize("text", [text for text in ODD if text != "/restart"], ids=lambda text: repr(text[:12]))
def test_odd_input_leaves_the_walkthrough_where_it_stood(anne: Talker, text: str) -> None:
    anne.sends("c:agreement:full").says("Bogby Kommune")
    before = anne.replies[-1].text.partition("\n\n")[2]
    anne.says(text)
    assert "gik noget galt" not in anne.text
    taken = anne.engine._services.store.runs(anne.name)[0].answers
    if len(taken) == 1:
        assert anne.replies[-1].text.endswith(before.split("\n\n")[-1])
    else:  # as free words it is an answer like any other, kept as typed
        (partner,) = [answer.value for item, answer in taken.items() if answer.value != "Bogby Kommune"]
        assert str(partner) == text.replace("\x00", "").replace("\ud800", "").strip()


@pytest.mark.parametrize(
    "tap",
    [
        "rubbish",
        "t:no.topic",
        "m:no.topic",
        "c:nothing",
        "a:xxxxxxxx:y:z",
        "w:xxxxxxxx:back",
        "d:xxxxxxxx",
        "k:nothing",
    ],
)
def test_a_button_of_something_gone_explains_itself(anne: Talker, tap: str) -> None:
    anne.sends(tap)
    assert anne.text
    assert "gik noget galt" not in anne.text


def test_a_question_in_the_middle_is_answered_and_the_same_step_stands_again(anne: Talker) -> None:
    step = anne.sends("c:readiness:quick").replies[-1]
    anne.says("hvad er en hensigtserklæring?")
    assert anne.replies[0].outcome == "answer"
    assert anne.replies[-1] == step


def test_a_name_that_sounds_like_a_topic_is_an_answer(anne: Talker) -> None:
    anne.sends("c:agreement:full").says("Roskilde Bibliotekerne")
    (run,) = anne.engine._services.store.runs(anne.name)
    assert [answer.value for answer in run.answers.values()] == ["Roskilde Bibliotekerne"]


def test_a_question_never_fills_a_text_in_silence(anne: Talker) -> None:
    anne.sends("c:agreement:full").says("Vqzx brmf plonk?")
    (run,) = anne.engine._services.store.runs(anne.name)
    assert run.answers == {}


def test_a_run_goes_on_after_another_conversation_of_the_same_person(engine) -> None:
    first = Talker(engine)
    first.sends("c:readiness:full").says("Anna").says("pause")
    assert first.says("fortsæt").replies[-1].place == first.replies[-1].place
    assert "2 af 17" in first.text


def test_one_person_never_sees_what_another_answered(engine) -> None:
    anne, bo = Talker(engine), Talker(engine)
    anne.sends("c:agreement:full").says("Bogby Kommune")
    run_id = engine._services.store.runs(anne.name)[0].id
    bo.sends(f"w:{run_id}:back")
    assert "Bogby" not in bo.text
    assert bo.replies[0].command == "continue"


def test_deleting_everything_takes_the_conversation_too(engine) -> None:
    talker = Talker(engine)
    talker.sends("c:agreement:full").says("Hemmelig Kommune").says("pause")
    talker.says("slet mine data").taps("Ja, slet alt")
    store = engine._services.store
    assert not any(store.export(talker.name).values())
    assert store.conversation(talker.name) is None


def test_the_chosen_language_stays_whatever_is_typed(anne: Talker) -> None:
    anne.says("skift sprog").taps("English")
    assert anne.says("hvad er et partnerskab?").replies[0].language == "en"


def test_two_people_at_once_get_their_own_answers(engine) -> None:
    async def both() -> list:
        texts = ["hvad er et partnerskab?", "hvem må skrive under på aftalen?"] * 5
        asked = [Inbound(f"crowd:{n}", f"crowd:{n}", text=text) for n, text in enumerate(texts)]
        return await asyncio.gather(*map(engine.handle, asked))

    answered = [replies[0].topics[0][0] for replies in asyncio.run(both())]
    assert answered == ["basics.definition", "agreement.sign"] * 5


def test_a_long_conversation_stays_one_bounded_row(engine) -> None:
    talker = Talker(engine)
    talker.sends("c:readiness:full")
    run_id = engine._services.store.runs(talker.name)[0].id
    for _ in range(60):
        talker.says("hvad er et partnerskab?")
    events, version, _ = engine._services.store.conversation(talker.name)
    assert len(events) <= KEPT_EVENTS + 5
    assert version == 61
    assert talker.replies[-1].place == f"run:{run_id}"
    assert talker.says("Anna").text.startswith("Noteret")


def test_what_was_not_understood_is_kept_without_its_asker(engine) -> None:
    talker = Talker(engine)
    talker.says("kan man låne en symaskine hos jer på lørdag")
    assert talker.replies[0].outcome == "unknown"
    from sqlalchemy import select

    from bot.store.tables import unknown

    with engine._services.store.engine.connect() as connection:
        rows = [dict(row) for row in connection.execute(select(unknown)).mappings()]
    row = next(row for row in rows if "symaskine" in row["text"])
    assert talker.name not in str(row)


ITEMS = [
    (checklist, item.id)
    for checklist in ("readiness", "agreement")
    for item in load().checklists[checklist].items
    if item.kind != "group"
]
ASIDES = [
    "hvad er en hensigtserklæring?",
    "hvem må skrive under på en aftale?",
    "hvad koster en kop kaffe i kantinen?",
]


@pytest.mark.parametrize(("checklist", "item"), ITEMS, ids=lambda part: part)
def test_after_any_question_at_any_step_the_same_step_stands_again(engine, checklist: str, item: str) -> None:
    talker, store = Talker(engine), engine._services.store
    run = run_at(load().checklists[checklist], item)
    store.save_run(talker.name, run)
    step = talker.sends(f"w:{run.id}:continue").replies[-1]
    for aside in ASIDES:
        talker.says(aside)
        assert talker.replies[-1].text.endswith(step.text.partition("\n\n")[2]), aside
        assert store.run(talker.name, run.id).answers == run.answers, aside
    talker.says("/help").says("fortsæt")
    assert talker.replies[-1].text.endswith(step.text.partition("\n\n")[2]), "a menu stands alone"
    assert store.run(talker.name, run.id).answers == run.answers


def run_at(checklist: Checklist, item_id: str) -> Run:
    """A run that stands at the item, with the answers that its conditions ask for."""
    run = Run(new_id(), checklist.id, at=item_id)
    ahead = [checklist.item(item_id)]
    while ahead:
        for condition in ahead.pop().when:
            basis = checklist.item(str(condition.item))
            run = run.with_(answers={**run.answers, basis.id: Answer(value_for(checklist, basis, condition))})
            ahead.append(basis)
    return run


def value_for(checklist: Checklist, basis: Item, condition: Condition) -> Value:
    """An answer to the basis that lets the condition hold."""
    if basis.kind in ("number", "money"):
        return condition.at_least or 1
    offered = condition.any_of or tuple(
        choice.id for choice in checklist.choices(basis) if choice.id not in condition.none_of
    )
    return offered[:1] if basis.kind == "several" else offered[0]
