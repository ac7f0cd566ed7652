"""Has something become slower than it was, beyond noise?

Each line compares two pieces of work of this process, which take turns: their processor times
depend on the machine, and the ratio hardly does. It is the median of several rounds. The limit is
about one and a half times what was measured when the line was written. The status is 1 where a
ratio is above its limit.

    python benchmarks/ratios.py
"""

# ruff: noqa: T201 - a script that prints

from __future__ import annotations

import argparse
import ast
import gc
import inspect
import statistics
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType

from IPython.core.inputtransformer2 import TransformerManager

from jupyter_namespace_viz.core.analysis.cell_names import Cell
from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.forecast.restart_and_run_all import forecast
from jupyter_namespace_viz.core.graph.builder import updated_graph
from jupyter_namespace_viz.core.graph.dependency_graph import EMPTY_GRAPH, DependencyGraph
from jupyter_namespace_viz.core.imports.failing_imports import SearchState
from jupyter_namespace_viz.core.kernel_state.namespace import Namespace
from jupyter_namespace_viz.core.verdicts.cell_status import judge
from jupyter_namespace_viz.core.verdicts.context import VerdictContext

ROUNDS = 3

SOURCES: tuple[ModuleType, ...] = (argparse, inspect, statistics, textwrap)
"""Modules of the standard library, whose statements are the cells."""

RESTARTED = VerdictContext(Namespace(generation=2, beginning="restarted"))

Work = Callable[[], object]


@dataclass(frozen=True)
class Comparison:
    """Two pieces of work, and the ratio of their times that the first may not exceed."""

    question: str
    work: Work
    reference: Work
    limit: float

    def ratio(self) -> float:
        """The median ratio of the processor times."""
        return statistics.median(
            _seconds(self.work) / _seconds(self.reference) for _ in range(ROUNDS)
        )


def _seconds(work: Work) -> float:
    """The processor time of the work, without that of a search for garbage of others."""
    gc.collect()
    began = time.process_time()
    work()
    return time.process_time() - began


def statements() -> Iterator[str]:
    """The top-level statements of the modules."""
    for module in SOURCES:
        text = inspect.getsource(module)
        for node in ast.parse(text).body:
            yield ast.get_source_segment(text, node) or ""


def new_graph(cells: list[Cell]) -> DependencyGraph:
    """The graph of cells, all of which are read."""
    read_cell.cache_clear()
    return updated_graph(EMPTY_GRAPH, cells)


def numbered(texts: list[str], count: int) -> list[Cell]:
    """So many different cells, each of which needs a name of the one above."""
    return [
        Cell(str(number), f"{texts[number % len(texts)]}\nn_{number} = n_{number - 1}")
        for number in range(count)
    ]


def conditional(count: int) -> list[Cell]:
    """So many cells, each of which may bind the same name."""
    return [Cell(str(number), f"if len(''):\n    x = {number}\nx") for number in range(count)]


def no_import_fails(_module: str, _name: str | None, _state: SearchState) -> None:
    """An environment that has every module."""


def comparisons() -> Iterator[Comparison]:
    """All of them."""
    texts = list(statements())
    manager = TransformerManager()

    def read() -> None:
        read_cell.cache_clear()
        for text in texts:
            read_cell(text)

    def transform_and_parse() -> None:
        for text in texts:
            ast.parse(manager.transform_cell(text))

    yield Comparison(
        "reading cells : IPython's transform and ast.parse", read, transform_and_parse, 2.4
    )

    short = texts[:40]
    cells, twice_as_many = numbered(short, 500), numbered(short, 1_000)
    yield Comparison(
        "a new graph of 1,000 cells : of 500",
        lambda: new_graph(twice_as_many),
        lambda: new_graph(cells),
        3.0,
    )
    graph = new_graph(cells)
    edited = [*cells[:250], Cell("250", "n_250 = n_249 + 1"), *cells[251:]]
    yield Comparison(
        "the graph after an edit in 500 cells : a new graph",
        lambda: updated_graph(graph, edited),
        lambda: new_graph(cells),
        0.05,
    )
    yield Comparison(
        "the verdicts on 500 cells after a restart : their new graph",
        lambda: judge(graph, RESTARTED),
        lambda: new_graph(cells),
        0.1,
    )
    yield Comparison(
        "the forecast of 500 cells : their new graph",
        lambda: forecast(graph, no_import_fails),
        lambda: new_graph(cells),
        0.1,
    )
    yield Comparison(
        "a new graph of 1,000 cells that may bind one name : of 500",
        lambda: new_graph(conditional(1_000)),
        lambda: new_graph(conditional(500)),
        3.0,
    )


def main() -> int:
    """Measure and print; 1 where something has become slower."""
    slower = 0
    print(f"{'':64} ratio  limit")
    for it in comparisons():
        ratio = it.ratio()
        is_slower = ratio > it.limit
        slower += is_slower
        print(f"{it.question:64} {ratio:5.2f}  {it.limit:5.2f}{'  SLOWER' if is_slower else ''}")
    return int(slower > 0)


if __name__ == "__main__":
    sys.exit(main())
