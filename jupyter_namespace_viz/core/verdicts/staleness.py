"""Would a cell read other values if the notebook ran in order?

A cell is fresh when it ran with its current text, and every value that it read came from the last
runs of the cells above that provide it, was changed by no other code in between, and those cells
are fresh themselves. A cell further down that binds a name again does not make it stale, as most
notebooks have such cells.

    c1: x = 1    c2: y = x    c3: x = 2    after a run in order, all three are fresh
"""

from __future__ import annotations

from bisect import bisect_left

from jupyter_namespace_viz.core.analysis.cell_names import CellNames, Use, restoring_imports
from jupyter_namespace_viz.core.analysis.constant_bindings import binds_same_value
from jupyter_namespace_viz.core.graph.cell_files import files_read, files_written
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.graph.needs import reads_of_run
from jupyter_namespace_viz.core.graph.reaching_definitions import reaching_definitions
from jupyter_namespace_viz.core.kernel_state.cell_runs import LastRuns
from jupyter_namespace_viz.core.kernel_state.namespace import Change, HeldName, Namespace, Run
from jupyter_namespace_viz.core.kernel_state.random_states import RandomStates
from jupyter_namespace_viz.core.kernel_state.source_runs import imports_alike
from jupyter_namespace_viz.core.verdicts.verdict_types import StaleCell
from jupyter_namespace_viz.core.vocabulary import StaleReason

EDITED = StaleCell("edited")


class Staleness:
    """Finds the stale cells among those that ran successfully in this generation."""

    def __init__(self, graph: DependencyGraph, namespace: Namespace, runs: LastRuns) -> None:
        self._graph = graph
        self._held = namespace.names
        self._drew = namespace.drew
        self._runs = runs
        self._stale: list[StaleCell | None] = [None] * len(graph.cells)
        if runs.last_index < 0:  # nothing has run, as after a restart
            return
        self._definitions = reaching_definitions(graph)
        self._random = RandomStates({})
        self._writers: dict[str, list[int]] = {}
        for index in range(len(graph.cells)):
            for path in files_written(graph, index):
                self._writers.setdefault(path, []).append(index)
        for index in range(len(graph.cells)):  # the check of each cell uses those above it
            self._stale[index] = self._check(index)
            self._update_random_states(index)

    def of(self, index: int) -> StaleCell | None:
        """Why the cell at `index` is stale; None when it is not, or has not run."""
        return self._stale[index]

    def is_stale(self, index: int, name: str) -> bool:
        """Whether the value that the cell at `index` bound to the name is stale.

        A value without inputs stays right even if its cell is stale.
        """
        run, source = self._runs.of(index), self._graph.cells[index].source
        if self._stale[index] is None or run is None:
            return False
        return not binds_same_value(name, run.source, source)

    def _check(self, index: int) -> StaleCell | None:
        run = self._runs.of(index)
        if run is None or not run.succeeded:
            return None
        if run.source != self._graph.cells[index].source:
            return EDITED
        if self._runs.perhaps_of(index) is not None:
            return StaleCell("one_of_cells", index=index)
        for use in reads_of_run(self._graph, index):
            found = self._compare_read(use, index, run)
            if found is not None:
                return found
        return self._compare_files(index, run) or self._compare_draws(index, run.began)

    def _compare_read(self, use: Use, index: int, run: Run) -> StaleCell | None:
        """Compare the value that the run read with the value that it would read in order."""
        name, held = use.name, self._held.get(use.name)
        changes = () if held is None else held.changes
        read = next((it for it in reversed(changes) if it.serial < run.began), None)
        is_module = held is not None and held.kind == "module"
        for definer in self._definitions.of(name, index):
            definition = self._graph.names_at(definer).definition_of(name)
            if is_module and definition is None:
                continue  # `m.f()` looks as if it could mutate `m`, but modules do not count
            definer_run, perhaps = self._runs.of(definer), self._runs.perhaps_of(definer)
            is_import = held is not None and self._is_import_of(definer, held, read)
            if definer_run is not None and not definer_run.succeeded:
                if is_import and any(it.is_of(definer_run) for it in changes):
                    return None  # it failed after the import
                return StaleCell("failed", name, definer)
            if is_import:
                return None
            if definer_run is None:
                if held is not None and self._would_bind_the_same(definer, held, read):
                    return None
                return StaleCell("one_of_cells" if perhaps else "not_run", name, definer)
            if perhaps and not (held and self._would_bind_the_same(definer, held, read)):
                return StaleCell("one_of_cells", name, definer)
            made = (it for it in reversed(changes) if self._runs.has_made(definer, it, name))
            own_change = next(made, None)
            is_read = own_change is read is not None
            if is_read or self._runs.ran_together(index, definer):
                return self._check_above(name, definer, index)
            is_replaced = read is not None and own_change is None and read.is_of(definer_run)
            is_older = own_change is not None and own_change.serial < run.began
            if is_older or is_replaced:  # by a cell, or by a part of the same run that is below
                return StaleCell("other_value", name, definer, read)
            if own_change is not None:
                is_mutated = own_change.kind == "mutated"
                reason: StaleReason = "mutated" if is_mutated else "ran_again"
                return StaleCell(reason, name, definer)
            if self._stale[definer] is EDITED:
                return StaleCell("input", name, definer)
            if definition is not None and definition.certain:  # it bound the name, unseen
                is_later = definer_run.serial > run.serial
                return StaleCell("ran_again", name, definer) if is_later else None
            # It ran and did not change the name, so the value is that of the cells further up.
        is_unread = read is None and (use.guarded or not use.certain)
        if held is None or held.initial or is_unread:
            return None
        return self._check_other_source(name, index, read)

    def _would_bind_the_same(self, definer: int, held: HeldName, read: Change | None) -> bool:
        """Whether the cell at `definer` would bind the constant that was read."""
        bound_by = held.bound_by
        return (
            read is not None
            and bound_by is not None
            and read.is_of(bound_by)
            and binds_same_value(held.name, bound_by.source, self._graph.cells[definer].source)
        )

    def _compare_files(self, index: int, run: Run) -> StaleCell | None:
        """Whether a cell above has written a file again since the run read it."""
        for path in sorted(files_read(self._graph, index)):
            writers = bisect_left(self._writers.get(path, []), index)
            if writers > 0:
                writer = self._writers[path][writers - 1]
                last = self._runs.of(writer)
                if last is not None and last.serial > run.serial:
                    return StaleCell("mutated", path, writer)
        return None

    def _compare_draws(self, index: int, serial: int) -> StaleCell | None:
        """Compare the random numbers that the run `serial` of the cell drew with those that it
        would draw in order.
        """
        drew = self._drew.get(serial, {})
        for _, names in self._texts_at(index)[:1]:
            for numbers, state in self._random.drawn_by(names).items():
                if drew.get(numbers, state) != state:
                    return StaleCell("other_draws", numbers.value)
        return None

    def _update_random_states(self, index: int) -> None:
        """Update the states by what the cell at `index` draws and seeds."""
        stale = self._stale[index]
        as_ran = stale is None or stale.reason == "other_draws"
        for text, names in self._texts_at(index):
            self._random.enter(text, names, as_ran=as_ran)

    def _texts_at(self, index: int) -> list[tuple[str, CellNames]]:
        """The texts that the cell at `index` stands for, as they ran, and their names."""
        own = self._graph.cells[index].source
        texts = self._runs.texts_at(index)
        graph = self._graph
        return [(it, graph.names_at(index) if it == own else graph.read(it)) for it in texts]

    def _check_other_source(self, name: str, index: int, read: Change | None) -> StaleCell | None:
        """Why the cell is stale, if it is, when by their texts no cell above binds the name."""
        if self._graph.unknown_definer_before(index) is not None:
            return None
        origin = None if read is None else self._runs.origin_of_change(read, name)
        source = None if origin is None else origin.index
        if read is not None and source is not None and source < index:
            last = self._runs.of(source)
            is_unedited = last is not None and last.source == self._graph.cells[source].source
            if last is not None and is_unedited and last.succeeded and read.is_of(last):
                # It was seen to bind the name (`exec`).
                return self._check_above(name, source, index)
        if source == index:
            return StaleCell("other_value", name, index, read)
        if source is not None and source > index:
            return StaleCell("later_cell", name, source)
        if origin is not None and origin.kind == "deleted_cell":
            return StaleCell("cell_deleted", name, read=read)
        return StaleCell("no_cell", name)

    def _check_above(self, name: str, definer: int, index: int) -> StaleCell | None:
        """Why the cell is stale, if it is, when its run read the value of the cell `definer`."""
        deleter = self._definitions.deleted_between(name, definer, index)
        if deleter is not None:
            return StaleCell("deleted", name, deleter)
        return StaleCell("input", name, definer) if self.is_stale(definer, name) else None

    def _is_import_of(self, definer: int, held: HeldName, read: Change | None) -> bool:
        """Whether the cell `definer` imports what was read: then any cell may have imported it.

        A module is always the same object. For other names the import statements must be the same.
        """
        names = self._graph.names_at(definer)
        imports = restoring_imports(names, held.name)
        if not imports or held.kind == "module":
            return bool(imports)
        if read is None:
            return False
        index = self._runs.origin_of_change(read, held.name).index
        if index is not None:
            return imports_alike(self._graph.names_at(index), names, held.name)
        run = self._runs.run_of(read)
        return run is not None and imports_alike(self._graph.read(run.source), names, held.name)
