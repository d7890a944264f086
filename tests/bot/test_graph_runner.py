"""The order in which a model's nodes are run, and what is said where one lacks something."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphSchema, SchemaNode

from bot.engine.runner import OrderedGraphRunner

NEEDS = {"sum": {"a": "one", "b": "two"}, "two": {"x": "one"}, "one": {"x": "given"}, "apart": {"x": "nobody"}}


def runner() -> tuple[OrderedGraphRunner, list[str]]:
    ran: list[str] = []

    def node(name: str):  # type: ignore[no-untyped-def]
        def run(*inputs: tuple[str, int]) -> tuple[str, int]:
            ran.append(name)
            if name == "sum":
                return name, sum(value for _, value in inputs)
            return name, inputs[0][1] + 1

        return run

    schema = GraphSchema(
        {name: SchemaNode(needs, SimpleNamespace, "create", "run", {}) for name, needs in NEEDS.items()}
    )
    return OrderedGraphRunner(schema, {name: node(name) for name in NEEDS}), ran


def test_each_node_runs_once_after_what_it_needs_and_only_what_is_asked_for() -> None:
    to_run, ran = runner()
    assert to_run.run({"given": 1}, ["sum", "two"]) == {"sum": 2 + 3, "two": 3}
    assert ran == ["one", "two", "sum"]
    assert to_run.run({"given": 5}, ["one"]) == {"one": 6}


def test_what_nobody_gives_is_named() -> None:
    to_run, _ = runner()
    with pytest.raises(GraphRunError, match="apart needs nobody"):
        to_run.run({"given": 1}, ["apart"])
