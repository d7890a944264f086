"""A result beside others: one's last time, other people, other candidates; and what is taken along."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from walkthrough_example import (
    RICH,
    RICH_KNOWLEDGE,
    TODAY,
    begin_rich,
    item,
    make,
    play_rich,
    rich,
    rich_run,
    values,
)

from dialogues.reply import Reply
from dialogues.walkthrough import comparing, engine, naming, remembering, render, screens
from dialogues.walkthrough.outcome import Turn
from dialogues.walkthrough.state import Answer, Run
from knowledge.loader import load
from knowledge.schema import Checklist

EARLIER = TODAY - timedelta(days=90)


def result(run: Run, *others: Run, checklist: Checklist = RICH) -> Reply:
    knowledge = replace(RICH_KNOWLEDGE, checklists={"rich": checklist})
    return render.turn(knowledge, Turn(run, show="result"), others)


# --- the last time -------------------------------------------------------------------------------


def test_the_result_is_compared_with_the_last_one_of_the_same_name() -> None:
    now = rich_run("now00000", partner="Kirken", trust="full")
    before = rich_run("before00", EARLIER, partner="kirken", trust="some")
    text = result(now, before).text
    assert "Sidst (tirsdag den 25. august 2026) var det 33 %. Det er gået 67 procentpoint frem." in text
    assert "Det er uændret." in result(now, before.with_(answers=now.answers)).text
    worse = result(before.with_(finished=TODAY), now.with_(finished=EARLIER)).text
    assert "Det er gået 67 procentpoint tilbage." in worse


@pytest.mark.parametrize(
    "changes",
    [
        {"answers": {"partner": Answer("Banken"), "trust": Answer("some")}},
        {"status": "open"},
        {"checklist": "example"},
        {"id": "now00000"},
        {"finished": TODAY + timedelta(days=1)},
    ],
)
def test_only_an_earlier_finished_run_of_the_same_name_counts(changes: dict[str, Any]) -> None:
    now = rich_run("now00000", partner="Kirken", trust="full")
    before = rich_run("before00", EARLIER, partner="Kirken", trust="some")
    assert comparing.last_time(RICH, now, [before]) == before
    assert comparing.last_time(RICH, now, [before.with_(**changes)]) is None


def test_of_several_earlier_ones_the_newest_counts() -> None:
    now = rich_run("now00000", trust="full")
    newest, oldest = rich_run("newest00", EARLIER, trust="some"), rich_run("oldest00", EARLIER, trust="none")
    assert comparing.last_time(RICH, now, [newest, oldest]) == newest


def test_an_earlier_run_without_points_is_not_spoken_of() -> None:
    now = rich_run("now00000", trust="full")
    assert "Sidst" not in result(now, rich_run("before00", EARLIER)).text
    assert "Sidst" not in result(rich_run("now00000"), rich_run("before00", EARLIER, trust="some")).text


def test_two_runs_are_compared_only_over_the_questions_that_count_in_both() -> None:
    now = rich_run("now00000", trust="full", shared="none", money="no")
    before = rich_run("before00", EARLIER, trust="some", money="yes")
    text = result(now, before).text
    assert "Kun 2 spørgsmål har svar, der tæller, både nu og sidst (tirsdag den 25. august 2026)" in text
    assert "43 % sidst, 86 % nu. Det er gået 43 procentpoint frem." in text
    change = comparing.since(RICH, now, before)
    assert change is not None and (change.count, change.whole) == (2, False)


def test_two_runs_with_nothing_in_common_are_not_compared() -> None:
    now, before = rich_run("now00000", trust="full"), rich_run("before00", EARLIER, shared="some")
    assert comparing.since(RICH, now, before) is None
    assert "sidst" not in result(now, before).text.lower()


@pytest.mark.parametrize("mode", ["quick", "full"])
def test_candidates_of_different_ways_are_compared_over_what_all_were_asked(mode: str) -> None:
    grades = [item(name, "scale", name, scale="grade", quick=name == "trust") for name in ("trust", "shared")]
    section = {"id": "all", "title": {"da": "Alt", "en": "All"}, "items": [item("name", "text", "navn"), *grades]}
    shown = {**RICH.dict()["result"], "compare": {"shows": "candidates", "across": "name"}, "advice": []}
    checklist = make(id="rich", sections=[section], result=shown)
    mine, other = (
        Run(
            id_, "rich", status="done", answers={"name": Answer(id_), "trust": Answer("full"), "shared": Answer("none")}
        )
        for id_ in ("now00000", "other000")
    )
    text = result(mine, other.with_(mode=mode), checklist=checklist).text
    assert ("Nogle af jer har taget den hurtige vej" in text) == (mode == "quick")
    assert ("now00000: 100 %" in text) == (mode == "quick")


def candidate(id_: str, purpose: str) -> Run:
    given = {"candidate": id_, "purpose": purpose, "goals": "yes"}
    return Run(id_, "partner-choice", mode="quick", status="done", answers={k: Answer(v) for k, v in given.items()})


def test_candidates_for_another_purpose_are_not_compared_and_that_is_said() -> None:
    mine, same = candidate("now00000", "At lære skak"), candidate("same0000", "at lære skak")
    other = candidate("other000", "Fest")
    shipped = load().checklists["partner-choice"]
    assert comparing.beside(shipped, mine, [same, other]) == [same]
    assert comparing.apart(shipped, mine, [same, other]) == [other]
    text = render.turn(load(), Turn(mine, show="result"), [same, other]).text
    assert "Ikke stillet op ved siden af" in text and "other000" in text
    assert "Ikke stillet op" not in render.turn(load(), Turn(mine, show="result"), [same]).text


# --- other people --------------------------------------------------------------------------------


def people(*answers: dict[str, Any]) -> list[Run]:
    names = ("Anna Holm", "Bo Lind", "Ida Krog", "Jens Vig")
    return [
        rich_run(f"person{number:02}", partner="Kirken", respondent=names[number], **one)
        for number, one in enumerate(answers)
    ]


def test_where_people_differ_most_is_told_first() -> None:
    anna, bo = people(
        {"trust": "full", "shared": "full", "money": "yes"}, {"trust": "none", "shared": "most", "money": "yes"}
    )
    text = result(anna, bo).text
    assert "- tilliden – Anna Holm: Fuldt ud · Bo Lind: Slet ikke\n- det fælles – Anna" in text
    assert "pengene –" not in text


def test_no_difference_is_said_as_well() -> None:
    anna, bo = people({"trust": "full"}, {"trust": "full"})
    assert "Der er ingen forskel på jeres svar (Anna Holm · Bo Lind)." in result(anna, bo).text


def test_not_relevant_and_skipped_are_no_difference() -> None:
    anna, bo, ida = people({"trust": "full"}, {"trust": "na"}, {"trust": None})
    assert comparing.differences(RICH, [anna, bo, ida]) == []


def test_only_the_newest_answer_of_each_person_about_the_same_counts() -> None:
    anna, bo, _ = people({"trust": "full"}, {"trust": "none"}, {})
    older = bo.with_(id="older000", answers={**bo.answers, "trust": Answer("full")})
    elsewhere = bo.with_(id="other000", answers={**bo.answers, "partner": Answer("Banken")})
    nameless = bo.with_(id="noname00", answers={**bo.answers, "respondent": Answer(None)})
    again = anna.with_(id="again000")
    assert comparing.beside(RICH, anna, [elsewhere, nameless, again, bo, older]) == [bo]


def test_a_question_that_only_others_were_asked_can_be_where_they_differ() -> None:
    data = rich().dict()
    data["sections"][2]["items"][6]["when"] = [{"item": "money", "any_of": ["yes"]}]
    hiding = rich(sections=data["sections"])
    anna, bo, ida = people({"money": "no"}, {"money": "yes", "shared": "full"}, {"money": "yes", "shared": "none"})
    text = result(anna, bo, ida, checklist=hiding).text
    assert "- det fælles – Bo Lind: Fuldt ud · Ida Krog: Slet ikke" in text


# --- other candidates ----------------------------------------------------------------------------


def test_candidates_stand_side_by_side_the_best_first() -> None:
    choosing = rich(result={**rich().dict()["result"], "compare": {"shows": "candidates", "across": "partner"}})
    church = rich_run("church00", partner="Kirken", trust="some")
    bank = rich_run("bank0000", partner="Banken", trust="full")
    silent = rich_run("silent00", partner="Skolen")
    text = result(church, bank, silent, checklist=choosing).text
    assert "**Side om side**\n\n- Banken: 100 %\n- Kirken: 33 %\n- Skolen: for få svar" in text
    assert "Vurder en kandidat mere" in [button.label for button in result(church, checklist=choosing).buttons]
    assert "Side om side" not in result(church, checklist=choosing).text


def test_many_others_with_long_names_still_fit_one_message() -> None:
    choosing = rich(result={**rich().dict()["result"], "compare": {"shows": "candidates", "across": "partner"}})
    many = [rich_run(f"run{n:05}", partner=f"{n} {'ord ' * 400}", trust="full") for n in range(12)]
    assert len(result(*many, checklist=choosing).text) < 3000


# --- several runs of a kind ----------------------------------------------------------------------


def test_runs_are_told_apart_by_their_names() -> None:
    run = begin_rich(partner="Musik-\nskolen")
    assert naming.title(RICH, run) == "Eksempel: Musik- skolen"
    assert naming.title(RICH, begin_rich()) == "Eksempel"
    assert "**Pause i ”Eksempel” (Musik- skolen).**" in render.turn(RICH_KNOWLEDGE, play_rich(run, "/pause")).text
    assert len(naming.title(RICH, begin_rich(partner="ord " * 400))) < 100


def test_several_under_way_can_each_be_gone_on_with() -> None:
    first = play_rich(begin_rich(run_id="first000"), "Bogby", "Kirken").run
    second = play_rich(begin_rich(run_id="second00"), "Bogby").run
    reply = screens.intro(RICH_KNOWLEDGE, "rich", "da", [first, second], rich_run("done0000", partner="Banken"))
    assert "Du har 2 i gang." in reply.text
    assert [(button.label, button.tap) for button in reply.buttons] == [
        ("Fortsæt Kirken (3 af 12)", "w:first000:continue"),
        ("Fortsæt 23/11 (2 af 12)", "w:second00:continue"),
        ("Hurtigt: 4 min., 10–12 spørgsmål", "c:rich:quick"),
        ("Grundigt: 12 min., 12–14 spørgsmål", "c:rich:full"),
        ("Ret i den seneste (Banken)", "w:done0000:review"),
    ]


# --- answers that are taken along ----------------------------------------------------------------


def other_kind(**more: Any) -> Checklist:
    asks = [item("place", "text", "stedet", remember="library", **more), item("why", "text", "grunden")]
    return make(id="other", sections=[{"id": "s", "title": {"da": "S", "en": "S"}, "items": asks}])


def known(*runs: Run, checklist: Checklist | None = None) -> dict[str, Any]:
    wanted = checklist or other_kind()
    found = remembering.remembered(wanted, {"rich": RICH, wanted.id: wanted}, runs)
    return {step: answer.value for step, answer in found.items()}


def test_what_was_answered_under_the_same_name_is_not_asked_again() -> None:
    assert known(rich_run()) == {"place": "Bogby"}
    wanted = other_kind()
    run = engine.start(wanted, "abcd1234", "da", answers={"place": Answer("Bogby")})
    assert run.at == "why" and values(run) == {"place": "Bogby"}
    told = render.taken_along(
        replace(RICH_KNOWLEDGE, checklists={"other": wanted}), run, engine.summary(wanted, run)[:1]
    )
    assert "- **stedet:** Bogby" in told.text


def test_the_newest_answer_is_taken_also_from_a_run_under_way() -> None:
    new, old = begin_rich(library="Byby"), begin_rich(library="Bogby")
    assert known(new, old) == {"place": "Byby"}
    assert known(begin_rich(), old) == {"place": "Bogby"}


def test_what_does_not_fit_or_does_not_count_is_asked_again() -> None:
    amount = make(id="other", sections=[{"id": "s", "title": {"da": "S", "en": "S"}, "items": [
        item("place", "number", "stedet", remember="library")]}])  # fmt: skip
    assert known(rich_run(), checklist=amount) == {}
    assert known(rich_run().with_(checklist="vanished")) == {}
    hidden = other_kind(when={"item": "why", "given": True})
    assert known(Run("abcd1234", "other", answers={"place": Answer("Bogby")}), checklist=hidden) == {}


@pytest.mark.parametrize("value", ["unsure", "na"])
def test_not_knowing_is_not_taken_along(value: str) -> None:
    scale = {"choices": [{"id": "a", "da": "A", "en": "A"}, {"id": value, "da": "B", "en": "B"}], "remember": "size"}
    asks = [item("size", "choice", "størrelsen", **scale), item("why", "text", "grunden")]
    one = make(id="other", sections=[{"id": "s", "title": {"da": "S", "en": "S"}, "items": asks}])
    assert known(Run("abcd1234", "other", answers={"size": Answer(value)}), checklist=one) == {}
    assert known(Run("abcd1234", "other", answers={"size": Answer("a")}), checklist=one) == {"size": "a"}
