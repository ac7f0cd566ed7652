"""Which run of a cell was the last, and where does a run come from?"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cached_property

from jupyter_namespace_viz.core.analysis.cell_names import CellNames
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.kernel_state.namespace import Change, Namespace, Run
from jupyter_namespace_viz.core.kernel_state.run_matching import match_runs
from jupyter_namespace_viz.core.kernel_state.source_runs import (
    codes_that_ran,
    has_code_run,
    may_bind,
)
from jupyter_namespace_viz.core.vocabulary import OriginKind


@dataclass(frozen=True, slots=True)
class RunOrigin:
    """Who ran some code; `index` is the index of the cell if it belongs to this notebook. For
    `one_of_cells`, `indexes` are those of the cells one of which it may be.
    """

    kind: OriginKind
    index: int | None = None
    indexes: tuple[int, ...] = ()

    @property
    def is_gone(self) -> bool:
        """Whether it was a code cell of the notebook that is none any more."""
        return self.kind in {"deleted_cell", "text_cell"}


class RunOrigins:
    """Distinguishes the runs of one notebook from other runs on its kernel.

    `deleted_cells` are the ids of cells that were deleted from the notebook, `sessions` the session
    ids of the clients that show it. A client that ran a cell of the notebook also counts as one.
    With `is_alone` no other notebook uses the kernel: then every run that a notebook requested is
    one of this notebook, even if neither its cell nor its client is known. `not_code` are the ids
    of its cells that are not code.
    """

    def __init__(
        self,
        graph: DependencyGraph,
        namespace: Namespace,
        deleted_cells: Container[str] = frozenset(),
        sessions: frozenset[str] = frozenset(),
        is_alone: bool = False,
        not_code: Container[str] = frozenset(),
    ) -> None:
        self._index_of = graph.index_of
        self._read = graph.read
        self._deleted_cells = deleted_cells
        self._is_alone = is_alone
        self._not_code = not_code
        own_runs = (run for cell_id, run in namespace.runs.items() if cell_id in graph.index_of)
        self._sessions = sessions.union(run.client for run in own_runs if run.client is not None)

    def of(self, run: Run | None) -> RunOrigin:
        """Where the run comes from, by its cell id; None stands for a run that was not seen."""
        if run is None:
            return RunOrigin("unseen")
        index = self._index_of.get(run.cell_id or "")
        if index is not None:
            return RunOrigin("cell", index)
        if run.may_be_of:
            return self._one_of(run.may_be_of)
        if run.cell_id in self._not_code:
            return RunOrigin("text_cell")
        is_own = (
            run.cell_id in self._deleted_cells
            or run.client in self._sessions
            or (self._is_alone and run.from_notebook)
        )
        if run.cell_id is not None and (is_own or run.client is None):
            return RunOrigin("deleted_cell")
        if is_own and run.execution_count is None and _only_imports(self._read(run.source)):
            return RunOrigin("restored_import")
        if run.from_notebook and not is_own:
            return RunOrigin("other_notebook")
        return RunOrigin("outside" if run.cell_id is None else "console")

    def _one_of(self, cell_ids: Sequence[str]) -> RunOrigin:
        indexes = tuple(self._index_of[it] for it in cell_ids if it in self._index_of)
        return RunOrigin("one_of_cells", indexes=indexes) if indexes else RunOrigin("deleted_cell")


def _only_imports(names: CellNames) -> bool:
    """Whether a text binds names by imports alone. Other extensions run code, too."""
    return all(it.kind in {"import", "star_import"} for it in names.definitions)


class LastRuns:
    """Finds the last run of each cell of one notebook, by the cell's index, and the cell of each
    run. By default nothing is known of the `origins` of the runs but their cell ids and clients.
    `read` reads a text that ran.
    """

    def __init__(
        self, graph: DependencyGraph, namespace: Namespace, origins: RunOrigins | None = None
    ) -> None:
        self._graph = graph
        self.read = graph.read
        self._namespace = namespace
        self._origins = RunOrigins(graph, namespace) if origins is None else origins
        # By cell id, the last run that this cell or another one made.
        self._perhaps = {it: run for run in namespace.other_runs for it in run.may_be_of}
        self._matched = match_runs(graph, namespace, self._is_of_former_cell)

    def of(self, index: int) -> Run | None:
        """The last run of the cell at `index`, None when it has not run.

        Where the cell contains a part of a text that ran, or several such texts, this is the run of
        the cell as if it had run alone.
        """
        cell = self._graph.cells[index]
        return self._matched.runs.get(index) or self._namespace.runs.get(cell.id)

    def perhaps_of(self, index: int) -> Run | None:
        """The last run that the cell at `index` or another one with its text made, None where there
        is none, or the cell has certainly run since.
        """
        run = self._perhaps.get(self._graph.cells[index].id)
        if run is None:
            return None
        own = self.of(index)
        return run if own is None or own.serial < run.serial else None

    def seen_in(self, namespace: Namespace) -> LastRuns:
        """The last runs of the same cells in another state of the kernel."""
        return LastRuns(self._graph, namespace, self._origins)

    @cached_property
    def last_index(self) -> int:
        """The index of the last cell in the notebook that has run, -1 when none has."""
        indexes = range(len(self._graph.cells) - 1, -1, -1)
        return next((index for index in indexes if self.of(index) is not None), -1)

    def cells_with(self, cell_id: str) -> tuple[int, ...]:
        """The indexes of the cells that contain the text of the cell with this id, as it last ran:
        the cell itself, if it is in the notebook.
        """
        index, run = self._graph.index_of.get(cell_id), self._namespace.runs.get(cell_id)
        if index is not None or run is None:
            return () if index is None else (index,)
        cells = self._matched.cells.get(run.serial)
        return () if cells is None else cells.indexes

    def texts_at(self, index: int) -> tuple[str, ...]:
        """The texts that the cell at `index` stands for, as they ran: its own, those that were
        merged, or the whole of which it is the first part. None for a further part.
        """
        return self._matched.texts.get(index, (self._graph.cells[index].source,))

    def contains(self, index: int, run: Run) -> bool:
        """Whether the cell at `index` contains the text of the run, or an unedited part of it."""
        cells = self._matched.cells.get(run.serial)
        if cells is not None and index in cells.indexes:
            return True
        return run.source == self._graph.cells[index].source

    def origin(self, run: Run | None, name: str) -> RunOrigin:
        """Who ran the code that bound, changed or deleted the name; of a cell that was split, the
        part that did it. None stands for a run that was not seen.
        """
        index = None if run is None else self._part_with(run.serial, name)
        return self._origins.of(run) if index is None else RunOrigin("cell", index)

    def origin_of_change(self, change: Change, name: str) -> RunOrigin:
        """Who made the change of the name."""
        if change.cell_id is None:
            run = self.run_of(change)
            return RunOrigin("outside") if run is None else self._origins.of(run)
        index = self._part_with(change.serial, name)
        if index is None:
            index = self._graph.index_of.get(change.cell_id)
        if index is not None:
            return RunOrigin("cell", index)
        return self._origins.of(self._namespace.runs.get(change.cell_id))

    def run_of(self, change: Change) -> Run | None:
        """The run that made the change; None where no run did, or the run is not known any more."""
        if change.kind == "outside":
            return None
        if change.cell_id is None:
            return self._others.get(change.serial)
        run = self._namespace.runs.get(change.cell_id)
        return run if run is not None and run.serial == change.serial else None

    def has_code_run(self, index: int) -> bool:
        """Whether the cell at `index`, or all that may bind any name in it, has run."""
        if self.of(index) is not None:
            return True
        return has_code_run(self._graph.names_at(index), self.codes_that_ran)

    def may_bind(self, index: int, name: str) -> bool:
        """Whether code of the cell at `index` that may bind any name may bind this one, as far as
        earlier generations tell.
        """
        return may_bind(self._graph.names_at(index), name, self._namespace.former_star_names)

    @cached_property
    def codes_that_ran(self) -> frozenset[str]:
        """The code of each star import, `%run` and the like that ran to its end."""
        return codes_that_ran(self._namespace, self._graph.read)

    @cached_property
    def _others(self) -> dict[int, Run]:
        return {run.serial: run for run in self._namespace.other_runs}

    def ran_together(self, one: int, other: int) -> bool:
        """Whether the last run of the cells at these indexes is one, of a text that was split."""
        run, other_run = self._matched.runs.get(one), self._matched.runs.get(other)
        return run is not None and other_run is not None and run.serial == other_run.serial

    def has_made(self, index: int, change: Change, name: str) -> bool:
        """Whether the last run of the cell at `index` made the change of the name."""
        run = self.of(index)
        if run is None or not change.is_of(run):
            return False
        is_split = change.serial in self._matched.cells
        return not is_split or self._part_with(change.serial, name) == index

    def _part_with(self, serial: int, name: str) -> int | None:
        """The last of the cells with parts of the run's text that binds, changes or deletes the
        name; None where the cell id of the run tells.
        """
        cells = self._matched.cells.get(serial)
        if cells is None:
            return None
        if cells.rest and self.read(cells.rest).concerns(name):
            return cells.rest_index
        names_at = self._graph.names_at
        found = (it for it in reversed(cells.indexes) if names_at(it).concerns(name))
        return next(found, cells.indexes[0] if len(cells.indexes) == 1 else None)

    def _is_of_former_cell(self, run: Run) -> bool:
        return self._origins.of(run).is_gone
