"""How is a live kernel played in one process?

Cells really run, and the replica of the namespace is the real one.

What the probe would see (which names are bound to another object) is found by comparing the
namespace before and after each run; the rest is the code that judges live kernels.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Sequence
from typing import Any

from jupyter_namespace_viz.core.analysis.cell_names import Cell
from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.graph.builder import updated_graph
from jupyter_namespace_viz.core.graph.dependency_graph import EMPTY_GRAPH, DependencyGraph
from jupyter_namespace_viz.core.kernel_state.namespace import Namespace
from jupyter_namespace_viz.core.kernel_state.untagged_runs.ledger import UntaggedRuns
from jupyter_namespace_viz.core.plan.plan_types import Plan
from jupyter_namespace_viz.core.plan.planner import plan_runs
from jupyter_namespace_viz.core.verdicts.cell_status import NotebookVerdict
from jupyter_namespace_viz.core.vocabulary import PlanMode
from jupyter_namespace_viz.kernel.replica.namespace_replica import NamespaceReplica
from jupyter_namespace_viz.protocol.probe_messages import Delta, NameRecord, RunRecord, Snapshot
from tests.core.tools.notebooks import judged

OWN, CONSOLE, OTHER = "notebook-client", "console-client", "other-notebook-client"
SERVER = "client-of-the-server"

BUILTINS = " ".join(dir(builtins))


class PlayedKernel:
    """Runs cells in the order of the calls; gives the verdicts that a panel would get."""

    def __init__(self, *sources: str) -> None:
        self.cells = {f"c{number}": source for number, source in enumerate(sources, 1)}
        self.former: dict[str, int] = {}
        self.not_code: set[str] = set()
        self.in_flight: list[str] = []
        self.star_names: dict[str, frozenset[str]] = {}
        self.untagged = UntaggedRuns()
        self._replica = NamespaceReplica(read_cell)
        self._epoch = 0
        self._start()

    def _start(self) -> None:
        self._epoch += 1
        self._serial = self._rev = 0
        self._held: dict[str, Any] = {"__name__": "__main__"}
        self._bound_by: dict[str, int] = {}
        self._replica.apply_snapshot(
            Snapshot(4, str(self._epoch), None, 0, None, None, {}, "", [], {}, None, True, BUILTINS)
        )

    # What the user does

    def run(self, cell_id: str) -> BaseException | None:
        """Runs a cell of the notebook; returns what it raised."""
        return self.run_text(self.cells[cell_id], cell_id, OWN)

    def restore_imports(self, target: str | None = None) -> None:
        """Runs the imports that the cell `target` lacks, or all, without their cells."""
        for step in self.plan(target, "imports").steps:
            assert step.code is not None
            self.run_text(step.code, None, OWN, is_counted=False)

    def run_text(
        self,
        source: str,
        cell_id: str | None = None,
        client: str = CONSOLE,
        is_counted: bool = True,
    ) -> BaseException | None:
        """Runs any text, as a console does unless `client` is another; `is_counted` where the run
        has an execution count.
        """
        self.untagged.show(self.cells)
        before = {name: id(value) for name, value in self._held.items()}
        kept = list(self._held.values())  # so that no address is used again
        self._serial += 1
        error: BaseException | None = None
        try:
            for statement in ast.parse(source).body:
                code = compile(ast.Module([statement], []), "cell", "exec", dont_inherit=True)
                exec(code, self._held)
        except Exception as raised:  # noqa: BLE001 - whatever the cell raises
            error = raised
        now = {name: id(value) for name, value in self._held.items() if name[:2] != "__"}
        del kept
        changed = {name for name, address in now.items() if before.get(name) != address}
        self._bound_by.update(dict.fromkeys(changed, self._serial))
        words = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
        self._tell(
            RunRecord(
                self._serial, cell_id, client, client not in {CONSOLE, SERVER},
                self._serial if is_counted else None, source,
                error is None, True, None, None if error is None else type(error).__name__,
                error.name if isinstance(error, ModuleNotFoundError) else None,
            ),
            changed | (words & now.keys()),
            [name for name in before if name[:2] != "__" and name not in now],
        )  # fmt: skip
        self.untagged.attributed(self._replica.namespace)
        return error

    def send(self, cell_ids: Sequence[str]) -> None:
        """The user sends these cells to the kernel, which has yet to run them."""
        self.untagged.show(self.cells)
        self.untagged.queue(cell_ids, self.in_flight)
        self.in_flight = list(cell_ids)

    def bind_outside(self, name: str, value: Any) -> None:
        """A thread of the user's binds a name."""
        self._held[name] = value
        self._bound_by.pop(name, None)
        self._tell(None, {name}, [])

    def edit(self, cell_id: str, source: str) -> None:
        """The user types."""
        self.cells[cell_id] = source

    def delete(self, cell_id: str) -> None:
        """The user deletes a cell."""
        self.former[cell_id] = list(self.cells).index(cell_id)
        del self.cells[cell_id]

    def change_to_markdown(self, cell_id: str) -> None:
        """The user makes a Markdown cell of a code cell."""
        self.delete(cell_id)
        self.not_code.add(cell_id)

    def insert(self, index: int, source: str, cell_id: str | None = None) -> None:
        """The user inserts a cell, by default a new one; with an id it is one that comes back."""
        new_id = cell_id or f"c{len(self.cells) + len(self.former) + 1}"
        cells = [*self.cells.items()]
        self.cells = dict([*cells[:index], (new_id, source), *cells[index:]])
        self.former.pop(new_id, None)
        self.not_code.discard(new_id)

    def split(self, cell_id: str, line: int) -> None:
        """The user splits a cell after this line: the upper part is a new cell."""
        lines = self.cells[cell_id].split("\n")
        index = list(self.cells).index(cell_id)
        self.edit(cell_id, "\n".join(lines[line:]).strip("\n"))
        self.insert(index, "\n".join(lines[:line]).strip("\n"))

    def merge(self, cell_ids: Sequence[str]) -> None:
        """The user merges cells: one new cell has their texts."""
        source = "\n\n".join(self.cells[it] for it in cell_ids)
        index = list(self.cells).index(cell_ids[0])
        for cell_id in cell_ids:
            self.delete(cell_id)
        self.insert(index, source)

    def restart(self) -> None:
        """The kernel is restarted."""
        self._replica.end_generation("restarted")
        self._start()

    # What a panel would get

    @property
    def held(self) -> dict[str, Any]:
        """What the names are bound to."""
        return {name: value for name, value in self._held.items() if name[:2] != "__"}

    @property
    def namespace(self) -> Namespace:
        """What the kernel holds, as the replica has it, and which cells made it."""
        self.untagged.show(self.cells)
        return self.untagged.attributed(self._replica.namespace)

    @property
    def graph(self) -> DependencyGraph:
        """The notebook as it is now."""
        cells = [Cell(*cell) for cell in self.cells.items()]
        return updated_graph(EMPTY_GRAPH, cells, lambda source: self.star_names.get(str(source)))

    def verdict(self) -> NotebookVerdict:
        """What the panel shows."""
        return judged(
            self.graph,
            self.namespace,
            in_flight=self.in_flight,
            deleted_cells=self.former,
            sessions=[OWN],
            not_code=self.not_code,
        )

    def plan(self, target: str | None, mode: PlanMode) -> Plan:
        """What would run if the user chose that remedy."""
        return self.plan_for(None if target is None else [target], mode)

    def plan_for(self, targets: list[str] | None, mode: PlanMode) -> Plan:
        """What would run for several cells, or for all."""
        return plan_runs(self.verdict(), targets, mode)

    def _tell(self, run: RunRecord | None, names: Iterable[str], removed: list[str]) -> None:
        base, self._rev = self._rev, self._rev + 1
        why = "other" if run is None else "cell"
        records = {name: self._record(name) for name in names}
        gone = " ".join(removed)
        self._replica.apply(
            Delta(4, str(self._epoch), base, self._rev, why, run, records, gone, "", None)
        )

    def _record(self, name: str) -> NameRecord:
        value = self._held[name]
        if isinstance(value, type(ast)):
            kind, module = "module", value.__name__
        elif callable(value):
            kind, module = "function", value.__module__
        else:
            kind, module = "instance", type(value).__module__
        bound_by = self._bound_by.get(name)
        return NameRecord(kind, type(value).__name__, module, None, None, bound_by, False)
