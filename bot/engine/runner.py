"""Runs a model's graph in the order of what each node needs.

Rasa hands the graph to Dask at every message and every prediction, which plans it anew and runs it on one thread: that
costs more than most of our nodes. Here the order is worked out once for what is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from graphlib import TopologicalSorter
from typing import Any

from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import ExecutionContext, GraphNode, GraphNodeHook, GraphSchema
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelStorage


class OrderedGraphRunner(GraphRunner):
    """A runner for prediction: everything in one thread, one node after another."""

    def __init__(self, schema: GraphSchema, nodes: dict[str, GraphNode]) -> None:
        self._schema = schema
        self._nodes = nodes
        self._order = cache(self._ordered)

    @classmethod
    def create(
        cls,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: list[GraphNodeHook] | None = None,
    ) -> OrderedGraphRunner:
        """A runner with its nodes loaded from the storage."""
        nodes = {
            name: GraphNode.from_schema_node(name, node, model_storage, execution_context, hooks)
            for name, node in graph_schema.nodes.items()
        }
        return cls(graph_schema, nodes)

    def run(self, inputs: dict[str, Any] | None = None, targets: Sequence[str] | None = None) -> dict[str, Any]:
        """What each target gives, by its name. `inputs` are what nodes need and no node gives.

        Raises GraphRunError where a node needs what is neither, and whatever a node raises.
        """
        wanted = tuple(targets or self._schema.target_names)
        found = {name: (name, value) for name, value in (inputs or {}).items()}
        for name, needs in self._order(wanted):
            try:
                found[name] = self._nodes[name](*(found[need] for need in needs))
            except KeyError as error:
                missing = error.args[0] if error.args else ""
                if missing in needs and missing not in found:
                    raise GraphRunError(f"the node {name} needs {missing}, which nobody gives") from error
                raise
        return {name: found[name][1] for name in wanted}

    def _ordered(self, targets: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
        """The nodes that the targets take, each after what it needs, with what that is."""
        nodes = self._schema.minimal_graph_schema(list(targets)).nodes
        needs = {name: tuple(node.needs.values()) for name, node in nodes.items()}
        return [(name, needs[name]) for name in TopologicalSorter(needs).static_order() if name in needs]
