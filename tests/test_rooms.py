"""The rooms keep to themselves: who may import whom."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

REPO = Path(__file__).parent.parent
MAY_IMPORT = {
    "knowledge": {"knowledge"},
    "nlu": {"nlu", "knowledge"},
    "dialogues": {"dialogues", "knowledge"},
    "bot": {"bot", "dialogues", "nlu", "knowledge"},
}
RASA = {"rasa", "rasa_sdk"}
BEHIND_THE_SEAM = ("nlu.components", "nlu.importer", "dialogues.actions", "dialogues.policy", "bot.engine")
LAZILY_BEHIND_THE_SEAM = ("bot.house",)


@dataclass(frozen=True)
class Import:
    """One thing that a module imports. `lazy`: within a function; `typing`: for the type checker alone."""

    module: str
    imports: str
    line: int
    lazy: bool
    typing: bool

    @property
    def package(self) -> str:
        return self.imports.split(".")[0]

    def __str__(self) -> str:
        return f"{self.module}:{self.line} imports {self.imports}"


def name_of(path: Path) -> str:
    parts = path.relative_to(REPO).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, Path]:
    paths = (path for room in MAY_IMPORT for path in (REPO / room).rglob("*.py") if "standins" not in path.parts)
    return {name_of(path): path for path in sorted(paths)}


@cache
def imports() -> tuple[Import, ...]:
    found: list[Import] = []
    for name, path in modules().items():
        tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
        package = name if path.stem == "__init__" else name.rpartition(".")[0]
        found += walk(tree, name, package, lazy=False, typing=False)
    return tuple(found)


def walk(node: ast.AST, module: str, package: str, *, lazy: bool, typing: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.Import, ast.ImportFrom)):
            for imported in named(child, package):
                yield Import(module, imported, child.lineno, lazy, typing)
        within = lazy or isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
        checking = typing or (isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test))
        yield from walk(child, module, package, lazy=within, typing=checking)


def named(node: ast.Import | ast.ImportFrom, package: str) -> Iterator[str]:
    """What a statement names; of `from a import b`, where `a` is ours, the module `a.b` if there is one, else `a`."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
        return
    parents = package.split(".")
    above = parents[: len(parents) - node.level + 1] if node.level else []
    source = ".".join([*above, *([node.module] if node.module else [])])
    for alias in node.names:
        inner = f"{source}.{alias.name}"
        yield source if source in modules() and inner not in modules() else inner


def lies_in(module: str, places: tuple[str, ...]) -> bool:
    return any(module == place or module.startswith(f"{place}.") for place in places)


def test_the_walk_sees_the_imports() -> None:
    seen = {(one.module, one.imports) for one in imports()}
    assert ("dialogues.turn", "knowledge.schema") in seen
    assert ("bot.terminal", "prompt_toolkit.PromptSession") in seen  # within a function
    assert ("bot.house", "bot.engine.engine") in seen


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_from_rooms_before_it(room: str) -> None:
    others = set(MAY_IMPORT) | {"tests", "bench"}
    wrong = [
        str(one) for one in imports() if one.module.split(".")[0] == room and one.package in others - MAY_IMPORT[room]
    ]
    assert wrong == []


def test_rasa_stays_behind_its_seam() -> None:
    wrong = [
        str(one)
        for one in imports()
        if one.package in RASA
        and not lies_in(one.module, BEHIND_THE_SEAM)
        and not (lies_in(one.module, LAZILY_BEHIND_THE_SEAM) and (one.lazy or one.typing))
    ]
    assert wrong == []


def test_the_seam_is_imported_lazily_by_what_lies_before_it() -> None:
    seam = (*BEHIND_THE_SEAM, "bot.action_server")
    wrong = [
        str(one)
        for one in imports()
        if lies_in(one.imports, seam) and not lies_in(one.module, seam) and not (one.lazy or one.typing)
    ]
    assert wrong == []


def test_only_its_own_door_knows_telegram() -> None:
    wrong = [str(one) for one in imports() if one.package == "telegram" and not lies_in(one.module, ("bot.telegram",))]
    assert wrong == []


def test_nobody_uses_the_telegram_channel_that_rasa_brings() -> None:
    channel = "rasa.core.channels.telegram"
    assert [str(one) for one in imports() if one.package == "aiogram" or one.imports.startswith(channel)] == []


def test_tensorflow_is_only_asked_whether_it_is_there() -> None:
    used = {one.module for one in imports() if one.package in ("tensorflow", "keras")}
    assert used <= {"bot.engine.training"}


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_no_modules_of_a_room_import_each_other_in_a_circle(room: str) -> None:
    graph: dict[str, set[str]] = {}
    for one in imports():
        if one.package == room and one.imports != one.module and not one.lazy and not one.typing:
            graph.setdefault(one.module, set()).add(one.imports)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"a circle: {' <- '.join(error.args[1])}")
