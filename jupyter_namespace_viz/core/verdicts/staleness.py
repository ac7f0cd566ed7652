"""Would a run of the notebook in order give a cell what it got?

A cell is fresh when it ran with its present text, and everything it read was what the cells above
would have given it: made by their last runs, changed by nobody else in between, and those cells are
fresh themselves. That another cell has bound a name again since, further down, does not matter:
most notebooks do that.

    c1: x = 1    c2: y = x    c3: x = 2    run in order, all three are fresh
"""

from __future__ import annotations

from dataclasses import dataclass

from jupyter_namespace_viz.core.analysis.cell_names import Use, restoring_imports
from jupyter_namespace_viz.core.analysis.constant_bindings import binds_same_value
from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.graph.needs import reads_of_run
from jupyter_namespace_viz.core.graph.reaching_definitions import ReachingDefinitions
from jupyter_namespace_viz.core.kernel_state.cell_runs import LastRuns
from jupyter_namespace_viz.core.kernel_state.namespace import Change, HeldName, Namespace, Run
from jupyter_namespace_viz.core.kernel_state.random_states import RandomStates
from jupyter_namespace_viz.core.vocabulary import StaleReason


@dataclass(frozen=True, slots=True)
class StaleCell:
    """Why a cell that ran is out of date.

    `place` is the cell above that gives it `name`, or should; `read` the change whose value it
    read instead, where that is the reason.
    """

    reason: StaleReason
    name: str = ""
    place: int | None = None
    read: Change | None = None


EDITED = StaleCell("edited")


class Staleness:
    """Which of the cells that ran successfully in this generation are out of date."""

    def __init__(self, graph: DependencyGraph, namespace: Namespace, runs: LastRuns) -> None:
        self._graph = graph
        self._held = namespace.names
        self._drew = namespace.drew
        self._runs = runs
        self._changers = ReachingDefinitions(graph)
        self._outdated: list[StaleCell | None] = []
        self._random = RandomStates({})
        for place in range(len(graph.cells)):  # each cell looks at those above it
            self._outdated.append(self._look(place))
            self._draw(place)

    def outdated(self, place: int) -> StaleCell | None:
        """Why the cell at a place is out of date; None when it is not, or has not run."""
        return self._outdated[place]

    def is_outdated(self, place: int, name: str) -> bool:
        """Whether what the cell at a place gave under the name is: it may be the same whatever
        became of the cell.
        """
        run, source = self._runs.of(place), self._graph.cells[place].source
        if self._outdated[place] is None or run is None:
            return False
        return not binds_same_value(name, run.source, source)

    def _look(self, place: int) -> StaleCell | None:
        run = self._runs.of(place)
        if run is None or not run.succeeded:
            return None
        if run.source != self._graph.cells[place].source:
            return EDITED
        for use in reads_of_run(self._graph, place):
            found = self._compare(use, place, run)
            if found is not None:
                return found
        return self._compare_draws(place, run)

    def _compare(self, use: Use, place: int, run: Run) -> StaleCell | None:
        """What the run read under the name, beside what it would read in order."""
        name, held = use.name, self._held.get(use.name)
        changes = () if held is None else held.changes
        read = next((it for it in reversed(changes) if it.serial < run.serial), None)
        is_module = held is not None and held.kind == "module"
        for changer in self._changers.above(name, place):
            definition = self._graph.names_at(changer).definition_of(name)
            if is_module and definition is None:
                continue  # `m.f()` looks as if it could change `m`; that is so of objects only
            made_by = self._runs.of(changer)
            is_import = held is not None and self._is_import_of(changer, held, read)
            if made_by is not None and not made_by.succeeded:
                if is_import and any(it.is_of(made_by) for it in changes):
                    return None  # it failed further down
                return StaleCell("failed", name, changer)
            if is_import:
                return None
            if made_by is None:
                return StaleCell("not_run", name, changer)
            made = next((it for it in reversed(changes) if it.is_of(made_by)), None)
            if made is read is not None:
                return self._look_above(name, changer, place)
            if made is not None and made.serial < run.serial:
                return StaleCell("other_value", name, changer, read)
            if made is not None:
                return StaleCell(
                    "touched" if made.kind == "touched" else "ran_again", name, changer
                )
            if self._outdated[changer] is EDITED:
                return StaleCell("input", name, changer)
            if definition is not None and definition.certain:  # it did, though nobody saw it
                is_later = made_by.serial > run.serial
                return StaleCell("ran_again", name, changer) if is_later else None
            # It ran and did nothing to the name: then it is as those further up left it.
        is_unread = read is None and (use.guarded or not use.certain)
        if held is None or held.initial or is_unread:
            return None
        return self._judge_source(name, place, read)

    def _compare_draws(self, place: int, run: Run) -> StaleCell | None:
        """Whether the run drew the random numbers that it would draw in order."""
        names, drew = self._graph.names_at(place), self._drew.get(run.serial, {})
        for numbers, state in self._random.drawn_by(names, names.mutated).items():
            if drew.get(numbers, state) != state:
                return StaleCell("other_draws", numbers)
        return None

    def _draw(self, place: int) -> None:
        """The cell at a place draws random numbers, in order."""
        names, outdated = self._graph.names_at(place), self._outdated[place]
        as_ran = outdated is None or outdated.reason == "other_draws"
        self._random.enter(self._graph.cells[place].source, names, names.mutated, as_ran)

    def _judge_source(self, name: str, place: int, read: Change | None) -> StaleCell | None:
        """The run read a value that no cell above gives, by what its text tells."""
        if self._graph.star_at(place) is not None:
            return None
        source = None if read is None else self._graph.positions.get(read.cell_id or "")
        if read is not None and source is not None and source < place:
            last = self._runs.of(source)
            is_as_it_was = last is not None and last.source == self._graph.cells[source].source
            if last is not None and is_as_it_was and last.succeeded and read.is_of(last):
                return self._look_above(name, source, place)  # it does, as was seen (`exec`)
        if source == place:
            return StaleCell("other_value", name, place, read)
        below = source if source is not None else self._graph.provider_at(name, place)
        if below is None or below < place:
            return StaleCell("no_cell", name)
        return StaleCell("later_cell", name, below)

    def _look_above(self, name: str, changer: int, place: int) -> StaleCell | None:
        """The run read what `changer` had made: would that be there, and be the same?"""
        deleter = self._changers.deleter_between(name, changer, place)
        if deleter is not None:
            return StaleCell("deleted", name, deleter)
        return StaleCell("input", name, changer) if self.is_outdated(changer, name) else None

    def _is_import_of(self, changer: int, held: HeldName, read: Change | None) -> bool:
        """Whether the cell `changer` imports what was read: then it does not matter who did.

        A module is the same one whoever imported it; of other names, the statement must be.
        """
        imports = restoring_imports(self._graph.names_at(changer), held.name)
        if not imports or held.kind == "module":
            return bool(imports)
        place = None if read is None else self._graph.positions.get(read.cell_id or "")
        if place is None:
            return False
        return restoring_imports(self._graph.names_at(place), held.name) == imports
