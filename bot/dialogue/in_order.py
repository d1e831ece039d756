"""Runs the graph of a model one node after the other, in an order that is found once.

Rasa gives the graph to dask, which looks for the order anew with each message and keeps books of
every node; a quarter of the time of a short message (docs/nlu.md).
"""

from graphlib import TopologicalSorter
from typing import Any

from rasa.engine.runner.dask import DaskGraphRunner


class InOrderRunner(DaskGraphRunner):
    """Rasa's runner with its nodes, without dask.

    Args:
        loaded: the runner that Rasa made of a model.
    """

    def __init__(self, loaded: DaskGraphRunner) -> None:
        self._graph_schema = loaded._graph_schema
        self._instantiated_nodes = loaded._instantiated_nodes
        self._execution_context = loaded._execution_context
        self._orders: dict[tuple[str, ...], tuple[str, ...]] = {}

    def run(
        self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
    ) -> dict[str, Any]:
        """Give the output of each target."""
        wanted = tuple(targets or self._graph_schema.target_names)
        if wanted not in self._orders:
            self._orders[wanted] = self._order(wanted)
        nodes = self._graph_schema.nodes
        found: dict[str, Any] = {name: (name, value) for name, value in (inputs or {}).items()}
        for name in self._orders[wanted]:
            # What nobody gives is named alone, and the node says so.
            needs = (found.get(one, one) for one in nodes[name].needs.values())
            found[name] = self._instantiated_nodes[name](*needs)
        return {name: found[name][1] for name in wanted}

    def _order(self, wanted: tuple[str, ...]) -> tuple[str, ...]:
        nodes = self._graph_schema.minimal_graph_schema(list(wanted)).nodes
        needs = {name: node.needs.values() for name, node in nodes.items()}
        return tuple(name for name in TopologicalSorter(needs).static_order() if name in nodes)
