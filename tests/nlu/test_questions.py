"""Where a message with several questions is cut."""

from __future__ import annotations

import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.agent import PARSED
from bot.engine.training import CONFIG
from nlu.questions import Cutter


@pytest.fixture(scope="module")
def cutter() -> Cutter:
    listed = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))["pipeline"]
    return Cutter(next(entry for entry in listed if entry["name"].endswith(".LeadReader")))


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        (
            "Hvem må skrive under, og hvor langt varsel skal der stå?",
            [("", "Hvem må skrive under"), ("", "hvor langt varsel skal der stå?")],
        ),
        (
            "To ting: hvad er en RACI, og hvad er et programkort?",
            [("To ting:", "hvad er en RACI"), ("", "hvad er et programkort?")],
        ),
        (
            "how do we find partners, and what do we say when we call?",
            [("", "how do we find partners"), ("", "what do we say when we call?")],
        ),
        ("forskel på de to? og fordele ved det?", [("", "forskel på de to?"), ("", "og fordele ved det?")]),
        (
            "Er vi klar til det her? Hvis ja, hvordan laver vi så en strategi?",
            [("", "Er vi klar til det her?"), ("", "Hvis ja, hvordan laver vi så en strategi?")],
        ),
        (
            "1) hvad skal vi måle på 2) hvem skal have besked",
            [("1)", "hvad skal vi måle på"), ("", "hvem skal have besked")],
        ),
        (
            "I'd like to know what a RACI is, plus how to build trust",
            [("", "I'd like to know what a RACI is"), ("", "how to build trust")],
        ),
    ],
)
def test_a_message_is_cut_where_a_question_begins(cutter: Cutter, text: str, questions: list[tuple[str, str]]) -> None:
    assert cutter.questions(text) == questions


@pytest.mark.parametrize(
    "text",
    [
        "hvem må skrive under på en aftale",
        "vi er uenige om pengene og tiden",
        "Vi er i gang. Hvad gør vi nu?",
        "Hvor langt varsel er normalt, hvis den ene vil ud før tid?",
        "",
    ],
)
def test_one_question_stays_whole(cutter: Cutter, text: str) -> None:
    assert not cutter.questions(text)


def test_a_comma_may_begin_a_clause_or_a_question(cutter: Cutter) -> None:
    text = "Kan man tegne det, hvem vi kender?"
    assert not cutter.questions(text)
    assert cutter.guesses(text)[0] == [("", "Kan man tegne det,"), ("", "hvem vi kender?")]


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("hvordan laver man en swot og en raci", "en raci"),
        ("moms på tilskud. habilitet i udvalg", "habilitet i udvalg"),
    ],
)
def test_a_text_may_have_two_parts(cutter: Cutter, text: str, second: str) -> None:
    assert cutter.guesses(text)[-1][1] == ("", second)


def test_who_knows_no_words_cuts_nothing() -> None:
    cutter = Cutter({})
    assert not cutter.questions("hvad er det, og hvem er det?") and not cutter.guesses("du og jeg og ham der")


@given(st.text(max_size=300))
def test_any_text_can_be_cut(cutter: Cutter, text: str) -> None:
    cuts = [cutter.questions(text), *cutter.guesses(text)]
    assert all(len(cut) != 1 and all(asked for _, asked in cut) for cut in cuts)


ROWS = (
    "og ",
    "og\n\n",
    "og, ",
    "og: og ",
    "samt. ",
    "også og ",
    "og hvad ",
    "og? ",
    "hvis ",
    "hvis og ",
    "1. ",
    "1) og ",
    "+ ",
    "+og ",
)


@pytest.mark.parametrize("row", ROWS, ids=repr)
@pytest.mark.parametrize("begins", ["", "x ", "x\n\n"], ids=repr)
@pytest.mark.parametrize("ends", ["", "!", "x", "hvad er det?"], ids=repr)
def test_a_long_row_of_joining_words_is_cut_as_fast_as_any_text(
    cutter: Cutter, row: str, begins: str, ends: str
) -> None:
    text = (begins + row * PARSED)[:PARSED] + ends
    began = time.process_time()
    cutter.questions(text)
    cutter.guesses(text)
    assert time.process_time() - began < 1.0
