"""The bot understands at least as well as it is meant to, on questions that nothing has learnt from."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bench.evaluate import CLARIFY, GROUPS, QUESTIONS, UNKNOWN, Told, is_there, judged
from bench.public import clinc, folds, measured
from bench.questions import EVALUATION, VALIDATION, rows
from nlu.judgement import Judgement, Weights
from nlu.phrasings import DATA, phrasings_in

if TYPE_CHECKING:
    from bot.engine.engine import RasaEngine
    from bot.house import House

WRONG, REFUSED, CAUGHT, NEAR = 0.10, 0.05, 0.90, 0.92
OURS_ALONE = {"corrections", "two questions, both answered"}  # no bound was set for these


@pytest.fixture(scope="module")
def told(engine: RasaEngine, house: House) -> list[Told]:
    return asyncio.run(judged(engine, (row for row in rows(EVALUATION) if is_there(row, house.knowledge))))


def share(some: list[bool]) -> float:
    return sum(some) / len(some)


@pytest.mark.parametrize("group", sorted(set(GROUPS) - OURS_ALONE))
def test_each_kind_is_understood_well_enough(told: list[Told], group: str) -> None:
    chosen, bound, _ = GROUPS[group]
    assert share([one.hit for one in told if chosen(one.row)]) >= bound


def test_the_bot_is_honest(told: list[Told]) -> None:
    questions = [one for one in told if one.row.kind in QUESTIONS]
    danish = [one for one in questions if one.row.language == "da"]
    assert share([one.near for one in danish]) >= NEAR
    assert share([one.wrong for one in danish]) <= WRONG
    assert share([one.outcome == UNKNOWN for one in questions]) <= REFUSED
    assert share([one.caught for one in told if one.row.is_outside]) >= CAUGHT


def test_nobody_is_asked_back_all_the_time(told: list[Told]) -> None:
    assert share([one.outcome == CLARIFY for one in told if one.row.kind in QUESTIONS]) <= 0.25


def test_the_two_sets_have_no_row_in_common_and_the_evaluation_is_large() -> None:
    evaluation = {row.turns for row in rows(EVALUATION)}
    assert len(evaluation) >= 600
    assert not evaluation & {row.turns for row in rows(VALIDATION)}


def test_hardly_a_question_of_the_evaluation_stands_among_the_phrasings() -> None:
    learnt = {line.text.casefold() for path in DATA.rglob("*.yml") for line in phrasings_in(path, [])}
    asked = [row.text.casefold() for row in rows(EVALUATION) if row.kind in QUESTIONS or row.is_outside]
    assert share([text in learnt for text in asked]) <= 0.02


def test_a_row_without_its_cells_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rows.tsv"
    path.write_text("# a note\nclean\tda\thvad er et partnerskab\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"rows\.tsv:2: a row has four cells"):
        rows(path)


def test_public_sets_are_read_in_their_own_forms(tmp_path: Path) -> None:
    data = {"train": [["hi", "greet"]], "oos_train": [["what", "oos"]], "val": [], "test": [["yo", "greet"]]}
    (tmp_path / "data_full.json").write_text(json.dumps(data), encoding="utf-8")
    split = clinc(tmp_path / "data_full.json")
    assert split.train == [("hi", "greet"), ("what", "out_of_scope")] and split.test == [("yo", "greet")]

    head = "answerid;scenario;intent;answer_annotation;answer_from_anno;answer_from_user\n"
    for number in range(1, 11):
        for part in ("trainset", "testset/csv"):
            folder = tmp_path / f"KFold_{number}" / part
            folder.mkdir(parents=True)
            row = '1;alarm;set;"wake me at [time : five]";"wake me at five";"Wake me."\n'
            (folder / "alarm_set.csv").write_text(head + row, encoding="utf-8")
    found = list(folds(tmp_path))
    assert len(found) == 10 and found[0].train == found[9].test == [("wake me at five", "alarm_set")]


def test_what_is_taken_for_out_of_scope_counts_as_wrong_in_scope() -> None:
    judgement = Judgement(Weights(1, -1, 0), Weights(0, -1, 0), answer=2, ask=2, lightly=2)
    examples = [("a", "x"), ("b", "out_of_scope")]
    found = measured(examples, [[("x", 0.9)], [("x", 0.9)]], judgement)
    assert found == {"accuracy": 0, "out-of-scope recall": 1, "accuracy, never refusing": 1}
