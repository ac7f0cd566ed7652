"""How do these tests write tiny notebooks, and the whole answers about them?

A row of a table has a title, a cell, and everything that is read of it. What is not listed is
empty:

    == a title
    the source
    -> defines x=assignment y=import?
    -> uses a b? ~c d<f [e]

`?` not certain · `~` deferred · `d<f` read by the function f that the cell calls ·
`[e]` a failure is handled · `e*` a star import of the cell may have bound it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from jupyter_namespace_viz.core.analysis.cell_names import Cell, CellNames, Import, Use
from jupyter_namespace_viz.core.forecast.restart_and_run_all import forecast
from jupyter_namespace_viz.core.graph.builder import updated_graph
from jupyter_namespace_viz.core.graph.dependency_graph import EMPTY_GRAPH, DependencyGraph
from jupyter_namespace_viz.core.imports.failing_imports import (
    ImportFailure,
    ImportLookup,
    SearchState,
)
from jupyter_namespace_viz.core.kernel_state.namespace import (
    Change,
    HeldName,
    ModuleAnswer,
    Namespace,
    Run,
)
from jupyter_namespace_viz.core.kernel_state.notebooks import Neighbours
from jupyter_namespace_viz.core.kernel_state.untagged_runs.ledger import UntaggedRuns
from jupyter_namespace_viz.core.verdicts.cell_status import NotebookVerdict, judge
from jupyter_namespace_viz.core.verdicts.context import NotebookClients, VerdictContext
from jupyter_namespace_viz.core.verdicts.import_table import ImportRow, import_rows
from jupyter_namespace_viz.core.verdicts.verdict_types import CellVerdict


def cells(*sources: str) -> list[Cell]:
    """Cells c1, c2, … with these sources."""
    return [Cell(f"c{number}", source) for number, source in enumerate(sources, 1)]


def notebook(*sources: str) -> DependencyGraph:
    """The graph of the cells c1, c2, … with these sources."""
    return updated_graph(EMPTY_GRAPH, cells(*sources))


def table(text: str) -> list[object]:
    """The rows of a table as parameters (source, expected)."""
    rows = []
    for row in re.split(r"^== ", text, flags=re.MULTILINE)[1:]:
        title, *lines = row.rstrip("\n").split("\n")
        source = "\n".join(line for line in lines if not line.startswith("-> "))
        facts = [line.removeprefix("-> ") for line in lines if line.startswith("-> ")]
        expected = dict(fact.split(" ", 1) for fact in facts)
        rows.append(pytest.param(source, expected, id=title))
    return rows


def described(names: CellNames) -> dict[str, str]:
    """Everything that was read of a cell, as a row of a table writes it."""
    answer = {
        "defines": words(d.name + f"={d.kind}" + "?" * (not d.certain) for d in names.definitions),
        "uses": words(map(described_use, names.uses)),
        "deletes": words(names.deletions),
        "imports": words(map(described_import, names.imports)),
        "stars": words(map(str, names.name_sources)),
        "language": names.language or "",
        "automagic": names.automagic or "",
        "problems": " ".join(f"{p.line} {p.kind} {p.message}" for p in names.problems),
        "is": "empty" if names.empty else "reset" if names.clears_namespace else "",
    }
    return {key: value for key, value in answer.items() if value}


def words(found: Iterable[str]) -> str:
    """The words of a list in one line."""
    return " ".join(found)


def described_use(use: Use) -> str:
    """One use, as a row of a table writes it."""
    text = "~" * (use.phase == "deferred") + use.name + "*" * use.star
    text = f"[{text}]" if use.guarded else text + "?" * (not use.certain)
    return text + (f"<{use.via}" if use.via else "")


def described_import(found: Import) -> str:
    """One imported module, as a row of a table writes it."""
    return f"[{found.module}]" if found.guarded else found.module + "?" * (not found.certain)


def environment_without(*absent: str) -> ImportLookup:
    """An environment that has every module but these, which may be dotted, or `module:name`."""

    def lookup(module: str, name: str | None, state: SearchState) -> ImportFailure | None:
        parts = module.split(".")
        for end in range(1, len(parts) + 1):
            part = ".".join(parts[:end])
            if part in absent and part not in state.modules:
                return ImportFailure("ModuleNotFoundError", part)
        if module.startswith(".") or f"{module}:{name}" in absent:
            return ImportFailure("ImportError", module, name)
        return None

    return lookup


def described_edges(graph: DependencyGraph) -> list[str]:
    """The edges as `c1 -> c2: x y`."""
    return [f"{e.provider} -> {e.consumer}: {words(e.names)}" for e in graph.edges]


def kernel(
    *held: HeldName,
    runs: Iterable[Run] = (),
    modules: Iterable[ModuleAnswer] = (),
    **facts: object,
) -> Namespace:
    """A kernel that was started once, holds these names after these runs, and said this of modules.

    `facts` are further fields of `Namespace`.
    """
    runs = list(runs)
    namespace = Namespace(
        generation=1,
        beginning="started",
        names={name.name: name for name in held},
        runs={one.cell_id: one for one in runs if one.cell_id is not None},
        other_runs=tuple(one for one in runs if one.cell_id is None),
        modules={answer.name: answer for answer in modules},
    )
    return replace(namespace, **facts)  # type: ignore[arg-type]


def judged(
    graph: DependencyGraph,
    namespace: Namespace,
    in_flight: Iterable[str] = (),
    deleted_cells: Iterable[str] = (),
    sessions: Iterable[str] = (),
    neighbours: Mapping[str, Neighbours] | None = None,
    not_code: Iterable[str] = (),
    **facts: Any,
) -> NotebookVerdict:
    """The verdict on a notebook; `facts` are further fields of `VerdictContext`.

    All tests of verdicts come through here: only one place knows how these facts are passed.
    """
    clients = NotebookClients(
        tuple(in_flight),
        frozenset(deleted_cells),
        frozenset(sessions),
        neighbours=neighbours or {},
        not_code=frozenset(not_code),
    )
    return judge(graph, VerdictContext(namespace, clients=clients, **facts))


def attributed(graph: DependencyGraph, namespace: Namespace) -> Namespace:
    """The namespace with the ids of the cells that made its runs without an id, by their texts."""
    return UntaggedRuns().with_texts({it.id: it.source for it in graph.cells}).attributed(namespace)


def imports_of(graph: DependencyGraph, namespace: Namespace, **facts: Any) -> tuple[ImportRow, ...]:
    """The rows of the import table, for the same facts."""
    return import_rows(judged(graph, namespace, **facts))


def verdict(graph: DependencyGraph, namespace: Namespace, number: int) -> CellVerdict:
    """The verdict on one cell, counted from 1."""
    return judged(graph, namespace).cells[number - 1]


def statuses(graph: DependencyGraph, namespace: Namespace, **facts: Any) -> str:
    """The statuses of all cells in one line; a waiting cell is in brackets."""
    cells = judged(graph, namespace, **facts).cells
    return words(f"({one.status})" if one.waiting else one.status for one in cells)


def run(serial: int, cell_id: str | None, source: str, succeeded: bool = True) -> Run:
    """A run whose execution count is its serial."""
    return Run(serial, cell_id, serial, source, succeeded)


def module(name: str, real_name: str | None = None, bound_by: Run | None = None) -> HeldName:
    """A name that the kernel holds and that is a module."""
    return HeldName(
        name, "module", "module", real_name or name, bound_by=bound_by, changes=_change(bound_by)
    )


def value(name: str, type_name: str = "int", bound_by: Run | None = None) -> HeldName:
    """A name that the kernel holds and that is some object."""
    return HeldName(
        name, "instance", type_name, "builtins", bound_by=bound_by, changes=_change(bound_by)
    )


def _change(bound_by: Run | None) -> tuple[Change, ...]:
    return () if bound_by is None else (Change(bound_by.serial, bound_by.cell_id),)


def lacked_by_the_last(text: str) -> str:
    """The names that the last cell lacks when the cells, separated by `---`, run in order; `?`
    where it may lack them."""
    sources = text.split("---\n")
    found = forecast(notebook(*sources), environment_without())
    last = (it for it in found if it.cell_id == f"c{len(sources)}")
    return words(f"{it.name}{'?' * (not it.certain)}" for it in last)
