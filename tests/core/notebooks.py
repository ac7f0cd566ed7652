"""How are tiny notebooks, and the whole answers about them, written down in these tests?

A row of a table is a title, a cell, and all that is to be told of it; what is not listed is empty:

    == a title
    the source
    -> defines x=assignment y=import?
    -> uses a b? ~c d<f [e]

`?` not certain · `~` deferred · `d<f` read by the function f that the cell calls ·
`[e]` a failure is handled · `e*` a star import of the cell may have bound it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from jupyter_namespace_viz.core.analysis.cell_names import Cell, CellNames, Import, Use
from jupyter_namespace_viz.core.graph.builder import updated_graph
from jupyter_namespace_viz.core.graph.dependency_graph import EMPTY_GRAPH, DependencyGraph
from jupyter_namespace_viz.core.kernel_state.namespace import Change, HeldName, Namespace, Run
from jupyter_namespace_viz.core.verdicts.cell_status import NotebookVerdict, judge
from jupyter_namespace_viz.core.verdicts.context import NotebookClients, VerdictContext
from jupyter_namespace_viz.core.verdicts.import_table import ImportRow, import_rows


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


def told(names: CellNames) -> dict[str, str]:
    """All that was read of a cell, in the words of a table."""
    answer = {
        "defines": words(d.name + f"={d.kind}" + "?" * (not d.certain) for d in names.definitions),
        "uses": words(map(told_use, names.uses)),
        "deletes": words(names.deletions),
        "imports": words(map(told_import, names.imports)),
        "stars": words(names.star_imports),
        "language": names.language or "",
        "automagic": names.automagic or "",
        "problems": " ".join(f"{p.line} {p.kind} {p.message}" for p in names.problems),
        "is": "empty" if names.empty else "reset" if names.clears_namespace else "",
    }
    return {key: value for key, value in answer.items() if value}


def words(found: Iterable[str]) -> str:
    """A list in one line."""
    return " ".join(found)


def told_use(use: Use) -> str:
    """One use, in the words of a table."""
    text = "~" * (use.phase == "deferred") + use.name + "*" * use.star
    text = f"[{text}]" if use.guarded else text + "?" * (not use.certain)
    return text + (f"<{use.via}" if use.via else "")


def told_import(found: Import) -> str:
    """One imported module, in the words of a table."""
    return f"[{found.module}]" if found.guarded else found.module + "?" * (not found.certain)


def told_edges(graph: DependencyGraph) -> list[str]:
    """The edges as `c1 -> c2: x y`."""
    return [f"{e.provider} -> {e.consumer}: {words(e.names)}" for e in graph.edges]


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


def judged(
    graph: DependencyGraph,
    namespace: Namespace,
    in_flight: Iterable[str] = (),
    former: Iterable[str] = (),
    clients: Iterable[str] = (),
    **circumstances: object,
) -> NotebookVerdict:
    """The verdict on the cells against a namespace, in these circumstances."""
    shown = NotebookClients(tuple(in_flight), frozenset(former), frozenset(clients))
    return judge(graph, VerdictContext(namespace, clients=shown, **circumstances))


def imports_of(
    graph: DependencyGraph, namespace: Namespace, **circumstances: object
) -> tuple[ImportRow, ...]:
    """The rows of the import table, in these circumstances."""
    return import_rows(judged(graph, namespace, **circumstances))
