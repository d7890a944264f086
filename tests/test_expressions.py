# ruff: noqa: E501
"""No regular expression that a text meets takes long, whatever the text: each is timed on what should hurt it most."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import time
from collections.abc import Iterator

import pytest

from bot.engine.engine import clean

ROOMS = ("bot", "dialogues", "knowledge", "nlu")
LONGEST = 4096  # characters of a message
BOUND = 1.0  # seconds of this process: longer would be a hang
UNITS = (
    "a", "A", "1", " ", "\n", "\t", ".", ",", "-", "–", "_", "*", "(", "[", "]", "<", "/", "'", '"', ":", ";", "?", "&", "@", "#",
    "a ", "1 ", "1.", "1,", " .", " ,", "- ", ". ", ", ", "a-", "a.", "a@", "og ", " og", "og, ", "ja ", "nej ", "1-", "1/", "kl. ",
    "mandag ", "den ", "1. ", "om ", "i ", "fra ", "til ", "mellem ", "hver ", "ikke ", "at ", "er ", "the ", "and ", "not ", "to ",
    "{{", "{%", "[x](", "http://", "a: ", " \n", "\n ", "æ", "1 2 ", "1.1.", "12:", "kr. ", "ø-", "a/a ", "(a", "a) ",
)  # fmt: skip


def expressions() -> Iterator[tuple[str, re.Pattern[str]]]:
    """All that are compiled when modules are imported."""
    for room in ROOMS:
        package = importlib.import_module(room)
        for found in pkgutil.walk_packages(package.__path__, f"{room}."):
            if any(part in found.name for part in ("standins", "migrations", "__main__", "action_server")):
                continue
            module = importlib.import_module(found.name)
            for name, value in vars(module).items():
                several = (
                    value.values()
                    if isinstance(value, dict)
                    else value
                    if isinstance(value, (tuple, list))
                    else (value,)
                )
                for number, one in enumerate(several):
                    if isinstance(one, re.Pattern) and isinstance(one.pattern, str):
                        yield f"{found.name}.{name}.{number}", one


FOUND = {pattern: name for name, pattern in sorted(expressions(), reverse=True, key=lambda pair: pair[0])}


def took(pattern: re.Pattern[str], text: str, *, searched: bool) -> float:
    began = time.process_time()
    pattern.fullmatch(text)
    pattern.match(text)
    if searched:
        pattern.search(text)
    return time.process_time() - began


def is_searched(name: str) -> bool:
    """Whether its module looks for it anywhere in a text."""
    module, _, rest = name.rpartition(".")[0].rpartition(".")
    source = inspect.getsource(importlib.import_module(module))
    return bool(re.search(rf"\b{rest}\.(?:search|sub|subn|findall|finditer|split)\b|\b{rest}\b(?!\.| =)", source))


def texts(unit: str, length: int) -> Iterator[str]:
    """What a message of that unit alone becomes at the entrance."""
    body = clean((unit * length)[:length])
    yield from (f"{body}\x00", f"x {body}!", f"nej, ret det til {body}x")


def test_there_are_many() -> None:
    assert len(FOUND) > 100


@pytest.mark.parametrize("pattern", FOUND, ids=lambda pattern: FOUND[pattern])
def test_it_is_quick(pattern: re.Pattern[str]) -> None:
    searched = is_searched(FOUND[pattern])
    for unit in UNITS:
        for short, long in zip(texts(unit, LONGEST // 16), texts(unit, LONGEST), strict=True):
            if took(pattern, short, searched=searched) < BOUND / 1000:
                continue  # sixteen times as long, it is quick as well, unless it grows by more than the cube
            seconds = min(took(pattern, long, searched=searched) for _ in range(2))
            assert seconds <= BOUND, f"{seconds:.2f} s for {unit!r} repeated: {pattern.pattern[:200]}"


def test_long_runs_of_white_space_are_shortened_at_the_entrance() -> None:
    assert clean("a" + " " * 500 + "b\n \n \n \n c   d") == "a b\n\nc   d"
