"""What is read out of a message before it is classified: short forms, leads, corrections, several questions."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from rasa.shared.nlu.constants import INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.engine.training import CONFIG
from nlu.components.abbreviations import Abbreviations, spoken
from nlu.components.classifier import EXACT, ranking_of
from nlu.components.context import ContextReader
from nlu.components.leads import CORRECTS, SUBJECT, LeadReader
from nlu.frames import Frame, Frames, plain

ON, BACK = "lead/on", "lead/correction"
FRAMES = Frames(
    [
        Frame(ON, "og", ""),
        Frame(ON, "hvad med", ""),
        Frame(ON, "og hvad med", ""),
        Frame(ON, "", "så"),
        Frame(BACK, "nej jeg mente", ""),
        Frame(BACK, "det var", "jeg mente"),
    ]
)


class Storage:
    """No model storage: what these components learn is set by hand."""


def made(kind: Any, **config: Any) -> Any:
    listed = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))["pipeline"]
    shipped = next((entry for entry in listed if entry["name"].endswith(f".{kind.__name__}")), {})
    return kind({**kind.get_default_config(), **shipped, **config}, Storage(), None)


@pytest.fixture(scope="module")
def reader() -> LeadReader:
    leads: LeadReader = made(LeadReader)
    leads._frames = FRAMES
    return leads


def read(reader: LeadReader, text: str) -> Message:
    return reader.process([Message({TEXT: text})])[0]


@pytest.mark.parametrize(
    ("text", "subject", "corrects"),
    [
        ("Og hvad med moms?", "moms", None),
        ("og hvem skriver under", "hvem skriver under", None),
        ("nej, jeg mente opsigelse", "opsigelse", True),
        ("det var opsigelse jeg mente", "opsigelse", True),
        ("ikke en sponsor, en forening", "en forening", True),
        ("Nej ikke skoler. Virksomheder", "Virksomheder", True),
        ("ikke ledelsen men kollegerne", "kollegerne", True),
        ("my colleagues, not my boss", "my colleagues", True),
        ("nej, mødet mente jeg ikke, jeg mente opringningen", "opringningen", True),
        ("wrong, I asked who signs", "who signs", True),
        ("Glem udbud. Hvad med støtte?", "stoette", True),
        ("vi kan ikke finde partnere, hvad gør vi", None, None),
        ("hvem skriver under", None, None),
        ("ikke endnu", None, None),
        ("", None, None),
    ],
)
def test_what_leads_up_to_a_question_is_left_out(
    reader: LeadReader, text: str, subject: str | None, corrects: bool | None
) -> None:
    message = read(reader, text)
    assert (message.get(SUBJECT), message.get(CORRECTS)) == (subject, corrects)


@given(st.text(max_size=300))
def test_any_text_can_be_read(reader: LeadReader, text: str) -> None:
    assert read(reader, text).get(SUBJECT) != ""


@given(st.text(max_size=60))
def test_a_frame_gives_what_was_put_into_it(said: str) -> None:
    said = plain(said)
    found = dict(reversed([*FRAMES.fitting(plain(f"og hvad med {said}"))]))
    assert not said or found[ON]


def test_frames_survive_being_stored() -> None:
    assert Frames.from_lists(FRAMES.as_lists()).as_lists() == FRAMES.as_lists()


@pytest.fixture(scope="module")
def short_forms() -> Abbreviations:
    component: Abbreviations = made(Abbreviations)
    component._learn({"ifm": "i forbindelse med", "f.eks.": "for eksempel", "evt": "eventuelt"})
    return component


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("regler ifm sponsorater", "regler i forbindelse med sponsorater"),
        ("IFM moms", "i forbindelse med moms"),
        ("en skole, f.eks. vores", "en skole, for eksempel vores"),
        ("evt.", "eventuelt."),
        ("devteam og ifmx", "devteam og ifmx"),
    ],
)
def test_short_forms_are_written_out_where_they_stand_alone(short_forms: Abbreviations, text: str, heard: str) -> None:
    (message,) = short_forms.process([Message({TEXT: text})])
    assert spoken(message) == heard and message.get(TEXT) == text


def test_without_short_forms_a_text_stays() -> None:
    component: Abbreviations = made(Abbreviations)
    component._learn({})
    assert spoken(component.process([Message({TEXT: "ifm"})])[0]) == "ifm"


class Tracker:
    """A conversation in which a topic was answered last, or several were offered; or a walkthrough is open."""

    def __init__(self, topic: str | None = None, offered: Message | None = None, run: str | None = None) -> None:
        self.slots = {"topic": topic, "run": run}
        told = {**offered.data, "intent": {"name": "unclear"}} if offered else {}
        self.latest_message = SimpleNamespace(parse_data=told)

    def get_slot(self, name: str) -> str | None:
        return self.slots[name]


def ranked(text: str = "og moms", **chances: float) -> Message:
    names = {re.sub("__", "/", name).replace("_", "."): chance for name, chance in chances.items()}
    entries = [{INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: chance} for name, chance in names.items()]
    return Message({TEXT: text, INTENT_RANKING_KEY: entries})


@pytest.fixture(scope="module")
def context() -> ContextReader:
    reader: ContextReader = made(ContextReader)
    reader._relatives = {"law.sponsorship": ["law.vat"], "law.vat": [], "tools.swot": []}
    return reader


def test_what_is_related_to_the_answer_before_gets_likelier(context: ContextReader) -> None:
    message = ranked(topic__tools_swot=0.5, topic__law_vat=0.4)
    context.process([message], Tracker("law.sponsorship"))  # type: ignore[arg-type]
    assert ranking_of(message)[0][0] == "topic/law.vat"
    assert sum(chance for _, chance in ranking_of(message)) == pytest.approx(1)


def test_a_correction_turns_from_the_answer_before(context: ContextReader) -> None:
    message = ranked(topic__law_vat=0.5, topic__tools_swot=0.4)
    message.set(CORRECTS, True)
    context.process([message], Tracker("law.vat"))  # type: ignore[arg-type]
    assert ranking_of(message)[0][0] == "topic/tools.swot"


def test_who_corrects_hardly_gives_an_order(context: ContextReader) -> None:
    message = ranked(checklist__agreement=0.5, topic__tools_swot=0.3)
    message.set(CORRECTS, True)
    context.process([message], Tracker("law.vat"))  # type: ignore[arg-type]
    assert ranking_of(message)[0][0] == "topic/tools.swot"


@pytest.mark.parametrize(("run", "best"), [(None, "topic/law.vat"), ("r1", "command/status")])
def test_who_was_just_answered_speaks_of_a_walkthrough_only_where_one_is_open(
    context: ContextReader, run: str | None, best: str
) -> None:
    message = ranked(command__status=0.98, topic__law_vat=0.01)
    context.process([message], Tracker("law.vat", run=run))  # type: ignore[arg-type]
    assert ranking_of(message)[0][0] == best


def test_the_ways_to_stay_with_a_topic_count_together(context: ContextReader) -> None:
    message = ranked(topic__tools_swot=0.93, followup__asks=0.01, followup__more=0.01, topic__law_vat=0.01)
    context.process([message], Tracker("law.vat"))  # type: ignore[arg-type]
    assert ranking_of(message)[0][0].startswith("followup/")


def test_what_was_offered_before_gets_likelier(context: ContextReader) -> None:
    message = ranked(topic__tools_swot=0.5, topic__law_vat=0.4)
    context.process([message], Tracker(offered=ranked(topic__law_vat=0.3, topic__law_sponsorship=0.2)))  # type: ignore[arg-type]
    assert ranking_of(message)[0][0] == "topic/law.vat"


@pytest.mark.parametrize("before", [None, "gone.topic"])
def test_without_a_context_the_ranking_stays(context: ContextReader, before: str | None) -> None:
    message = ranked(topic__tools_swot=0.5, topic__law_vat=0.4)
    context.process([message], Tracker(before))  # type: ignore[arg-type]
    context.process([message])
    assert ranking_of(message) == [("topic/tools.swot", 0.5), ("topic/law.vat", 0.4)]


def test_what_editors_have_foreseen_word_for_word_stays(context: ContextReader) -> None:
    message = ranked(topic__tools_swot=0.5, topic__law_vat=0.4)
    message.set(EXACT, True)
    context.process([message], Tracker("law.sponsorship"))  # type: ignore[arg-type]
    assert ranking_of(message)[0][0] == "topic/tools.swot"


@given(st.lists(st.floats(0, 1), min_size=3, max_size=3), st.integers(1, 40))
def test_the_longer_a_message_the_less_its_context_counts(
    context: ContextReader, chances: list[float], words: int
) -> None:
    def gain(length: int) -> float:
        labels = dict(zip(("topic__tools_swot", "topic__law_vat", "out_of_scope"), chances, strict=True))
        message = ranked("ord " * length, **labels)
        context.process([message], Tracker("law.sponsorship"))  # type: ignore[arg-type]
        return dict(ranking_of(message))["topic/law.vat"]

    assert gain(words + 5) <= gain(words) + 1e-9
